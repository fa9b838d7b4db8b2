#include "link/postings.h"

#include <algorithm>
#include <array>
#include <bit>
#include <memory>
#include <thread>
#include <utility>

namespace sonae::link {
namespace {

struct Entry {
  std::uint32_t hash;  // the upper half of the key: bucket in the upper bits, mark in the lowest eight
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

// Keeps the order of slots. Nearly all buckets have a handful of entries: those by insertion, in place.
void sort_by_mark(std::span<Entry> bucket) {
  const auto by_mark = [](Entry one, Entry other) { return (one.hash & 255) < (other.hash & 255); };
  if (bucket.size() > 24) return std::stable_sort(bucket.begin(), bucket.end(), by_mark);
  for (std::size_t i = 1; i < bucket.size(); ++i)
    for (std::size_t j = i; j > 0 && by_mark(bucket[j], bucket[j - 1]); --j)
      std::swap(bucket[j], bucket[j - 1]);
}

std::uint32_t hash_of(Key key) {
  return static_cast<std::uint32_t>(key >> 32);
}

}  // namespace

unsigned Postings::shift() const {
  return 32U - static_cast<unsigned>(std::countr_zero(arrays_.starts.size() - 1));
}

// Two passes over the residents: the first counts entries for each partition and thread, the second puts them
// in place; then each partition is sorted by itself. Keys are computed twice: cheaper than keeping them.
Postings Postings::build(std::span<const Features> residents, std::span<const Key> id_keys,
                         unsigned threads) {
  threads = std::max(1U, threads);
  const auto share = [&](unsigned t) { return residents.size() * t / threads; };
  const auto for_each_entry = [&](unsigned t, auto&& sink) {
    for (std::size_t i = share(t); i < share(t + 1); ++i) {
      const auto slot = static_cast<std::uint32_t>(i);
      for_each_key(residents[i], [&](Key key, KeyKind) { sink(Entry{hash_of(key), slot}); });
      if (!(residents[i].flags & Features::alias)) sink(Entry{hash_of(id_keys[i]), slot});
    }
  };

  std::vector<std::array<std::size_t, kPartitions>> place(threads);
  in_parallel(threads, [&](unsigned t) { for_each_entry(t, [&](Entry e) { ++place[t][e.hash >> 24]; }); });
  std::array<std::size_t, kPartitions + 1> partition_start{};
  std::size_t total = 0;
  for (std::size_t p = 0; p < kPartitions; ++p) {
    partition_start[p] = total;
    for (auto& of_thread : place)
      total += std::exchange(of_thread[p], total);
  }
  partition_start[kPartitions] = total;

  const std::unique_ptr<Entry[]> entries(new Entry[std::max<std::size_t>(total, 1)]);
  in_parallel(threads, [&](unsigned t) {
    for_each_entry(t, [&](Entry e) { entries[place[t][e.hash >> 24]++] = e; });
  });

  Postings result;
  const std::size_t buckets = std::clamp<std::size_t>(std::bit_ceil(total / 4 + 1), kPartitions, 1U << 28);
  result.starts_.resize(buckets + 1);
  result.slots_.resize(total);
  result.marks_.resize(total);
  const unsigned bucket_shift = 32U - static_cast<unsigned>(std::countr_zero(buckets));
  const std::size_t buckets_each = buckets / kPartitions;
  in_parallel(threads, [&](unsigned t) {
    std::vector<std::uint32_t> count(buckets_each + 1);
    std::vector<Entry> ordered;
    for (std::size_t p = t; p < kPartitions; p += threads) {
      const std::span<const Entry> own(entries.get() + partition_start[p],
                                       partition_start[p + 1] - partition_start[p]);
      std::ranges::fill(count, 0U);
      const auto bucket_in = [&](Entry e) { return (e.hash >> bucket_shift) - p * buckets_each; };
      for (const Entry e : own)
        ++count[bucket_in(e) + 1];
      for (std::size_t b = 0; b < buckets_each; ++b) {
        count[b + 1] += count[b];
        result.starts_[p * buckets_each + b] = static_cast<std::uint32_t>(partition_start[p] + count[b]);
      }
      ordered.resize(own.size());
      for (const Entry e : own)
        ordered[count[bucket_in(e)]++] = e;  // keeps the order of slots; count[b] is now the end of b
      std::size_t begin = 0;
      for (std::size_t b = 0; b < buckets_each; ++b) {
        sort_by_mark(std::span(ordered).subspan(begin, count[b] - begin));
        begin = count[b];
      }
      for (std::size_t i = 0; i < ordered.size(); ++i) {
        result.slots_[partition_start[p] + i] = ordered[i].slot;
        result.marks_[partition_start[p] + i] = static_cast<std::uint8_t>(ordered[i].hash);
      }
    }
  });
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
