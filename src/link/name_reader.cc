#include "link/name_reader.h"

#include <algorithm>
#include <array>

#include "link/characters.h"
#include "link/keys.h"
#include "text/fold.h"
#include "text/kana.h"

namespace sonae::link {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kLongestWord = 200;  // bytes: what is longer is no name, and is cut before it is folded

bool is_kana(char32_t c) {
  return (c >= 0x3041 && c <= 0x30FF) || (c >= 0xFF66 && c <= 0xFF9F);
}
bool is_space(char32_t c) {
  return c == ' ' || c == U'　' || c == '\t' || c == ',' || c == U'，' || c == U'、' || c == U'・' ||
         c == U'･' || c == 0xA0;
}
bool opens_bracket(char32_t c) {
  return c == '(' || c == U'（' || c == U'【' || c == U'[' || c == U'「' || c == U'〔';
}
bool is_latin(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '\'' || c == '.';
  });
}

Word fold_reading(std::string_view written) {
  written = cut_text(written, kLongestWord);
  if (!is_latin(written)) return {kana_letters(text::fold_kana(written)), true};
  if (const auto kana = text::romaji_to_katakana(written))
    return {kana_letters(text::fold_kana(*kana)), true};
  std::string letters;
  std::ranges::copy_if(written, std::back_inserter(letters),
                       [](char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; });
  return {kana_letters(letters), true};
}

Word fold_name_word(const Context& context, std::string_view written) {
  written = cut_text(written, kLongestWord);
  if (is_latin(written) || text::is_kana_only(written)) return fold_reading(written);
  return {kanji_letters(text::fold_name(*context.tables, written)), false};
}

// Whether a character is a letter of a name beyond doubt, by its first bytes: most kanji and all kana. Three
// bytes long.
bool is_plainly_letter(std::string_view text) {
  if (text.size() < 3) return false;
  const auto lead = static_cast<unsigned char>(text[0]), second = static_cast<unsigned char>(text[1]);
  return (lead >= 0xE4 && lead <= 0xE9) ||
         (lead == 0xE3 && (second == 0x81 || second == 0x82 ||
                           (second == 0x83 && static_cast<unsigned char>(text[2]) != 0xBB)));  // ・
}

// The words of a name: what stands in brackets and honorifics are left out.
struct Words {
  std::array<std::string_view, 8> word;
  std::size_t count = 0;
};

std::string_view without_honorific(std::string_view word) {
  static constexpr std::array<std::string_view, 10> kHonorifics = {"様", "さま", "さん", "ちゃん", "くん",
                                                                   "君", "氏",   "殿",   "先生",   "サン"};
  // The last bytes of 様, ま, ん, 君, 氏, 殿, 生 and ン: nearly all names end otherwise.
  constexpr std::string_view kLastBytes = "\x98\xBE\x93\x9B\x8F\xBF\x9F\xB3";
  if (word.empty() || !kLastBytes.contains(word.back())) return word;
  for (const std::string_view honorific : kHonorifics) {
    // One character must be left of a word in kanji, two kana of one in kana.
    if (word.size() >= honorific.size() + 6 && word.ends_with(honorific))
      return word.substr(0, word.size() - honorific.size());
  }
  return word;
}

bool is_honorific(std::string_view word) {
  return word == "様" || word == "さま" || word == "さん" || word == "ちゃん" || word == "くん" ||
         word == "君" || word == "氏" || word == "殿";
}

Words words_of(std::string_view written) {
  Words words;
  std::string_view rest = cut_text(written, 4 * kLongestWord);
  while (!rest.empty() && words.count < words.word.size()) {
    while (!rest.empty() && is_space(peek_character(rest)))
      next_character(rest);
    const std::string_view begin = rest;
    std::size_t length = 0;
    bool bracket = false;
    while (!rest.empty()) {
      if (is_plainly_letter(rest)) {
        rest.remove_prefix(3);
        length = begin.size() - rest.size();
        continue;
      }
      const char32_t c = peek_character(rest);
      bracket = opens_bracket(c);
      if (bracket || is_space(c)) break;
      next_character(rest);
      length = begin.size() - rest.size();
    }
    if (length) words.word[words.count++] = begin.substr(0, length);
    if (bracket) break;
  }
  if (words.count > 1 && is_honorific(words.word[words.count - 1])) --words.count;
  if (words.count > 0) words.word[words.count - 1] = without_honorific(words.word[words.count - 1]);
  return words;
}

