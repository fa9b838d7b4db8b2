#include "link/quality.h"

#include <algorithm>
#include <cmath>

namespace sonae::link {

void Quality::add(const Answer& answer, std::string_view truth) {
  const std::string_view likeliest = !answer.resident.empty()      ? std::string_view(answer.resident)
                                     : answer.alternatives.empty() ? std::string_view()
                                                                   : answer.alternatives[0].resident;
  add(answer.decision, answer.probability, likeliest, truth);
  if (calls_.back().right) return;
  for (const auto& other : answer.alternatives)
    if (!truth.empty() && other.resident == truth) {
      ++shown_;
      return;
    }
}

void Quality::add(Decision decision, double probability, std::string_view likeliest, std::string_view truth) {
  const bool right = !truth.empty() && likeliest == truth;
  calls_.push_back({probability, right, truth.empty(), decision});
  shown_ += right;
}

Quality::Summary Quality::summary() const {
  Summary s;
  double right = 0, accepted = 0, false_accepted = 0, found = 0;
  for (const Call& c : calls_) {
    s.residents += !c.stranger;
    found += c.right;
    const bool match = c.decision == Decision::match, ask = c.decision == Decision::ask;
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
  s.asked /= std::max(1.0, s.rows);
  s.brier /= std::max(1.0, s.rows);
  s.found = found / std::max(1.0, s.residents);
  s.shown = double(shown_) / std::max(1.0, s.residents);
  over_all_thresholds(s);
  const auto all = bins();
  for (std::size_t i = 0; i + 1 < kBins; ++i) {
    s.doubtful += all[i].rows;
    s.calibration_error += std::abs(all[i].stated - all[i].right);
  }
  s.calibration_error /= std::max(1.0, s.doubtful);
  return s;
}

std::array<Quality::Bin, Quality::kBins> Quality::bins() const {
  std::array<Bin, kBins> bins{};
  for (const Call& c : calls_) {
    if (c.p < .01) continue;
    Bin& bin = bins[c.p >= .99   ? 11
                    : c.p >= .95 ? 10
                                 : std::min<std::size_t>(9, static_cast<std::size_t>(c.p * 10))];
    ++bin.rows;
    bin.stated += c.p;
    bin.right += c.right;
  }
  return bins;
}

Quality::AtThreshold Quality::accepted_from(double probability) const {
  double asked = 0, accepted = 0, wrong = 0, right = 0, residents = 0;
  for (const Call& c : calls_) {
    residents += !c.stranger;
    accepted += c.p >= probability;
    asked += c.p >= .25 && c.p < probability;
    wrong += c.p >= probability && c.stranger;
    right += c.p >= probability && c.right;
  }
  const auto rows = double(calls_.size());
  return {asked / std::max(1.0, rows), wrong / std::max(1.0, rows - residents),
          right / std::max(1.0, accepted), right / std::max(1.0, residents)};
}

void Quality::over_all_thresholds(Summary& s) const {
  auto calls = calls_;
  std::ranges::stable_sort(calls, [](const Call& a, const Call& b) { return a.p > b.p; });
  double right = 0;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    right += calls[i].right;
    if (i + 1 < calls.size() && calls[i + 1].p == calls[i].p) continue;
    const double precision = right / double(i + 1), recall = right / std::max(1.0, s.residents);
    const double f1 = right == 0 ? 0 : 2 * precision * recall / (precision + recall);
    if (f1 > s.best_f1) {
      s.best_f1 = f1;
      s.best_at = calls[i].p;
    }
    if (precision >= .995) s.recall_at_995 = recall;
  }
}

}  // namespace sonae::link
