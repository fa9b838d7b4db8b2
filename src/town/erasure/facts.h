// What can happen when something is to be forgotten (消去): an order names facts, and wherever it stands
// their bodies go, in every log, bundle and backup that meets it (journal/erasing.h). docs/formats.md, "Facts
// of erasure".
#pragma once

#include <boost/describe.hpp>

#include <string>
#include <vector>

#include "journal/erasing.h"

namespace sonae::erasure {

// How many facts of a kind.
struct KindCount {
  std::string kind;
  std::int64_t facts = 0;
};
BOOST_DESCRIBE_STRUCT(KindCount, (), (kind, facts))

// erasure.ordered, about erasure:orders and every subject of what it erases; supersedes that. In the stream
// of those facts, so that whoever may not see them learns nothing of them here either.
struct Ordered {
  std::string rule;  // the law or the period that asks for it
  std::string because;
  std::vector<KindCount> kinds;
  PersonId by;
};
BOOST_DESCRIBE_STRUCT(Ordered, (), (rule, because, kinds, by))

}  // namespace sonae::erasure
