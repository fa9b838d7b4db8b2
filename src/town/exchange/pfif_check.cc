// What PFIF 1.4 asks of a record's fields (http://zesty.ca/pfif/1.4/#data-model).
#include <algorithm>

#include "base/bytes.h"
#include "town/exchange/pfif.h"

namespace sonae::exchange::pfif {

namespace {

constexpr std::size_t kLongestId = 255;

bool digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char one) { return one >= '0' && one <= '9'; });
}

// "1970", "1970-01", "1970-01-31".
bool is_birth(std::string_view text) {
  if (text.size() == 4) return digits(text);
  if (text.size() == 7) return parse_iso_date(std::string(text) + "-01").has_value();
  return text.size() == 10 && parse_iso_date(text).has_value();
}

// "35" or "30-40".
bool is_age(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto age = [](std::string_view one) { return digits(one) && one.size() <= 3; };
  return dash == std::string_view::npos ? age(text) : age(text.substr(0, dash)) && age(text.substr(dash + 1));
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> all) {
  return std::ranges::find(all, text) != all.end();
}

bool is_id(std::string_view text) {
  return text.size() <= kLongestId && !domain_of(text).empty();
}

struct Rule {
  std::string_view field;
  bool (*good)(std::string_view text);
  Phrase expected;
  bool refused;  // where the field is there and wrong
};

bool is_date(std::string_view text) {
  return read_date(text).has_value();
}
bool is_sex(std::string_view text) {
  return is_one_of(text, {"male", "female", "other"});
}
bool is_status(std::string_view text) {
  return is_one_of(
      text, {"information_sought", "is_note_author", "believed_alive", "believed_missing", "believed_dead"});
}
bool is_yes_or_no(std::string_view text) {
  return is_one_of(text, {"true", "false"});
}
bool is_country(std::string_view text) {
  return text.size() == 2 && std::ranges::all_of(text, [](char one) { return one >= 'A' && one <= 'Z'; });
}

const std::vector<Rule>& rules(Kind kind) {
  static const Phrase id{"ドメイン名/番号（255 バイトまで）",
                         "a domain name, a slash and an id, at most 255 bytes"};
  static const Phrase date{"UTC の日時 yyyy-mm-ddThh:mm:ssZ", "a date in UTC, yyyy-mm-ddThh:mm:ssZ"};
  static const std::vector<Rule> person{
      {"person_record_id", is_id, id, true},
      {"source_date", is_date, date, true},
      {"entry_date", is_date, date, false},
      // A record whose end cannot be read might be kept for ever.
      {"expiry_date", is_date, date, true},
      {"sex", is_sex, {"male、female、other のどれか", "male, female or other"}, false},
      {"date_of_birth",
       is_birth,
       {"YYYY、YYYY-MM、YYYY-MM-DD のどれか", "YYYY, YYYY-MM or YYYY-MM-DD"},
       false},
      {"age", is_age, {"数、または 30-40 のような幅", "a number, or a range such as 30-40"}, false},
      {"home_country", is_country, {"ISO 3166-1 の 2 文字", "two letters of ISO 3166-1"}, false}};
  static const std::vector<Rule> note{
      {"note_record_id", is_id, id, true},
      {"person_record_id", is_id, id, true},
      {"linked_person_record_id", is_id, id, false},
      {"source_date", is_date, date, true},
      {"entry_date", is_date, date, false},
      {"author_made_contact", is_yes_or_no, {"true か false", "true or false"}, false},
      {"status",
       is_status,
       {"information_sought、is_note_author、believed_alive、believed_missing、believed_dead のどれか",
        "information_sought, is_note_author, believed_alive, believed_missing or believed_dead"},
       false}};
  return kind == Kind::person ? person : note;
}

struct Needed {
  std::string_view field;
  bool refused;
};

// Without the first ones a record is of no use; the others the standard asks for, and older files lack them.
std::vector<Needed> needed(const Record& record) {
  if (is_placeholder(record))
    return {{"person_record_id", true}, {"source_date", true}, {"expiry_date", true}};
  if (record.kind == Kind::person)
    return {{"person_record_id", true}, {"source_date", true}, {"full_name", true}};
  return {{"note_record_id", true},
          {"person_record_id", true},
          {"source_date", true},
          {"author_name", false},
          {"text", false}};
}

}  // namespace

std::vector<Problem> check(Record& record) {
  std::vector<Problem> problems;
  for (const Needed& one : needed(record))
    if (record.at(one.field).empty())
      problems.push_back({std::string(one.field), {"必須の項目", "this required field"}, one.refused});
  for (const Rule& rule : rules(record.kind)) {
    const std::string& text = record.at(rule.field);
    if (text.empty() || rule.good(text)) continue;
    problems.push_back({std::string(rule.field), rule.expected, rule.refused});
    if (!rule.refused) record.set(rule.field, {});
  }
  return problems;
}

}  // namespace sonae::exchange::pfif
