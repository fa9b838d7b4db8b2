#include "town/reception/name_words.h"

#include <algorithm>
#include <array>

#include "text/kana.h"
#include "text/script.h"
#include "text/utf8.h"
#include "town/reception/age_cell.h"
#include "town/reception/cell.h"
#include "town/reception/note_cell.h"
#include "town/reception/remarks.h"

namespace sonae::reception {

namespace {

bool has_kanji(std::string_view word) {
  for (std::size_t at = 0; at < word.size();)
    if (text::is_kanji(text::next_character(word, at))) return true;
  return false;
}

void take_age(const AgeReading& age, NamedPerson& person) {
  person.age = age.years;
  person.age_months = age.months;
  if (age.rough) add_remark(person.remarks, remark::age_rough, "age");
  if (!age.years) add_remark(person.remarks, remark::age_out_of_range, "age");
}

// "1. ", "①", "(2) ", "・": numbers and marks before the first word.
std::string_view without_number(std::string_view piece) {
  std::size_t at = 0;
  bool digits = false;
  while (at < piece.size()) {
    std::size_t next = at;
    const char32_t c = text::next_character(piece, next);
    const char32_t bare = narrow_character(c);
    const bool digit = bare >= '0' && bare <= '9';
    const bool circled = c >= 0x2460 && c <= 0x2473;
    const bool mark =
        c == U'○' || c == U'◎' || c == U'・' || c == U'●' || c == U'◯' || c == U'☆' || c == U'→';
    const bool point = digits && (bare == '.' || bare == ')' || bare == U'、' || bare == ':');
    if (!digit && !circled && !point && !(mark && at == 0) && !is_blank(c)) break;
    digits = digits || digit;
    at = next;
  }
  return trim(piece.substr(at));
}

// A relation with the name right behind it: 妻花子. Only where what follows is a given name that people bear
// and the whole does not begin with a surname.
std::size_t relation_before_name(const Vocabulary& vocabulary, std::string_view word, Sex& sex) {
  const std::size_t size = vocabulary.relation_at(word, sex);
  if (size == 0 || size == word.size()) return 0;
  const std::string_view rest = word.substr(size);
  return vocabulary.is_given_name(rest) && vocabulary.surname_of(word).empty() ? size : 0;
}

bool begins_with_surname(const Vocabulary& vocabulary, std::string_view word) {
  return vocabulary.is_surname(word) || !vocabulary.surname_of(word).empty();
}

// A note where a name is expected: 車椅子, 旧姓山本, 観光客太郎 (then the name stands behind it); 0 where the
// word is a name. Names that begin like a note (犬飼, 元気) are names.
std::size_t note_before_name(const Vocabulary& vocabulary, std::string_view word) {
  if (word.starts_with("旧姓")) return word.size();
  const std::vector<Meaning>* meanings = nullptr;
  const std::size_t size = vocabulary.word_at(word, meanings);
  if (size == 0 || count_characters(word.substr(0, size)) < 2) return 0;
  if (begins_with_surname(vocabulary, word) || vocabulary.is_given_name(word)) return 0;
  const std::string_view rest = word.substr(size);
  return vocabulary.is_given_name(rest) || begins_with_surname(vocabulary, rest) ? size : word.size();
}

void add_name_word(const Vocabulary& vocabulary, std::string_view word, NameWords& words) {
  bool nickname = false;
  const std::string_view bare = without_title(word, nickname);
  if (bare.empty()) return;  // 様 by itself
  const auto& names = words.names;
  const bool kana = text::is_kana_only(bare);
  const bool kanji_before = std::ranges::any_of(names, has_kanji);
  if (kana && kanji_before) {
    // 山田 はな is a name; 山田太郎 やまだたろう and 山田 太郎 ヤマダ タロウ have a reading.
    const bool given_in_kana = names.size() == 1 && words.readings.empty() && !nickname &&
                               (vocabulary.is_surname(names[0]) || count_characters(names[0]) <= 2) &&
                               count_characters(bare) <= 4;
    if (!given_in_kana) {
      words.readings.emplace_back(bare);
      return;
    }
  }
  if (nickname) add_remark(words.beside.remarks, remark::nickname, "name");
  words.names.emplace_back(bare);
}

}  // namespace

std::optional<Sex> read_sex(std::string_view written) {
  constexpr std::array<std::string_view, 13> male{"男",     "男性", "M",    "m",    "1",      "♂",   "おとこ",
                                                  "オトコ", "male", "Male", "男子", "男の子", "MALE"};
  constexpr std::array<std::string_view, 14> female{"女",   "女性",   "F",      "f",      "2",
                                                    "♀",    "おんな", "オンナ", "female", "Female",
                                                    "女子", "女の子", "FEMALE", "婦"};
  const std::string narrowed = narrow(trim(written));
  if (std::ranges::find(male, narrowed) != male.end()) return Sex::male;
  if (std::ranges::find(female, narrowed) != female.end()) return Sex::female;
  return std::nullopt;
}

std::string_view without_title(std::string_view name, bool& nickname) {
  constexpr std::array<std::string_view, 8> titles{"さん", "様", "さま", "サマ", "殿", "氏", "先生", "サン"};
  constexpr std::array<std::string_view, 6> familiar{"ちゃん", "くん", "君", "チャン", "クン", "っち"};
  for (const std::string_view title : titles) {
    if (name == title) return {};
    if (!name.ends_with(title) || count_characters(name) < count_characters(title) + 2) continue;
    name.remove_suffix(title.size());
    break;
  }
  for (const std::string_view title : familiar) {
    if (!name.ends_with(title) || count_characters(name) < count_characters(title) + 1) continue;
    // 山田太郎君 is a courtesy, たけちゃん and ひろばあちゃん are all that was written
    nickname = text::is_kana_only(name) || count_characters(name) - count_characters(title) <= 3;
    name.remove_suffix(nickname ? 0 : title.size());
    break;
  }
  return trim(name);
}

bool says_no_name(std::string_view text) {
  constexpr std::array<std::string_view, 17> words{
      "不明", "氏名不詳", "名前不明", "氏名不明", "不詳", "匿名",   "無記名", "未記入",    "記入なし",
      "-",    "ー",       "?",        "??",       "???",  "名無し", "なし",   "聞き取れず"};
  const std::string narrowed = narrow(trim(text));
  return std::ranges::find(words, narrowed) != words.end();
}

void read_bracket(const Vocabulary& vocabulary, std::string_view inside, NamedPerson& person) {
  for (const std::string_view word : split_at_spaces(inside)) {
    Sex sex{};
    if (const auto age = read_age(word); age && !person.age) {
      take_age(*age, person);
    } else if (const auto read = read_sex(word); read && word != "1" && word != "2") {
      person.sex = *read;
    } else if (vocabulary.is_relation(word, &sex)) {
      person.relation = word;
      if (person.sex == Sex::unknown) person.sex = sex;
    } else if (text::is_kana_only(word) && !begins_with_known_word(vocabulary, word)) {
      person.kana += (person.kana.empty() ? "" : " ") + std::string(word);
    } else {
      person.notes.emplace_back(word);
      add_remark(person.remarks, remark::note_in_name, "name");
    }
  }
}

NameWords read_words(const Vocabulary& vocabulary, std::string_view piece) {
  NameWords words;
  for (const std::string_view word : split_at_spaces(without_number(piece))) {
    NamedPerson& beside = words.beside;
    Sex sex{};
    const bool is_name_so_far = !words.names.empty();
    if (const auto age = read_age(word, !is_name_so_far); age && !beside.age) {
      take_age(*age, beside);
    } else if (const auto read = read_sex(word); read && word != "1" && word != "2") {
      beside.sex = *read;
    } else if (vocabulary.is_relation(word, &sex) && (!is_name_so_far || !vocabulary.is_given_name(word))) {
      beside.relation = word;
      if (beside.sex == Sex::unknown) beside.sex = sex;
    } else if (const std::size_t note = note_before_name(vocabulary, word); note > 0) {
      beside.notes.emplace_back(word.substr(0, note));
      add_remark(beside.remarks, remark::note_in_name, "name");
      if (note < word.size()) add_name_word(vocabulary, word.substr(note), words);
    } else if (const std::size_t size = is_name_so_far ? 0 : relation_before_name(vocabulary, word, sex)) {
      beside.relation = word.substr(0, size);
      if (beside.sex == Sex::unknown) beside.sex = sex;
      add_name_word(vocabulary, word.substr(size), words);
    } else {
      add_name_word(vocabulary, word, words);
    }
  }
  return words;
}

}  // namespace sonae::reception
