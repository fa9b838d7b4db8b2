// Plain files in a tar archive (POSIX.1-1988, "ustar"): what bundles are packed in, so that every tar opens
// them.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/bytes.h"

namespace sonae::sync {

// A whole member: header, content, padding. Names of at most 100 bytes.
Bytes tar_member(std::string_view name, BytesView content, std::int64_t unix_seconds);
Bytes tar_end();

// Reads members one after another from content that comes in pieces.
class TarReader {
 public:
  // The next piece; empty at the end.
  using Source = std::function<Result<Bytes>()>;
  explicit TarReader(Source source) : source_(std::move(source)) {}

  struct Member {
    std::string name;
    Bytes content;
  };
  // Nothing after the end mark; corrupt where the archive is no such archive or ends without its mark,
  // too_large over 1 GiB.
  Result<std::optional<Member>> next();

 private:
  Result<Bytes> take(std::size_t count);
  Source source_;
  Bytes waiting_;
};

}  // namespace sonae::sync
