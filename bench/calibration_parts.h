// Where the rows of a reliability table come from: what was stated and what is right, split by what a row
// says, by what was heard from the rows beside it, by who the rival is and by how the best candidate agrees.
// A part in which far more or far less is right than was stated names the cause.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "link/answer.h"

namespace sonae::bench {

class CalibrationParts {
 public:
  // `truth`: the resident's id, empty for a stranger. `household_of` tells the household of an id.
  template <class HouseholdOf>
  void add(const std::string& said, const link::Answer& answer, const std::string& truth,
           HouseholdOf household_of) {
    const bool is_none = answer.decision == link::Decision::none;
    if (answer.probability < kFrom || answer.probability >= kTo || (is_none && answer.alternatives.empty()))
      return;
    const std::string& best = is_none ? answer.alternatives[0].resident : answer.resident;
    const std::vector<link::Reason>& reasons = is_none ? answer.alternatives[0].reasons : answer.reasons;
    Part row;
    row.rows = 1;
    row.variance = answer.probability * (1 - answer.probability);
    row.stated[kBest] = answer.probability;
    row.stated[kNobody] = answer.none_probability;
    for (std::size_t i = is_none ? 1 : 0; i < answer.alternatives.size(); ++i) {
      const link::Candidate& other = answer.alternatives[i];
      const bool lives_there = household_of(other.resident) == household_of(best);
      row.stated[lives_there ? kSameHousehold : kAnother] += other.probability;
    }
    row.is[truth.empty()                               ? kNobody
           : best == truth                             ? kBest
           : household_of(truth) == household_of(best) ? kSameHousehold
                                                       : kAnother] = 1;
    const auto rival = std::max_element(row.stated.begin() + 1, row.stated.end()) - row.stated.begin();

    std::string heard = "nothing", levels;
    for (const link::Reason& reason : reasons) {
      if (reason.field == link::Field::household) {
        heard = reason.level == link::level::household_beside    ? "family beside"
                : reason.level == link::level::household_missing ? "family missing"
                                                                 : "written already";
        continue;
      }
      const std::string level = fmt::format("{} {}", link::name_of(reason.field), reason.level);
      levels += (levels.empty() ? "" : ", ") + level;
      parts_["one level: " + level].add(row);
    }
    const std::string against = kNames[static_cast<std::size_t>(rival)];
    for (const std::string& part :
         {std::string("all"), "heard: " + heard, "rival: " + against,
          fmt::format("heard: {}, rival: {}", heard, against), "said: " + said, "levels: " + levels})
      parts_[part].add(row);
  }

  // The parts that are furthest from what was stated first, as many standard deviations as z says.
  void print(std::size_t most = 25) const {
    std::vector<std::pair<std::string, Part>> order(parts_.begin(), parts_.end());
    std::ranges::stable_sort(
        order, [](const auto& a, const auto& b) { return std::abs(a.second.z()) > std::abs(b.second.z()); });
    fmt::print("{:<72} {:>6} {:>15} {:>6}   {:>15}   {:>15}   {:>15}\n", "part: of each, stated and right",
               "rows", "the best", "z", kNames[kSameHousehold], kNames[kAnother], kNames[kNobody]);
    for (std::size_t i = 0; i < std::min(most, order.size()); ++i) {
      const auto& [name, of] = order[i];
      fmt::print(
          "{:<72} {:6.0f} {:8.1f} {:6.0f} {:+6.1f}   {:8.1f} {:6.0f}   {:8.1f} {:6.0f}   {:8.1f} {:6.0f}\n",
          name, of.rows, of.stated[kBest], of.is[kBest], of.z(), of.stated[kSameHousehold],
          of.is[kSameHousehold], of.stated[kAnother], of.is[kAnother], of.stated[kNobody], of.is[kNobody]);
    }
  }

 private:
  static constexpr double kFrom = .05, kTo = .99;  // rows in doubt
  enum Who : std::size_t { kBest, kSameHousehold, kAnother, kNobody };
  static constexpr std::array<const char*, 4> kNames = {"the best", "same household", "another", "nobody"};

  struct Part {
    double rows = 0, variance = 0;
    std::array<double, 4> stated{}, is{};

    void add(const Part& row) {
      rows += row.rows;
      variance += row.variance;
      for (std::size_t who = 0; who < stated.size(); ++who) {
        stated[who] += row.stated[who];
        is[who] += row.is[who];
      }
    }
    double z() const { return (is[kBest] - stated[kBest]) / std::sqrt(std::max(.5, variance)); }
  };
  std::map<std::string, Part> parts_;
};

}  // namespace sonae::bench
