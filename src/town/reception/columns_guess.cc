#include <algorithm>
#include <array>

#include "text/address.h"
#include "text/kana.h"
#include "text/script.h"
#include "text/utf8.h"
#include "town/reception/age_cell.h"
#include "town/reception/cell.h"
#include "town/reception/columns.h"
#include "town/reception/ditto.h"
#include "town/reception/name_words.h"
#include "town/reception/phone_cell.h"

namespace sonae::reception {

namespace {

constexpr std::size_t kLooksAt = 200;  // rows

// How many cells of one column look like what.
struct Looks {
  std::size_t written = 0;
  std::size_t number = 0;
  std::size_t serial = 0;  // one more than the number above
  std::size_t age = 0;
  std::size_t birth = 0;
  std::size_t sex = 0;
  std::size_t phone = 0;
  std::size_t kana = 0;
  std::size_t relation = 0;
  std::size_t address = 0;
  std::size_t name = 0;
  std::size_t surname = 0;
};

bool looks_like_name(const Vocabulary& vocabulary, std::string_view cell) {
  const std::size_t characters = count_characters(cell);
  if (characters < 2 || characters > 40) return false;
  bool kanji_or_kana = false;
  for (std::size_t at = 0; at < cell.size();) {
    const char32_t c = text::next_character(cell, at);
    kanji_or_kana = kanji_or_kana || text::is_kanji(c) || text::is_kana(c);
  }
  const auto words = split_at_spaces(cell);
  return kanji_or_kana && (words.size() == 2 || !vocabulary.surname_of(words[0]).empty() || characters <= 5);
}

bool looks_like_address(const text::Tables* tables, const text::Gazetteer* gazetteer, std::string_view cell) {
  constexpr std::array<std::string_view, 7> signs{"丁目", "番地", "番", "区", "町", "村", "字"};
  if (tables != nullptr && gazetteer != nullptr && text::parse_address(*gazetteer, *tables, cell).town_known)
    return true;
  const std::string narrowed = narrow(cell);
  const bool digits = narrowed.find_first_of("0123456789") != std::string::npos;
  return digits && std::ranges::any_of(signs, [&](std::string_view sign) {
           return narrowed.find(sign) != std::string::npos;
         });
}

Looks look_at(const Vocabulary& vocabulary, const text::Tables* tables, const text::Gazetteer* gazetteer,
              Date today, std::span<const Cells> rows, std::size_t column) {
  Looks looks;
  int above = 0;
  for (const Cells& row : rows) {
    const std::string_view cell = column < row.size() ? trim(row[column]) : std::string_view{};
    if (cell.empty() || is_ditto(cell)) continue;
    ++looks.written;
    const std::string narrowed = narrow(cell);
    const auto number = narrowed.find_first_not_of("0123456789") == std::string::npos ? read_number(narrowed)
                                                                                      : std::optional<int>{};
    looks.number += number.has_value();
    if (number) {
      looks.serial += *number == above + 1;
      above = *number;
    }
    const auto age = read_age(cell);
    looks.age += age && age->years;
    if (!number || narrowed.size() == 8) {
      const auto date = text::parse_date(cell, today);
      looks.birth += date && date->date.year != 0;
    }
    looks.sex += read_sex(cell).has_value();
    looks.phone += looks_like_phone(cell);
    looks.kana += text::is_kana_only(cell) && count_characters(cell) >= 3;
    looks.relation += vocabulary.is_relation(cell);
    looks.surname += vocabulary.is_surname(cell);
    if (looks_like_address(tables, gazetteer, cell))
      ++looks.address;
    else if (looks_like_name(vocabulary, cell))
      ++looks.name;
  }
  return looks;
}

class Guess {
 public:
  explicit Guess(std::vector<Looks> looks) : looks_(std::move(looks)), columns_(looks_.size()) {}

  std::vector<Column> columns() {
    if (const auto first = best(&Looks::serial); first && looks_[*first].serial >= 2)
      take(*first, Column::entry_id);
    take_best(&Looks::phone, Column::phone);
    take_best(&Looks::sex, Column::sex);
    take_best(&Looks::birth, Column::birth);
    take_best(&Looks::age, Column::age);
    take_best(&Looks::relation, Column::relation);
    take_names();
    take_best(&Looks::kana, Column::kana);
    take_best(&Looks::address, Column::address);
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (columns_[i] == Column::unknown && looks_[i].written > 0) columns_[i] = Column::note;
    return std::move(columns_);
  }

 private:
  using Count = std::size_t Looks::*;

  // The free column in which most cells, and at least six of ten, look so.
  std::optional<std::size_t> best(Count count) const {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < looks_.size(); ++i) {
      const bool mostly = looks_[i].*count * 10 >= looks_[i].written * 6 && looks_[i].*count > 0;
      if (columns_[i] != Column::unknown || !mostly) continue;
      if (!found || looks_[i].*count > looks_[*found].*count) found = i;
    }
    return found;
  }

  void take(std::size_t column, Column meaning) { columns_[column] = meaning; }
  void take_best(Count count, Column meaning) {
    if (const auto column = best(count)) take(*column, meaning);
  }

  // The first column of names is the name, or the family name where surnames stand alone in it and given
  // names beside it. A list in kana has its names there.
  void take_names() {
    auto name = best(&Looks::name);
    if (!name) {
      take_best(&Looks::kana, Column::name);
      return;
    }
    for (std::size_t i = 0; i < *name; ++i)
      if (columns_[i] == Column::unknown && looks_[i].name * 10 >= looks_[i].written * 6 &&
          looks_[i].name > 0 && looks_[i].kana * 2 < looks_[i].written)
        name = i;
    const Looks& looks = looks_[*name];
    const bool surnames = looks.surname * 10 >= looks.written * 6;
    const bool beside = *name + 1 < columns_.size() && columns_[*name + 1] == Column::unknown &&
                        looks_[*name + 1].written > 0 && looks_[*name + 1].address == 0;
    take(*name, surnames && beside ? Column::family_name : Column::name);
    if (surnames && beside) take(*name + 1, Column::given_name);
  }

  std::vector<Looks> looks_;
  std::vector<Column> columns_;
};

}  // namespace

std::vector<Column> guess_columns(const Vocabulary& vocabulary, const text::Tables* tables,
                                  const text::Gazetteer* gazetteer, Date today, std::span<const Cells> rows) {
  rows = rows.first(std::min(rows.size(), kLooksAt));
  std::size_t width = 0;
  for (const Cells& row : rows)
    width = std::max(width, row.size());
  std::vector<Looks> looks;
  for (std::size_t column = 0; column < width; ++column)
    looks.push_back(look_at(vocabulary, tables, gazetteer, today, rows, column));
  return Guess(std::move(looks)).columns();
}

}  // namespace sonae::reception
