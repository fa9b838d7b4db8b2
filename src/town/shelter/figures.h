// Counting who is at a shelter, entry by entry. Pure.
#pragma once

#include <array>
#include <map>
#include <set>
#include <string>

#include "town/reception/reception.h"
#include "town/shelter/facts.h"

namespace sonae::shelter {

// Age groups that shelters are asked for: 0歳, 1–5歳, 6–14歳, 15–64歳, 65–74歳, 75歳以上, 年齢不明.
inline constexpr std::array<std::string_view, 7> kAgeGroups{"0",     "1-5", "6-14",   "15-64",
                                                            "65-74", "75-", "unknown"};
std::string_view age_group(const reception::Person& person, Date today);
// In full years on that day, where it is known.
std::optional<int> age_of(const reception::Person& person, Date today);

// What is equal for those of one family, and for nobody else: families are told apart within one sheet.
std::string family_of(const reception::Entry& entry);

// Whether somebody sleeps in the shelter, and whether they belong to it from outside.
bool is_staying(const reception::Entry& entry);
bool is_outside(const reception::Entry& entry);
// When somebody was told to have left or to stay elsewhere; absent for those who stay.
std::optional<Instant> left_at(const reception::Entry& entry);

class Counting {
 public:
  explicit Counting(Date day) : day_(day) {}
  void add(const reception::Entry& entry);
  Figures figures() const;

 private:
  Date day_;
  Figures figures_;
  std::set<std::string> families_;
  std::int64_t without_family_ = 0;
  std::map<std::string_view, std::int64_t> ages_;
  std::map<std::string, std::int64_t> needs_;
};

}  // namespace sonae::shelter
