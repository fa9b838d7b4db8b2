#include "link/reader.h"

#include <optional>

#include "link/characters.h"
#include "link/foreign_names.h"
#include "link/keys.h"
#include "link/note.h"
#include "link/written_row.h"
#include "text/two_digit_years.h"

namespace sonae::link {
namespace {

constexpr std::size_t kMostNames = 4;  // that one row is looked for under

// The decimal figures in a text, half and full width.
std::string figures_of(std::string_view written, std::size_t most) {
  std::string figures;
  while (!written.empty() && figures.size() < most) {
    const char32_t c = next_character(written);
    if (c >= '0' && c <= '9') figures += static_cast<char>(c);
    if (c >= U'０' && c <= U'９') figures += static_cast<char>('0' + (c - U'０'));
  }
  return figures;
}

struct Town {
  std::uint32_t town = 0;
  std::array<std::uint32_t, 2> others{};
  bool elsewhere = false, unheard_of = false;
};

Town town_of(const Context& context, const Record& record, const SplitAddress& address,
             const Places& places) {
  Town town;
  if (!address.head.empty()) {
    const Places::Found found = places.find(context, address.head);
    town = {found.town, found.others, found.elsewhere, found.unheard_of};
  }
  if (town.town == 0) town.town = places.town_of_postcode(postcode_digits(record.postcode));
  return town;
}

// 南, みどり: one word that was taken for a family name, and may be a given name; or the other way round.
std::optional<Features> only_part_turned(const Frequencies& known, const Features& f) {
  const bool only_family = f.kanji_family == f.kanji_count && f.kana_family == f.kana_count;
  const bool only_given = f.kanji_family == 0 && f.kana_family == 0;
  if (f.kanji_count + f.kana_count == 0 || only_family == only_given) return std::nullopt;
  const KeyKind kanji = only_family ? KeyKind::given_kanji : KeyKind::family_kanji;
  const KeyKind kana = only_family ? KeyKind::given_kana : KeyKind::family_kana;
  if (!(f.kanji_count && known.count(key_of(kanji, f.kanji)) > 0) &&
      !(f.kana_count && known.count(key_of(kana, f.kana)) > 0))
    return std::nullopt;
  Features turned = f;
  turned.kanji_family = only_family ? 0 : f.kanji_count;
  turned.kana_family = only_family ? 0 : f.kana_count;
  return turned;
}

// 25.10.14: under each of its names the row is looked for with each birth date that may be meant; with those
// alone that fit the age, where it is given.
void add_other_births(const Context& context, const Record& row, std::vector<Query>& queries) {
  std::vector<text::PartialDate> births{row.birth};
  for (const text::PartialDate other : row.other_births)
    if (!other.is_unknown()) births.push_back(other);
  if (births.size() == 1) return;
  if (row.age && row.age_means == AgeMeans::years)
    births = text::meanings_at_age(births, *row.age, context.today);
  const std::size_t names = queries.size();
  queries.reserve(names * births.size());
  for (std::size_t b = 0; b < births.size(); ++b) {
    for (std::size_t n = 0; n < names; ++n) {
      Query& query = b == 0 ? queries[n] : queries.emplace_back(queries[n]);
      query.features.year = births[b].year;
      query.births_meant = static_cast<std::uint8_t>(births.size());
    }
  }
}

}  // namespace

std::uint32_t phone_number(std::string_view written) {
  std::string figures = figures_of(written, 20);
  if (figures.starts_with("81") && figures.size() > 10) figures.erase(0, 2);
  if (figures.size() < 6) return 0;
  if (figures.size() > 9) figures.erase(0, figures.size() - 9);
  std::uint32_t number = 0;
  for (const char c : figures)
    number = number * 10 + static_cast<std::uint32_t>(c - '0');
  return number;
}

std::uint32_t household_number(std::string_view written) {
  if (written.empty()) return 0;
  const auto hash = static_cast<std::uint32_t>(hash_text(written) >> 32);
  return hash == 0 ? 1 : hash;
}

std::string postcode_digits(std::string_view written) {
  std::string figures = figures_of(written, 8);
  return figures.size() == 7 ? figures : std::string{};
}

void read_all_but_town(const Context& context, const Record& record, const SplitAddress& address,
                       WordCache& cache, const Frequencies* known, Features& into) {
  read_names(context, record, cache, known, into);
  into.year = record.birth.year;
  into.month = record.birth.month;
  into.day = record.birth.day;
  if (record.birth.is_unknown() && record.age && *record.age >= 0 && *record.age < 150) {
    into.year = static_cast<std::int16_t>(context.today.year - *record.age);
    into.flags |= Features::year_from_age;
  }
  into.sex = static_cast<std::uint8_t>(record.sex);
  into.household = household_number(record.household);
  into.phone = phone_number(record.phone);
  into.code = record.code.empty() ? 0 : read_code(record.code).hash;
  std::ranges::copy(address.numbers, into.numbers);
}

std::vector<Features> other_names_of(const Context& context, const Record& record, WordCache& cache,
                                     const Frequencies* known, const Features& own) {
  std::vector<Features> others;
  for_each_other_name(record, [&](std::string_view name) {
    Features& other = others.emplace_back(own);
    read_other_name(context, name, cache, known, other);
  });
  if (!record.former_family_name.empty()) {
    Record former;
    former.name = record.former_family_name;
    Features family;
    read_names(context, former, cache, nullptr, family);
    Features& other = others.emplace_back(own);
    other.set_kanji(family.all_kanji(), own.given_kanji());
    other.set_kana(family.all_kana(), own.given_kana());
  }
  for (const NameForm& form : other_forms(record)) {
    Record formed;
    formed.family_name = form.family;
    formed.given_name = form.given;
    formed.family_kana = form.family_kana;
    formed.given_kana = form.given_kana;
    Features& other = others.emplace_back(own);
    read_names(context, formed, cache, nullptr, other);
  }
  for (Features& other : others)
    other.flags = static_cast<std::uint8_t>(other.flags | Features::alias);
  return others;
}

std::vector<Query> read_row(const Context& context, const Record& as_written, WordCache& cache,
                            const Frequencies& known, const Places& places) {
  const WrittenRow taken_apart(as_written);
  const Record& row = taken_apart.record();
  std::vector<Query> queries(1);
  Query& query = queries.front();
  const SplitAddress address = split_address(row.address);
  read_all_but_town(context, row, address, cache, &known, query.features);
  if (query.features.flags & Features::year_from_age) {  // a row's age is compared as an age
    query.features.year = 0;
    query.features.flags &= static_cast<std::uint8_t>(~Features::year_from_age);
  }
  Town town = town_of(context, row, address, places);
  // 袋, which is part of 串本 in a register that does not say so: that is not another town.
  if (town.unheard_of) town.town = 0;
  query.features.town = town.town;
  query.other_towns = town.others;
  query.address = town.elsewhere        ? AddressKind::elsewhere
                  : town.town != 0      ? AddressKind::here
                  : row.address.empty() ? AddressKind::none
                                        : AddressKind::unclear;
  if (row.age && *row.age >= 0 && *row.age < 150) {
    query.age = static_cast<std::int16_t>(*row.age);
    query.age_means = row.age_means;
  }
  if (!row.code.empty()) query.code = read_code(row.code);
  const Note note = read_note(row.note);
  if (query.features.phone == 0) query.features.phone = phone_number(note.phone);
  Record written = row;
  if (written.former_family_name.empty()) written.former_family_name = note.former_family_name;
  if (const auto turned = only_part_turned(known, query.features)) {
    queries.push_back(queries.front());
    queries.back().features = *turned;
  }
  for (const Features& other : other_names_of(context, written, cache, &known, query.features)) {
    if (queries.size() >= kMostNames) break;
    queries.push_back(queries.front());
    queries.back().features = other;
  }
  // 健太, "佐藤さんの孫": he may be called 佐藤, too.
  if (!taken_apart.relative_of().empty() && row.family_name != taken_apart.relative_of() &&
      queries.size() < kMostNames) {
    Record relative = row;
    relative.former_family_name = taken_apart.relative_of();
    relative.other_name = {};
    relative.other_names = {};
    const auto also = other_names_of(context, relative, cache, &known, query.features);
    queries.push_back(queries.front());
    queries.back().features = also.back();
  }
  add_other_births(context, row, queries);
  for (Query& each : queries) {
    const Features& f = each.features;
    each.turned_kana = joined(f.given_kana(), f.family_kana(), kKanaBits);
    each.turned_kanji = joined(f.given_kanji(), f.family_kanji(), kKanjiBits);
  }
  return queries;
}

std::vector<Features> read_resident(const Context& context, const Record& resident, WordCache& cache,
                                    const Frequencies& known, const Places& places) {
  std::vector<Features> all(1);
  const SplitAddress address = split_address(resident.address);
  read_all_but_town(context, resident, address, cache, &known, all[0]);
  all[0].town = town_of(context, resident, address, places).town;
  const auto others = other_names_of(context, resident, cache, &known, all[0]);
  all.insert(all.end(), others.begin(), others.end());
  return all;
}

}  // namespace sonae::link
