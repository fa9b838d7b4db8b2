#include "link/text_file.h"

#include <algorithm>
#include <atomic>

#include "link/parallel.h"
#include "text/encoding.h"
#include "text/utf8_check.h"

namespace sonae::link {
namespace {

// As text::detect_encoding; a large file that is UTF-8 throughout is looked through by two threads.
text::Encoding encoding_of(std::string_view bytes) {
  constexpr std::size_t kPiece = 1U << 22;
  if (bytes.size() < 2 * kPiece) return text::detect_encoding(bytes);
  // A piece ends where a line does: there no character is cut.
  const auto end_of = [&](std::size_t at) {
    const std::size_t line = at < bytes.size() ? bytes.find('\n', at) : std::string_view::npos;
    return std::min(bytes.size(), line == std::string_view::npos ? line : line + 1);
  };
  std::atomic<bool> all_utf8{!bytes.starts_with("\xEF\xBB\xBF")};
  in_blocks((bytes.size() + kPiece - 1) / kPiece, 1, 2, [&](unsigned, std::size_t piece, std::size_t) {
    const std::size_t begin = piece == 0 ? 0 : end_of(piece * kPiece), end = end_of((piece + 1) * kPiece);
    if (begin < end && !text::is_utf8(bytes.substr(begin, end - begin))) all_utf8 = false;
  });
  return all_utf8 ? text::Encoding::utf8 : text::detect_encoding(bytes);
}

}  // namespace

Result<TextFile> TextFile::open(Env& env, const std::string& path) {
  TextFile file;
  file.mapping_ = TRY(env.disk.map(path));
  const text::Encoding encoding = encoding_of(file.bytes());
  if (encoding != text::Encoding::utf8 && encoding != text::Encoding::utf8_with_mark)
    file.decoded_ = std::make_shared<const std::string>(text::decode(file.bytes(), encoding).text);
  return file;
}

}  // namespace sonae::link
