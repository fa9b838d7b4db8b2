// Compares as compare.h does, and looks closer where names nearly agree: at what characters are taken for
// each other, and at what the registry tells of how kanji are read. Any thread.
#pragma once

#include "link/compare.h"
#include "link/index.h"
#include "link/patterns.h"
#include "link/record.h"

namespace sonae::link {

class Comparison {
 public:
  // Both must outlive it. `as_of`: the day of the rows' ages.
  Comparison(const Index& index, const Context& context, Date as_of)
      : index_(index), context_(context), as_of_(as_of) {}
  Pattern operator()(const Query& row, const Features& resident) const;

  // The same in two steps, so that many residents can be compared before what a closer look needs of far-off
  // memory is there. `quick` is what the first step gave.
  Pattern quickly(const Query& row, const RowName& name, const Features& resident) const;
  Pattern closely(const Query& row, const Features& resident, Pattern quick) const;
  // Looks at what letters are taken for each other even where nothing else speaks for the pair, and at no
  // readings: how often such names meet by chance can only be counted so.
  Pattern by_letters(const Query& row, const Features& resident) const;

 private:
  bool is_known_reading(bool family, Letters kanji, Letters kana) const;
  std::uint8_t confused(bool family, std::uint8_t l, const Query& row, const Features& resident) const;
  std::uint8_t closer(bool family, std::uint8_t l, const Query& row, const Features& resident) const;

  const Index& index_;
  const Context& context_;
  Date as_of_;
};

}  // namespace sonae::link
