// Addresses (住所) as people write them, read with a gazetteer as context. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

#include "text/gazetteer.h"

namespace sonae::text {

struct Address {
  std::string prefecture;    // as the gazetteer writes it; empty where it was neither written nor implied
  std::string municipality;  // with its 郡 left out
  std::string municipality_code;  // six digits; empty where the municipality is not known
  std::string town;               // as the gazetteer writes it; where it is not in the gazetteer, as written
  std::string locality;           // 小字 or a name in daily use (通称) between town and block: 大水崎
  std::string block;              // 丁目 belongs to the town; 番地, 番, 号 as numbers joined by '-': "12-3-5"
  std::string building;           // building, room, 様方: what follows, as written without surrounding space
  std::string left_over;          // what was not understood, as written; the street names of 京都 among it
  std::string postcode;           // seven digits, where one stood in front

  bool prefecture_written = false;  // or else implied by the gazetteer
  bool municipality_written = false;
  bool town_known = false;  // the town is in the gazetteer
  friend bool operator==(const Address&, const Address&) = default;
};

// Never fails: what it cannot read is left over. Cost: a microsecond or two (docs/addresses.md).
Address parse_address(const Gazetteer& gazetteer, const Tables& tables, std::string_view written);

// Where the address lies: absent outside of the home municipality, and where the town is not known.
std::optional<Gazetteer::Placed> place(const Gazetteer& gazetteer, const Address& address);

// The usual way to write it: 和歌山県串本町串本1735-2 コーポ潮岬203号室.
std::string to_text(const Address& address);

}  // namespace sonae::text
