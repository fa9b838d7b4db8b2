// Takes the objects of a backup into a journal, one after another; and where one is damaged or gone, what it
// lacks from objects of other backups. One thread.
#pragma once

#include "journal/journal.h"
#include "vault/object_reader.h"
#include "vault/restore.h"

namespace sonae::vault {

// The content of a compressed member; corrupt where it is damaged.
Result<Bytes> unpacked(BytesView frame);

class Taking {
 public:
  // What is taken and what is lost is counted in the report.
  Taking(Target& target, const AgeIdentity& identity, const Manifest& manifest, journal::Journal& journal,
         RestoreReport& report)
      : target_(target), identity_(identity), manifest_(manifest), journal_(journal), report_(report) {}

  // An object that cannot be taken is remembered, the others go on.
  void take_or_remember(const ObjectEntry& object);
  bool something_failed() const { return !failed_.empty(); }
  // Looks for what failed in other objects, and notes as lost what is nowhere. How many objects are lost. An
  // error where the target itself is gone: then nothing is lost yet.
  Result<std::size_t> mend();

 private:
  struct Failed {
    ObjectEntry object;
    Error error;
  };

  Status take(const ObjectEntry& object);
  Status take_member(const sync::TarReader::Member& member, std::vector<Bytes>& blobs);
  bool not_beyond(const ObjectIndex& index) const;
  std::uint64_t size_here(const journal::LogId& log);
  std::uint64_t blobs_missing(const ObjectEntry& object);
  void lose(const ObjectEntry& object, const Error& error);

  Target& target_;
  const AgeIdentity& identity_;
  const Manifest& manifest_;
  journal::Journal& journal_;
  RestoreReport& report_;
  std::vector<Failed> failed_;
};

}  // namespace sonae::vault
