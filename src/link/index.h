// The registry's arrays: those that were built or mapped, never changed; and beside them what came in since
// (the daily difference), small and in ordinary containers. Both are looked at as one.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/env.h"
#include "link/answer.h"
#include "link/big_array.h"
#include "link/features.h"
#include "link/frequencies.h"
#include "link/key_set.h"
#include "link/places.h"
#include "link/postings.h"

namespace sonae::link {

class Index {
 public:
  // What was built anew, or is mapped. An alias (Features::alias) follows its resident and has the same id.
  struct Base {
    std::span<const Features> features;
    std::span<const std::uint64_t> id_ends;  // where each slot's id ends in id_text
    std::string_view id_text;
    Postings postings;
    std::size_t residents = 0;   // slots that are no aliases
    bool for_some_rows = false;  // the lists of keys that they do not ask for, and of ids, are left out
    std::uint64_t source = 0;    // what a saved index says it was built from

    BigVector<Features> owned_features;
    BigVector<std::uint64_t> owned_id_ends;
    BigVector<char> owned_id_text;        // no std::string: short ones move with their object
    std::shared_ptr<const void> mapping;  // keeps a mapped file
  };

  Index(Base base, Frequencies frequencies, Places places);

  std::size_t slots() const { return base_.features.size() + added_.size(); }
  std::size_t residents() const { return residents_; }
  const Features& features(std::uint32_t slot) const {
    return slot < base_.features.size() ? base_.features[slot]
                                        : added_[slot - base_.features.size()].features;
  }
  bool gone(std::uint32_t slot) const { return !gone_.empty() && slot < gone_.size() && gone_[slot]; }
  std::string_view id(std::uint32_t slot) const;
  std::uint32_t resident_of(std::uint32_t slot) const {  // an alias's resident
    while (slot > 0 && (features(slot).flags & Features::alias))
      --slot;
    return slot;
  }
  std::optional<std::uint32_t> find(std::string_view id) const;

  // The slots of a key: those of the base (some may be gone) and those added.
  std::span<const std::uint32_t> base_slots(Key key) const { return base_.postings.find(key); }
  std::span<const std::uint32_t> added_slots(Key key) const;
  // How many slots stand under a key, without those that are gone.
  std::size_t count(Key key) const {
    const auto slots = base_slots(key);
    std::size_t all = slots.size() + added_slots(key).size();
    if (gone_.empty()) return all;
    for (const std::uint32_t slot : slots)
      all -= gone(slot);
    return all;
  }
  void prefetch(Key key) const { base_.postings.prefetch(key); }
  void prefetch_list(Key key) const { base_.postings.prefetch_list(key); }
  void prefetch_count(Key key) const { base_.postings.prefetch_count(key); }

  const Frequencies& frequencies() const { return frequencies_; }
  const Places& places() const { return places_; }
  Places& places() { return places_; }
  const Base& base() const { return base_; }
  bool changed() const { return !added_.empty() || !gone_.empty(); }

  void add(std::string_view id, std::span<const Features> resident_and_aliases);
  bool remove(std::string_view id);

  // The same residents as one base, without those that are gone.
  Index compacted(unsigned threads) const;
  // An index of these; ids by slot. `asked`, where given, says for which keys alone it will be asked.
  using Asked = std::function<KeySet(const Frequencies&, const Places&)>;
  static Index build(BigVector<Features> features, BigVector<std::uint64_t> id_ends, BigVector<char> id_text,
                     Places places, unsigned threads, const Asked& asked = {});

  std::size_t memory() const;

 private:
  struct Added {
    Features features;
    std::string id;
  };
  Base base_;
  Frequencies frequencies_;
  Places places_;
  std::vector<Added> added_;
  std::unordered_map<Key, std::vector<std::uint32_t>> added_postings_;
  std::vector<bool> gone_;
  std::size_t residents_ = 0;
};

Key id_key(std::string_view id);

}  // namespace sonae::link
