#include "town/reception/named_twice.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

#include "text/kana.h"

namespace sonae::reception {

namespace {

// Of one item: whoever left it as it stood before has nothing against the other.
template <class T>
std::optional<T> both(const T& before, const T& one, const T& other) {
  if (one == other || other == before) return one;
  if (one == before) return other;
  return std::nullopt;
}

bool is_reading_of(const Person& reading, const Person& written, const NameFold& fold) {
  return text::is_kana_only(reading.name) && !written.kana.empty() &&
         fold(reading.name) == fold(written.kana);
}

// A device says "well" of everybody of whom nothing else is said.
std::optional<Condition> condition_of(const Person& before, const Person& one, const Person& other) {
  const auto says = [&](const Person& person) {
    return person.condition != before.condition && person.condition != Condition::well;
  };
  if (says(one) && says(other) && one.condition != other.condition) return std::nullopt;
  if (says(one)) return one.condition;
  if (says(other)) return other.condition;
  return one.condition == before.condition ? other.condition : one.condition;
}

std::vector<std::string> needs_of(const Person& before, const Person& one, const Person& other) {
  const auto has = [](const Person& person, const std::string& need) {
    return std::ranges::find(person.needs, need) != person.needs.end();
  };
  std::vector<std::string> all = one.needs;
  all.insert(all.end(), other.needs.begin(), other.needs.end());
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  // Who took a need away that stood there before meant it.
  std::erase_if(all, [&](const std::string& need) {
    return has(before, need) && (!has(one, need) || !has(other, need));
  });
  return all;
}

using Age = std::tuple<std::optional<int>, std::optional<int>, std::optional<Date>>;
Age age_of(const Person& person) {
  return {person.age, person.age_months, person.as_of};
}
// A year more or less is how people remember.
std::optional<Age> age_of(const Person& before, const Person& one, const Person& other) {
  if (const auto age = both(age_of(before), age_of(one), age_of(other))) return age;
  if (one.age && other.age && std::abs(*one.age - *other.age) > 1) return std::nullopt;
  return age_of(one.age ? one : other);
}

std::string note_of(const Person& before, const Person& one, const Person& other) {
  if (const auto note = both(before.note, one.note, other.note)) return *note;
  return one.note + " / " + other.note;
}

}  // namespace

bool is_one_name(const Person& one, const Person& other, const NameFold& fold) {
  if (one.name.empty() || other.name.empty()) return false;
  if (!one.kana.empty() && !other.kana.empty() && fold(one.kana) != fold(other.kana)) return false;
  return fold(one.name) == fold(other.name) || is_reading_of(one, other, fold) ||
         is_reading_of(other, one, fold);
}

std::optional<Naming> together(const Naming& before, const Naming& one, const Naming& other,
                               const NameFold& fold) {
  const Person &a = one.person, &b = other.person, &was = before.person;
  if (!a.name.empty() && !b.name.empty() && !is_one_name(a, b, fold)) return std::nullopt;
  const auto sex = both(was.sex, a.sex, b.sex);
  const auto birth = both(was.birth, a.birth, b.birth);
  const auto stay = both(was.stay, a.stay, b.stay);
  const auto shelter = both(before.shelter, one.shelter, other.shelter);
  const auto condition = condition_of(was, a, b);
  const auto age = age_of(was, a, b);
  if (!sex || !birth || !stay || !shelter || !condition || !age) return std::nullopt;
  const auto text = [&](std::string Person::* item) {
    return both(was.*item, a.*item, b.*item).value_or(a.*item);
  };
  Naming said{a, *shelter};
  if (a.name.empty() || (text::is_kana_only(a.name) && !b.name.empty() && !text::is_kana_only(b.name)))
    said.person.name = b.name;
  said.person.kana = a.kana.empty() ? b.kana : a.kana;
  said.person.sex = *sex;
  said.person.birth = *birth;
  std::tie(said.person.age, said.person.age_months, said.person.as_of) = *age;
  said.person.address = text(&Person::address);
  said.person.phone = text(&Person::phone);
  said.person.relation = text(&Person::relation);
  said.person.family = text(&Person::family);
  said.person.note = note_of(was, a, b);
  said.person.needs = needs_of(was, a, b);
  said.person.condition = *condition;
  said.person.stay = *stay;
  said.person.visitor = a.visitor || b.visitor;
  return said;
}

}  // namespace sonae::reception
