// How long work tells what it has done, and is told to stop.
#pragma once

#include <cstdint>

#include "base/phrase.h"

namespace sonae {

class Progress {
 public:
  virtual ~Progress() = default;
  // `done` of `total` units of the step that is under way; total is 0 where it is not known.
  // Called from the working thread, at any rate: implementations limit how often they show it.
  virtual void report(const Phrase& step, std::uint64_t done, std::uint64_t total) = 0;
  virtual bool stop_requested() const { return false; }
};

// Says nothing and never stops.
Progress& no_progress();

}  // namespace sonae
