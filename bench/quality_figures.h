// The figures of link/quality.h as tables.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "link/quality.h"

namespace sonae::bench {

// Where the true share lies in nineteen cases of twenty, `hits` of `all` having been found (Wilson, "Probable
// Inference, the Law of Succession, and Statistical Inference", JASA 1927). Rows of one family stand or fall
// together, so the truth is a little wider.
inline std::pair<double, double> share_interval(double hits, double all) {
  constexpr double kZ = 1.96;
  const double share = hits / all, z2 = kZ * kZ / all;
  const double middle = (share + z2 / 2) / (1 + z2);
  const double half = kZ / (1 + z2) * std::sqrt(share * (1 - share) / all + z2 / (4 * all));
  return {middle - half, middle + half};
}

class QualityFigures : public link::Quality {
 public:
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
    fmt::print("stated        rows  mean stated  right   95 % interval\n");
    const auto all = bins();
    for (std::size_t i = 0; i < kBins; ++i) {
      if (all[i].rows == 0) continue;
      const double right = all[i].right / all[i].rows, stated = all[i].stated / all[i].rows;
      const auto [least, most] = share_interval(all[i].right, all[i].rows);
      fmt::print("{:<12}{:6.0f}     {:.4f}   {:.4f}   {:.4f} to {:.4f}{}\n", kBinNames[i], all[i].rows,
                 stated, right, least, most,
                 stated < least  ? "  too modest"
                 : stated > most ? "  too sure"
                                 : "");
    }
  }

  // What other thresholds would do, for choosing them.
  void print_thresholds() const {
    fmt::print("accepted from   asked (from .25)   strangers accepted   precision   recall\n");
    for (const double at : {.9, .95, .97, .98, .985, .99, .995, .998}) {
      const AtThreshold t = accepted_from(at);
      fmt::print("  {:.3f}            {:.4f}              {:.4f}            {:.4f}      {:.4f}\n", at,
                 t.asked, t.strangers_accepted, t.precision, t.recall);
    }
  }
};

}  // namespace sonae::bench
