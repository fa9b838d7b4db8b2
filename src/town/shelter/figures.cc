#include "town/shelter/figures.h"

#include <algorithm>

#include "text/date.h"

namespace sonae::shelter {

using reception::Condition;
using reception::Entry;
using reception::StayKind;

std::optional<int> age_of(const reception::Person& person, Date today) {
  if (const auto range = text::ages_on(person.birth, today)) return range->least;
  return person.age;
}

std::string_view age_group(const reception::Person& person, Date today) {
  const auto age = age_of(person, today);
  if (!age) return kAgeGroups[6];
  if (*age < 1) return kAgeGroups[0];
  if (*age < 6) return kAgeGroups[1];
  if (*age < 15) return kAgeGroups[2];
  if (*age < 65) return kAgeGroups[3];
  if (*age < 75) return kAgeGroups[4];
  return kAgeGroups[5];
}

std::string family_of(const Entry& entry) {
  return (entry.sheet ? entry.sheet->text() : std::string()) + entry.person.family;
}

bool is_staying(const Entry& entry) {
  return entry.person.stay == StayKind::shelter && entry.person.condition != Condition::missing &&
         entry.person.condition != Condition::dead;
}

bool is_outside(const Entry& entry) {
  const StayKind stay = entry.person.stay;
  return (stay == StayKind::car || stay == StayKind::home || stay == StayKind::relatives) &&
         entry.person.condition != Condition::missing && entry.person.condition != Condition::dead;
}

std::optional<Instant> left_at(const Entry& entry) {
  if (!entry.since.stay || entry.since.stay->stay == StayKind::shelter) return std::nullopt;
  return entry.since.stay->at;
}

void Counting::add(const Entry& entry) {
  const reception::Person& person = entry.person;
  if (japan_date(entry.written.wall) == day_) ++figures_.arrived;
  if (const auto at = left_at(entry); at && japan_date(*at) == day_) ++figures_.left;
  if (is_outside(entry)) ++figures_.outside;
  if (!is_staying(entry)) return;
  ++figures_.staying;
  if (person.name.empty()) ++figures_.unnamed;
  if (person.sex == reception::Sex::male) ++figures_.male;
  if (person.sex == reception::Sex::female) ++figures_.female;
  if (person.condition == Condition::ill) ++figures_.ill;
  if (person.condition == Condition::injured) ++figures_.injured;
  if (person.family.empty())
    ++without_family_;
  else
    families_.insert(family_of(entry));
  ++ages_[age_group(person, day_)];
  for (const std::string& need : person.needs)
    ++needs_[need];
}

Figures Counting::figures() const {
  Figures made = figures_;
  made.families = static_cast<std::int64_t>(families_.size()) + without_family_;
  for (const std::string_view group : kAgeGroups) {
    const auto found = ages_.find(group);
    made.by_age.push_back({std::string(group), found == ages_.end() ? 0 : found->second});
  }
  for (const auto& [need, persons] : needs_)
    made.by_need.push_back({need, persons});
  std::ranges::stable_sort(made.by_need, std::greater(), &Count::persons);
  return made;
}

}  // namespace sonae::shelter
