#include "sync/tar.h"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

namespace sonae::sync {

namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kMostContent = std::size_t{1} << 30;
constexpr std::size_t kSumAt = 148;

// The sum of all bytes, those of the sum itself taken as spaces.
unsigned sum_of(BytesView block) {
  unsigned sum = 0;
  for (std::size_t i = 0; i < kBlock; ++i)
    sum += i >= kSumAt && i < kSumAt + 8 ? ' ' : static_cast<unsigned char>(block[i]);
  return sum;
}

std::optional<std::uint64_t> octal(BytesView digits) {
  std::uint64_t value = 0;
  bool any = false;
  for (const char digit : digits) {
    if (digit == '\0' || digit == ' ') break;
    if (digit < '0' || digit > '7') return std::nullopt;
    value = value * 8 + static_cast<std::uint64_t>(digit - '0');
    any = true;
  }
  return any ? std::optional(value) : std::nullopt;
}

std::unexpected<Error> damaged() {
  return fail(ErrorCode::corrupt, {"バンドルの中身が壊れています", "The bundle's archive is damaged"});
}

std::size_t padding(std::size_t size) {
  return (kBlock - size % kBlock) % kBlock;
}

}  // namespace

Bytes tar_member(std::string_view name, BytesView content, std::int64_t unix_seconds) {
  if (name.size() > 100) throw std::invalid_argument("a name in a tar archive has at most 100 bytes");
  Bytes block(kBlock, '\0');
  const auto put = [&](std::size_t at, std::string_view text) { block.replace(at, text.size(), text); };
  put(0, name);
  put(100, "0000644");
  put(108, "0000000");
  put(116, "0000000");
  put(124, fmt::format("{:011o}", content.size()));
  put(136, fmt::format("{:011o}", unix_seconds));
  put(156, "0");
  put(257, "ustar");
  put(263, "00");
  put(kSumAt, fmt::format("{:06o}", sum_of(block)));
  block[kSumAt + 7] = ' ';
  block += content;
  block.append(padding(content.size()), '\0');
  return block;
}

Bytes tar_end() {
  return Bytes(2 * kBlock, '\0');
}

Result<Bytes> TarReader::take(std::size_t count) {
  while (waiting_.size() < count) {
    const Bytes piece = TRY(source_());
    if (piece.empty()) return damaged();
    waiting_ += piece;
  }
  Bytes taken = waiting_.substr(0, count);
  waiting_.erase(0, count);
  return taken;
}

Result<std::optional<TarReader::Member>> TarReader::next() {
  const Bytes block = TRY(take(kBlock));
  if (block.find_first_not_of('\0') == Bytes::npos) {
    // To the very end: only there does the encryption show that nothing was cut off.
    while (!TRY(source_()).empty()) {
    }
    return std::nullopt;
  }
  const BytesView view(block);
  const auto size = octal(view.substr(124, 12));
  if (octal(view.substr(kSumAt, 8)) != sum_of(block) || !size || (block[156] != '0' && block[156] != '\0'))
    return damaged();
  if (*size > kMostContent)
    return fail(ErrorCode::too_large,
                {"バンドルの中のファイルが大きすぎます", "A file inside the bundle is over 1 GiB"});
  Member member{std::string(view.substr(0, std::min<std::size_t>(100, view.find('\0')))), {}};
  member.content = TRY(take(*size));
  TRY(take(padding(*size)));
  return member;
}

}  // namespace sonae::sync
