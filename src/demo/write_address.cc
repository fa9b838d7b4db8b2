#include "demo/hand.h"
#include "demo/kana.h"

namespace sonae::demo {

std::string write_block(const std::string& registered, AddressStyle style) {
  static constexpr std::string_view kBanchi = "番地";
  const std::size_t at = registered.find(kBanchi);
  if (at == std::string::npos) return registered;
  const std::string number = registered.substr(0, at);
  const std::string branch = registered.substr(at + kBanchi.size());
  switch (style) {
    case AddressStyle::registry:
    case AddressStyle::municipality:
    case AddressStyle::town:
      return registered;
    case AddressStyle::town_hyphens:
      return branch.empty() ? number : number + "-" + branch;
    case AddressStyle::town_no:
      return branch.empty() ? number : number + "の" + branch;
    case AddressStyle::wide_hyphens:
      return in_full_width(branch.empty() ? number : number + "-" + branch);
    case AddressStyle::oaza:
      return branch.empty() ? registered : number + "番地の" + branch;
  }
  return registered;
}

std::string write_address(const Address& address, AddressStyle style) {
  std::string text;
  if (style == AddressStyle::registry) {
    text += kPrefecture;
    text += kCounty;
  }
  if (style == AddressStyle::registry || style == AddressStyle::municipality) text += kMunicipality;
  if (style == AddressStyle::oaza) text += "大字";
  text += address.town;
  text += write_block(address.block, style);
  if (!address.building.empty()) {
    text += "　";
    text += address.building;
  }
  return text;
}

}  // namespace sonae::demo
