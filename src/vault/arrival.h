// What of a town has come back while it is being restored and already serves, and what may be asked of it
// meanwhile. Any thread.
//
// The parts come one after another, and each is asked for only when all of it is here: half a registry would
// say of somebody that nobody of that name lives here. docs/architecture.md has the rule.
#pragma once

#include <boost/describe.hpp>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "api/operation.h"
#include "base/time.h"
#include "journal/fact.h"

namespace sonae::vault {

// In the order in which they are brought back. registry: residents, protections, accounts; reception: lists,
// entries, decisions; rest: who looked at whom.
enum class Part : std::uint8_t { registry, reception, rest };
BOOST_DESCRIBE_ENUM(Part, registry, reception, rest)

Part part_of(journal::Stream stream);

struct PartArrival {
  Part part = Part::registry;
  std::uint64_t objects = 0;
  std::uint64_t objects_done = 0;
  std::uint64_t bytes = 0;
  std::uint64_t bytes_done = 0;
  bool arrived = false;
  double seconds = 0;  // after which it was all here
};
BOOST_DESCRIBE_STRUCT(PartArrival, (), (part, objects, objects_done, bytes, bytes_done, arrived, seconds))

struct ArrivalReport {
  bool restoring = false;       // false on any server but one that restores, and there when it is done
  std::optional<Instant> made;  // the state that comes back
  std::vector<PartArrival> parts;
  std::int64_t lost = 0;               // objects that could not be brought back
  std::optional<std::string> failure;  // why it ended before its end
  bool compared = false;               // all is here and answers as the lost town did
};
BOOST_DESCRIBE_STRUCT(ArrivalReport, (), (restoring, made, parts, lost, failure, compared))

class Arrival {
 public:
  // From here on something is missing. Before that, and where it is never called, everything may be asked.
  void begin(Instant made, std::vector<PartArrival> parts);
  void took(Part part, std::uint64_t bytes);
  void arrived(Part part, double seconds);
  void lost(std::size_t objects);
  void compared(bool equal);
  void failed(const Error& error);

  ArrivalReport report(Language language) const;
  // busy, with what it waits for, where it must not be answered yet.
  Status admits(const api::Operation& operation) const;
  Status admits(Part part) const;
  // Returns when the part may be asked for (true), or will not come any more.
  bool wait_for(Part part) const;

 private:
  PartArrival& of(Part part);

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  ArrivalReport report_;         // guarded by mutex_
  std::optional<Error> failed_;  // guarded by mutex_
};

// restore.status, for anybody: pages show it before anyone can sign in. The arrival outlives the catalogue.
void add_arrival_operations(Arrival& arrival, api::Catalogue& catalogue);

}  // namespace sonae::vault
