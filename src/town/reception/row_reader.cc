#include "town/reception/row_reader.h"

#include <algorithm>
#include <array>

#include "text/kana.h"
#include "text/utf8.h"
#include "town/reception/age_cell.h"
#include "town/reception/cell.h"
#include "town/reception/ditto.h"
#include "town/reception/name_cell.h"
#include "town/reception/name_words.h"
#include "town/reception/note_cell.h"
#include "town/reception/phone_cell.h"
#include "town/reception/remarks.h"

namespace sonae::reception {

// The cells of one person by their columns, with what they took from above.
struct RowReader::Row {
  std::map<Column, std::string> cells;  // trimmed; several of one column joined
  std::map<Column, bool> was_ditto;
  std::vector<Remark> remarks;      // of every person on the row
  std::string above;                // "address=串本1;"
  std::vector<std::string> beyond;  // cells that no column names
  std::string name_as_written;      // not trimmed: an indent says that the surname is left out

  const std::string& operator[](Column column) { return cells[column]; }
  std::string get(Column column) const {
    const auto found = cells.find(column);
    return found == cells.end() ? std::string{} : found->second;
  }
  void took(Column column, const std::string& text) {
    above += boost::describe::enum_to_string(column, "") + std::string("=") + text + ";";
  }
};

namespace {

// One value for each person where the cell holds as many as there are persons: "70・68", "男／女".
std::vector<std::string> for_each_of(std::string_view cell, std::size_t persons) {
  if (persons < 2) return {};
  std::string flat = narrow(cell);
  for (const std::string_view mark : {"・", "、", ",", "/", "&", "+", "\n", ";"})
    flat = replace_all(std::move(flat), mark, " ");
  std::vector<std::string> parts;
  for (const std::string_view part : split_at_spaces(flat))
    parts.emplace_back(part);
  return parts.size() == persons ? parts : std::vector<std::string>{};
}

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

bool is_mark(std::string_view cell) {
  constexpr std::array<std::string_view, 10> marks{"○", "〇", "◯", "●", "1", "✓", "レ", "✔", "◎", "o"};
  return std::ranges::find(marks, narrow(trim(cell))) != marks.end();
}

bool is_head(std::string_view relation) {
  return relation == "本人" || relation == "世帯主" || relation == "主";
}

// The address above without its numbers, for "〃 3-5".
std::string without_block(std::string_view address) {
  const std::string narrowed = narrow(address);
  const std::size_t digit = narrowed.find_first_of("0123456789");
  return digit == std::string::npos ? std::string(address) : narrowed.substr(0, digit);
}

}  // namespace

RowReader::RowReader(const Vocabulary& vocabulary, Date as_of, Date today)
    : vocabulary_(vocabulary), as_of_(as_of), today_(today) {}

void RowReader::set_columns(std::vector<Column> columns) {
  columns_ = std::move(columns);
  period_ = std::max<std::size_t>(columns_of_one_person(columns_), 1);
}

void RowReader::read(const Cells& row, SheetLine& line) {
  for (std::size_t start = 0; start < std::max(columns_.size(), std::size_t{1}); start += period_) {
    const bool last = start + period_ >= columns_.size();
    const std::size_t end = last ? row.size() : std::min(start + period_, row.size());
    if (start >= end) break;
    const Cells cells(row.begin() + static_cast<std::ptrdiff_t>(start),
                      row.begin() + static_cast<std::ptrdiff_t>(end));
    if (start > 0 && std::ranges::all_of(cells, [](std::string_view cell) { return trim(cell).empty(); }))
      continue;
    const std::size_t before = line.persons.size();
    read_one(cells, line);
    if (start > 0 && before > 0)
      for (auto& remarks : line.remarks_of)
        add_remark(remarks, remark::two_beside_each_other);
  }
  if (line.persons.empty()) {
    line.kind = LineKind::set_aside;
    if (line.remarks.empty()) add_remark(line.remarks, remark::nobody_in_row);
  }
}

void RowReader::resolve_dittos(Row& row) const {
  constexpr std::array columns{Column::address, Column::phone,  Column::stay,     Column::shelter,
                               Column::date,    Column::family, Column::relation, Column::note,
                               Column::age,     Column::birth,  Column::sex};
  for (const Column column : columns) {
    const auto found = row.cells.find(column);
    if (found == row.cells.end()) continue;
    std::string& cell = found->second;
    const std::size_t mark = column == Column::address ? ditto_before(cell) : 0;
    if (!is_ditto(cell) && mark == 0) continue;
    const auto above = above_.find(column);
    const std::string item = boost::describe::enum_to_string(column, "");
    if (above == above_.end() || above->second.empty()) {
      add_remark(row.remarks, remark::ditto_without_row, item);
      cell = mark == 0 ? "" : std::string(trim(std::string_view(cell).substr(mark)));
      continue;
    }
    const std::string rest(trim(std::string_view(cell).substr(mark)));
    // 〃 3-5: the place above with other numbers. 〃 2階: the place above, and more.
    const bool numbers = mark > 0 && !rest.empty() && narrow(rest).find_first_of("0123456789") == 0;
    cell = mark == 0 ? above->second : (numbers ? without_block(above->second) : above->second) + rest;
    row.was_ditto[column] = true;
    row.took(column, above->second);
    add_remark(row.remarks, remark::from_above, item);
  }
}

std::string RowReader::name_of(Row& row) const {
  if (std::ranges::find(columns_, Column::family_name) == columns_.end()) return row.name_as_written;
  const std::string family = row[Column::family_name], given = row[Column::given_name];
  if (given.empty()) return family;
  return family.empty() || is_ditto(family) ? "〃 " + given : family + " " + given;
}

void RowReader::read_one(const Cells& row, SheetLine& line) {
  Row cells;
  bool extra = false;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const std::string_view cell = trim(row[i]);
    if (cell.empty()) continue;
    const Column column = i < columns_.size() ? columns_[i] : Column::unknown;
    if (column == Column::unknown) {
      cells.beyond.emplace_back(cell);
      extra = extra || i >= columns_.size();
      continue;
    }
    if (column == Column::name)
      cells.name_as_written += (cells.name_as_written.empty() ? "" : "・") + std::string(row[i]);
    std::string& text = cells.cells[column];
    text += (text.empty() ? "" : column == Column::note ? "、" : " ") + std::string(cell);
  }
  if (extra) add_remark(cells.remarks, remark::cells_beyond_columns);
  resolve_dittos(cells);

