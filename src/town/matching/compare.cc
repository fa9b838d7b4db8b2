// One entry beside its candidates, item by item.
#include <algorithm>

#include "text/fold.h"
#include "text/script.h"
#include "text/utf8.h"
#include "town/matching/inside.h"

namespace sonae::matching {

namespace {

std::string sex_words(reception::Sex sex, Language language) {
  const bool japanese = language == Language::japanese;
  if (sex == reception::Sex::male) return japanese ? "男" : "male";
  if (sex == reception::Sex::female) return japanese ? "女" : "female";
  return "";
}
std::string sex_words(registry::Sex sex, Language language) {
  return sex_words(sex == registry::Sex::male     ? reception::Sex::male
                   : sex == registry::Sex::female ? reception::Sex::female
                                                  : reception::Sex::unknown,
                   language);
}

std::string age_words(std::optional<int> age) {
  return age ? std::to_string(*age) : "";
}

// The reasons of these fields, put together.
Comparison compared(std::string item, std::string written, std::string registered, const Candidate& candidate,
                    std::initializer_list<link::Field> fields) {
  Comparison row{std::move(item), std::move(written), std::move(registered), "", 0};
  for (const ReasonWords& reason : candidate.reasons) {
    const bool mine =
        std::ranges::any_of(fields, [&](link::Field field) { return link::name_of(field) == reason.field; });
    if (!mine) continue;
    row.words += (row.words.empty() ? "" : " / ") + reason.words;
    row.weight += reason.weight;
  }
  return row;
}

std::u32string kanji_of(std::string_view name) {
  std::u32string kanji = text::to_characters(name);
  std::erase_if(kanji, [](char32_t c) { return !text::is_kanji(c); });
  return kanji;
}

// Linkage takes 﨑 and 崎 for one character. Whoever sees them side by side is told so.
void add_forms_of_one(const text::Tables& tables, Language language, Comparison& names) {
  const std::u32string written = kanji_of(names.written), registered = kanji_of(names.registered);
  if (written.size() != registered.size()) return;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const std::string one = text::to_utf8(written.substr(i, 1)),
                      other = text::to_utf8(registered.substr(i, 1));
    if (one == other || text::fold_name(tables, one) != text::fold_name(tables, other)) continue;
    names.words += (names.words.empty() ? "" : " / ") +
                   (language == Language::japanese ? "「" + one + "」と「" + other + "」は異体字"
                                                   : one + " and " + other + " are forms of one character");
  }
}

}  // namespace

Result<QuestionAnswer> Matching::Inside::question(api::Call& call, const EntryRequest& request) {
  TRY(catch_up(call.progress));
  const auto connection = town.journal().reader();
  const reception::Entry entry = TRY(visible_entry(call, *connection, request.entry));
  QuestionAnswer answer;
  answer.question = question_on(call, *connection, entry);
  const reception::Person& person = entry.person;
  for (const Candidate& candidate : answer.question.candidates) {
    using enum link::Field;
    const registry::Resident& resident = candidate.registered;
    CandidateComparison comparison{candidate.resident, {}};
    auto& items = comparison.items;
    items.push_back(
        compared("name", person.name, resident.name, candidate, {family_name, given_name, name_order}));
    add_forms_of_one(town.tables(), call.language, items.back());
    items.push_back(compared("kana", person.kana, resident.kana, candidate, {}));
    items.push_back(compared("birth", person.birth.is_unknown() ? "" : text::to_text(person.birth),
                             resident.birth_date, candidate, {birth_date}));
    items.push_back(compared("age", age_words(person.age), age_words(resident.age), candidate, {age}));
    items.push_back(compared("sex", sex_words(person.sex, call.language),
                             sex_words(resident.sex, call.language), candidate, {sex}));
    items.push_back(compared("address", person.address, resident.address, candidate, {address}));
    items.push_back(compared("phone", person.phone, resident.phone, candidate, {phone}));
    items.push_back(compared("household", "", "", candidate, {household}));
    answer.comparisons.push_back(std::move(comparison));
  }
  std::vector<std::string> shown;
  add_shown(answer.question, shown);
  TRY(access.record_look(call, "matching.question", std::move(shown)));
  return answer;
}

}  // namespace sonae::matching
