#include "town/reception/row_reader.h"

#include <algorithm>

#include "town/reception/cell.h"
#include "town/reception/ditto.h"
#include "town/reception/name_cell.h"
#include "town/reception/note_cell.h"
#include "town/reception/remarks.h"
#include "town/reception/row_cells.h"

namespace sonae::reception {

namespace {

bool is_head(std::string_view relation) {
  return relation == "本人" || relation == "世帯主" || relation == "主";
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
  // A given name that stands alone says no surname.
  const bool given_alone = !vocabulary_.is_surname(first_name) && vocabulary_.is_given_name(first_name);
  const std::string surname(given_alone ? std::string_view{} : surname_of_written(vocabulary_, first_name));
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

}  // namespace sonae::reception
