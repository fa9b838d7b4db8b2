// What a device at the door carries: the town's residents without the protected ones, folded for searching
// with no network, and only for some days.
#pragma once

#include <boost/describe.hpp>

#include <string>
#include <vector>

#include "base/json.h"

namespace sonae::registry {

struct DoorExtract {
  Instant made;
  Instant expires;                   // the device forgets it then
  std::string version;               // of the registry: the same text, the same residents
  std::vector<std::string> columns;  // of the rows, in their order
  std::vector<std::vector<std::string>> rows;
  // Kanji variants for folding what is typed on the device: pairs of a character and what it becomes, without
  // anything between. Those only that can lead to a name in the rows.
  std::string variants;
  // The municipality's towns (大字), name and reading (empty where not known), for completing what is typed
  // of an address: where most residents live first.
  std::vector<std::vector<std::string>> places;
};
BOOST_DESCRIBE_STRUCT(DoorExtract, (), (made, expires, version, columns, rows, variants, places))

}  // namespace sonae::registry
