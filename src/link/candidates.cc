#include "link/candidates.h"

#include <algorithm>

#include "link/keys.h"

namespace sonae::link {
namespace {

constexpr std::size_t kLongList = 600;       // longer lists are intersected
constexpr std::size_t kLongListOfPart = 50;  // of keys that prove little: half a name in a year or a town
constexpr std::size_t kMost = 3000;          // candidates of one row
constexpr std::size_t kSeenPlaces = 8192;    // over twice kMost
constexpr std::uint32_t kEmpty = 0xFFFFFFFF;

}  // namespace

Candidates::Candidates() : seen_(kSeenPlaces, kEmpty) {}

void Candidates::take(const Index& index, std::uint32_t slot) {
  if (found_.size() >= kMost || index.gone(slot)) return;
  std::size_t at = slot * 0x9E3779B1U >> 19;
  while (seen_[at] != kEmpty) {
    if (seen_[at] == slot) return;
    at = (at + 1) & (kSeenPlaces - 1);
  }
  seen_[at] = slot;
  found_.push_back(slot);
  __builtin_prefetch(&index.features(slot));
}

void Candidates::add_keys(const Query& query, Date today) {
  const Features& f = query.features;
  const auto add = [&](Key key, KeyKind kind) {
    const bool of_part = kind >= KeyKind::family_kanji_year && kind <= KeyKind::given_kana_town;
    keys_.push_back({key, of_part ? kLongListOfPart : kLongList});
  };
  const auto name = [&](KeyKind kind, Packed letters) {
    keys_.push_back({key_of(kind, letters), kLongList});
  };
  for_each_key(f, add);
  // Given name first.
  if (f.kanji_family > 0 && f.kanji_family < f.kanji_count)
    name(KeyKind::kanji_name, query.turned_kanji.packed);
  if (f.kana_family > 0 && f.kana_family < f.kana_count) name(KeyKind::kana_name, query.turned_kana.packed);
  // The name as it is may be what another has with one letter more.
  if (f.kana_count >= 2) name(KeyKind::kana_but_one, f.kana);
  if (f.kanji_count >= 2) name(KeyKind::kanji_but_one, f.kanji);
  for (std::size_t i = 0; i < query.code.meant_count; ++i)
    keys_.push_back({key_of(KeyKind::code, query.code.meant[i]), kLongList});
  if (f.year == 0 && query.age >= 0) {
    const auto part = [&](KeyKind kind, Letters letters) {
      if (letters.empty()) return;
      for (int year = today.year - query.age - 2; year <= today.year - query.age + 1; ++year)
        add(key_of(kind, letters.packed, static_cast<std::uint64_t>(year)), kind);
    };
    part(KeyKind::family_kanji_year, f.family_kanji());
    part(KeyKind::given_kanji_year, f.given_kanji());
    part(KeyKind::family_kana_year, f.family_kana());
    part(KeyKind::given_kana_year, f.given_kana());
  }
}

// Goes through the shorter and leaps through the longer.
void Candidates::intersect(const Index& index, std::span<const std::uint32_t> one,
                           std::span<const std::uint32_t> other) {
  if (one.size() > other.size()) std::swap(one, other);
  auto from = other.begin();
  for (const std::uint32_t slot : one) {
    std::ptrdiff_t step = 1;
    while (other.end() - from > step && from[step] < slot)
      step *= 2;
    from = std::lower_bound(from, other.end() - from > step ? from + step + 1 : other.end(), slot);
    if (from == other.end()) return;
    if (*from == slot) take(index, slot);
  }
}

std::span<const std::uint32_t> Candidates::find(const Index& index, std::span<const Query> row, Date today) {
  if (found_.size() > kMost / 8) {
    std::ranges::fill(seen_, kEmpty);
  } else {
    for (const std::uint32_t slot : found_) {
      // The run of places that the slot may lie in is emptied as a whole.
      for (std::size_t at = slot * 0x9E3779B1U >> 19; seen_[at] != kEmpty; at = (at + 1) & (kSeenPlaces - 1))
        seen_[at] = kEmpty;
    }
  }
  found_.clear();
  keys_.clear();
  long_lists_.clear();
  for (const Query& query : row)
    add_keys(query, today);
  for (const Wanted& wanted : keys_)
    index.prefetch(wanted.key);
  for (const Wanted& wanted : keys_)
    index.prefetch_list(wanted.key);
  for (const auto& [key, most] : keys_) {
    const auto slots = index.base_slots(key);
    for (const std::uint32_t slot : index.added_slots(key))
      take(index, slot);
    if (slots.size() > most) {
      long_lists_.push_back(slots);
      continue;
    }
    for (const std::uint32_t slot : slots)
      take(index, slot);
  }
  if (long_lists_.size() > 1) {
    std::ranges::sort(long_lists_, {}, [](const auto& list) { return list.size(); });
    const std::size_t most = std::min<std::size_t>(long_lists_.size(), 5);
    for (std::size_t i = 0; i < most; ++i)
      for (std::size_t j = i + 1; j < most; ++j)
        intersect(index, long_lists_[i], long_lists_[j]);
  } else if (long_lists_.size() == 1 && found_.size() < 100) {
    // Nothing to hold it against: some of them, so that the answer can say that there are many.
    for (const std::uint32_t slot : long_lists_[0].first(std::min(kLongList, long_lists_[0].size())))
      take(index, slot);
  }
  return found_;
}

}  // namespace sonae::link
