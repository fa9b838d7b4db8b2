// Names as people write them, read into folded letters: which part is the family name, what is kanji and what
// is only a reading; honorifics, brackets and the order aside.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "link/features.h"
#include "link/frequencies.h"
#include "link/keys.h"
#include "link/record.h"

namespace sonae::link {

// A word of a name: in kanji, or in kana (then it is its own reading).
struct Word {
  Letters letters;
  bool is_kana = false;
};

// Folded words that were met before: names repeat, and folding one costs a microsecond. For one thread.
class WordCache {
 public:
  WordCache();
  // The word for a text that is a name, or (reading) a name's kana.
  Word name(const Context& context, std::string_view written);
  Word reading(std::string_view written);
  // Fetches what the two above will look at.
  void prefetch_name(std::string_view written) const { prefetch(hash_of_name(written)); }
  void prefetch_reading(std::string_view written) const { prefetch(hash_of_reading(written)); }

 private:
  struct Place {  // 32 bytes: two in a cache line
    Packed packed = 0;
    std::uint64_t hash = 0;  // 64 bits stand for the text itself; 0: empty
    std::uint8_t count = 0;
    bool is_kana = false;
  };
  template <class Fold>
  Word find_or_fold(std::uint64_t hash, Fold&& fold);
  void grow();
  static std::uint64_t hash_of_name(std::string_view written) { return hash_text(written) | 1; }
  static std::uint64_t hash_of_reading(std::string_view written) { return mixed(hash_text(written), 1) | 1; }
  std::size_t place_of(std::uint64_t hash) const { return hash >> 20 & (places_.size() - 1); }
  void prefetch(std::uint64_t hash) const {
    __builtin_prefetch(&places_[place_of(hash)]);
    asm volatile("");  // or else GCC takes callers that only prefetch for doing nothing, and drops them
  }

  std::vector<Place> places_;
  std::size_t used_ = 0;
};

// Reads the names of a record into the features. `known` tells which words are family and which given names,
// to find where a name without a space is to be parted; without it such names stay unsplit.
void read_names(const Context& context, const Record& record, WordCache& cache, const Frequencies* known,
                Features& into);
// The same for one other name (通称, 旧姓) in the place of the record's own.
void read_other_name(const Context& context, std::string_view written, WordCache& cache,
                     const Frequencies* known, Features& into);

// Parts names that were left unsplit, by what is known now.
void split_names(const Frequencies& known, Features& features);

}  // namespace sonae::link