// Where a word changes its script once for all, two kana or more on one side: 佐藤みどり, サトウ翠. There the
// given name begins. 0 where it is not so.
std::size_t change_of_script(std::string_view word) {
  std::string_view rest = word;
  std::size_t change = 0;
  int changes = 0, in_run = 0, first_run = 0;
  bool before = false;
  while (!rest.empty()) {
    const std::size_t at = word.size() - rest.size();
    const bool kana = is_kana(next_character(rest));
    if (at > 0 && kana != before) {
      change = at;
      first_run = in_run;
      in_run = 0;
      ++changes;
    }
    before = kana;
    ++in_run;
  }
  return changes == 1 && (before ? in_run : first_run) >= 2 ? change : 0;
}

// A part of a name in both scripts; the one that it does not have is empty.
struct Part {
  Letters kanji, kana;
  void add(const Word& word) {
    if (word.is_kana) {
      kana = joined(kana, word.letters, kKanaBits);
    } else {
      kanji = joined(kanji, word.letters, kKanjiBits);
    }
  }
};

struct NameParts {
  Part family, given;
  bool unsplit = false;
};

// `words`: of the whole name, where it is not given in parts.
template <class Fold>
NameParts parts_of(const Words& words, std::string_view family, std::string_view given, Fold&& fold) {
  NameParts parts;
  const auto add_words = [&](Part& part, const Words& of, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i)
      part.add(fold(of.word[i]));
  };
  if (!family.empty() || !given.empty()) {
    const Words of_family = words_of(family), of_given = words_of(given);
    add_words(parts.family, of_family, 0, of_family.count);
    add_words(parts.given, of_given, 0, of_given.count);
    return parts;
  }
  if (words.count == 0) return parts;
  if (words.count == 1) {
    const std::size_t at = change_of_script(words.word[0]);
    parts.unsplit = at == 0;
    parts.family.add(fold(at == 0 ? words.word[0] : words.word[0].substr(0, at)));
    if (at > 0) parts.given.add(fold(words.word[0].substr(at)));
    return parts;
  }
  add_words(parts.family, words, 0, 1);
  add_words(parts.given, words, 1, words.count);
  return parts;
}

// グエン ヴァン ナム, where the name is NGUYEN VAN | NAM: the reading is parted after as many words.
NameParts reading_parted_as(const Words& family_words, const Words& words, WordCache& cache) {
  NameParts parts;
  for (std::size_t i = 0; i < words.count; ++i)
    (i < family_words.count ? parts.family : parts.given).add(cache.reading(words.word[i]));
  return parts;
}

void put(const NameParts& from_name, const NameParts& from_reading, Features& into) {
  into.set_kanji(from_name.family.kanji, from_name.given.kanji);
  if (from_name.unsplit && into.kanji_count) into.flags |= Features::kanji_unsplit;
  // The name column may itself be a reading, wholly or in part.
  const bool reading_given = !from_reading.family.kana.empty() || !from_reading.given.kana.empty();
  const NameParts& reading = reading_given ? from_reading : from_name;
  into.set_kana(reading.family.kana, reading.given.kana);
  if (reading.unsplit && into.kana_count) into.flags |= Features::kana_unsplit;
}

constexpr double kTurned = .02;  // of names without a space, with the given name first

// How many family and given names have so many letters, by their bearers (data/names).
double share_of_length(bool family, bool kanji, unsigned letters) {
  static constexpr std::array<double, 7> kFamilyKanji = {0, .04, .92, .04, .001, 0, 0},
                                         kGivenKanji = {0, .12, .74, .14, .001, 0, 0},
                                         kFamilyKana = {0, 0, .08, .47, .43, .02, .001},
                                         kGivenKana = {0, 0, .09, .54, .32, .04, .01};
  if (letters >= kFamilyKanji.size()) return 0;
  return (kanji ? (family ? kFamilyKanji : kGivenKanji) : (family ? kFamilyKana : kGivenKana))[letters];
}

