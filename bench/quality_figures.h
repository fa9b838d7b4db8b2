// How right a set of answers is: at the engine's own thresholds, over all thresholds, and whether what it
// states as probable is as often true (Brier 1950; reliability table). Several runs can be added up.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "link/answer.h"

namespace sonae::bench {

class QualityFigures {
 public:
  // `truth`: the resident's id; empty where the row is no resident.
  void add(const link::Answer& a, const std::string& truth) {
    const std::string best = !a.resident.empty()      ? a.resident
                             : a.alternatives.empty() ? ""
                                                      : a.alternatives[0].resident;
    const bool ok = !truth.empty() && best == truth;
    bool there = ok;
    for (const auto& other : a.alternatives)
      there |= !truth.empty() && other.resident == truth;
    calls_.push_back({a.probability, ok, truth.empty(), a.decision});
    among_ += there;
  }

  struct Summary {
    double rows = 0, residents = 0, strangers = 0;
    double precision = 0, recall = 0, f1 = 0;  // at the engine's thresholds
    double best_f1 = 0, best_at = 0, recall_at_995 = 0;
    double strangers_accepted = 0, asked = 0, asked_right = 0, brier = 0;
    double calibration_error = 0;  // mean of |stated - right| over the rows in doubt (.01 to .99), by tenths
    double doubtful = 0;           // rows in doubt
    double found = 0, shown = 0;   // the right one is the best; is among those shown
  };

  Summary summary() const {
    Summary s;
    double right = 0, accepted = 0, false_accepted = 0, found = 0;
    for (const Call& c : calls_) {
      s.residents += !c.stranger;
      found += c.right;
      const bool match = c.decision == link::Decision::match, ask = c.decision == link::Decision::ask;
      accepted += match;
      right += match && c.right;
      false_accepted += match && c.stranger;
      s.asked += ask;
      s.asked_right += ask && c.right;
      s.brier += (c.p - c.right) * (c.p - c.right);
    }
    s.rows = double(calls_.size());
    s.strangers = s.rows - s.residents;
    s.precision = right / std::max(1.0, accepted);
    s.recall = right / std::max(1.0, s.residents);
    s.f1 = 2 * right / std::max(1.0, accepted + s.residents);
    s.strangers_accepted = false_accepted / std::max(1.0, s.strangers);
    s.asked_right /= std::max(1.0, s.asked);
    s.asked /= s.rows;
    s.brier /= s.rows;
    s.found = found / std::max(1.0, s.residents);
    s.shown = double(among_) / std::max(1.0, s.residents);
    over_all_thresholds(s);
    for (const Bin& bin : bins()) {
      s.doubtful += bin.rows;
      s.calibration_error += std::abs(bin.stated - bin.right);
    }
    s.calibration_error /= std::max(1.0, s.doubtful);
    return s;
  }

  void print() const {
    const Summary s = summary();
    fmt::print("rows {}  residents {}  strangers {}\n", s.rows, s.residents, s.strangers);
    fmt::print(
        "match: precision {:.4f} recall {:.4f} F1 {:.4f}   best F1 {:.4f} (at {:.3f})   recall at P .995 "
        "{:.4f}\n",
        s.precision, s.recall, s.f1, s.best_f1, s.best_at, s.recall_at_995);
    fmt::print("strangers accepted {:.4f}   asked {:.4f} (of these right {:.3f})   Brier {:.5f}\n",
               s.strangers_accepted, s.asked, s.asked_right, s.brier);
    fmt::print("best is right {:.4f}   right one shown {:.4f}\n", s.found, s.shown);
    print_reliability();
  }

  void print_reliability() const {
    fmt::print("stated        rows  mean stated  right   standard error\n");
    static constexpr std::array<const char*, kBins> kNames = {
        ".01 to .1", ".1 to .2", ".2 to .3", ".3 to .4",  ".4 to .5",  ".5 to .6",
        ".6 to .7",  ".7 to .8", ".8 to .9", ".9 to .95", ".95 to .99"};
    const auto all = bins();
    for (std::size_t i = 0; i < kBins; ++i) {
      if (all[i].rows == 0) continue;
      const double right = all[i].right / all[i].rows, stated = all[i].stated / all[i].rows;
      fmt::print("{:<12}{:6.0f}     {:.3f}    {:.3f}    {:.3f}\n", kNames[i], all[i].rows, stated, right,
                 std::sqrt(stated * (1 - stated) / all[i].rows));
    }
    double rows = 0, stated = 0, right = 0;
    for (const Call& c : calls_)
      if (c.p >= .99) {
        ++rows;
        stated += c.p;
        right += c.right;
      }
    fmt::print("{:<12}{:6.0f}     {:.4f}   {:.4f}\n", ".99 to 1", rows, stated / rows, right / rows);
  }

  // What other thresholds would do, for choosing them.
  void print_thresholds() const {
    fmt::print("accepted from   asked (from .25)   strangers accepted   precision   recall\n");
    for (const double at : {.9, .95, .97, .98, .985, .99, .995, .998}) {
      double asked = 0, accepted = 0, wrong = 0, right = 0, residents = 0;
      for (const Call& c : calls_) {
        residents += !c.stranger;
        accepted += c.p >= at;
        asked += c.p >= .25 && c.p < at;
        wrong += c.p >= at && c.stranger;
        right += c.p >= at && c.right;
      }
      const double n = double(calls_.size());
      fmt::print("  {:.3f}            {:.4f}              {:.4f}            {:.4f}      {:.4f}\n", at,
                 asked / n, wrong / std::max(1.0, n - residents), right / accepted, right / residents);
    }
  }

 private:
  struct Call {
    double p;
    bool right, stranger;
    link::Decision decision;
  };
  struct Bin {
    double rows = 0, stated = 0, right = 0;
  };
  static constexpr std::size_t kBins = 11;

  std::array<Bin, kBins> bins() const {
    std::array<Bin, kBins> bins{};
    for (const Call& c : calls_) {
      if (c.p < .01 || c.p >= .99) continue;
      Bin& bin = bins[c.p >= .95 ? 10 : std::min<std::size_t>(9, static_cast<std::size_t>(c.p * 10))];
      ++bin.rows;
      bin.stated += c.p;
      bin.right += c.right;
    }
    return bins;
  }

  void over_all_thresholds(Summary& s) const {
    auto calls = calls_;
    std::ranges::stable_sort(calls, [](const Call& a, const Call& b) { return a.p > b.p; });
    double right = 0;
    for (std::size_t i = 0; i < calls.size(); ++i) {
      right += calls[i].right;
      if (i + 1 < calls.size() && calls[i + 1].p == calls[i].p) continue;
      const double precision = right / double(i + 1), recall = right / s.residents;
      const double f1 = 2 * precision * recall / (precision + recall);
      if (f1 > s.best_f1) {
        s.best_f1 = f1;
        s.best_at = calls[i].p;
      }
      if (precision >= .995) s.recall_at_995 = recall;
    }
  }

  std::vector<Call> calls_;
  std::size_t among_ = 0;
};

}  // namespace sonae::bench
