// What linkage is given: one person as a source wrote them down, field by field. Nothing here knows what the
// source is: a resident registry, a shelter list, a census file.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "base/time.h"
#include "text/date.h"

namespace sonae::text {
class Tables;
class Gazetteer;
}  // namespace sonae::text

namespace sonae::link {

enum class Sex : std::uint8_t { unknown, male, female };

// Reads what people write for it: 1/2, 男/女, M/F, male/female, 男性/女性; anything else is unknown.
Sex read_sex(std::string_view written);

enum class AgeMeans : std::uint8_t {
  years,   // 72
  about,   // 約70, 70くらい, and where it is not known which of the two: 70代
  decade,  // 70代: 70 to 79
};

// All texts are as written (UTF-8) and only borrowed: they must outlive the call they are given to. Every
// field may be empty.
struct Record {
  std::string_view id;         // the source's own; comes back in answers
  std::string_view household;  // registry: who lives together. List: who was written down together, if known
  std::string_view name;       // the whole name, kanji or kana or romaji; or else the two parts:
  std::string_view family_name;
  std::string_view given_name;
  std::string_view kana;  // the whole reading; or else the two parts:
  std::string_view family_kana;
  std::string_view given_kana;
  std::string_view other_name;                    // 通称, maiden name, romaji: a whole name
  std::span<const std::string_view> other_names;  // more of them, where there are several
  std::string_view former_family_name;            // 旧氏, 旧姓: takes the family name's place
  Sex sex = Sex::unknown;
  text::PartialDate birth;
  // What else the birth date may mean, where its year has two figures and no era:
  // text::meanings_of_two_digits without `birth`. Zeros where there are fewer.
  std::array<text::PartialDate, 5> other_births{};
  std::optional<int> age;  // in full years, as of Context::today or the list's own day
  AgeMeans age_means = AgeMeans::years;
  std::string_view postcode;
  std::string_view address;
  std::string_view phone;
  std::string_view code;  // a number of the person: 個人番号, 住民票コード, or what both sources share
  std::string_view note;  // free text: a phone number, 旧姓, "佐藤さんの孫"
};

// For a birth date whose year has two figures and no era: fills in other_births.
void put_other_births(Date today, Record& record);

// Calls visit(name) for every other whole name of the record.
template <class Visit>
void for_each_other_name(const Record& record, Visit&& visit) {
  if (!record.other_name.empty()) visit(record.other_name);
  for (const std::string_view name : record.other_names)
    if (!name.empty()) visit(name);
}

// What reading a record needs to know besides the record. The gazetteer may be absent: then the towns are
// those that the registry's own addresses show.
struct Context {
  std::shared_ptr<const text::Tables> tables;
  std::shared_ptr<const text::Gazetteer> gazetteer;
  Date today;
};

}  // namespace sonae::link
