// Lines of a list that are no persons: titles, totals, headings between rows, numbered lines left empty.
// Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "town/reception/columns.h"

namespace sonae::reception {

// "計 35名", "男15 女20 合計35名", "以上 12名".
struct Total {
  std::optional<int> people;  // absent where the number cannot be read
  bool partial = false;       // 小計
};
std::optional<Total> read_total(const Cells& row);

// "【2階 理科室】", "■体育館", "3班", "以下余白": one cell, and no person.
bool is_section(const Vocabulary& vocabulary, const Cells& row);

// Nothing but a number in the column of numbers, or what the form has printed (歳, 様).
bool is_unfilled(const Cells& row, const std::vector<Column>& columns);

// What a title says: "大島小学校 避難者名簿 3月12日(土) 現在". The year of a date without one is that of
// `today`, or the year before where the day would lie weeks in the future. A day to come is not taken.
struct Title {
  std::string shelter;
  std::optional<Date> date;
};
Title read_title(std::string_view text, Date today);

}  // namespace sonae::reception
