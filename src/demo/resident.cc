#include "demo/resident.h"

#include <array>

#include <fmt/format.h>

namespace sonae::demo {

namespace {

struct Relation {
  std::string_view code, text;
};
constexpr std::array kRelations = {
    Relation{"02", "世帯主"},     Relation{"11", "夫"},         Relation{"12", "妻"},
    Relation{"13", "夫（未届）"}, Relation{"14", "妻（未届）"}, Relation{"20", "子"},
    Relation{"51", "父"},         Relation{"52", "母"},         Relation{"71", "兄"},
    Relation{"74", "弟"},         Relation{"81", "姉"},         Relation{"84", "妹"},
    Relation{"96", "縁故者"},     Relation{"99", "同居人"},
};

constexpr std::array<std::string_view, 10> kNeeds = {"乳幼児",   "妊産婦",   "要介護",   "車いす",
                                                     "人工透析", "在宅酸素", "視覚障害", "聴覚障害",
                                                     "認知症",   "知的障害"};

}  // namespace

std::string_view name_of(Need need) {
  return kNeeds[static_cast<std::size_t>(need)];
}

std::string full_name(const Resident& resident) {
  return resident.family.written + (resident.foreign ? " " : "　") + resident.given.written;
}

std::string full_kana(const Resident& resident) {
  return resident.family.kana + (resident.foreign ? " " : "　") + resident.given.kana;
}

std::string iso_birth(const Resident& resident) {
  const text::PartialDate& birth = resident.birth;
  std::string iso = "0000-00-00";
  const auto put = [&iso](std::size_t at, int digits, int value) {
    for (std::size_t i = at + static_cast<std::size_t>(digits); i-- > at; value /= 10)
      iso[i] = static_cast<char>('0' + value % 10);
  };
  put(0, 4, birth.year);
  put(5, 2, birth.month);
  put(8, 2, birth.day);
  return iso;
}

std::string relation_text(std::string_view codes) {
  std::string text;
  for (; codes.size() >= 2; codes.remove_prefix(2)) {
    if (!text.empty()) text += "の";
    const auto found = std::find_if(kRelations.begin(), kRelations.end(),
                                    [&](const Relation& r) { return r.code == codes.substr(0, 2); });
    text += found == kRelations.end() ? "縁故者" : found->text;
  }
  return text;
}

std::string full_address(const Address& address) {
  std::string text;
  text.reserve(96);
  for (const std::string_view part : {kPrefecture, kCounty, kMunicipality})
    text += part;
  text += address.town;
  text += address.block;
  if (!address.building.empty()) {
    text += "　";
    text += address.building;
  }
  return text;
}

int age_of(const Resident& resident, Date day) {
  const text::PartialDate& birth = resident.birth;
  if (birth.year == 0) return -1;
  const int month = std::max<int>(birth.month, 1);
  const int day_of_month = std::max<int>(birth.day, 1);
  const bool birthday_is_past = std::pair{month, day_of_month} <= std::pair<int, int>{day.month, day.day};
  return day.year - birth.year - (birthday_is_past ? 0 : 1);
}

}  // namespace sonae::demo
