#include "link/text_file.h"

#include "text/encoding.h"

namespace sonae::link {

Result<TextFile> TextFile::open(Env& env, const std::string& path) {
  TextFile file;
  file.mapping_ = TRY(env.disk.map(path));
  const text::Encoding encoding = text::detect_encoding(file.bytes());
  if (encoding != text::Encoding::utf8 && encoding != text::Encoding::utf8_with_mark)
    file.decoded_ = std::make_shared<const std::string>(text::decode(file.bytes(), encoding).text);
  return file;
}

}  // namespace sonae::link
