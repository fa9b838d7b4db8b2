#include "link/postings.h"

#include <algorithm>
#include <array>
#include <bit>
#include <thread>
#include <utility>

namespace sonae::link {
namespace {

// While the lists are built, an entry is one word: the part of the key's hash that its partition does not
// tell (24 bits: bucket in the upper, mark in the lowest eight), and how far its slot is behind the one
// before it in the partition. A step of 255 is no entry but that step alone: few keys come so seldom.
constexpr std::uint32_t kLongestStep = 255;

std::uint32_t packed(std::uint32_t hash, std::uint32_t step) {
  return hash << 8 | step;
}

// Calls use(hash, slot) for each entry of a partition's part that one thread has written.
template <class Use>
void unpack(std::span<const std::uint32_t> words, std::uint32_t first_slot, Use&& use) {
  std::uint32_t slot = first_slot;
  for (const std::uint32_t word : words) {
    const std::uint32_t step = word & 255;
    slot += step;
    if (step != kLongestStep) use(word >> 8, slot);
  }
}

struct Entry {
  std::uint32_t hash;  // without the partition
  std::uint32_t slot;
};

constexpr std::size_t kPartitions =
    256;  // by the uppermost bits: each small enough for the second-level cache

void in_parallel(unsigned threads, auto&& work) {  // work(thread) for each
  std::vector<std::jthread> others;
  for (unsigned t = 1; t < threads; ++t)
    others.emplace_back([&work, t] { work(t); });
  work(0U);
}

std::uint32_t hash_of(Key key) {
  return static_cast<std::uint32_t>(key >> 32);
}

// The entries of some residents under keys that may be asked for. What is not is written too, and written
// over by the next: whether it is one in five cannot be foreseen, and a wrong guess costs more than the
// writing.
BigVector<Entry> entries_asked_for(std::span<const Features> residents, std::size_t from, std::size_t to,
                                   const KeySet& asked) {
  constexpr std::size_t kMostKeys = 64;  // of one resident: 16 kana, 8 kanji, and what else there is
  BigVector<Entry> entries(std::max<std::size_t>((to - from) * 4, kMostKeys));
  std::size_t count = 0;
  for (std::size_t i = from; i < to; ++i) {
    if (entries.size() < count + kMostKeys) entries.resize(entries.size() * 3 / 2 + kMostKeys);
    for_each_key(residents[i], [&](Key key, KeyKind kind) {
      entries[count] = {hash_of(key), static_cast<std::uint32_t>(i)};
      count += static_cast<std::size_t>(kind == KeyKind::household) |
               static_cast<std::size_t>(asked.may_have(key));
    });
  }
  entries.resize(count);
  return entries;
}

}  // namespace

unsigned Postings::shift() const {
  return 32U - static_cast<unsigned>(std::countr_zero(arrays_.starts.size() - 1));
}

// Two passes over the residents: the first counts words for each partition and thread, the second puts them
// in place; then each partition is sorted by itself, where it stands: memory that is touched for the first
// time costs more than all computing here. Keys are computed twice: cheaper than keeping them, unless few are
// asked for.
Postings Postings::build(std::span<const Features> residents, std::span<const Key> id_keys, unsigned threads,
                         const KeySet* asked) {
  threads = std::max(1U, threads);
  const auto share = [&](unsigned t) { return residents.size() * t / threads; };
  std::vector<BigVector<Entry>> kept(asked ? threads : 0);
  if (asked)
    in_parallel(threads,
                [&](unsigned t) { kept[t] = entries_asked_for(residents, share(t), share(t + 1), *asked); });
  // Calls use(hash, slot) for each entry of thread t's residents.
  const auto for_each_entry_of = [&](unsigned t, auto&& use) {
    if (asked) {
      for (const Entry& entry : kept[t])
        use(entry.hash, entry.slot);
      return;
    }
    for (std::size_t i = share(t); i < share(t + 1); ++i) {
      const auto slot = static_cast<std::uint32_t>(i);
      for_each_key(residents[i], [&](Key key, KeyKind) { use(hash_of(key), slot); });
      if (!(residents[i].flags & Features::alias)) use(hash_of(id_keys[i]), slot);
    }
  };
  // Calls sink(partition, word) for what thread t has to write.
  const auto for_each_word = [&](unsigned t, auto&& sink) {
    std::array<std::uint32_t, kPartitions> last;
    last.fill(static_cast<std::uint32_t>(share(t)));
    for_each_entry_of(t, [&](std::uint32_t hash, std::uint32_t slot) {
      const std::uint32_t partition = hash >> 24;
      std::uint32_t& before = last[partition];
      for (; slot - before >= kLongestStep; before += kLongestStep)
        sink(partition, kLongestStep);
      sink(partition, packed(hash, slot - before));
      before = slot;
    });
  };

  // Where the words of each thread begin in each partition; and how many are no entries.
  std::vector<std::array<std::size_t, kPartitions>> place(threads), begin(threads), steps(threads);
  in_parallel(threads, [&](unsigned t) {
    for_each_word(t, [&](std::uint32_t partition, std::uint32_t word) {
      ++place[t][partition];
      steps[t][partition] += (word & 255) == kLongestStep;
    });
  });
  std::array<std::size_t, kPartitions + 1> words_start{}, entries_start{};
  std::size_t words = 0, total = 0;
  for (std::size_t p = 0; p < kPartitions; ++p) {
    words_start[p] = words;
    entries_start[p] = total;
    for (unsigned t = 0; t < threads; ++t) {
      total += place[t][p] - steps[t][p];
      words += std::exchange(place[t][p], words);
      begin[t][p] = place[t][p];
    }
  }
  words_start[kPartitions] = words;
  entries_start[kPartitions] = total;

  Postings result;
  const std::size_t buckets = std::clamp<std::size_t>(std::bit_ceil(total / 4 + 1), kPartitions, 1U << 24);
  result.starts_.resize(buckets + 1);
  result.slots_.resize(words);
  result.marks_.resize(total);
  in_parallel(threads, [&](unsigned t) {
    for_each_word(
        t, [&](std::uint32_t partition, std::uint32_t word) { result.slots_[place[t][partition]++] = word; });
  });
  const unsigned bucket_shift = 32U - static_cast<unsigned>(std::countr_zero(buckets));
  const std::size_t buckets_each = buckets / kPartitions;
  in_parallel(threads, [&](unsigned t) {
    std::vector<std::uint32_t> count(buckets_each + 1);
    std::vector<Entry> by_mark, ordered;
    for (std::size_t p = t; p < kPartitions; p += threads) {
      // By mark, then by bucket, each time keeping the order of before: no comparison that could be foreseen
      // wrongly. The partition stays in the second-level cache all the while.
      std::array<std::uint32_t, 257> marks{};
      std::ranges::fill(count, 0U);
      const auto for_each_entry = [&](auto&& use) {
        for (unsigned of = 0; of < threads; ++of)
          unpack(std::span(result.slots_).subspan(begin[of][p], place[of][p] - begin[of][p]),
                 static_cast<std::uint32_t>(share(of)), use);
      };
      for_each_entry([&](std::uint32_t hash, std::uint32_t) {
        ++count[(hash >> bucket_shift) + 1];
        ++marks[(hash & 255) + 1];
      });
      for (std::size_t m = 0; m < 256; ++m)
        marks[m + 1] += marks[m];
      for (std::size_t b = 0; b < buckets_each; ++b) {
        count[b + 1] += count[b];
        result.starts_[p * buckets_each + b] = static_cast<std::uint32_t>(entries_start[p] + count[b]);
      }
      by_mark.resize(entries_start[p + 1] - entries_start[p]);
      ordered.resize(by_mark.size());
      for_each_entry(
          [&](std::uint32_t hash, std::uint32_t slot) { by_mark[marks[hash & 255]++] = {hash, slot}; });
      for (const Entry e : by_mark)
        ordered[count[e.hash >> bucket_shift]++] = e;
      for (std::size_t i = 0; i < ordered.size(); ++i) {
        result.slots_[words_start[p] + i] = ordered[i].slot;
        result.marks_[entries_start[p] + i] = static_cast<std::uint8_t>(ordered[i].hash);
      }
    }
  });
  if (words != total) {  // close the gaps that steps have left
    for (std::size_t p = 0; p < kPartitions; ++p)
      std::copy_n(result.slots_.begin() + static_cast<std::ptrdiff_t>(words_start[p]),
                  entries_start[p + 1] - entries_start[p],
                  result.slots_.begin() + static_cast<std::ptrdiff_t>(entries_start[p]));
    result.slots_.resize(total);
  }
  result.starts_[buckets] = static_cast<std::uint32_t>(total);
  result.arrays_ = {result.starts_, result.slots_, result.marks_};
  return result;
}

std::span<const std::uint32_t> Postings::find(Key key) const {
  if (arrays_.starts.empty()) return {};
  const std::size_t bucket = bucket_of(key);
  const auto begin = arrays_.marks.begin() + arrays_.starts[bucket];
  const auto end = arrays_.marks.begin() + arrays_.starts[bucket + 1];
  const auto mark = static_cast<std::uint8_t>(hash_of(key));
  auto first = begin;
  if (end - begin > 64) {
    first = std::lower_bound(begin, end, mark);
  } else {
    while (first != end && *first < mark)
      ++first;
  }
  auto last = first;
  if (end - begin > 64) {
    last = std::upper_bound(first, end, mark);
  } else {
    while (last != end && *last == mark)
      ++last;
  }
  return arrays_.slots.subspan(static_cast<std::size_t>(first - arrays_.marks.begin()),
                               static_cast<std::size_t>(last - first));
}

}  // namespace sonae::link
