// How right a set of answers is: at the engine's own thresholds, over all thresholds, and whether what it
// states as probable is as often true (Brier 1950; reliability table). Several runs can be added up.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "link/answer.h"

namespace sonae::link {

class Quality {
 public:
  // `truth`: the resident's id; empty where the row is no resident.
  void add(const Answer& answer, std::string_view truth);
  // The same of an answer of which only the likeliest resident is known (empty: none).
  void add(Decision decision, double probability, std::string_view likeliest, std::string_view truth);

  struct Summary {
    double rows = 0, residents = 0, strangers = 0;
    double precision = 0, recall = 0, f1 = 0;  // at the engine's thresholds
    double best_f1 = 0, best_at = 0, recall_at_995 = 0;
    double strangers_accepted = 0, asked = 0, asked_right = 0, brier = 0;
    double calibration_error = 0;  // mean of |stated - right| over the rows in doubt (.01 to .99), by tenths
    double doubtful = 0;           // rows in doubt
    double found = 0, shown = 0;   // the right one is the likeliest; is among those shown
  };
  Summary summary() const;

  // Rows of one range of stated probability, with the sums of what was stated and of what was right.
  struct Bin {
    double rows = 0, stated = 0, right = 0;
  };
  static constexpr std::size_t kBins = 12;
  static constexpr std::array<const char*, kBins> kBinNames = {
      ".01 to .1", ".1 to .2", ".2 to .3", ".3 to .4",  ".4 to .5",   ".5 to .6",
      ".6 to .7",  ".7 to .8", ".8 to .9", ".9 to .95", ".95 to .99", ".99 to 1"};
  std::array<Bin, kBins> bins() const;

  // What accepting from another probability on, and asking from .25 on, would do; shares.
  struct AtThreshold {
    double asked = 0, strangers_accepted = 0, precision = 0, recall = 0;
  };
  AtThreshold accepted_from(double probability) const;

 private:
  struct Call {
    double p;
    bool right, stranger;
    Decision decision;
  };
  void over_all_thresholds(Summary& summary) const;

  std::vector<Call> calls_;
  std::size_t shown_ = 0;
};

}  // namespace sonae::link
