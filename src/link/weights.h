// What agreement is worth: for each level of each field, how often it occurs between records of one person
// (m) and of two people (u). Fellegi and Sunter, "A Theory for Record Linkage", 1969.
//
// Weights are plain values: copied, saved, compared. Learned ones come from em.h.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/error.h"
#include "link/features.h"
#include "link/fields.h"

namespace sonae::link {

struct LevelWeight {
  double m = 0;
  double u = 0;
};

struct Weights {
  static constexpr int kVersion = 4;

  std::array<std::array<LevelWeight, 16>, kComparedFields> fields{};
  double resident_share = 0.9;   // of rows that are residents at all
  double relative_share = 0.02;  // of rows that are no residents but live with some (a guest, a newborn)
  // How often the address is of which kind (AddressKind): of residents, of their relatives, of strangers.
  std::array<std::array<double, kAddressKinds>, 3> address_kinds{};
  double household_beside = 0;  // log2 ratio where a row beside it is of the same household; 0: not learned
  double trained_rows = 0;      // how many rows the weights were learned from; 0: the defaults

  double ratio(Field field, std::uint8_t level) const {  // m / u; 1 for the missing level
    const LevelWeight& w = fields[static_cast<std::size_t>(field)][level];
    return level == 0 || w.u <= 0 ? 1.0 : w.m / w.u;
  }

  // Sane without any training: what lists written by hand in shelters show, as far as published.
  static Weights defaults();

  std::string to_json() const;  // versioned; readable by people
  static Result<Weights> from_json(std::string_view text);
};

}  // namespace sonae::link