constexpr double kBothParts = .96;  // of names without a space

// Where a name without a space is parted: after so many letters, and how many residents that would explain.
struct Parting {
  std::uint8_t at = 0;
  double weight = 0;
};

// Where both parts are known, the likeliest place; or else all of it is a family name or a given name that is
// known; or else where most names of that length are parted.
Parting likeliest_parting(const Frequencies& known, Letters all, unsigned bits, KeyKind family_kind,
                          KeyKind given_kind) {
  // How likely each way is, but for what they have in common: both parts; only a family name; only a given
  // name.
  const auto residents = static_cast<double>(known.count(key_of(KeyKind::anybody, 0)) + 1);
  const bool kanji = bits == kKanjiBits;
  const auto count = [&](KeyKind kind, unsigned from, unsigned letters) -> double {
    return known.count(key_of(kind, slice(all, from, letters, bits).packed));
  };
  double best = 0, best_of_one = 0;
  std::uint8_t at = 0, at_of_one = 0;
  for (std::uint8_t i = 1; i < all.count; ++i) {
    const unsigned rest = all.count - i;
    const double family = count(family_kind, 0, i), given = count(given_kind, i, rest);
    if (family * given > best) {
      best = family * given;
      at = i;
    }
    // A part that nobody has is no proof against the other: イソサキアツシ, where only アツシ is known.
    const double of_one =
        family * share_of_length(false, kanji, rest) + given * share_of_length(true, kanji, i);
    if (of_one > best_of_one) {
      best_of_one = of_one;
      at_of_one = i;
    }
  }
  // 星子佐野: the given name first, where no other way is known.
  const bool none_known = best == 0;
  for (std::uint8_t i = 1; i < all.count && none_known; ++i) {
    const double given = count(given_kind, 0, i);
    const double family = given > 0 ? count(family_kind, i, all.count - i) : 0;
    if (kTurned * given * family > best) {
      best = kTurned * given * family;
      at = i;
    }
  }
  const double both = kBothParts * best / residents;
  const double as_family = .025 * known.count(key_of(family_kind, all.packed));
  const double as_given = .015 * known.count(key_of(given_kind, all.packed));
  if (both > 0 && both >= as_family && both >= as_given) return {at, both};
  if (as_family > 0 && as_family >= as_given) return {all.count, as_family};
  if (as_given > 0) return {0, as_given};
  if (at_of_one > 0) return {at_of_one, 0};
  return {static_cast<std::uint8_t>(kanji ? (all.count > 2   ? 2
                                             : all.count > 1 ? 1
                                                             : all.count)
                                          : (all.count + 1) / 2),
          0};
}

bool is_vowel(char32_t c) {
  return U"あいうえおアイウエオｱｲｳｴｵ"sv.contains(c);
}

// ナカザワアイ, folded as one word, has its ワア taken for a long vowel, and nothing is left of アイ. So a
// kana name without a space is also tried as two words, the second of which begins with a vowel.
void part_before_vowel(const Frequencies& known, std::string_view written, WordCache& cache, Features& f) {
  written = cut_text(written, kLongestWord);
  const auto residents = static_cast<double>(known.count(key_of(KeyKind::anybody, 0)) + 1);
  double best =
      likeliest_parting(known, f.all_kana(), kKanaBits, KeyKind::family_kana, KeyKind::given_kana).weight;
  const Letters whole = f.all_kana();
  for (std::string_view rest = written; !rest.empty(); next_character(rest)) {
    if (rest.size() == written.size() || !is_vowel(peek_character(rest))) continue;
    const Letters family = cache.reading(written.substr(0, written.size() - rest.size())).letters,
                  given = cache.reading(rest).letters;
    if (joined(family, given, kKanaBits) == whole) continue;
    const double weight = kBothParts * known.count(key_of(KeyKind::family_kana, family.packed)) *
                          known.count(key_of(KeyKind::given_kana, given.packed)) / residents;
    if (weight <= best) continue;
    best = weight;
    f.set_kana(family, given);
    f.flags &= static_cast<std::uint8_t>(~Features::kana_unsplit);
  }
}

}  // namespace

