#include "link/posterior.h"

#include <algorithm>
#include <cmath>

namespace sonae::link {
namespace {

constexpr double kPersonsInHousehold = 2.3;  // Japan's average, census of 2020: 2.21

}  // namespace

Prior::Prior(const Weights& weights, std::size_t residents) {
  const double n = std::max<double>(1, static_cast<double>(residents));
  const double stranger = std::max(1e-6, 1 - weights.resident_share - weights.relative_share);
  for (std::size_t kind = 0; kind < kAddressKinds; ++kind) {
    const auto of = [&](std::size_t who) { return std::max(1e-6, weights.address_kinds[who][kind]); };
    log_resident[kind] = std::log2(weights.resident_share / n * of(0));
    log_residents[kind] = std::log2(weights.resident_share * of(0));
    log_relative[kind] = std::log2(weights.relative_share / std::max(1.0, n / kPersonsInHousehold) * of(1));
    log_stranger[kind] = std::log2(stranger * of(2));
  }
}

void posterior(const LogWeights& weights, const Prior& prior, const RowState& row, Posterior& result) {
  const auto kind = static_cast<std::size_t>(row.address);
  const std::vector<Scored>& candidates = row.candidates;
  const std::vector<Boost>& boosts = row.boosts;
  result.of.resize(candidates.size());
  std::vector<double>& relatives = result.relatives;
  relatives.assign(candidates.size(), -1e9);
  const double unreached = prior.log_residents[kind] + weights.unreached(row.leads) + row.boost_of_unreached;
  double highest = std::max(prior.log_stranger[kind], unreached);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const Scored& c = candidates[i];
    const Boost boost = boosts.empty() ? Boost{} : boosts[i];
    result.of[i] = prior.log_resident[kind] + weights.m(c.pattern) - c.log_u + boost.resident;
    relatives[i] =
        prior.log_relative[kind] + weights.m_of_household(c.pattern) - c.log_u_of_household + boost.household;
    highest = std::max({highest, result.of[i], relatives[i]});
    // One relative for each household: its likeliest member stands for it.
    for (std::size_t j = 0; j < i; ++j) {
      if (c.household == 0 || candidates[j].household != c.household) continue;
      relatives[relatives[j] >= relatives[i] ? i : j] = -1e9;
    }
  }
  result.stranger = std::exp2(prior.log_stranger[kind] - highest);
  result.unreached = std::exp2(unreached - highest);
  double sum = result.stranger + result.unreached;
  result.relative = 0;
  result.relative_of = static_cast<std::size_t>(std::ranges::max_element(relatives) - relatives.begin());
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    result.of[i] = std::exp2(result.of[i] - highest);
    const double relative = std::exp2(relatives[i] - highest);
    result.relative += relative;
    sum += result.of[i] + relative;
  }
  for (double& p : result.of)
    p /= sum;
  result.relative /= sum;
  result.stranger /= sum;
  result.unreached /= sum;
}

}  // namespace sonae::link
