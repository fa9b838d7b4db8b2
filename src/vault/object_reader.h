// Reads one object of a backup: its digest, its encryption, its members one after another.
#pragma once

#include "base/age.h"
#include "sync/tar.h"
#include "vault/manifest.h"

namespace sonae::vault {

class ObjectReader {
 public:
  // A digest that is not as stated is told in digest_is_good; what is whole can be read all the same.
  static Result<std::unique_ptr<ObjectReader>> open(Target& target, const ObjectEntry& entry,
                                                    const AgeIdentity& identity);
  Result<std::optional<sync::TarReader::Member>> next() { return tar_->next(); }
  bool digest_is_good() const { return good_; }
  std::size_t bytes() const { return file_.size(); }

 private:
  ObjectReader() = default;
  Bytes file_;
  bool good_ = false;
  std::optional<AgeReader> age_;
  std::optional<sync::TarReader> tar_;
};

}  // namespace sonae::vault
