// Brings a town back from a target, with the key that the officers' shares give (or the proving place's),
// into a directory that has none. Everything is checked: digests, the encryption, signed heads, blobs'
// addresses, and at the end the whole against the backup's own answers. What is damaged or missing is named;
// the rest is brought back. The directory goes on as a new node: no log is ever continued twice.
#pragma once

#include <boost/describe.hpp>

#include "base/age.h"
#include "base/progress.h"
#include "town/town.h"
#include "vault/answers.h"
#include "vault/arrival.h"
#include "vault/manifest.h"
#include "vault/recovery_key.h"

namespace sonae::vault {

struct RestoreSettings {
  // All of the newest backup is brought back, and then what its nodes had received up to this time
  // (going_back.h); none: all.
  std::optional<Instant> as_of;
};

// What could not be brought back.
struct Loss {
  std::string object;
  std::string what;              // what is wrong with it, in English
  std::vector<LogStretch> logs;  // of the facts in it, those that are not here
  std::uint64_t blobs = 0;
};
BOOST_DESCRIBE_STRUCT(Loss, (), (object, what, logs, blobs))

struct RestoreReport {
  std::string town;
  TownId town_id;
  std::string manifest;
  Instant made;  // the state that was brought back
  NodeId made_by;
  std::uint64_t facts = 0;
  std::uint64_t blobs = 0;
  std::uint64_t objects = 0;
  std::uint64_t bytes = 0;  // read from the target
  std::vector<Loss> lost;
  std::vector<std::string> without;    // what the backup's plan left out, so that it is not here: "looks"
  std::vector<std::string> problems;   // manifests that could not be read, and the like
  std::uint64_t erased_again = 0;      // facts that were erased after this backup was made
  bool heads_equal = false;            // every log ends where the backup says, with the same root
  std::vector<std::string> differing;  // tables in which the restored town differs from the lost one
  std::vector<std::string>
      not_compared;                  // the town wrote to them while it served, or later erasures changed them
  std::vector<std::string> unsound;  // what verify found
  Answers expected;                  // of the lost town, at the backup's heads
  Answers restored;                  // of the restored one
  std::optional<Instant> as_of;      // to which the town was taken back
  std::uint64_t set_aside = 0;       // entries that were received later, in quarantine
  double seconds_to_registry = 0;    // until the registry was here
  double seconds_to_reception = 0;
  double seconds = 0;
  bool whole() const { return lost.empty() && heads_equal && differing.empty() && unsound.empty(); }
};
BOOST_DESCRIBE_STRUCT(RestoreReport, (),
                      (town, town_id, manifest, made, made_by, facts, blobs, objects, bytes, lost, without,
                       problems, erased_again, heads_equal, differing, not_compared, unsound, expected,
                       restored, as_of, set_aside, seconds_to_registry, seconds_to_reception, seconds))

// The key, and whether it says whose it is (shares do, a proving place's key does not).
struct OpeningKey {
  const AgeIdentity& identity;
  const JoinedKey* shares = nullptr;
};

// A backup that was chosen, and a directory prepared for it. The environment, target, key and progress
// outlive it. One thread.
class Restoration {
 public:
  // conflict where the directory holds another town or one that is not being restored; a restore that was cut
  // off is gone on with. not_found where there is no backup, forbidden where the key does not open it.
  static Result<std::unique_ptr<Restoration>> prepare(Env& env, Target& target, const std::string& directory,
                                                      const OpeningKey& key, const RestoreSettings& settings,
                                                      Progress& progress);
  virtual ~Restoration() = default;

  // Tells the arrival what is to come: before the town serves.
  virtual void announce(Arrival& arrival) const = 0;
  // Brings all back into the town, which was opened in the directory, and compares. With an arrival the town
  // may serve meanwhile: what it admits is asked of it; the tables that a serving node writes of itself are
  // then not compared.
  virtual Result<RestoreReport> bring_back(town::Town& town, Arrival* arrival) = 0;
};

// The report as it is told on the command line: without the digests of all tables.
json::value told(const RestoreReport& report);

// All of it, in a town that nobody uses meanwhile.
Result<RestoreReport> restore(Env& env, const town::Places& places, Target& target,
                              const std::string& directory, const OpeningKey& key,
                              const RestoreSettings& settings, Progress& progress);

// conflict where the directory is being restored and not all of it is here: such a town answers wrongly.
Status is_not_being_restored(Env& env, const std::string& directory);

}  // namespace sonae::vault
