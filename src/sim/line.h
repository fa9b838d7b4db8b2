// A line between two machines that carries one exchange, and what can happen to its frames on the way.
#pragma once

#include <functional>
#include <set>

#include "sim/coverage.h"
#include "sim/machine.h"
#include "sync/exchange.h"

namespace sonae::sim {

struct Line {
  std::uint64_t lost = 0, delayed = 0, doubled = 0, swapped = 0, altered = 0;  // of 100 frames
  std::int64_t break_after = -1;                                               // frames; never where negative
  bool one_way = false;                                                        // the first side only gives
  std::set<journal::Stream> streams{journal::Stream::urgent, journal::Stream::ordinary,
                                    journal::Stream::access, journal::Stream::restricted};
  // Changes a frame on its way, or nothing.
  std::function<void(Bytes& frame)> tamper{};
};

struct Carried {
  bool refused = false;   // one of them does not know the other as a node of the town
  bool finished = false;  // both have what they want
  std::uint64_t facts = 0;
  std::set<Fault> faults;  // what happened to frames
  std::vector<std::string> problems;
  std::set<const Machine*> troubled;  // those that could not take or say everything
};

// Time passes on both machines while frames are under way. A machine that loses its power in the middle is
// left as it is then: the caller restarts it.
Carried exchange(Machine& one, Machine& other, const Line& line, SeededRandom& dice);

}  // namespace sonae::sim
