// A file of text as it comes from outside: mapped where it is UTF-8, decoded where it is CP932 or UTF-16.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/env.h"

namespace sonae::link {

class TextFile {
 public:
  static Result<TextFile> open(Env& env, const std::string& path);

  std::string_view text() const { return decoded_ ? std::string_view(*decoded_) : mapping_->bytes(); }
  BytesView bytes() const { return mapping_->bytes(); }  // as they stand in the file

 private:
  std::shared_ptr<const Mapping> mapping_;
  std::shared_ptr<const std::string> decoded_;  // null where the bytes are the text
};

}  // namespace sonae::link
