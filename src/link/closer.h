// Compares as compare.h does, and looks closer where names nearly agree: at what characters are taken for
// each other, and at what the registry tells of how kanji are read. Any thread.
#pragma once

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

 private:
  std::uint8_t closer(bool family, std::uint8_t l, const Query& row, const Features& resident) const;

  const Index& index_;
  const Context& context_;
  Date as_of_;
};

}  // namespace sonae::link