  const std::string family = cells.get(Column::family);
  const bool family_column = std::ranges::find(columns_, Column::family) != columns_.end();
  const bool same_number = family_column && !family_above_.empty() && above_.contains(Column::family) &&
                           !above_[Column::family].empty() &&
                           (family.empty() || family == above_[Column::family]);
  const std::string relation = cells.get(Column::relation);
  const bool goes_on = cells.was_ditto[Column::address] || same_number ||
                       (!relation.empty() && !is_head(relation) && vocabulary_.is_relation(relation));
  const std::string name = name_of(cells);
  NameCell names = read_name_cell(vocabulary_, name, {surname_above_, goes_on});

  if (names.companions_refused > 0) {
    add_remark(line.remarks, remark::too_many_companions, "name");
    return;
  }
  // Items without a name are a person all the same, if anything of a person stands there.
  if (names.persons.empty()) {
    const bool somebody = !cells.get(Column::age).empty() || !cells.get(Column::birth).empty() ||
                          !cells.get(Column::kana).empty() ||
                          (!cells.get(Column::sex).empty() && !cells.get(Column::address).empty()) ||
                          (!relation.empty() && vocabulary_.is_relation(relation));
    if (!somebody) return;
    names.persons.emplace_back();
    if (const std::string kana = cells.get(Column::kana); !kana.empty())
      names.persons[0].name = kana;
    else
      add_remark(names.persons[0].remarks, remark::name_missing, "name");
  }

