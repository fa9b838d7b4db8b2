// Takes the objects of a backup into a journal, one after another; and where one is damaged or gone, what it
// lacks from objects of other backups. One thread.
#pragma once

#include <functional>
#include <span>

#include "journal/journal.h"
#include "vault/restore.h"
#include "vault/unpacking.h"

namespace sonae::vault {

class Taking {
 public:
  // What is taken and what is lost is counted in the report.
  Taking(Target& target, const AgeIdentity& identity, const Manifest& manifest, journal::Journal& journal,
         RestoreReport& report)
      : target_(target), identity_(identity), manifest_(manifest), journal_(journal), report_(report) {}

  // Takes them in this order; the next are read while one is written. One that cannot be taken is remembered,
  // the others go on. `before` and `after` are called around each; false from before stops (cancelled). What
  // was taken is on the disk when it returns. An error where this machine cannot go on, its disk being full
  // for instance: that says nothing of the backup, and nothing is lost.
  Status take_or_remember(const std::vector<ObjectEntry>& objects, const std::function<bool()>& before,
                          const std::function<void(const ObjectEntry&)>& after);
  bool something_failed() const { return !failed_.empty(); }
  // Looks for what failed in other objects, and notes as lost what is nowhere. How many objects are lost. An
  // error where the target itself is gone, or this machine cannot go on: then nothing is lost yet.
  Result<std::size_t> mend();

 private:
  struct Failed {
    ObjectEntry object;
    Error error;
  };

  bool is_here(const ObjectEntry& object);
  Status take(Unpacking& unpacking);
  Status take(std::span<const journal::ReadyRange> ranges);
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
  Status end_;  // why this machine cannot go on
};

}  // namespace sonae::vault
