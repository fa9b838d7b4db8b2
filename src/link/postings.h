// Posting lists: for a key, the slots of all residents that have it, in order. One flat table for all kinds
// of keys, hashed into buckets of about four entries, each entry with eight bits of its key to tell it from
// the others in the bucket: six bytes an entry, one or two cache misses a look-up, mapped from a file as it
// is.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "link/big_array.h"
#include "link/features.h"
#include "link/key_set.h"

namespace sonae::link {

class Postings {
 public:
  struct Arrays {
    std::span<const std::uint32_t> starts;  // of each bucket, and the end of the last
    std::span<const std::uint32_t> slots;   // in a bucket by mark, then by slot
    std::span<const std::uint8_t> marks;    // eight bits of the key
  };

  Postings() = default;
  explicit Postings(Arrays mapped) : arrays_(mapped) {}
  Postings(const Postings&) = delete;
  Postings& operator=(const Postings&) = delete;
  Postings(Postings&&) = default;
  Postings& operator=(Postings&&) = default;

  // The result does not depend on the number of threads. Where only some keys will be asked for (`asked`),
  // the lists of others are left out, those of ids too; not those of households, to which candidates lead.
  static Postings build(std::span<const Features> residents, std::span<const Key> id_keys, unsigned threads,
                        const KeySet* asked = nullptr);

  // The slots of a key, rising. One in 64 or so look-ups brings a slot that does not have the key.
  std::span<const std::uint32_t> find(Key key) const;
  void prefetch(Key key) const {
    if (arrays_.starts.empty()) return;
    __builtin_prefetch(&arrays_.starts[bucket_of(key)]);
    asm volatile("");  // or else GCC takes callers that only prefetch for doing nothing, and drops them
  }
  // The next step: what the bucket leads to.
  void prefetch_list(Key key) const {
    if (arrays_.starts.empty()) return;
    const std::uint32_t begin = arrays_.starts[bucket_of(key)];
    __builtin_prefetch(arrays_.marks.data() + begin);
    __builtin_prefetch(arrays_.slots.data() + begin);
    asm volatile("");
  }
  // The same, where the list is only counted.
  void prefetch_count(Key key) const {
    if (arrays_.starts.empty()) return;
    __builtin_prefetch(arrays_.marks.data() + arrays_.starts[bucket_of(key)]);
    asm volatile("");
  }
  const Arrays& arrays() const { return arrays_; }

 private:
  std::size_t bucket_of(Key key) const { return (key >> 32) >> shift(); }
  unsigned shift() const;

  BigVector<std::uint32_t> starts_, slots_;
  BigVector<std::uint8_t> marks_;
  Arrays arrays_;
};

}  // namespace sonae::link
