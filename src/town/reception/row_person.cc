// One person of a row, item by item.
#include <algorithm>
#include <array>

#include "text/kana.h"
#include "town/reception/age_cell.h"
#include "town/reception/cell.h"
#include "town/reception/ditto.h"
#include "town/reception/name_words.h"
#include "town/reception/note_cell.h"
#include "town/reception/phone_cell.h"
#include "town/reception/remarks.h"
#include "town/reception/row_cells.h"

namespace sonae::reception {

namespace {

// One value for each person where the cell holds as many as there are persons: "70・68", "男／女".
std::vector<std::string> for_each_of(std::string_view cell, std::size_t persons, bool at_spaces) {
  if (persons < 2) return {};
  std::string flat = narrow(cell);
  for (const std::string_view mark : {"・", "、", ",", "/", "&", "+", ";"})
    flat = replace_all(std::move(flat), mark, "\n");
  std::vector<std::string> parts;
  if (at_spaces) flat = replace_all(std::move(flat), " ", "\n");
  for (std::size_t at = 0; at <= flat.size();) {
    const std::size_t end = std::min(flat.find('\n', at), flat.size());
    if (const std::string_view part = trim(std::string_view(flat).substr(at, end - at)); !part.empty())
      parts.emplace_back(part);
    at = end + 1;
  }
  return parts.size() == persons ? parts : std::vector<std::string>{};
}

bool is_mark(std::string_view cell) {
  constexpr std::array<std::string_view, 10> marks{"○", "〇", "◯", "●", "1", "✓", "レ", "✔", "◎", "o"};
  return std::ranges::find(marks, narrow(trim(cell))) != marks.end();
}

}  // namespace

void append_note(std::string& note, std::string_view more) {
  if (trim(more).empty()) return;
  note += (note.empty() ? "" : "、") + std::string(trim(more));
}

// Numbers in their cells as spreadsheets write them: 70.0
std::string without_decimals(std::string_view cell) {
  std::string narrowed = narrow(trim(cell));
  if (narrowed.ends_with(".0") && narrowed.find_first_not_of("0123456789.") == std::string::npos)
    narrowed.resize(narrowed.size() - 2);
  return narrowed;
}

void RowReader::fill_person(const Row& row, std::size_t index, std::size_t count, Person& person,
                            std::vector<Remark>& remarks) const {
  for (const Remark& remark : row.remarks)
    add_remark(remarks, remark.code, remark.item);
  const auto own = [&](Column column) {
    const std::string cell = row.get(column);
    // A space parts ages and sexes, but stands inside of a reading.
    if (const auto parts = for_each_of(cell, count, column != Column::kana); !parts.empty())
      return parts[index];
    return index == 0 ? cell : std::string{};
  };

  std::string kana = own(Column::kana);
  if (kana.empty() && index == 0 && row.cells.contains(Column::family_kana))
    kana = trim(row.get(Column::family_kana) + " " + row.get(Column::given_kana));
  if (!kana.empty() && !is_ditto(kana)) person.kana = kana;
  if (person.kana.empty() && text::is_kana_only(person.name)) person.kana = person.name;

  if (const std::string relation = own(Column::relation); !relation.empty()) person.relation = relation;
  if (const std::string sex = own(Column::sex); !sex.empty()) {
    if (const auto read = read_sex(sex))
      person.sex = *read;
    else
      add_remark(remarks, remark::sex_unreadable, "sex");
  } else if (index == 0 && is_mark(row.get(Column::male))) {
    person.sex = Sex::male;
  } else if (index == 0 && is_mark(row.get(Column::female))) {
    person.sex = Sex::female;
  }
  Sex by_relation{};
  if (person.sex == Sex::unknown && vocabulary_.is_relation(person.relation, &by_relation) &&
      by_relation != Sex::unknown) {
    person.sex = by_relation;
    add_remark(remarks, remark::sex_from_relation, "sex");
  }

  fill_birth(own(Column::birth), person, remarks);
  fill_age(own(Column::age), person, remarks);
  if (person.age) person.as_of = as_of_;
  if (const auto birth = text::ages_on(person.birth, as_of_); birth && person.age)
    if (*person.age < birth->least - 1 || *person.age > birth->most + 1)
      add_remark(remarks, remark::age_and_birth_disagree, "age");

  const std::string address = row.get(Column::address);
  if (!says_no_name(address)) person.address = address;
  if (const std::string phone = row.get(Column::phone); !phone.empty())
    person.phone = read_phone(phone, remarks);
  if (index > 0) return;
  if (const std::string note = row.get(Column::note); !note.empty()) {
    append_note(person.note, note);
    if (count > 1) add_remark(remarks, remark::note_of_line, "note");
  }
  for (const std::string& cell : row.beyond)
    append_note(person.note, cell);
}

void RowReader::fill_birth(std::string_view cell, Person& person, std::vector<Remark>& remarks) const {
  if (cell.empty()) return;
  const std::string narrowed = without_decimals(cell);
  // A spreadsheet's day number (17603 is 1948-03-11), counted from 1899-12-30: 1910 to today.
  if (const auto number = read_number(narrowed); number && narrowed.size() == 5) {
    const Date day = date_of_days(*number - 25569);
    if (*number > 3653 && day <= today_) {
      person.birth = {day.year, day.month, day.day};
      add_remark(remarks, remark::birth_from_serial, "birth");
      return;
    }
  }
  if (const auto age = read_age(cell); age && (narrowed.size() <= 3 || !text::parse_date(cell, today_))) {
    fill_age(cell, person, remarks);  // 70歳 in a column for both
    return;
  }
  const auto parsed = text::parse_date(cell, today_);
  if (!parsed) {
    append_note(person.note, cell);
    add_remark(remarks, remark::birth_unreadable, "birth");
    return;
  }
  const text::PartialDate date = parsed->date;
  if (date.year > today_.year || (date.whole() && *date.whole() > today_)) {
    append_note(person.note, cell);
    add_remark(remarks, remark::birth_in_future, "birth");
    return;
  }
  person.birth = date;
  if (parsed->two_digit_year) add_remark(remarks, remark::birth_two_digits, "birth");
  if (parsed->era_and_year_disagree) add_remark(remarks, remark::era_and_year_disagree, "birth");
}

void RowReader::fill_age(std::string_view cell, Person& person, std::vector<Remark>& remarks) const {
  if (cell.empty() || says_no_name(cell)) return;
  if (const auto age = read_age(without_decimals(cell))) {
    person.age = age->years;
    person.age_months = age->months;
    if (age->rough) add_remark(remarks, remark::age_rough, "age");
    if (!age->years) {
      append_note(person.note, cell);
      add_remark(remarks, remark::age_out_of_range, "age");
    }
    return;
  }
  // A birth date in the column for ages.
  if (const auto parsed = text::parse_date(cell, today_);
      parsed && parsed->date.year != 0 && person.birth.is_unknown() && parsed->date.year <= today_.year) {
    person.birth = parsed->date;
    return;
  }
  append_note(person.note, cell);
  add_remark(remarks, remark::age_unreadable, "age");
}

}  // namespace sonae::reception
