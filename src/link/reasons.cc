#include "link/reasons.h"

#include <algorithm>
#include <cmath>

namespace sonae::link {
namespace {

using namespace level;

Phrase phrase_of_part(bool family, std::uint8_t l) {
  const std::string ja = family ? "姓" : "名";
  const std::string en = family ? "family name: " : "given name: ";
  switch (l) {
    case kanji_same:
      return {ja + "の漢字が同じ", en + "same kanji"};
    case kanji_same_kana_differs:
      return {ja + "の漢字は同じで読みが違う", en + "same kanji, other reading"};
    case kana_same_kanji_differs:
      return {ja + "の読みは同じで漢字が違う", en + "same reading, other kanji"};
    case kanji_near:
      return {ja + "の漢字が一字違い", en + "one kanji differs"};
    case kanji_differs_kana_near:
      return {ja + "の漢字が違い読みは一字違い", en + "other kanji, reading differs by one kana"};
    case kanji_begins_alike:
      return {ja + "の漢字が途中まで同じ", en + "kanji begin alike"};
    case kanji_differs:
      return {ja + "が違う", en + "different"};
    case kanji_confused:
      return {ja + "の漢字が一字違い（間違えやすい字）",
              en + "one kanji differs, easily taken for the other"};
    case kanji_reads_alike:
      return {ja + "の漢字は違うが、同じ読み方ができる", en + "other kanji that can be read the same"};
    case kana_confused:
      return {ja + "の読みが一字違い（間違えやすい字）",
              en + "reading differs by one kana, easily taken for the other"};
    case kanji_and_kana_differ:
      return {ja + "が漢字も読みも違う", en + "different in kanji and reading"};
    case kana_same:
      return {ja + "の読みが同じ", en + "same reading"};
    case kana_near:
      return {ja + "の読みが一字違い", en + "reading differs by one kana"};
    case kana_begins_alike:
      return {ja + "の読みが途中まで同じ", en + "reading begins alike"};
    case kana_differs:
      return {ja + "の読みが違う", en + "different reading"};
    default:
      return {};
  }
}

Phrase phrase_of_birth(std::uint8_t l) {
  switch (l) {
    case birth_same:
      return {"生年月日が同じ", "birth date: same"};
    case birth_month_same:
      return {"生年と月が同じ（日は不明）", "birth date: same year and month, day unknown"};
    case birth_year_same:
      return {"生年が同じ（月日は不明）", "birth date: same year, day unknown"};
    case birth_day_same:
      return {"誕生日が同じ（年は不明）", "birth date: same month and day, year unknown"};
    case birth_one_part_differs:
      return {"生年月日が書き誤りほどの違い", "birth date: differs by a slip of the pen"};
    case birth_exchanged:
      return {"生まれた月と日が入れ替わり", "birth date: month and day exchanged"};
    case birth_other_era:
      return {"生年月日の元号だけが違う", "birth date: only the era differs"};
    case birth_near:
      return {"生年月日の三つのうち二つが同じ", "birth date: two of three parts the same"};
    case birth_differs:
      return {"生年月日が違う", "birth date: different"};
    case birth_known_parts_differ:
      return {"生年月日の分かる部分が違う", "birth date: the known parts differ"};
    default:
      return {};
  }
}

Phrase phrase_of_age(std::uint8_t l) {
  switch (l) {
    case age_same:
      return {"年齢が合う", "age: agrees"};
    case age_off_by_one:
      return {"年齢が一つ違い", "age: off by one year"};
    case age_off_by_few:
      return {"年齢が二、三歳違い", "age: off by two or three years"};
    case age_rounded:
      return {"年齢はおよその数として合う", "age: agrees as a round number"};
    case age_off_by_ten:
      return {"年齢の数字が一つ違う", "age: one digit differs"};
    case age_within:
      return {"書かれたおよその年齢に合う", "age: agrees with the rough age that is written"};
    case age_not_within:
      return {"書かれたおよその年齢に合わない", "age: does not agree with the rough age that is written"};
    case age_differs:
      return {"年齢が合わない", "age: does not agree"};
    default:
      return {};
  }
}

Phrase phrase_of_address(std::uint8_t l) {
  switch (l) {
    case address_same:
      return {"住所が番地まで同じ", "address: same to the number"};
    case address_same_start:
      return {"住所が途中まで同じ（先は書かれていない）", "address: same as far as it is written"};
    case town_same_number_near:
      return {"町字が同じで番地が少し違う", "address: same town, number differs a little"};
    case town_same_number_differs:
      return {"町字が同じで番地が違う", "address: same town, other number"};
    case number_same_town_differs:
      return {"番地が同じで町字が違う", "address: same number, other town"};
    case address_differs:
      return {"住所が違う", "address: different"};
    case address_elsewhere:
      return {"住所がほかの市町村", "address: in another municipality"};
    case town_same:
      return {"町字が同じ", "address: same town"};
    case town_differs:
      return {"町字が違う", "address: other town"};
    default:
      return {};
  }
}

}  // namespace

Phrase phrase_of(Field field, std::uint8_t l) {
  switch (field) {
    case Field::family_name:
      return phrase_of_part(true, l);
    case Field::given_name:
      return phrase_of_part(false, l);
    case Field::name_order:
      return l == order_reversed ? Phrase{"姓と名が逆に書かれている", "names: written the other way round"}
                                 : Phrase{};
    case Field::birth_date:
      return phrase_of_birth(l);
    case Field::age:
      return phrase_of_age(l);
    case Field::sex:
      return l == sex_same      ? Phrase{"性別が同じ", "sex: same"}
             : l == sex_differs ? Phrase{"性別が違う", "sex: different"}
                                : Phrase{};
    case Field::address:
      return phrase_of_address(l);
    case Field::phone:
      return l == phone_same      ? Phrase{"電話番号が同じ", "phone: same number"}
             : l == phone_near    ? Phrase{"電話番号の数字が一つ違う", "phone: one digit differs"}
             : l == phone_differs ? Phrase{"電話番号が違う", "phone: other number"}
             : l == phone_of_household
                 ? Phrase{"電話番号が同じ世帯の人のもの", "phone: of somebody of the same household"}
                 : Phrase{};
    case Field::code:
      return l == code_same            ? Phrase{"番号が同じ", "number: same"}
             : l == code_differs       ? Phrase{"番号が違う", "number: different"}
             : l == code_same_but_slip ? Phrase{"番号は一字の書き誤りとすれば同じ",
                                                "number: same but for one figure (its check digit fails)"}
             : l == code_misread       ? Phrase{"番号が書き誤りで読めない", "number: its check digit fails"}
                                       : Phrase{};
    case Field::household:
      return l == household_beside    ? Phrase{"同じ世帯の人が名簿の近くの行にいる",
                                            "household: lives with somebody on a row near this one"}
             : l == household_missing ? Phrase{"同じ世帯の人が名簿の近くの行にいない",
                                               "household: nobody of it is on a row near this one"}
             : l == household_written ? Phrase{"この人はすでに近くの行に書かれている",
                                               "this resident is already on a row near this one"}
                                      : Phrase{};
  }
  return {};
}

std::string in_words(const std::vector<Reason>& reasons, Language language) {
  std::vector<const Reason*> ordered;
  for (const Reason& reason : reasons)
    if (!reason.phrase.empty()) ordered.push_back(&reason);
  std::ranges::stable_sort(ordered, [](const Reason* one, const Reason* other) {
    return std::abs(one->weight) > std::abs(other->weight);
  });
  // What speaks against the pair stands apart: a clerk should not have to look for it.
  constexpr double kAgainst = -0.5;
  const bool japanese = language == Language::japanese;
  std::string speaks_for, speaks_against;
  for (const Reason* reason : ordered) {
    std::string& text = reason->weight < kAgainst ? speaks_against : speaks_for;
    if (!text.empty()) text += japanese ? "、" : "; ";
    text += reason->phrase.in(language);
  }
  if (speaks_for.empty()) return speaks_against;
  if (speaks_against.empty()) return speaks_for;
  return speaks_for + (japanese ? "。ただし、" : ". But ") + speaks_against;
}

}  // namespace sonae::link
