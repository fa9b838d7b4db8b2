// Where somebody lives, as far as comparing needs it: the town as one number, and the numbers of the block.
//
// The towns are learned from the registry's own addresses: whatever stands before the first number is a town
// with its municipality before it, and a row that leaves the prefecture, the district or the municipality out
// is understood by the end of it. A gazetteer, where there is one, adds its own knowledge of notations.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "link/record.h"

namespace sonae::link {

// An address cut where its numbers begin. 丁目 is a number like the others, in figures or kanji.
struct SplitAddress {
  std::string_view head;  // as written, up to the first number
  std::uint16_t numbers[4] = {};
};
SplitAddress split_address(std::string_view written);

// A head brought to one form: variants folded, 大字, 字, ケ, ガ, ノ left out.
std::string fold_head(const Context& context, std::string_view head);

class Places {
 public:
  struct Entry {              // sorted by hash, of one hash the town of the most residents first
    std::uint64_t hash = 0;   // of a folded head, or of the end of one
    std::uint32_t town = 0;   // kMunicipality where only a municipality is named
    std::uint32_t count = 0;  // residents behind it
  };
  static constexpr std::uint32_t kMunicipality = 1;

  Places() = default;
  explicit Places(std::span<const Entry> mapped) : entries_(mapped) {}
  Places(const Places&) = delete;
  Places& operator=(const Places&) = delete;
  Places(Places&&) = default;
  Places& operator=(Places&&) = default;

  struct Found {
    std::uint32_t town = 0;  // 0: not said, or only the municipality
    std::array<std::uint32_t, 2>
        others{};            // 本町 of two municipalities, and neither is named: the smaller ones
    bool elsewhere = false;  // in a municipality where no resident lives
    bool unheard_of =
        false;  // no resident lives in a town of that name: a 小字, a quarter, a slip of the pen
  };
  Found find(const Context& context, std::string_view head) const;
  std::uint32_t town_of_postcode(std::string_view digits) const;

  // Learning. `head` is as written; `count` residents have it.
  void learn(const Context& context, std::string_view head, std::uint32_t count);
  void learn_postcode(std::string_view digits, std::uint32_t town, std::uint32_t count);
  std::uint32_t finish();  // makes what was learned ready for find; returns how many entries there are

  std::span<const Entry> entries() const { return entries_; }
  void adopt(std::vector<Entry> entries) {  // sorted by hash
    owned_ = std::move(entries);
    entries_ = owned_;
  }

 private:
  std::span<const Entry> look_up(std::uint64_t hash) const;
  std::uint32_t town_of(std::string_view folded) const;  // 0: not known
  Found found(std::string_view folded) const;
  void offer(std::uint64_t hash, std::uint32_t town, std::uint32_t count);

  std::map<std::uint64_t, std::map<std::uint32_t, std::uint32_t>> learned_;  // hash → town → residents
  std::vector<Entry> owned_;
  std::span<const Entry> entries_;
};

}  // namespace sonae::link
