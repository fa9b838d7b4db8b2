#include "link/table_compare.h"

#include <algorithm>

#include "text/jaro_winkler.h"

namespace sonae::link {
namespace {

// Whether one letter put in, left out, replaced, or exchanged with its neighbour makes one the other.
bool one_slip(std::u32string_view one, std::u32string_view other) {
  if (one.size() > other.size()) std::swap(one, other);
  if (other.size() - one.size() > 1) return false;
  const std::size_t at =
      static_cast<std::size_t>(std::mismatch(one.begin(), one.end(), other.begin()).first - one.begin());
  if (one.size() < other.size()) return one.substr(at) == other.substr(at + 1);
  if (at == one.size()) return true;
  if (one.substr(at + 1) == other.substr(at + 1)) return true;
  return at + 1 < one.size() && one[at] == other[at + 1] && one[at + 1] == other[at] &&
         one.substr(at + 2) == other.substr(at + 2);
}

std::size_t same_places(std::u32string_view one, std::u32string_view other) {
  std::size_t same = 0;
  for (std::size_t i = 0; i < std::min(one.size(), other.size()); ++i)
    same += one[i] == other[i];
  return same;
}

TableLevel compare_dates(std::u32string_view one, std::u32string_view other) {
  if (one_slip(one, other)) return TableLevel::near;
  if (one.size() != 8 || other.size() != 8) return TableLevel::differs;
  const bool exchanged = one.substr(0, 4) == other.substr(0, 4) && one.substr(4, 2) == other.substr(6) &&
                         one.substr(6) == other.substr(4, 2);
  if (exchanged) return TableLevel::near;
  return same_places(one, other) >= 6 ? TableLevel::similar : TableLevel::differs;
}

}  // namespace

std::string_view name_of(TableLevel level) {
  static constexpr std::array<std::string_view, kTableLevels> kNames = {"missing", "same",      "near",
                                                                        "similar", "exchanged", "differs"};
  return kNames[static_cast<std::size_t>(level)];
}

TableLevel compare_values(FieldKind kind, const std::u32string& one, const std::u32string& other) {
  switch (kind) {
    case FieldKind::name:
    case FieldKind::text: {
      const double similarity = text::jaro_winkler(one, other, [](char32_t, char32_t) { return 0.0; });
      return similarity >= 0.92 || (one.size() > 3 && one_slip(one, other)) ? TableLevel::near
             : similarity >= 0.80                                           ? TableLevel::similar
                                                                            : TableLevel::differs;
    }
    case FieldKind::number:
      return one_slip(one, other) ? TableLevel::near
             : one.size() == other.size() && same_places(one, other) * 3 > one.size() * 2
                 ? TableLevel::similar
                 : TableLevel::differs;
    case FieldKind::date:
      return compare_dates(one, other);
    case FieldKind::category:
      return one_slip(one, other) ? TableLevel::near : TableLevel::differs;
  }
  return TableLevel::differs;
}

// Whether the sketches tell already that the values are at the last level. Mirrors compare_values.
bool surely_differs(FieldKind kind, const ValueSketch& one, const ValueSketch& other) {
  const std::uint32_t longer = std::max(one.length, other.length),
                      shorter = std::min(one.length, other.length);
  switch (kind) {
    case FieldKind::name:
    case FieldKind::text:
      return most_similar(one, other) < 0.80 && most_in_common(one, other) + 1 < longer;
    case FieldKind::category:
      return most_in_common(one, other) + 1 < longer;
    case FieldKind::number:
      if (longer != shorter) return longer - shorter > 1;
      // Eight places are all of it or, where it is longer, too few to be sure that much else is the same.
      return longer <= 8 && places_that_differ(one, other) > 2 &&
             (static_cast<int>(longer) - places_that_differ(one, other)) * 3 <= static_cast<int>(longer) * 2;
    case FieldKind::date:
      return longer == 8 && shorter == 8 && places_that_differ(one, other) > 2 &&
             static_cast<std::uint32_t>(one.beginning) != static_cast<std::uint32_t>(other.beginning);
  }
  return false;
}

TablePattern compare_records(const Spec& spec, const std::vector<Dictionary>& dictionaries,
                             const ValueNumber* left, const ValueNumber* right) {
  TablePattern pattern{};
  for (std::size_t f = 0; f < spec.fields.size(); ++f) {
    if (left[f] == 0 || right[f] == 0) continue;
    if (left[f] == right[f]) {
      pattern[f] = TableLevel::same;
      continue;
    }
    const auto& partner = spec.fields[f].exchanged_with;
    const ValueSketch& sketch = dictionaries[f].sketch(left[f]);
    // Dictionaries of two fields number their values apart: the texts are compared.
    if (partner && right[*partner] != 0 && sketch == dictionaries[*partner].sketch(right[*partner]) &&
        dictionaries[f].text(left[f]) == dictionaries[*partner].text(right[*partner])) {
      pattern[f] = TableLevel::exchanged;
      continue;
    }
    const FieldKind kind = spec.fields[f].kind;
    pattern[f] = surely_differs(kind, sketch, dictionaries[f].sketch(right[f]))
                     ? TableLevel::differs
                     : compare_values(kind, dictionaries[f].text(left[f]), dictionaries[f].text(right[f]));
  }
  return pattern;
}

}  // namespace sonae::link
