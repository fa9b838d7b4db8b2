// The part of an address that the gazetteer knows: prefecture, municipality and town, whichever of them were
// written. Pure, any thread.
#pragma once

#include <optional>

#include "text/gazetteer_index.h"

namespace sonae::text {

struct PlaceFound {
  std::optional<std::uint32_t> prefecture;  // numbers of the index
  std::optional<std::uint32_t> municipality;
  std::optional<std::uint32_t> town;
  std::optional<std::uint32_t> locality;
  bool prefecture_written = false;
  bool municipality_written = false;
  std::size_t street_begin = 0;  // 通り名 of 京都, passed over
  std::size_t street_end = 0;
  std::size_t end = 0;  // the first piece after the place
};

// The reading that goes furthest into the text; of several that go equally far the one that is nearest to
// home and whose names are written as the gazetteer has them.
PlaceFound find_place(const Gazetteer::Index& index, const Pieces& pieces, std::size_t at);

// The first piece after a street name of 京都 (after the last 上ル, 下ル, 東入 ...); `at` where there is
// none.
std::size_t after_street(const Pieces& pieces, std::size_t at);

// Whether a word that names a building or a part of one stands there: 荘, コーポ, 号室, 様方.
bool is_building_word(const Gazetteer::Index& index, const Pieces& pieces, std::size_t at);

}  // namespace sonae::text
