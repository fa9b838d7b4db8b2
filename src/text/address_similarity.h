// How far two addresses agree, where one may say more than the other: the registry has 番地 and room, a
// person at the door the town only. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>

#include "text/address.h"

namespace sonae::text {

// How deep two addresses are the same. Each level includes those before it.
enum class AddressAgreement : std::uint8_t {
  different,
  same_municipality,
  same_town,
  same_block_prefix,  // 12-3 and 12, 12-3 and 12-4: the first number at least
  same_block,
  same_with_building,
};

struct AddressComparison {
  AddressAgreement agreement = AddressAgreement::different;
  // The most that could have been found, after what both of them say. `different`: nothing can be compared.
  AddressAgreement possible = AddressAgreement::different;
  std::optional<std::uint32_t>
      numbers_apart;      // of the first block numbers in one town: 12 and 13 are 1 apart
  bool one_slip = false;  // the blocks differ by one digit that is wrong, missing, or exchanged with the next

  // They cannot be the same place, if both were written right. A difference in depth alone contradicts
  // nothing.
  bool contradicts() const { return agreement < possible; }
  friend bool operator==(const AddressComparison&, const AddressComparison&) = default;
};

// A town that the gazetteer does not know may be another name of one that it knows: it is compared only with
// others that it does not know. Symmetric.
AddressComparison compare_addresses(const Tables& tables, const Address& one, const Address& other);

// The comparison as a number in [0, 1]: 1 for equal to the room, 0 for nothing in common or nothing to
// compare.
double address_similarity(const AddressComparison& comparison);

}  // namespace sonae::text
