#include "link/candidates.h"

#include <algorithm>

#include "link/keys_asked.h"

namespace sonae::link {
namespace {

constexpr std::size_t kLongList = 300;       // longer lists are intersected
constexpr std::size_t kLongListOfPart = 50;  // of keys that prove little: half a name in a year or a town
constexpr std::size_t kMost = 3000;          // candidates of one row
constexpr std::size_t kMostLeaps = 50'000;   // through long lists of one row
constexpr std::size_t kSeenPlaces = 8192;    // over twice kMost
constexpr std::uint32_t kEmpty = 0xFFFFFFFF;

// In which step lists of a kind are walked: what is most often the same person first.
int step_of(KeyKind kind) {
  switch (kind) {
    case KeyKind::number:
    case KeyKind::household:
    case KeyKind::kana_but_one:
    case KeyKind::kanji_but_one:
      return 1;
    default:
      return kind >= KeyKind::family_kanji_year && kind <= KeyKind::given_kana_town ? 2 : 0;
  }
}

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

// Goes through the shorter and leaps through the longer, as far as the row's leaps last: whom only lists of
// so many have in common is one of many alike, and what tells them apart has a list of its own.
void Candidates::intersect(const Index& index, std::span<const std::uint32_t> one,
                           std::span<const std::uint32_t> other) {
  if (one.size() > other.size()) std::swap(one, other);
  auto from = other.begin();
  for (const std::uint32_t slot : one) {
    if (leaps_left_ == 0 || found_.size() >= kMost) return;
    --leaps_left_;
    std::ptrdiff_t step = 1;
    while (other.end() - from > step && from[step] < slot)
      step *= 2;
    from = std::lower_bound(from, other.end() - from > step ? from + step + 1 : other.end(), slot);
    if (from == other.end()) return;
    if (*from == slot) take(index, slot);
  }
}

void Candidates::begin(const Index& index, std::span<const Query> row, Date today) {
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
  long_lists_.clear();
  for (auto& keys : keys_)
    keys.clear();
  step_ = 0;
  leaps_left_ = kMostLeaps;
  for (const Query& query : row)
    for_each_key_asked(query, today, [&](Key key, KeyKind kind) {
      keys_[static_cast<std::size_t>(step_of(kind))].push_back(key);
    });
  for (const Key key : keys_[0])
    index.prefetch(key);
}

void Candidates::walk(const Index& index, int step) {
  const std::vector<Key>& keys = keys_[static_cast<std::size_t>(step)];
  if (step > 0)
    for (const Key key : keys)
      index.prefetch(key);
  for (const Key key : keys)
    index.prefetch_list(key);
  const std::size_t most = step == kSteps - 1 ? kLongListOfPart : kLongList;
  for (const Key key : keys) {
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
}

void Candidates::intersect_long_lists(const Index& index) {
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
}

std::span<const std::uint32_t> Candidates::next(const Index& index) {
  const std::size_t before = found_.size();
  walk(index, step_++);
  if (step_ == kSteps) intersect_long_lists(index);
  return std::span(found_).subspan(before);
}

}  // namespace sonae::link