  const std::string first_name = names.persons[0].name;
  const std::string surname(surname_of_written(vocabulary_, first_name));
  const bool address_column = std::ranges::find(columns_, Column::address) != columns_.end();
  const bool address_empty = address_column && cells.get(Column::address).empty();
  const bool same_surname = !surname.empty() && surname == surname_above_ && address_empty;
  const bool same_family =
      !family_above_.empty() && (names.same_family_as_above || same_number || same_surname ||
                                 (cells.was_ditto[Column::address] && surname == surname_above_) ||
                                 (goes_on && surname == surname_above_));
  take_address_from_above(cells, same_family && address_empty);
  if (names.took_from_above) cells.took(Column::name, surname_above_);

  const std::string people = cells.get(Column::people);
  if (const auto count = read_number(without_decimals(replace_all(replace_all(people, "人", ""), "名", "")));
      count && !people_merged_ && *count > static_cast<int>(names.persons.size())) {
    if (*count > static_cast<int>(kMostOnOneLine)) {
      add_remark(line.remarks, remark::too_many_companions, "people");
      return;
    }
    while (static_cast<int>(names.persons.size()) < *count) {
      names.persons.emplace_back();
      add_remark(names.persons.back().remarks, remark::companions_counted, "people");
    }
  }

  const std::string family_here =
      same_family ? family_above_ : std::to_string(line.line) + (line.persons.empty() ? "" : "b");
  const std::size_t first = line.persons.size();
  for (std::size_t i = 0; i < names.persons.size(); ++i) {
    const NamedPerson& named = names.persons[i];
    Person person;
    person.name = named.name;
    person.kana = named.kana;
    person.relation = named.relation;
    person.sex = named.sex;
    person.age = named.age;
    person.age_months = named.age_months;
    for (const std::string& note : named.notes)
      append_note(person.note, note);
    person.family = family_here;
    std::vector<Remark> remarks = named.remarks;
    fill_person(cells, i, names.persons.size(), person, remarks);
    if (i == 0)
      for (const std::string& note : names.notes)
        append_note(person.note, note);
    read_note(vocabulary_, person.note, person, remarks);
    read_note(vocabulary_, cells.get(Column::stay), person, remarks);
    line.persons.push_back(std::move(person));
    line.remarks_of.push_back(std::move(remarks));
  }
  // What the whole family does: where it stays, and whether it is visiting.
  for (std::size_t i = first + 1; i < line.persons.size(); ++i) {
    if (line.persons[i].stay == StayKind::shelter) line.persons[i].stay = line.persons[first].stay;
    line.persons[i].visitor = line.persons[i].visitor || line.persons[first].visitor;
  }

  if (line.written_id.empty()) line.written_id = cells.get(Column::entry_id);
  if (line.shelter.empty()) line.shelter = cells.get(Column::shelter);
  line.above += cells.above;
  for (const Column column : columns_) {
    if (column == Column::family && cells.get(column).empty() && same_family) continue;
    above_[column] = cells.get(column);
  }
  if (!surname.empty()) surname_above_ = surname;
  family_above_ = family_here;
}

void RowReader::take_address_from_above(Row& row, bool wanted) const {
  const auto above = above_.find(Column::address);
  if (!wanted || above == above_.end() || above->second.empty()) return;
  row.cells[Column::address] = above->second;
  row.took(Column::address, above->second);
  add_remark(row.remarks, remark::address_from_above, "address");
}

void RowReader::fill_person(const Row& row, std::size_t index, std::size_t count, Person& person,
                            std::vector<Remark>& remarks) const {
  for (const Remark& remark : row.remarks)
    add_remark(remarks, remark.code, remark.item);
  const auto own = [&](Column column) {
    const std::string cell = row.get(column);
    if (const auto parts = for_each_of(cell, count); !parts.empty()) return parts[index];
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
