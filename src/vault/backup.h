// Backups: what is new in a town's journal since the last one, encrypted to the recovery keys, as objects at
// a target, and a signed manifest that names them. Runs beside a server: it only reads the town.
//
// What goes wrong harms no earlier backup: objects are never changed, and a manifest is written when all that
// it names stands there. A run that was cut off is gone on with: its whole objects are taken up by the next.
#pragma once

#include <boost/describe.hpp>

#include "base/progress.h"
#include "town/town.h"
#include "vault/manifest.h"

namespace sonae::vault {

struct BackupSettings {
  bool full = false;                 // all anew, sharing nothing with earlier backups
  std::optional<std::int64_t> keep;  // how many backups of this node stay; none: all
  bool looks = true;                 // the record of looks too; nothing else can be left out (docs/backup.md)
};

struct BackupReport {
  std::string manifest;
  Instant made;
  std::uint64_t facts = 0;  // new in this backup
  std::uint64_t blobs = 0;
  std::uint64_t objects = 0;        // written now
  std::uint64_t taken_up = 0;       // objects of a run that was cut off
  std::uint64_t bytes_written = 0;  // manifest included
  std::uint64_t bytes_whole = 0;    // of all objects that this backup consists of
  std::uint64_t removed = 0;        // backups that were over the limit
  bool full = false;
  std::vector<std::string> without;  // what the target does not hold: "looks"
  std::vector<std::string> problems;
};
BOOST_DESCRIBE_STRUCT(BackupReport, (),
                      (manifest, made, facts, blobs, objects, taken_up, bytes_written, bytes_whole, removed,
                       full, without, problems))

// corrupt where the town itself is damaged: such a backup is not made, the earlier ones stay.
Result<BackupReport> back_up(Env& env, const town::Places& places, const std::string& directory,
                             Target& target, const BackupSettings& settings, Progress& progress);

}  // namespace sonae::vault
