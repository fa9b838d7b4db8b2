#include "link/closer.h"

#include "link/compare.h"
#include "link/keys.h"
#include "link/letters_compare.h"
#include "text/tables.h"
#include "text/variants.h"

namespace sonae::link {
namespace {

unsigned letter(Letters letters, unsigned at, unsigned bits) {
  return static_cast<unsigned>(letters.packed >> (bits * at)) & ((1U << bits) - 1);
}

// The letters in which two words of one length differ, where it is one only.
template <class Confusable>
bool differ_by_confusable(Letters one, Letters other, unsigned bits, Confusable&& confusable) {
  if (one.count != other.count) return false;
  for (unsigned i = 0; i < one.count; ++i) {
    const unsigned a = letter(one, i, bits), b = letter(other, i, bits);
    if (a != b && !confusable(a, b)) return false;
  }
  return true;
}

// Whether anything but this part of the name speaks for the pair: for others it is not worth looking up what
// its letters are taken for, and how it is read (places far apart in memory).
bool is_promising(Pattern pattern, Field part) {
  const auto agrees = [&](Field field) {
    const std::uint8_t l = pattern.level(field);
    return l == level::kanji_same || l == level::kanji_near || l == level::kana_same ||
           l == level::kana_near || l == level::kana_same_kanji_differs;
  };
  const std::uint8_t birth = pattern.level(Field::birth_date), address = pattern.level(Field::address);
  return agrees(part == Field::family_name ? Field::given_name : Field::family_name) ||
         (birth >= level::birth_same && birth <= level::birth_other_era) ||
         (address >= level::address_same && address <= level::town_same_number_near) ||
         pattern.level(Field::phone) == level::phone_same || pattern.level(Field::code) == level::code_same;
}

}  // namespace

std::uint8_t Comparison::confused(bool family, std::uint8_t l, const Query& row,
                                  const Features& resident) const {
  const Features& r = row.features;
  if (l == level::kana_near && differ_by_confusable(family ? r.family_kana() : r.given_kana(),
                                                    family ? resident.family_kana() : resident.given_kana(),
                                                    kKanaBits, [](unsigned a, unsigned b) {
                                                      return kana_confusable(static_cast<std::uint8_t>(a),
                                                                             static_cast<std::uint8_t>(b));
                                                    }))
    return level::kana_confused;
  const text::Variants& variants = context_.tables->variants();
  if (l == level::kanji_near &&
      differ_by_confusable(family ? r.family_kanji() : r.given_kanji(),
                           family ? resident.family_kanji() : resident.given_kanji(), kKanjiBits,
                           [&](unsigned a, unsigned b) { return variants.nearness(a, b) > 0; }))
    return level::kanji_confused;
  return l;
}

std::uint8_t Comparison::closer(bool family, std::uint8_t l, const Query& row,
                                const Features& resident) const {
  l = confused(family, l, row, resident);
  if (l != level::kanji_near && l != level::kanji_differs && l != level::kanji_begins_alike) return l;
  const Features& r = row.features;
  const bool kana_given = !(family ? r.family_kana() : r.given_kana()).empty();
  const Letters their_kana = family ? resident.family_kana() : resident.given_kana();
  if (kana_given || their_kana.empty()) return l;
  const Letters kanji = family ? r.family_kanji() : r.given_kanji();
  return is_known_reading(family, kanji, their_kana) ? level::kanji_reads_alike : l;
}

bool Comparison::is_known_reading(bool family, Letters kanji, Letters kana) const {
  const Key reading = reading_key(family, kanji, kana);
  const Frequencies& known = index_.frequencies();
  return known.is_known(reading) && known.is_known(second_key(reading));
}

Pattern Comparison::operator()(const Query& row, const Features& resident) const {
  return closely(row, resident, compare(row, resident, as_of_));
}

Pattern Comparison::quickly(const Query& row, const RowName& name, const Features& resident) const {
  const Pattern pattern = compare(row, name, resident, as_of_);
  const auto fetch = [&](Field part, bool family) {
    const std::uint8_t l = pattern.level(part);
    if (l != level::kanji_near && l != level::kanji_differs && l != level::kanji_begins_alike) return;
    if (!(family ? name.family_kana : name.given_kana).empty() || !is_promising(pattern, part)) return;
    const Letters kanji = family ? name.family_kanji : name.given_kanji;
    index_.frequencies().prefetch(
        reading_key(family, kanji, family ? resident.family_kana() : resident.given_kana()));
  };
  fetch(Field::family_name, true);
  fetch(Field::given_name, false);
  return pattern;
}

Pattern Comparison::by_letters(const Query& row, const Features& resident) const {
  Pattern pattern = compare(row, resident, as_of_);
  for (const Field field : {Field::family_name, Field::given_name}) {
    const std::uint8_t l = pattern.level(field);
    if (l == level::kanji_near || l == level::kana_near)
      pattern.set(field, confused(field == Field::family_name, l, row, resident));
  }
  return pattern;
}

Pattern Comparison::closely(const Query& row, const Features& resident, Pattern pattern) const {
  for (const Field field : {Field::family_name, Field::given_name}) {
    const std::uint8_t l = pattern.level(field);
    if (l == level::missing || l == level::kanji_same || l == level::kana_same) continue;
    if (!is_promising(pattern, field)) continue;
    pattern.set(field, closer(field == Field::family_name, l, row, resident));
  }
  return pattern;
}

}  // namespace sonae::link
