#include "link/table_candidates.h"

#include <algorithm>
#include <bit>

#include "link/keys.h"
#include "link/parallel.h"

namespace sonae::link {
namespace {

constexpr std::size_t kLongList = 300;  // records of one key; longer lists prove too little
constexpr unsigned kSliceBits = 6;
constexpr std::size_t kEntriesOfStart = 8;  // about as many lie between two starts

std::size_t slice_of(std::uint64_t key) {
  return key >> (64 - kSliceBits);
}
// The bits after the slice's are what an entry keeps of a key. Another key has the same once in four thousand
// million: one record too many is compared.
std::uint64_t entry_of(std::uint64_t key, std::uint32_t record) {
  return key << kSliceBits >> 32 << 32 | record;
}

}  // namespace

std::uint64_t TableCandidates::key(std::size_t block, const ValueNumber* record) const {
  const std::uint64_t hash = block_hash(blocks_[block], record, dictionaries_);
  return hash == 0 ? 0 : mixed(hash, block + 1) | 1;
}

TableCandidates::TableCandidates(const Spec& spec, const std::vector<Dictionary>& dictionaries,
                                 const Table& left, const Table& right, unsigned threads)
    : dictionaries_(dictionaries),
      blocks_(choose_blocks(spec, dictionaries, left, right)),
      slices_(std::size_t{1} << kSliceBits) {
  for (std::uint32_t i = 0; i < right.size(); ++i)
    for (std::size_t block = 0; block < blocks_.size(); ++block)
      if (const std::uint64_t k = key(block, right.record(i)))
        slices_[slice_of(k)].entries.push_back(entry_of(k, i));
  in_blocks(slices_.size(), 1, threads, [&](unsigned, std::size_t from, std::size_t to) {
    for (std::size_t at = from; at < to; ++at) {
      Slice& slice = slices_[at];
      std::ranges::sort(slice.entries);
      const auto bits = static_cast<unsigned>(std::bit_width(slice.entries.size() / kEntriesOfStart));
      slice.shift = 64 - bits;
      slice.starts.resize((std::size_t{1} << bits) + 1);
      std::size_t entry = 0;
      for (std::size_t start = 0; start < slice.starts.size(); ++start) {
        while (entry < slice.entries.size() && (bits == 0 ? 0 : slice.entries[entry] >> slice.shift) < start)
          ++entry;
        slice.starts[start] = static_cast<std::uint32_t>(entry);
      }
    }
  });
}

void TableCandidates::find(const ValueNumber* left, std::vector<std::uint32_t>& found) const {
  found.clear();
  for (std::size_t block = 0; block < blocks_.size(); ++block) {
    const std::uint64_t k = key(block, left);
    if (k == 0) continue;
    const Slice& slice = slices_[slice_of(k)];
    const std::uint64_t first = entry_of(k, 0);
    const std::size_t start = slice.shift == 64 ? 0 : first >> slice.shift;
    auto at = std::lower_bound(slice.entries.begin() + slice.starts[start],
                               slice.entries.begin() + slice.starts[start + 1], first);
    for (std::size_t i = 0; at != slice.entries.end() && *at >> 32 == first >> 32 && i < kLongList; ++i, ++at)
      found.push_back(static_cast<std::uint32_t>(*at));
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
}

}  // namespace sonae::link
