// Keys of the posting lists: hashes of what two records of one person are likely to have in common. All keys
// of a resident derive from the 64-byte record alone, so that the lists can always be built anew from it.
#pragma once

#include <cstdint>
#include <string_view>

#include "link/features.h"

namespace sonae::link {

using Key = std::uint64_t;

// What a key is made of. The number is part of the hash: the order is part of the file format.
enum class KeyKind : std::uint8_t {
  id = 1,
  kanji_name,
  kana_name,
  birth,
  number,       // town, first number
  two_numbers,  // town, first and second number
  phone,        // last six digits
  family_kanji_year,
  given_kanji_year,
  family_kana_year,
  given_kana_year,
  family_kanji_town,
  given_kanji_town,
  family_kana_town,
  given_kana_town,
  kana_but_one,  // one kana left out of the name ("symmetric deletion", W. Garbe 2012)
  kanji_but_one,
  household,
  // Not posting lists but values whose frequency is counted:
  family_kanji,
  given_kanji,
  family_kana,
  given_kana,
  town,
  family_reading,  // kanji with their kana
  given_reading,
  code,             // a posting list again
  anybody,          // everybody has it: how many are counted
  kanji_then_kana,  // a posting list: family name in kanji, given name in kana
};

// A good mixing of two words (the multiply-and-fold step of wyhash, Wang Yi, public domain).
inline std::uint64_t mixed(std::uint64_t one, std::uint64_t other) {
  const Packed product = Packed{one ^ 0xa0761d6478bd642fULL} * (other ^ 0xe7037ed1a0b428dbULL);
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

inline Key key_of(KeyKind kind, Packed value, std::uint64_t with = 0) {
  const auto low = static_cast<std::uint64_t>(value);
  const auto high = static_cast<std::uint64_t>(value >> 64);
  return mixed(mixed(low, high + static_cast<std::uint64_t>(kind) * 0x9e3779b97f4a7c15ULL),
               with + 0x589965cc75374cc3ULL);
}

std::uint64_t hash_text(std::string_view text);

// Of a family name in kanji before a given name in kana.
inline Key kanji_then_kana_key(const Features& f) {
  const Packed kana = f.given_kana().packed;
  return key_of(KeyKind::kanji_then_kana, f.family_kanji().packed,
                mixed(static_cast<std::uint64_t>(kana), static_cast<std::uint64_t>(kana >> 64)));
}

// Calls take(key, kind) for every posting list that somebody of that town stands in for it.
template <class Take>
void for_each_key_of_town(const Features& f, std::uint32_t town, Take&& take) {
  const auto sink = [&](KeyKind kind, Packed value, std::uint64_t with) {
    take(key_of(kind, value, with), kind);
  };
  if (f.numbers[0]) {
    sink(KeyKind::number, town, f.numbers[0]);
    if (f.numbers[1]) sink(KeyKind::two_numbers, town, f.numbers[0] * 65536U + f.numbers[1]);
  }
  const auto part = [&](Letters letters, KeyKind kind) {
    if (!letters.empty()) sink(kind, letters.packed, town);
  };
  part(f.family_kanji(), KeyKind::family_kanji_town);
  part(f.given_kanji(), KeyKind::given_kanji_town);
  part(f.family_kana(), KeyKind::family_kana_town);
  part(f.given_kana(), KeyKind::given_kana_town);
}

// Calls sink(key, kind) for every posting list that a resident stands in (the id's apart).
template <class Sink>
void for_each_key(const Features& f, Sink&& take) {
  const auto sink = [&](KeyKind kind, Packed value, std::uint64_t with = 0) {
    take(key_of(kind, value, with), kind);
  };
  const auto but_one = [&](KeyKind kind, Letters all, unsigned bits) {
    if (all.count < 3) return;
    for (unsigned i = 0; i < all.count; ++i) {
      const Packed before = all.packed & low_bits(bits * i);
      const Packed after = i + 1U == 128 / bits ? 0 : (all.packed >> (bits * (i + 1))) << (bits * i);
      // Leaving out either of two equal neighbours gives the same: once is enough.
      if (i > 0 && ((all.packed >> (bits * i)) & low_bits(bits)) ==
                       ((all.packed >> (bits * (i - 1))) & low_bits(bits)))
        continue;
      sink(kind, before | after);
    }
  };
  if (f.kanji_count) {
    sink(KeyKind::kanji_name, f.kanji);
    but_one(KeyKind::kanji_but_one, f.all_kanji(), kKanjiBits);
  }
  if (f.kana_count) {
    sink(KeyKind::kana_name, f.kana);
    but_one(KeyKind::kana_but_one, f.all_kana(), kKanaBits);
  }
  if (f.year && f.month && f.day)
    sink(KeyKind::birth, static_cast<Packed>(f.year * 10000 + f.month * 100 + f.day));
  if (f.kanji_family && f.kana_family < f.kana_count) take(kanji_then_kana_key(f), KeyKind::kanji_then_kana);
  if (f.town) for_each_key_of_town(f, f.town, take);
  if (f.phone) sink(KeyKind::phone, f.phone % 1000000);
  if (f.household) sink(KeyKind::household, f.household);
  if (f.code) sink(KeyKind::code, f.code);
  const auto part = [&](Letters letters, KeyKind with_year) {
    if (f.year && !letters.empty()) sink(with_year, letters.packed, static_cast<std::uint64_t>(f.year));
  };
  part(f.family_kanji(), KeyKind::family_kanji_year);
  part(f.given_kanji(), KeyKind::given_kanji_year);
  part(f.family_kana(), KeyKind::family_kana_year);
  part(f.given_kana(), KeyKind::given_kana_year);
}

// Of somebody whose family or given name is written and read so.
inline Key reading_key(bool family, Letters kanji, Letters kana) {
  return key_of(
      family ? KeyKind::family_reading : KeyKind::given_reading, kanji.packed,
      mixed(static_cast<std::uint64_t>(kana.packed), static_cast<std::uint64_t>(kana.packed >> 64)));
}

// Whether a value is there at all is asked of two keys: a sketch may count too much for one, hardly for both.
inline Key second_key(Key key) {
  return mixed(key, 2);
}

// Calls sink(key) for every value of a resident whose frequency is counted; of another name, the name only.
template <class Sink>
void for_each_value(const Features& f, Sink&& sink) {
  const bool alias = (f.flags & Features::alias) != 0;
  if (!alias) sink(key_of(KeyKind::anybody, 0));
  if (const Letters l = f.family_kanji(); !l.empty()) sink(key_of(KeyKind::family_kanji, l.packed));
  if (const Letters l = f.given_kanji(); !l.empty()) sink(key_of(KeyKind::given_kanji, l.packed));
  if (const Letters l = f.family_kana(); !l.empty()) sink(key_of(KeyKind::family_kana, l.packed));
  if (const Letters l = f.given_kana(); !l.empty()) sink(key_of(KeyKind::given_kana, l.packed));
  if (f.town && !alias) sink(key_of(KeyKind::town, f.town));
  if (f.kanji_count && f.kana_count) {
    const auto reading = [&](Key key) {
      sink(key);
      sink(second_key(key));
    };
    if (f.kanji_family && f.kana_family) reading(reading_key(true, f.family_kanji(), f.family_kana()));
    if (f.kanji_family < f.kanji_count && f.kana_family < f.kana_count)
      reading(reading_key(false, f.given_kanji(), f.given_kana()));
  }
}

}  // namespace sonae::link
