#include "link/table_candidates.h"

#include <algorithm>

#include "link/keys.h"
#include "link/parallel.h"

namespace sonae::link {
namespace {

constexpr std::size_t kLongList = 300;  // records of one key; longer lists prove too little
constexpr unsigned kSliceBits = 6;

std::size_t slice_of(std::uint64_t key) {
  return key >> (64 - kSliceBits);
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
      if (const std::uint64_t k = key(block, right.record(i))) slices_[slice_of(k)].push_back({k, i});
  in_blocks(slices_.size(), 1, threads, [&](unsigned, std::size_t from, std::size_t to) {
    for (std::size_t slice = from; slice < to; ++slice)
      std::ranges::sort(slices_[slice], [](const Entry& a, const Entry& b) {
        return a.key != b.key ? a.key < b.key : a.record < b.record;
      });
  });
}

void TableCandidates::find(const ValueNumber* left, std::vector<std::uint32_t>& found) const {
  found.clear();
  for (std::size_t block = 0; block < blocks_.size(); ++block) {
    const std::uint64_t k = key(block, left);
    if (k == 0) continue;
    const std::vector<Entry>& slice = slices_[slice_of(k)];
    auto at = std::ranges::lower_bound(slice, k, {}, &Entry::key);
    for (std::size_t i = 0; at != slice.end() && at->key == k && i < kLongList; ++i, ++at)
      found.push_back(at->record);
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
}

}  // namespace sonae::link
