// Names as people write them, read into folded letters: which part is the family name, what is kanji and what
// is only a reading; honorifics, brackets and the order aside.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "link/features.h"
#include "link/frequencies.h"
#include "link/record.h"

namespace sonae::link {

// A word of a name in both scripts; the one that it does not have is empty.
struct Word {
  Letters kanji;
  Letters kana;
};

// Folded words that were met before: names repeat, and folding one costs a microsecond. For one thread.
class WordCache {
 public:
  WordCache();
  // The word for a text that is a name, or (reading) a name's kana.
  const Word& name(const Context& context, std::string_view written);
  const Word& reading(const Context& context, std::string_view written);

 private:
  struct Place {
    std::uint64_t hash = 0;  // 64 bits stand for the text itself
    Word word;
  };
  Place& place(std::uint64_t hash);
  void grow();

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
