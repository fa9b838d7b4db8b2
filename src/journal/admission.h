// Which stretches of which logs are taken into the views. What an unknown node wrote, or a revoked one after
// its last accepted position, is kept and proven like everything else, but it is quarantined: it stands in no
// index, so no view and no rule sees it until a person has judged.
//
// The journal only holds itself to a ruling; who belongs to a town is decided above it (town/nodes), from the
// *governing* facts alone (kinds that begin with "node."), quarantined ones included. A ruling is a function
// of the set of these facts, so every node that holds the same facts quarantines the same entries, whatever
// the order in which they arrived.
#pragma once

#include <limits>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "journal/fact.h"
#include "store/store.h"

namespace sonae::journal {

inline constexpr std::string_view kGoverningPrefix = "node.";
inline bool governs(const Header& header) {
  return header.kind.starts_with(kGoverningPrefix);
}

// A fact and where it stands.
struct PlacedFact {
  LogId log;
  std::uint64_t position = 0;
  Fact fact;
};

// Positions first, first + 1, ... next - 1.
struct Stretch {
  std::uint64_t first = 0;
  std::uint64_t next = 0;
  friend auto operator<=>(const Stretch&, const Stretch&) = default;
};
inline constexpr std::uint64_t kNoEnd = std::numeric_limits<std::int64_t>::max();

// What is admitted of each log; of a log that is not named, nothing.
struct Ruling {
  bool everything = false;                       // where nobody rules, nothing is kept out
  std::map<LogId, std::vector<Stretch>> logs{};  // sorted and disjoint

  bool admits(const LogId& log, std::uint64_t position) const;
  std::string text() const;  // the same for the same ruling
  friend bool operator==(const Ruling&, const Ruling&) = default;
};

class Admission {
 public:
  virtual ~Admission() = default;
  // `anchors`: nodes that this directory trusts without a fact, the town's founder first. Uses nothing but
  // its arguments. Any thread.
  virtual Ruling rule(const TownId& town, std::span<const NodeId> anchors,
                      std::span<const PlacedFact> governing) const = 0;
};

// Every governing fact that is here, quarantined or not, in both histories of a forked log, in no particular
// order.
std::vector<PlacedFact> governing_facts(store::Connection& connection);

// Within a write transaction: moves entries into quarantine and out of it until they stand as the ruling has
// it. Returns the subjects of what was moved, to be folded anew.
std::vector<Subject> hold_to(store::Connection& connection, const Ruling& ruling);

// Within a write transaction: asks options.admission, moves what is to be moved, and adds the subjects of
// what was moved.
struct Options;
Ruling apply_ruling(store::Connection& connection, const Options& options, std::vector<Subject>& touched);

// A stretch of a log that is kept out of the views.
struct Quarantined {
  LogId log;
  std::uint64_t first = 0;
  std::uint64_t next = 0;
};
BOOST_DESCRIBE_STRUCT(Quarantined, (), (log, first, next))
std::vector<Quarantined> quarantined(store::Connection& connection);

// The facts of such a stretch, to be looked at by who judges; at most so many.
std::vector<Fact> quarantined_facts(store::Connection& connection, const Quarantined& stretch,
                                    std::int64_t limit);

}  // namespace sonae::journal
