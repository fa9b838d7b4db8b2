#include "link/index.h"

#include <algorithm>
#include <atomic>
#include <deque>

#include "link/keys.h"
#include "link/parallel.h"

namespace sonae::link {

Key id_key(std::string_view id) {
  return key_of(KeyKind::id, hash_text(id));
}

Index::Index(Base base, Frequencies frequencies, Places places)
    : base_(std::move(base)),
      frequencies_(std::move(frequencies)),
      places_(std::move(places)),
      residents_(base_.residents) {}

Index Index::build(BigVector<Features> features, BigVector<std::uint64_t> id_ends, BigVector<char> id_text,
                   Places places, unsigned threads, const Asked& asked) {
  Base base;
  base.owned_features = std::move(features);
  base.owned_id_ends = std::move(id_ends);
  base.owned_id_text = std::move(id_text);
  base.features = base.owned_features;
  base.id_ends = base.owned_id_ends;
  base.id_text = {base.owned_id_text.data(), base.owned_id_text.size()};

  base.for_some_rows = static_cast<bool>(asked);
  BigVector<Key> ids(asked ? 0 : base.features.size());
  Frequencies frequencies(base.features.size());
  {
    std::deque<FrequencyCounter> counters;
    for (unsigned t = 0; t < std::max(1U, threads); ++t)
      counters.emplace_back(frequencies);
    std::atomic<std::size_t> residents{0};
    in_blocks(base.features.size(), 1U << 14, threads,
              [&](unsigned thread, std::size_t from, std::size_t to) {
                FrequencyCounter& counter = counters[thread];
                std::uint64_t begin = from == 0 ? 0 : base.id_ends[from - 1];
                std::size_t no_aliases = 0;
                for (std::size_t i = from; i < to; ++i) {
                  for_each_value(base.features[i], [&](Key key) { counter.add(key); });
                  if (!asked) ids[i] = id_key(base.id_text.substr(begin, base.id_ends[i] - begin));
                  begin = base.id_ends[i];
                  no_aliases += !(base.features[i].flags & Features::alias);
                }
                residents += no_aliases;
              });
    in_blocks(counters.size(), 1, threads,
              [&](unsigned, std::size_t at, std::size_t) { counters[at].flush(); });
    base.residents = residents;
  }
  const std::optional<KeySet> wanted = asked ? std::optional(asked(frequencies, places)) : std::nullopt;
  base.postings = Postings::build(base.features, ids, threads, wanted ? &*wanted : nullptr);
  return Index(std::move(base), std::move(frequencies), std::move(places));
}

std::string_view Index::id(std::uint32_t slot) const {
  if (slot >= base_.features.size()) return added_[slot - base_.features.size()].id;
  const std::uint64_t begin = slot == 0 ? 0 : base_.id_ends[slot - 1];
  return base_.id_text.substr(begin, base_.id_ends[slot] - begin);
}

std::optional<std::uint32_t> Index::find(std::string_view wanted) const {
  if (base_.for_some_rows) {  // no list of ids: one after the other
    for (std::uint32_t slot = 0; slot < slots(); ++slot)
      if (!gone(slot) && id(slot) == wanted) return slot;
    return std::nullopt;
  }
  const Key key = id_key(wanted);
  for (const auto slots : {base_slots(key), added_slots(key)}) {
    for (const std::uint32_t slot : slots)
      if (!gone(slot) && id(slot) == wanted && !(features(slot).flags & Features::alias)) return slot;
  }
  return std::nullopt;
}

std::span<const std::uint32_t> Index::added_slots(Key key) const {
  if (added_.empty()) return {};
  const auto at = added_postings_.find(key);
  return at == added_postings_.end() ? std::span<const std::uint32_t>{} : std::span(at->second);
}

void Index::add(std::string_view id, std::span<const Features> all) {
  for (const Features& f : all) {
    const auto slot = static_cast<std::uint32_t>(slots());
    added_.push_back({f, std::string(id)});
    for_each_key(f, [&](Key key, KeyKind) { added_postings_[key].push_back(slot); });
    for_each_value(f, [&](Key key) { frequencies_.add(key, 1); });
    if (f.flags & Features::alias) continue;
    added_postings_[id_key(id)].push_back(slot);
    ++residents_;
  }
}

bool Index::remove(std::string_view wanted) {
  const auto found = find(wanted);
  if (!found) return false;
  gone_.resize(slots());
  std::uint32_t slot = *found;
  do {
    for_each_value(features(slot), [&](Key key) { frequencies_.add(key, -1); });
    gone_[slot] = true;
    ++slot;
  } while (slot < slots() && (features(slot).flags & Features::alias));
  --residents_;
  return true;
}

Index Index::compacted(unsigned threads) const {
  BigVector<Features> features_left;
  BigVector<std::uint64_t> id_ends;
  BigVector<char> id_text;
  features_left.reserve(slots());
  id_ends.reserve(slots());
  for (std::uint32_t slot = 0; slot < slots(); ++slot) {
    if (gone(slot)) continue;
    features_left.push_back(features(slot));
    const std::string_view text = id(slot);
    id_text.insert(id_text.end(), text.begin(), text.end());
    id_ends.push_back(id_text.size());
  }
  Places same;
  std::vector<Places::Entry> entries(places_.entries().begin(), places_.entries().end());
  same.adopt(std::move(entries));
  return build(std::move(features_left), std::move(id_ends), std::move(id_text), std::move(same), threads);
}

std::size_t Index::memory() const {
  const Postings::Arrays& postings = base_.postings.arrays();
  return base_.features.size_bytes() + base_.id_ends.size_bytes() + base_.id_text.size() +
         postings.starts.size_bytes() + postings.slots.size_bytes() + postings.marks.size_bytes() +
         frequencies_.counts().size_bytes() + places_.entries().size_bytes() + added_.size() * 1024;
}

}  // namespace sonae::link
