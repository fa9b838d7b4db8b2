#include "link/decisions.h"

#include <boost/json.hpp>

#include <algorithm>
#include <cmath>

namespace sonae::link {
namespace {

// The prior: shift 0 and slope 1, give or take so much. Twenty decisions and it begins to yield.
constexpr double kShiftSpread = 0.5, kSlopeSpread = 0.25;
constexpr double kLeastSlope = 0.2, kMostSlope = 3;
constexpr int kRounds = 50;

double log_odds(double p) {
  const double held = std::clamp(p, 1e-6, 1 - 1e-6);
  return std::log(held / (1 - held));
}
double from_log_odds(double x) {
  return 1 / (1 + std::exp(-x));
}

}  // namespace

double Correction::apply(double probability) const {
  if (is_identity() || probability <= 0 || probability >= 1) return probability;
  return from_log_odds(shift + slope * log_odds(probability));
}

// Newton's method on the penalised log likelihood of a logistic regression with two coefficients: convex, so
// that it ends at the one maximum.
Correction learn_correction(std::span<const DecidedAnswer> decisions) {
  Correction c;
  c.decided = static_cast<double>(decisions.size());
  if (decisions.empty()) return c;
  c.right = static_cast<double>(std::ranges::count_if(decisions, &DecidedAnswer::right)) / c.decided;
  const double by_shift = 1 / (kShiftSpread * kShiftSpread), by_slope = 1 / (kSlopeSpread * kSlopeSpread);
  for (int round = 0; round < kRounds; ++round) {
    double g0 = -c.shift * by_shift, g1 = -(c.slope - 1) * by_slope;
    double h00 = by_shift, h01 = 0, h11 = by_slope;
    for (const DecidedAnswer& one : decisions) {
      const double x = log_odds(one.probability), p = from_log_odds(c.shift + c.slope * x);
      const double miss = (one.right ? 1 : 0) - p, spread = p * (1 - p);
      g0 += miss;
      g1 += miss * x;
      h00 += spread;
      h01 += spread * x;
      h11 += spread * x * x;
    }
    const double determinant = h00 * h11 - h01 * h01;
    const double step0 = (h11 * g0 - h01 * g1) / determinant, step1 = (h00 * g1 - h01 * g0) / determinant;
    c.shift += step0;
    c.slope = std::clamp(c.slope + step1, kLeastSlope, kMostSlope);
    if (std::abs(step0) + std::abs(step1) < 1e-9) break;
  }
  return c;
}

void correct(Answer& answer, const Correction& correction, const Thresholds& thresholds) {
  if (correction.is_identity() || answer.decision == Decision::match) return;
  // Where the decision was none, the best stands first among the alternatives.
  const bool listed = answer.resident.empty();
  if (listed && answer.alternatives.empty()) return;
  const double before = answer.probability, after = correction.apply(before);
  const double rest = before < 1 ? (1 - after) / (1 - before) : 1;
  answer.probability = after;
  answer.none_probability *= rest;
  for (std::size_t i = 0; i < answer.alternatives.size(); ++i) {
    double& p = answer.alternatives[i].probability;
    p = listed && i == 0 ? after : p * rest;
  }
  const Decision now = after >= thresholds.match ? Decision::match
                       : after >= thresholds.ask ? Decision::ask
                                                 : Decision::none;
  if (now != Decision::none && listed) {
    Candidate best = std::move(answer.alternatives.front());
    answer.alternatives.erase(answer.alternatives.begin());
    answer.resident = std::move(best.resident);
    answer.slot = best.slot;
    answer.reasons = std::move(best.reasons);
  } else if (now == Decision::none && !listed) {
    answer.alternatives.insert(answer.alternatives.begin(),
                               {answer.slot, answer.resident, after, std::move(answer.reasons)});
    answer.resident.clear();
    answer.reasons.clear();
    answer.slot = {};
    answer.what_would_settle = {};
  }
  if (now == Decision::match) answer.what_would_settle = {};
  answer.decision = now;
}

std::string Correction::to_json() const {
  return boost::json::serialize(boost::json::object{
      {"version", kVersion}, {"shift", shift}, {"slope", slope}, {"decided", decided}, {"right", right}});
}

Result<Correction> Correction::from_json(std::string_view text) {
  boost::system::error_code error;
  const boost::json::value value = boost::json::parse(text, error);
  const auto number = [&](const char* name) -> std::optional<double> {
    if (error || !value.is_object()) return std::nullopt;
    const auto* member = value.as_object().if_contains(name);
    return member && member->is_number() ? std::optional(member->to_number<double>()) : std::nullopt;
  };
  const auto version = number("version"), shift = number("shift"), slope = number("slope"),
             decided = number("decided"), right = number("right");
  if (!version || !shift || !slope || !decided || !right || *slope < kLeastSlope || *slope > kMostSlope)
    return fail(ErrorCode::invalid_input,
                {"照合の補正のファイルとして読めません", "This cannot be read as a correction for matching"});
  if (*version != kVersion)
    return fail(ErrorCode::unsupported,
                {"照合の補正の版が違います", "This correction for matching is of another version"});
  return Correction{*shift, *slope, *decided, *right};
}

}  // namespace sonae::link
