#include "town/registry/resident.h"

#include "town/registry/row_reader.h"

namespace sonae::registry {
namespace {

constexpr std::string_view kFullSpace = "　";

// The whole from its parts, or the parts from the whole where a space stands between them.
void complete_name(Arena& arena, std::string_view& whole, std::string_view& family, std::string_view& given) {
  if (whole.empty() && !(family.empty() && given.empty())) {
    whole = family.empty() ? given : given.empty() ? family : arena.keep({family, kFullSpace, given});
    return;
  }
  if (!family.empty() || !given.empty()) return;
  std::size_t space = whole.find(kFullSpace);
  std::size_t width = kFullSpace.size();
  if (const std::size_t narrow = whole.find(' '); narrow < space) space = narrow, width = 1;
  if (space == std::string_view::npos || space == 0) return;
  family = whole.substr(0, space);
  given = whole.substr(space + width);
}

Sex sex_of(std::string_view word) {
  return word == "male" ? Sex::male : word == "female" ? Sex::female : Sex::unknown;
}

// A status that no code list knows counts as living here: nobody is dropped from the list by a stray code.
ResidentStatus status_of(std::string_view word) {
  if (word == "moved_out") return ResidentStatus::moved_out;
  if (word == "died") return ResidentStatus::died;
  if (word == "removed") return ResidentStatus::removed;
  return ResidentStatus::resident;
}

}  // namespace

void RowReader::to_row(const Fields& fields, Arena& arena, ResidentRow& row) {
  const auto text = [&](Field field) { return get(fields, field); };
  row.id = text(Field::id);
  row.household = text(Field::household);
  row.name = text(Field::name);
  row.family_name = text(Field::family_name);
  row.given_name = text(Field::given_name);
  row.kana = text(Field::kana);
  row.family_kana = text(Field::family_kana);
  row.given_kana = text(Field::given_kana);
  row.former_family_name = text(Field::former_family_name);
  row.alias = text(Field::alias);
  row.alias_kana = text(Field::alias_kana);
  row.romaji = text(Field::romaji);
  row.foreign_kanji = text(Field::foreign_kanji);
  complete_name(arena, row.name, row.family_name, row.given_name);
  complete_name(arena, row.kana, row.family_kana, row.given_kana);
  for (const std::string_view other : {row.foreign_kanji, row.romaji, row.alias})
    if (row.name.empty()) row.name = other;
  row.sex = sex_of(text(Field::sex));
  const auto birth = text::parse_partial_text(text(Field::birth_date));
  row.birth = birth ? *birth : text::PartialDate{};
  row.postcode = text(Field::postcode);
  row.address = text(Field::address);
  if (row.address.empty()) {
    const std::string_view building = text(Field::building);
    row.address = arena.keep({text(Field::prefecture), text(Field::municipality), text(Field::town),
                              text(Field::block), building.empty() ? "" : kFullSpace, building});
  }
  row.phone = text(Field::phone);
  row.relation = text(Field::relation);
  if (row.relation.empty()) row.relation = text(Field::relation_codes);
  row.needs = text(Field::needs);
  row.status = status_of(text(Field::status));
  row.presence = Presence::present;
}

link::Record to_link_record(const ResidentRow& row, std::vector<std::string_view>& other_names) {
  other_names.clear();
  for (const std::string_view name : {row.alias, row.alias_kana, row.romaji, row.foreign_kanji})
    if (!name.empty() && name != row.name) other_names.push_back(name);
  link::Record record;
  record.id = row.id;
  record.household = row.household;
  record.name = row.name;
  record.family_name = row.family_name;
  record.given_name = row.given_name;
  record.kana = row.kana;
  record.family_kana = row.family_kana;
  record.given_kana = row.given_kana;
  record.other_names = other_names;
  record.former_family_name = row.former_family_name;
  record.sex = row.sex == Sex::male     ? link::Sex::male
               : row.sex == Sex::female ? link::Sex::female
                                        : link::Sex::unknown;
  record.birth = row.birth;
  record.postcode = row.postcode;
  record.address = row.address;
  record.phone = row.phone;
  return record;
}

Resident to_resident(const ResidentRow& row, Date today) {
  Resident resident;
  resident.id = ResidentId(std::string(row.id));
  resident.household = HouseholdId(std::string(row.household));
  resident.name = row.name;
  resident.kana = row.kana;
  resident.sex = row.sex;
  if (!row.birth.is_unknown()) {
    resident.birth_date = text::to_text(row.birth);
    resident.birth_date_japanese = text::to_japanese_era(row.birth);
    if (const auto whole = row.birth.whole()) resident.age = text::age_on(*whole, today);
  }
  resident.postcode = row.postcode;
  resident.address = row.address;
  resident.phone = row.phone;
  resident.relation = row.relation;
  resident.needs = row.needs;
  resident.alias = row.alias;
  resident.former_family_name = row.former_family_name;
  resident.status = row.status;
  resident.presence = row.presence;
  return resident;
}

}  // namespace sonae::registry
