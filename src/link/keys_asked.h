// The keys that a row asks the posting lists for: those of a resident like it, and what its being a row adds.
#pragma once

#include "link/keys.h"

namespace sonae::link {

// Those by which candidates are found. `today` as of which the row's age is meant.
template <class Take>
void for_each_key_asked(const Query& query, Date today, Take&& take) {
  const Features& f = query.features;
  const auto name = [&](KeyKind kind, Packed letters) { take(key_of(kind, letters), kind); };
  for_each_key(f, take);
  // Wherever else the town may be.
  for (const std::uint32_t town : query.other_towns)
    if (town != 0) for_each_key_of_town(f, town, take);
  // 青田 テツヒロ: nobody knew the kanji of the given name.
  if (f.kanji_count > 0 && f.kanji_family == f.kanji_count && !f.given_kana().empty())
    take(kanji_then_kana_key(f), KeyKind::kanji_then_kana);
  // Given name first.
  if (f.kanji_family > 0 && f.kanji_family < f.kanji_count)
    name(KeyKind::kanji_name, query.turned_kanji.packed);
  if (f.kana_family > 0 && f.kana_family < f.kana_count) name(KeyKind::kana_name, query.turned_kana.packed);
  // The name as it is may be what another has with one letter more.
  if (f.kana_count >= 2) name(KeyKind::kana_but_one, f.kana);
  if (f.kanji_count >= 2) name(KeyKind::kanji_but_one, f.kanji);
  for (std::size_t i = 0; i < query.code.meant_count; ++i)
    name(KeyKind::code, query.code.meant[i]);
  if (f.year == 0 && query.age >= 0) {
    const auto part = [&](KeyKind kind, Letters letters) {
      if (letters.empty()) return;
      const YearsMeant meant = years_meant(query.age, query.age_means);
      const int slack = query.age_means == AgeMeans::years ? 1 : 0;
      for (int year = today.year - meant.oldest - 1 - slack; year <= today.year - meant.youngest + slack;
           ++year)
        take(key_of(kind, letters.packed, static_cast<std::uint64_t>(year)), kind);
    };
    part(KeyKind::family_kanji_year, f.family_kanji());
    part(KeyKind::given_kanji_year, f.given_kanji());
    part(KeyKind::family_kana_year, f.family_kana());
    part(KeyKind::given_kana_year, f.given_kana());
  }
}

// Those whose lists are counted to tell how frequent the row's values are (score.h). Of a name that nearly
// agrees only what those above do not have.
template <class Take>
void for_each_key_counted(const Query& query, Date today, Take&& take) {
  const Features& f = query.features;
  query.for_each_town([&](std::uint32_t town) {
    if (f.numbers[0]) take(key_of(KeyKind::number, town, f.numbers[0]));
    if (f.numbers[1]) take(key_of(KeyKind::two_numbers, town, f.numbers[0] * 65536U + f.numbers[1]));
  });
  if (f.birth().is_whole())
    take(key_of(KeyKind::birth, static_cast<Packed>(f.year * 10000 + f.month * 100 + f.day)));
  const bool has_age = query.age >= 0 && query.age_means == AgeMeans::years;
  const int first = f.year ? f.year - 1 : has_age ? today.year - query.age - 2 : 0;
  const auto by_year = [&](KeyKind kind, Letters given) {
    for (int year = first; year < first + (f.year ? 3 : 4) && first > 0 && !given.empty(); ++year)
      take(key_of(kind, given.packed, static_cast<std::uint64_t>(year)));
  };
  if (f.kanji_count) take(key_of(KeyKind::kanji_name, f.kanji));
  if (f.kana_count) take(key_of(KeyKind::kana_name, f.kana));
  by_year(KeyKind::given_kanji_year, f.given_kanji());
  by_year(KeyKind::given_kana_year, f.given_kana());
  const auto by_town = [&](KeyKind kind, Letters family) {
    if (family.empty()) return;
    query.for_each_town([&](std::uint32_t town) { take(key_of(kind, family.packed, town)); });
  };
  by_town(KeyKind::family_kanji_town, f.family_kanji());
  by_town(KeyKind::family_kana_town, f.family_kana());
  // Names of two letters: who shares one of them.
  for (const unsigned at : {0U, 1U}) {
    if (f.kanji_count == 2)
      take(key_of(KeyKind::kanji_but_one, slice(f.all_kanji(), at, 1, kKanjiBits).packed));
    if (f.kana_count == 2) take(key_of(KeyKind::kana_but_one, slice(f.all_kana(), at, 1, kKanaBits).packed));
  }
}

}  // namespace sonae::link
