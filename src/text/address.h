// Addresses (住所) as people write them, read with a gazetteer as context. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

#include "text/gazetteer.h"

namespace sonae::text {

struct Address {
  std::string prefecture;    // as the gazetteer writes it; empty where it was neither written nor implied
  std::string municipality;  // with its 郡 left out
  std::string town;          // as the gazetteer writes it; where it is not in the gazetteer, as written
  std::string block;         // 丁目 belongs to the town; 番地, 番, 号 as numbers joined by '-': "12-3-5"
  std::string building;      // building, room, 様方: what follows, as written without surrounding space
  std::string left_over;     // what was not understood, as written

  bool prefecture_written = false;  // or else implied by the gazetteer
  bool municipality_written = false;
  bool town_known = false;  // the town is in the gazetteer
  friend bool operator==(const Address&, const Address&) = default;
};

// Never fails: what it cannot read is left over. Cost: about a microsecond.
Address parse_address(const Gazetteer& gazetteer, const Tables& tables, std::string_view written);

}  // namespace sonae::text
