#include "town/message/reading.h"

#include <algorithm>

#include "text/date.h"
#include "text/utf8.h"
#include "town/reception/name_cell.h"
#include "town/reception/note_cell.h"
#include "town/reception/phone_cell.h"

namespace sonae::message {

namespace {

using reception::Column;

constexpr std::string_view kSpaces[] = {" ", "\t", "\r", "　"};
constexpr std::size_t kLongestName = 12;  // characters of a name in running text
constexpr std::size_t kFewestDigits = 9;  // of a telephone number in running text

std::string_view trimmed(std::string_view text) {
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view space : kSpaces) {
      while (text.starts_with(space))
        text.remove_prefix(space.size()), again = true;
      while (text.ends_with(space))
        text.remove_suffix(space.size()), again = true;
    }
  }
  return text;
}

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(
      words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

std::string_view without_ending(std::string_view text, std::initializer_list<std::string_view> endings) {
  for (const std::string_view ending : endings)
    if (text.size() > ending.size() && text.ends_with(ending))
      return text.substr(0, text.size() - ending.size());
  return text;
}

// "名前：潮崎" as label and value; the label is empty where there is none.
std::pair<std::string_view, std::string_view> divided(std::string_view line) {
  for (const std::string_view mark : {"：", ":", "＝", "=", "\t"})
    if (const std::size_t at = line.find(mark); at != std::string_view::npos && at > 0)
      return {trimmed(line.substr(0, at)), trimmed(line.substr(at + mark.size()))};
  return {};
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (!line.empty()) {
    std::size_t end = line.size(), skip = 0;
    for (const std::string_view mark : {" ", "\t", "　", "、", "。", ",", "，", "．", "！", "!", "\r"})
      if (const std::size_t at = line.find(mark); at < end) end = at, skip = mark.size();
    if (end > 0) words.push_back(line.substr(0, end));
    line.remove_prefix(end + skip);
  }
  return words;
}

std::size_t digits_in(std::string_view text) {
  std::size_t digits = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t one = text::next_character(text, at);
    digits += (one >= '0' && one <= '9') || (one >= U'０' && one <= U'９') ? 1 : 0;
  }
  return digits;
}

// A whole day in the past that may be somebody's birth: yesterday's date in a sentence is none.
bool is_birth_date(std::string_view word, Date today) {
  if (digits_in(word) < 3) return false;
  const auto date = text::parse_date(word, today);
  return date && date->date.is_whole() && date->date.year > 1900 && date->date.year < today.year;
}

bool is_phone(std::string_view word) {
  return digits_in(word) >= kFewestDigits && digits_in(word) <= 13 && reception::looks_like_phone(word);
}

// Where somebody says in a sentence that they are: "大島小学校にいます".
std::string place_in(std::string_view line) {
  for (const std::string_view mark :
       {"にいます", "に居ます", "におります", "に避難", "で過ごし", "に着きました"}) {
    const std::size_t at = line.find(mark);
    if (at == std::string_view::npos || at == 0) continue;
    const auto words = words_of(line.substr(0, at));
    if (words.empty()) continue;
    std::string_view place = words.back();
    for (const std::string_view before : {"私は", "家族で", "いま", "今は", "今", "現在"})
      if (place.starts_with(before)) place.remove_prefix(before.size());
    if (!place.empty()) return std::string(place);
  }
  return {};
}

reception::StayKind stay_at(std::string_view place) {
  using enum reception::StayKind;
  if (has_any(place, {"校", "館", "センター", "避難所", "体育", "shelter", "school"})) return shelter;
  if (has_any(place, {"自宅", "在宅", "home"})) return home;
  if (has_any(place, {"病院", "hospital"})) return hospital;
  if (has_any(place, {"親戚", "親族", "実家", "知人", "友人", "relative", "friend"})) return relatives;
  if (has_any(place, {"車"})) return car;
  return elsewhere;
}

void read_consent(std::string_view value, claim::MakeRequest& said) {
  using enum reception::Audience;
  if (has_any(value, {"いいえ", "なし", "だめ", "不可"})) return;
  if (has_any(value, {"家族", "family"})) said.consent.push_back(family);
  if (has_any(value, {"知人", "親族", "親戚", "友人", "friend", "relative"}))
    said.consent.push_back(acquaintances);
  if (has_any(value, {"だれでも", "誰でも", "すべて", "全員", "anyone", "everyone"}))
    said.consent.push_back(anyone);
  if (has_any(value, {"市町村", "自治体", "municipalit"})) said.consent.push_back(municipalities);
}

