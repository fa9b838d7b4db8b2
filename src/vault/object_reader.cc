#include "vault/object_reader.h"

namespace sonae::vault {

Result<std::unique_ptr<ObjectReader>> ObjectReader::open(Target& target, const ObjectEntry& entry,
                                                         const AgeIdentity& identity) {
  std::unique_ptr<ObjectReader> made(new ObjectReader);
  made->file_ = TRY(target.read(std::string(kObjects) + "/" + entry.name + ".age"));
  made->good_ = sha256(made->file_) == entry.digest;
  made->age_ = TRY(AgeReader::open(made->file_, identity));
  made->tar_.emplace([age = &*made->age_] { return age->next(); });
  return made;
}

}  // namespace sonae::vault
