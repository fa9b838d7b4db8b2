#include "town/reception/other_lines.h"

#include <algorithm>
#include <array>

#include "text/date.h"
#include "text/numerals.h"
#include "text/utf8.h"
#include "town/reception/cell.h"

namespace sonae::reception {

namespace {

constexpr std::array<std::string_view, 12> kTotals{"合計",     "総計",     "小計",   "累計",
                                                   "計",       "以上",     "総数",   "総人数",
                                                   "避難者数", "避難者計", "人数計", "TOTAL"};

const auto contains = [](std::string_view text, std::string_view word) {
  return text.find(word) != std::string_view::npos;
};

// The number that follows the last of these words, or the last number of the text.
std::optional<int> number_after_total(std::string_view text) {
  std::size_t at = 0;
  for (const std::string_view word : kTotals)
    if (const std::size_t found = text.rfind(word); found != std::string_view::npos)
      at = std::max(at, found + word.size());
  const std::u32string characters = text::to_characters(text.substr(at));
  for (std::size_t i = 0; i < characters.size(); ++i)
    if (text::digit_of(characters[i]) >= 0)
      if (const auto number = text::read_numeral(characters, i)) return static_cast<int>(number->value);
  return std::nullopt;
}

bool ends_as_place(std::string_view text) {
  constexpr std::array<std::string_view, 34> ends{
      "学校", "小",   "中",   "校",     "園",       "館",         "センター", "会館", "集会所",
      "寺",   "院",   "神社", "教会",   "避難所",   "ホール",     "ホーム",   "庁舎", "役場",
      "分校", "支所", "道場", "プラザ", "ドーム",   "体育館",     "公民館",   "会所", "改善センター",
      "高校", "校舎", "施設", "保育所", "こども園", "グラウンド", "荘"};
  return std::ranges::any_of(
      ends, [&](std::string_view end) { return text.ends_with(end) && text.size() > end.size(); });
}

}  // namespace

std::optional<Total> read_total(const Cells& row) {
  std::string all;
  std::size_t written = 0;
  for (const std::string_view cell : row) {
    if (trim(cell).empty()) continue;
    all += narrow(trim(cell));
    ++written;
  }
  all = replace_all(std::move(all), " ", "");
  if (written == 0 || written > 8 || all.size() > 120) return std::nullopt;
  const bool begins =
      std::ranges::any_of(kTotals, [&](std::string_view word) { return all.starts_with(word); });
  const bool by_sex = all.starts_with("男") && contains(all, "女") && contains(all, "計");
  if (!begins && !by_sex) return std::nullopt;
  const auto people = number_after_total(all);
  const bool counts = all.ends_with("名") || all.ends_with("人") || all.ends_with("世帯") || by_sex ||
                      (all.back() >= '0' && all.back() <= '9');
  const bool word_alone = std::ranges::find(kTotals, all) != kTotals.end();
  if (!word_alone && (!people || !counts)) return std::nullopt;
  return Total{people, all.starts_with("小計") || all.ends_with("世帯")};
}

bool is_section(const Vocabulary& vocabulary, const Cells& row) {
  constexpr std::array<std::string_view, 12> begins{"【", "■", "●",  "◆",  "◇", "□",
                                                    "▼",  "<", "--", "==", "※", "〈"};
  constexpr std::array<std::string_view, 18> ends{"組",     "班",     "階",   "室",   "体育館", "地区",
                                                  "町内会", "自治会", "追加", "名簿", "現在",   "余白",
                                                  "教室",   "校舎",   "区",   "】",   "の部",   "時点"};
  const auto is_written = [](std::string_view cell) { return !trim(cell).empty(); };
  if (std::ranges::count_if(row, is_written) != 1) return false;
  const std::string_view text = trim(*std::ranges::find_if(row, is_written));
  const std::string narrowed = narrow(text);
  if (std::ranges::any_of(begins, [&](std::string_view mark) { return narrowed.starts_with(mark); }))
    return true;
  if (vocabulary.is_surname(text)) return false;
  return std::ranges::any_of(ends, [&](std::string_view mark) {
    return narrowed.ends_with(mark) && narrowed.size() > mark.size() && vocabulary.surname_of(text).empty();
  });
}

bool is_unfilled(const Cells& row, const std::vector<Column>& columns) {
  constexpr std::array<std::string_view, 9> printed{"歳",       "才", "様", "男・女", "男女",
                                                    "男 ・ 女", "-",  "－", "年月日"};
  for (std::size_t i = 0; i < row.size(); ++i) {
    const std::string_view cell = trim(row[i]);
    if (cell.empty() || std::ranges::find(printed, cell) != printed.end()) continue;
    const Column column = i < columns.size() ? columns[i] : Column::unknown;
    if (column == Column::entry_id || column == Column::family) continue;
    if (column == Column::shelter || column == Column::date) continue;
    return false;
  }
  return true;
}

// A day this little ahead is a slip of the pen, or this machine's clock is late: not a day of last year.
constexpr int kDaysAClockMayBeLate = 14;

Title read_title(std::string_view text, Date today) {
  Title title;
  std::string flat = narrow(text);
  for (const std::string_view mark :
       {"(", ")", "[", "]", "【", "】", ",", "_", ":", "\t", "「", "」", "『", "』"})
    flat = replace_all(std::move(flat), mark, " ");
  for (std::string_view word : split_at_spaces(flat)) {
    for (const std::string_view label :
         {"避難所名", "避難場所", "施設名", "記入日", "作成日", "日付", "会場"})
      if (word.starts_with(label)) word.remove_prefix(label.size());
    for (const std::string_view end : {"現在", "時点", "作成", "分"})
      if (word.ends_with(end)) word.remove_suffix(end.size());
    if (word.empty()) continue;
    const bool date_like = word.find_first_of("0123456789") != std::string_view::npos &&
                           (contains(word, "月") || contains(word, "/") || contains(word, "-") ||
                            contains(word, ".") || word.size() == 8);
    if (date_like && !title.date) {
      if (const auto parsed = text::parse_date(word, today)) {
        text::PartialDate date = parsed->date;
        if (date.year == 0 && date.month != 0) {
          date.year = today.year;
          if (const auto day = date.whole();
              day && days_since_epoch(*day) > days_since_epoch(today) + kDaysAClockMayBeLate)
            --date.year;
        }
        if (const auto day = date.whole(); day && *day <= today) title.date = day;
      }
      continue;
    }
    for (const std::string_view end : {"避難者名簿", "避難者一覧表", "避難者一覧", "避難者リスト", "避難名簿",
                                       "名簿", "一覧表", "一覧", "リスト", "避難者", "の"})
      if (word.ends_with(end)) word.remove_suffix(end.size());
    if (title.shelter.empty() && ends_as_place(word)) title.shelter = word;
  }
  return title;
}

}  // namespace sonae::reception