class Reader {
 public:
  Reader(const reception::Vocabulary& vocabulary, Date today) : vocabulary_(vocabulary), today_(today) {}

  claim::MakeRequest read(std::string_view text) {
    said_.message = std::string(text);
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      std::string_view line = trimmed(text.substr(0, end));
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
      while (line.starts_with(">"))
        line = trimmed(line.substr(1));
      if (!line.empty() && !labelled(line)) unlabelled(line);
    }
    conditions();
    return std::move(said_);
  }

 private:
  static void keep(std::string& place, std::string_view value) {
    if (place.empty()) place = value;
  }

  bool labelled(std::string_view line) {
    const auto [label, value] = divided(line);
    if (label.empty()) return false;
    if (has_any(label, {"知らせ", "who may know", "Who may know"})) {
      read_consent(value, said_);
      return true;
    }
    if (has_any(label, {"いる所", "いる場所", "居場所", "避難先", "避難所", "Where", "where"})) {
      at_place(value);
      return true;
    }
    switch (vocabulary_.column_of(label)) {
      case Column::name:
        keep(said_.name, value);
        return true;
      case Column::kana:
        keep(said_.kana, value);
        return true;
      case Column::birth:
        keep(said_.birth_date, value);
        return true;
      case Column::phone:
        keep(said_.phone, value);
        return true;
      case Column::address:
        keep(said_.address, value);
        return true;
      case Column::stay:
      case Column::shelter:
        at_place(value);
        return true;
      case Column::note:
        return true;  // what it says is read with the whole
      default:
        return false;
    }
  }

  void at_place(std::string_view value) {
    if (value.empty() || !said_.where.empty()) return;
    said_.where = value;
    said_.stay = stay_at(value);
  }

  void unlabelled(std::string_view line) {
    const auto words = words_of(line);
    for (std::size_t at = 0; at < words.size(); ++at) {
      const std::string_view word = without_ending(words[at], {"生まれです", "生まれ", "生", "です"});
      if (is_phone(word)) {
        keep(said_.phone, word);
      } else if (is_birth_date(word, today_)) {
        keep(said_.birth_date, word);
      } else if (said_.name.empty()) {
        const std::string_view name =
            without_ending(words[at], {"と申します", "といいます", "です", "より", "さん"});
        const std::string_view next =
            at + 1 < words.size() ? without_ending(words[at + 1], {"と申します", "です"}) : "";
        if (vocabulary_.is_surname(name) && !next.empty() && vocabulary_.is_given_name(next))
          said_.name = std::string(name) + " " + std::string(next), ++at;
        else if (is_name(vocabulary_, name))
          said_.name = name;
      }
    }
    at_place(place_in(line));
  }

  // As notes on lists are read; what is said of others (妻は透析) is about others. Nobody writes of
  // themselves that they are missing or dead.
  void conditions() {
    reception::Person person;
    std::vector<reception::Remark> remarks;
    reception::read_note(vocabulary_, said_.message, person, remarks);
    using enum reception::Condition;
    said_.condition = person.condition == injured || person.condition == ill ? person.condition : well;
    if (said_.stay == reception::StayKind::elsewhere && person.stay != reception::StayKind::left &&
        person.stay != reception::StayKind::shelter)
      said_.stay = person.stay;
  }

  const reception::Vocabulary& vocabulary_;
  const Date today_;
  claim::MakeRequest said_;
};

}  // namespace

bool is_name(const reception::Vocabulary& vocabulary, std::string_view text) {
  text = trimmed(text);
  if (text::to_characters(text).size() > kLongestName || digits_in(text) > 0) return false;
  const auto words = words_of(text);
  if (words.size() == 2) return vocabulary.is_surname(words[0]) && vocabulary.is_given_name(words[1]);
  if (words.size() != 1) return false;
  const std::string_view surname = vocabulary.surname_of(text);
  return !surname.empty() && vocabulary.is_given_name(text.substr(surname.size()));
}

claim::MakeRequest read_message(const reception::Vocabulary& vocabulary, std::string_view text, Date today) {
  return Reader(vocabulary, today).read(text);
}

std::vector<Missing> missing_of(const claim::Made& made, Date today) {
  std::vector<Missing> missing;
  if (made.name.empty()) missing.push_back(Missing::name);
  const auto birth = text::parse_date(made.birth_date, today);
  if (!birth || !birth->date.is_whole()) missing.push_back(Missing::birth_date);
  if (digits_in(made.phone) < kFewestDigits) missing.push_back(Missing::phone);
  return missing;
}

}  // namespace sonae::message
