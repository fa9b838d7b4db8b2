#include "text/address_similarity.h"

#include <algorithm>
#include <charconv>

#include "text/fold.h"

namespace sonae::text {

namespace {

std::optional<bool> same_municipality(const Address& one, const Address& other) {
  if (one.municipality.empty() || other.municipality.empty()) {
    const bool both = !one.prefecture.empty() && !other.prefecture.empty();
    return both && one.prefecture != other.prefecture ? std::optional(false) : std::nullopt;
  }
  if (!one.municipality_code.empty() && !other.municipality_code.empty())
    return one.municipality_code == other.municipality_code;
  return one.municipality == other.municipality;
}

// 中央 is all of 中央一丁目, 中央二丁目 ...: known to no less than the town where no block says otherwise.
bool is_town_without_count(const Address& shorter, const Address& longer) {
  return shorter.block.empty() && longer.town.starts_with(shorter.town) && longer.town.ends_with("丁目");
}

std::optional<bool> same_town(const Tables& tables, const Address& one, const Address& other) {
  if (one.town.empty() || other.town.empty() || one.town_known != other.town_known) return std::nullopt;
  if (!one.town_known) return fold_name(tables, one.town) == fold_name(tables, other.town);
  return one.town == other.town || is_town_without_count(one, other) || is_town_without_count(other, one);
}

std::string_view first_part(std::string_view block) {
  return block.substr(0, block.find('-'));
}

std::optional<std::uint32_t> number_in(std::string_view part) {
  const std::size_t digit = part.find_first_of("0123456789");
  if (digit == std::string_view::npos) return std::nullopt;
  std::uint32_t value = 0;
  std::from_chars(part.data() + digit, part.data() + part.size(), value);
  return value;
}

// Whether one edit leads from one to the other: a digit replaced, left out, put in, or exchanged with the
// next.
bool is_one_slip(std::string_view one, std::string_view other) {
  if (one == other) return false;
  if (one.size() > other.size()) std::swap(one, other);
  if (other.size() - one.size() > 1) return false;
  const auto [left, right] = std::mismatch(one.begin(), one.end(), other.begin());
  const auto at = static_cast<std::size_t>(left - one.begin());
  if (one.size() < other.size()) return one.substr(at) == other.substr(at + 1);
  if (one.substr(at + 1) == other.substr(at + 1)) return true;
  return at + 1 < one.size() && one[at] == other[at + 1] && one[at + 1] == other[at] &&
         one.substr(at + 2) == other.substr(at + 2);
}

// The name and the room of a building, folded, without the words that people leave out.
std::string bare_building(const Tables& tables, std::string_view written) {
  std::string bare = fold_name(tables, written);
  for (const std::string_view word : {"号室", "室", "号"})
    if (bare.ends_with(word)) {
      bare.resize(bare.size() - word.size());
      break;
    }
  return bare;
}

// コーポ潮岬203号室, コーポ潮岬 203 and 203 are one; コーポ潮岬 alone is compared with nothing.
std::optional<bool> same_building(const Tables& tables, const Address& one, const Address& other) {
  if (one.building.empty() || other.building.empty()) return std::nullopt;
  std::string left = bare_building(tables, one.building), right = bare_building(tables, other.building);
  if (left == right) return true;
  if (left.size() > right.size()) std::swap(left, right);
  if (left.empty()) return std::nullopt;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (right.ends_with(left) && is_digit(left.back()))
    return !is_digit(right[right.size() - left.size() - 1]);  // 203 of コーポ203, not of 1203
  if (right.starts_with(left)) return std::nullopt;
  return false;
}

}  // namespace

AddressComparison compare_addresses(const Tables& tables, const Address& one, const Address& other) {
  AddressComparison result;
  // Takes the next level; false where the addresses part or where there is nothing more to compare.
  const auto level = [&](AddressAgreement which, std::optional<bool> same) {
    if (!same) return false;
    result.possible = which;
    if (*same) result.agreement = which;
    return *same;
  };

  const auto municipality = same_municipality(one, other);
  const auto town = same_town(tables, one, other);
  if (municipality == false) {
    level(AddressAgreement::same_municipality, false);
    return result;
  }
  if (municipality) level(AddressAgreement::same_municipality, true);
  if (!level(AddressAgreement::same_town, town)) return result;
  if (one.block.empty() || other.block.empty()) return result;

  const std::string_view left = first_part(one.block), right = first_part(other.block);
  const auto left_number = number_in(left), right_number = number_in(right);
  if (left_number && right_number)
    result.numbers_apart = std::max(*left_number, *right_number) - std::min(*left_number, *right_number);
  result.one_slip = is_one_slip(one.block, other.block);
  if (!level(AddressAgreement::same_block_prefix, left == right)) return result;
  // Where one has no branch it may be any of them.
  const std::string_view shorter = one.block.size() < other.block.size() ? one.block : other.block;
  const std::string_view longer = one.block.size() < other.block.size() ? other.block : one.block;
  const bool part_of_it =
      shorter.size() < longer.size() && longer.starts_with(shorter) && longer[shorter.size()] == '-';
  if (part_of_it || !level(AddressAgreement::same_block, one.block == other.block)) return result;
  level(AddressAgreement::same_with_building, same_building(tables, one, other));
  return result;
}

double address_similarity(const AddressComparison& comparison) {
  switch (comparison.agreement) {
    case AddressAgreement::different:
      return 0;
    case AddressAgreement::same_municipality:
      return comparison.contradicts() ? 0.1 : 0.3;
    case AddressAgreement::same_town:
      if (!comparison.contradicts()) return 0.7;
      return comparison.one_slip ? 0.6 : comparison.numbers_apart == 1U ? 0.5 : 0.4;
    case AddressAgreement::same_block_prefix:
      return comparison.contradicts() ? 0.75 : 0.9;
    case AddressAgreement::same_block:
      return comparison.contradicts() ? 0.9 : 0.98;
    case AddressAgreement::same_with_building:
      return 1;
  }
  return 0;
}

}  // namespace sonae::text
