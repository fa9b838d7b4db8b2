#include "town/shelter/to_name.h"

#include <algorithm>
#include <map>

#include "town/shelter/figures.h"

namespace sonae::shelter {

std::vector<FamilyToName> families_to_name(std::span<const reception::Entry> entries) {
  const auto unnamed = [](const FamilyMember& member) { return member.name.empty(); };
  std::map<std::string, FamilyToName> by_family;
  for (const reception::Entry& entry : entries) {
    if (!is_staying(entry) && !is_outside(entry)) continue;
    // Whoever is in no family is one of their own.
    const reception::Person& person = entry.person;
    FamilyToName& family = by_family[person.family.empty() ? entry.entry.text() : family_of(entry)];
    const Instant written = entry.written.wall;
    if (family.members.empty() || written < family.at) family.at = written;
    if (family.address.empty()) family.address = person.address;
    if (family.room.empty()) family.room = entry.room;
    family.members.push_back(
        {entry.entry, person.name.empty() ? person.kana : person.name, person.note, entry.standing});
  }
  std::vector<FamilyToName> families;
  for (auto& [key, family] : by_family) {
    if (std::ranges::none_of(family.members, unnamed)) continue;
    std::ranges::stable_sort(family.members, {}, [&](const FamilyMember& member) {
      return std::tuple(unnamed(member), unnamed(member) ? std::string_view(member.note) : "");
    });
    families.push_back(std::move(family));
  }
  std::ranges::stable_sort(families, {}, &FamilyToName::at);
  return families;
}

}  // namespace sonae::shelter
