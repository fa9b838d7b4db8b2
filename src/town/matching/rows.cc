#include "town/matching/rows.h"

#include <algorithm>

#include "text/date.h"
#include "town/reception/ids.h"
#include "town/reception/remarks.h"

namespace sonae::matching {

namespace {

link::Sex sex_of(reception::Sex sex) {
  switch (sex) {
    case reception::Sex::male:
      return link::Sex::male;
    case reception::Sex::female:
      return link::Sex::female;
    case reception::Sex::unknown:
      break;
  }
  return link::Sex::unknown;
}

}  // namespace

void Rows::add(const reception::Entry& entry) {
  if (entry.person.name.empty()) return;
  Row row;
  row.entry = entry.entry;
  row.standing = reception::standing_digest(entry.standing);
  row.id = entry.entry.text();
  row.person = entry.person;
  // Families are told apart within one sheet; those of the door have names of their own.
  if (!entry.person.family.empty())
    row.family = (entry.sheet ? entry.sheet->text() : "") + " " + entry.person.family;
  row.age = entry.person.age;
  row.age_is_rough = !entry.corrected && std::ranges::any_of(entry.remarks, [](const auto& remark) {
    return remark.code == reception::remark::age_rough;
  });
  row.birth_has_two_digits = !entry.corrected && std::ranges::any_of(entry.remarks, [](const auto& remark) {
    return remark.code == reception::remark::birth_two_digits;
  });
  // Ages of lists of other years: full years passed since; within a year an age is off by one at most, which
  // linkage knows.
  if (row.age && entry.person.as_of && *entry.person.as_of < as_of_)
    *row.age += text::age_on(*entry.person.as_of, as_of_);
  entries_.push_back(std::move(row));
}

std::vector<link::Record> Rows::records() const {
  std::vector<link::Record> records;
  records.reserve(entries_.size());
  for (const Row& row : entries_) {
    link::Record record;
    record.id = row.id;
    record.household = row.family;
    record.name = row.person.name;
    record.kana = row.person.kana;
    record.sex = sex_of(row.person.sex);
    record.birth = row.person.birth;
    if (row.birth_has_two_digits) link::put_other_births(as_of_, record);
    record.age = row.age;
    if (row.age_is_rough) record.age_means = link::AgeMeans::about;
    record.address = row.person.address;
    record.phone = row.person.phone;
    record.note = row.person.note;
    records.push_back(record);
  }
  return records;
}

}  // namespace sonae::matching
