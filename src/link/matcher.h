// Which resident a row is: the whole of linkage in one object. Const members may be called from any thread.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/progress.h"
#include "link/answer.h"
#include "link/record.h"
#include "link/registry.h"
#include "link/weights.h"

namespace sonae::link {

struct Thresholds {
  double match = 0.995;  // at least this sure: match (docs/linkage.md: what other thresholds would do)
  double ask = 0.25;     // at least this: a person is asked; below: none
};

struct MatchOptions {
  Thresholds thresholds;
  std::size_t alternatives = 3;
  unsigned threads = 2;
  std::optional<Date> as_of;  // the day of the rows' ages; absent: the registry's Context::today
  bool learn = true;          // match_all: weights are first fitted to the rows, starting from those given
  bool families = true;       // match_all: rows beside each other speak for each other
};

class Matcher {
 public:
  // The registry must outlive the matcher, and must not change during a call.
  explicit Matcher(const Registry& registry, Weights weights = Weights::defaults(),
                   MatchOptions options = {});
  ~Matcher();

  // One row by itself. Microseconds.
  Answer match(const Record& row) const;

  // A list: rows in the order in which they were written. Rows beside each other speak for each other where
  // families were written together (learned, and nothing where the list was shuffled); rows of one person are
  // marked in same_as_row. Same rows, same answers, whatever the number of threads.
  std::vector<Answer> match_all(std::span<const Record> rows, Progress& progress = no_progress());

  // Fits the weights to the rows, without looking at any decision; match_all does it by itself.
  void learn(std::span<const Record> rows);
  const Weights& weights() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sonae::link