WordCache::WordCache() : places_(1U << 10) {}

template <class Fold>
Word WordCache::find_or_fold(std::uint64_t hash, Fold&& fold) {
  const auto look = [&] {
    std::size_t at = place_of(hash);
    while (places_[at].hash != 0 && places_[at].hash != hash)
      at = (at + 1) & (places_.size() - 1);
    return at;
  };
  std::size_t at = look();
  if (places_[at].hash == 0) {
    if (used_ * 2 > places_.size()) {
      grow();
      at = look();
    }
    const Word word = fold();
    places_[at] = {word.letters.packed, hash, word.letters.count, word.is_kana};
    ++used_;
  }
  return {{places_[at].packed, places_[at].count}, places_[at].is_kana};
}

void WordCache::grow() {
  std::vector<Place> old(places_.size() * 2);
  old.swap(places_);
  for (const Place& p : old) {
    if (p.hash == 0) continue;
    std::size_t at = place_of(p.hash);
    while (places_[at].hash != 0)
      at = (at + 1) & (places_.size() - 1);
    places_[at] = p;
  }
}

Word WordCache::name(const Context& context, std::string_view written) {
  return find_or_fold(hash_of_name(written), [&] { return fold_name_word(context, written); });
}

Word WordCache::reading(std::string_view written) {
  return find_or_fold(hash_of_reading(written), [&] { return fold_reading(written); });
}

void read_names(const Context& context, const Record& record, WordCache& cache, const Frequencies* known,
                Features& into) {
  const auto as_name = [&](std::string_view word) { return cache.name(context, word); };
  const auto as_reading = [&](std::string_view word) { return cache.reading(word); };
  const Words kana = words_of(record.kana), name = words_of(record.name);
  // The cache's places lie far off: all are fetched before the first is looked at.
  for (std::size_t i = 0; i < kana.count; ++i)
    cache.prefetch_reading(kana.word[i]);
  for (std::size_t i = 0; i < name.count; ++i)
    cache.prefetch_name(name.word[i]);
  NameParts reading = parts_of(kana, record.family_kana, record.given_kana, as_reading);
  if (!record.kana.empty() && record.family_name.find(' ') != std::string_view::npos) {
    const Words family = words_of(record.family_name);
    if (family.count > 1 && kana.count > family.count) reading = reading_parted_as(family, kana, cache);
  }
  put(parts_of(name, record.family_name, record.given_name, as_name), reading, into);
  if (!known) return;
  if (into.flags & Features::kana_unsplit)
    part_before_vowel(*known, reading.unsplit ? kana.word[0] : name.word[0], cache, into);
  split_names(*known, into);
}

void read_other_name(const Context& context, std::string_view written, WordCache& cache,
                     const Frequencies* known, Features& into) {
  Record record;
  record.name = written;
  into.flags &= static_cast<std::uint8_t>(~(Features::kana_unsplit | Features::kanji_unsplit));
  read_names(context, record, cache, known, into);
}

void split_names(const Frequencies& known, Features& f) {
  if (f.flags & Features::kanji_unsplit) {
    f.kanji_family =
        likeliest_parting(known, f.all_kanji(), kKanjiBits, KeyKind::family_kanji, KeyKind::given_kanji).at;
    f.flags &= static_cast<std::uint8_t>(~Features::kanji_unsplit);
  }
  if (f.flags & Features::kana_unsplit) {
    f.kana_family =
        likeliest_parting(known, f.all_kana(), kKanaBits, KeyKind::family_kana, KeyKind::given_kana).at;
    f.flags &= static_cast<std::uint8_t>(~Features::kana_unsplit);
  }
}

}  // namespace sonae::link
