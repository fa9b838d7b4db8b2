// One shelter's desk, the list for its wall, and all shelters at a glance.
#include <algorithm>
#include <map>

#include "town/shelter/figures.h"
#include "town/shelter/inside.h"
#include "town/shelter/to_name.h"

namespace sonae::shelter {

using reception::Entry;

namespace {

bool needs(const Entry& entry, std::string_view code) {
  return std::ranges::find(entry.person.needs, code) != entry.person.needs.end();
}

DeskPerson person_of(const Entry& entry, Date today) {
  return {entry.entry, entry.person.name,  entry.person.kana, age_of(entry.person, today),
          entry.room,  entry.person.needs, entry.person.note};
}

void serve(const Entry& entry, Date today, Meals& meals) {
  if (is_outside(entry)) ++meals.outside;
  if (!is_staying(entry)) return;
  const bool infant = age_group(entry.person, today) == kAgeGroups.front() || needs(entry, "infant");
  const bool special = needs(entry, "food"), allergy = needs(entry, "allergy");
  meals.infant += infant;
  meals.special += special;
  meals.allergy += allergy;
  meals.ordinary += !infant && !special && !allergy;
}

std::vector<Room> rooms_of(const std::vector<Entry>& entries) {
  struct Inmates {
    std::int64_t persons = 0, alone = 0;
    std::set<std::string> families;
  };
  std::map<std::string, Inmates> by_room;
  for (const Entry& entry : entries) {
    if (!is_staying(entry)) continue;
    Inmates& room = by_room[entry.room];
    ++room.persons;
    if (entry.person.family.empty())
      ++room.alone;
    else
      room.families.insert(family_of(entry));
  }
  std::vector<Room> rooms;
  for (const auto& [name, room] : by_room)
    rooms.push_back({name, room.persons, room.alone + static_cast<std::int64_t>(room.families.size())});
  std::ranges::stable_sort(rooms, std::greater(), &Room::persons);
  return rooms;
}

std::string reading_of(const Entry& entry) {
  return entry.person.kana.empty() ? entry.person.name : entry.person.kana;
}

std::optional<Instant> last_report(store::Connection& connection, const std::string& shelter) {
  const auto reports = reports_in(connection, {shelter, std::nullopt});
  return reports.empty() ? std::nullopt : std::optional(reports.front().sent);
}

}  // namespace

Result<Desk> Shelters::desk(api::Call& call, const DeskRequest& request) {
  TRY(check_shelter(request.shelter));
  const auto connection = inside_->town.journal().reader();
  const Date today = inside_->town.today();
  std::vector<Entry> entries = inside_->entries_of(call, *connection, request.shelter);
  std::ranges::stable_sort(entries, {}, reading_of);
  Desk desk{request.shelter, today, {}, {}, rooms_of(entries), {}, families_to_name(entries), {}, {}, {}, {}};
  Counting counting(today);
  std::vector<std::string> shown;
  std::map<std::string, NeedOnBoard> board;
  for (const Entry& entry : entries) {
    counting.add(entry);
    serve(entry, today, desk.meals);
    if (is_staying(entry) || is_outside(entry))
      for (const std::string& code : entry.person.needs) {
        NeedOnBoard& need = board[code];
        need.code = code;
        need.persons.push_back(person_of(entry, today));
      }
    if (entry.since.stay && entry.since.stay->stay != reception::StayKind::shelter)
      desk.leavers.push_back({entry.entry, entry.person.name, entry.since.stay->stay,
                              entry.since.stay->address, entry.since.stay->at});
    if (entry.contradictory) desk.questions.push_back(person_of(entry, today));
    if (entry.contradictory || !entry.person.needs.empty() || (entry.since.stay && !is_staying(entry)))
      shown.push_back(access::shown(entry.entry));
  }
  for (const FamilyToName& family : desk.to_name)
    for (const FamilyMember& member : family.members)
      shown.push_back(access::shown(member.entry));
  std::ranges::sort(shown);
  shown.erase(std::unique(shown.begin(), shown.end()), shown.end());
  for (auto& [code, need] : board) {
    need.name = inside_->name_of_need(code, call.language);
    desk.needs.push_back(std::move(need));
  }
  std::ranges::stable_sort(desk.needs, std::greater(), [](const NeedOnBoard& n) { return n.persons.size(); });
  std::ranges::stable_sort(desk.leavers, std::greater(),
                           [](const Leaver& leaver) { return leaver.at.value_or(Instant{0}); });
  desk.figures = counting.figures();
  desk.supplies = supplies_in(*connection, request.shelter, true);
  desk.reported = last_report(*connection, request.shelter);
  TRY(inside_->access.record_look(call, "shelter.desk", std::move(shown)));
  return desk;
}

Result<Wall> Shelters::wall(api::Call& call, const DeskRequest& request) {
  TRY(check_shelter(request.shelter));
  const auto connection = inside_->town.journal().reader();
  const std::set<EntryId> hidden = inside_->reception.hidden_from_public(*connection);
  Wall wall{request.shelter, inside_->town.env().clock.now(), {}, 0};
  std::vector<Entry> entries;
  reception::for_each_entry_of(*connection, request.shelter, [&](const Entry& entry) {
    if (!is_staying(entry) || entry.person.name.empty() || hidden.contains(entry.entry)) return;
    if (reception::allows(entry, reception::Audience::wall) && !entry.contradictory)
      entries.push_back(entry);
    else
      ++wall.not_shown;
  });
  std::ranges::stable_sort(entries, {}, reading_of);
  std::vector<std::string> shown;
  for (const Entry& entry : entries) {
    wall.persons.push_back({entry.person.name, entry.person.kana, entry.room});
    shown.push_back(access::shown(entry.entry));
  }
  TRY(inside_->access.record_look(call, "shelter.wall", std::move(shown)));
  return wall;
}

Result<Overview> Shelters::overview(api::Call& call) {
  const auto connection = inside_->town.journal().reader();
  const Date today = inside_->town.today();
  const std::set<EntryId> hidden = inside_->reception.hidden_from(call, *connection);
  Overview overview{today, {}, 0, 0, 0};
  std::map<std::string, Counting> counting;
  std::map<std::string, ShelterAtAGlance> shelters;
  for (const reception::Shelter& shelter : reception::shelters(*connection))
    if (shelter.opened) shelters[shelter.name];
  reception::for_each_entry(*connection, [&](const Entry& entry) {
    if (hidden.contains(entry.entry)) return;
    counting.try_emplace(entry.shelter, today).first->second.add(entry);
    auto& heard = shelters[entry.shelter].heard;
    if (!heard || *heard < entry.written.wall) heard = entry.written.wall;
    overview.contradictory += entry.contradictory;
  });
  for (const Supply& supply : supplies_in(*connection, std::nullopt, true)) {
    ShelterAtAGlance& shelter = shelters[supply.shelter];
    ++shelter.open_supplies;
    shelter.urgent_supplies += supply.urgent;
  }
  for (const Report& report : reports_in(*connection, {})) {
    auto& reported = shelters[report.shelter].reported;
    if (!reported || *reported < report.sent) reported = report.sent;
  }
  for (auto& [name, shelter] : shelters) {
    shelter.shelter = name;
    if (const auto found = counting.find(name); found != counting.end())
      shelter.figures = found->second.figures();
    overview.staying += shelter.figures.staying;
    overview.outside += shelter.figures.outside;
    overview.shelters.push_back(std::move(shelter));
  }
  std::ranges::stable_sort(overview.shelters, std::greater(),
                           [](const ShelterAtAGlance& one) { return one.figures.staying; });
  return overview;
}

}  // namespace sonae::shelter
