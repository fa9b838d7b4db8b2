// Who needs care and has not been reached: the registry's needs and the lists, minus those on shelters' lists
// and those whom a team has reached.
#include <algorithm>
#include <set>

#include "town/headquarters/inside.h"
#include "town/safety/places.h"

namespace sonae::headquarters {

namespace {

CareState state_of(const Care& care, bool on_list) {
  if (care.contradictory) return CareState::question;
  if (on_list) return CareState::reached;
  if (care.found) switch (care.found->found) {
      case Finding::reached:
        return CareState::reached;
      case Finding::not_at_home:
        return CareState::not_at_home;
      case Finding::needs_transport:
        return CareState::needs_transport;
    }
  return care.team.empty() ? CareState::waiting : CareState::assigned;
}

CareRow row_of(const registry::Resident& resident, const Care& care, bool on_list, const std::string& town,
               Language language) {
  CareRow row;
  row.resident = resident.id;
  row.name = resident.name;
  row.kana = resident.kana;
  row.age = resident.age;
  if (resident.sex != registry::Sex::unknown)
    row.sex =
        (resident.sex == registry::Sex::male ? Phrase{"男", "male"} : Phrase{"女", "female"}).in(language);
  row.address = resident.address;
  row.town = town;
  row.phone = resident.phone;
  row.needs = care.listed && !care.listed->needs.empty() ? care.listed->needs : resident.needs;
  if (care.listed) row.supporter = care.listed->supporter, row.note = care.listed->note;
  row.state = state_of(care, on_list);
  row.on_list = on_list;
  row.team = care.team;
  if (care.found) row.found_at = care.found->at, row.found_note = care.found->note;
  row.standing = care.findings;
  return row;
}

void count(CareCount& into, const CareRow& row) {
  ++into.listed;
  into.reached += row.state == CareState::reached;
  into.needs_transport += row.state == CareState::needs_transport;
  into.not_at_home += row.state == CareState::not_at_home;
  into.waiting += row.state == CareState::waiting;
}

std::vector<CareCount> sorted(std::map<std::string, CareCount>& counts) {
  std::vector<CareCount> list;
  for (auto& [name, one] : counts) {
    one.name = name;
    list.push_back(std::move(one));
  }
  // Where the most are still to be reached first.
  std::ranges::stable_sort(list, std::ranges::greater{},
                           [](const CareCount& one) { return one.listed - one.reached; });
  return list;
}

}  // namespace

Result<std::vector<CareRow>> Headquarters::Inside::rows(api::Call& call,
                                                        const safety::AreaChoice& area) const {
  TRY(matching.catch_up(call.progress));
  const safety::PlacedIn placed = TRY(safety.placed_in(area));
  const registry::OutputFilter filter = registry.output_filter(call.actor, town.today());
  const auto connection = town.journal().reader();
  const auto care = all_care(*connection);
  std::set<ResidentId> on_list;
  matching::for_each_confirmed(
      *connection, [&](const ResidentId& id, const EntryId&, matching::How) { on_list.insert(id); });
  static const Care kNothing;
  std::vector<CareRow> rows;
  for (const safety::PlacedResident& one : placed.residents->residents) {
    const ResidentId id(one.id);
    const auto said = care.find(id);
    const Care& about = said == care.end() ? kNothing : said->second;
    if (about.unlisted || (one.needs == 0 && !about.listed)) continue;
    if (placed.where[one.place] == safety::Where::outside || !filter.may_show(id)) continue;
    const auto resident = registry.find(id);
    if (!resident) continue;
    rows.push_back(row_of(*resident, about, on_list.contains(id), placed.residents->places[one.place].town,
                          call.language));
  }
  std::ranges::sort(rows, {}, [](const CareRow& row) {
    return std::tuple(row.town.empty(), row.town, row.address, row.resident);
  });
  return rows;
}

Result<CareAnswer> Headquarters::care(api::Call& call, const CareRequest& request) {
  const std::int64_t offset = std::max<std::int64_t>(request.offset.value_or(0), 0);
  const std::int64_t limit = std::clamp<std::int64_t>(request.limit.value_or(200), 0, 1000);
  std::vector<CareRow> rows = TRY(inside_->rows(call, request));
  CareAnswer answer;
  answer.at = inside_->town.env().clock.now();
  std::map<std::string, CareCount> by_town, by_team;
  for (const CareRow& row : rows) {
    count(answer.all, row);
    count(by_town[row.town], row);
    if (!row.team.empty()) count(by_team[row.team], row);
  }
  answer.by_town = sorted(by_town);
  answer.by_team = sorted(by_team);
  std::vector<std::string> shown;
  for (CareRow& row : rows) {
    if (request.team && row.team != *request.team) continue;
    if (request.state && row.state != *request.state) continue;
    if (!request.state && !request.all.value_or(false) && row.state == CareState::reached) continue;
    if (answer.rows_total >= offset && answer.rows_total < offset + limit) {
      shown.push_back(access::shown(row.resident));
      answer.rows.push_back(std::move(row));
    }
    ++answer.rows_total;
  }
  if (!shown.empty()) TRY(inside_->access.record_look(call, "care.list", std::move(shown)));
  return answer;
}

Result<SheetAnswer> Headquarters::sheet(api::Call& call, const SheetRequest& request) {
  if (request.team.empty())
    return fail(ErrorCode::invalid_input, {"班を選んでください", "Name the team"}, "team");
  std::vector<CareRow> rows = TRY(inside_->rows(call, {}));
  SheetAnswer answer;
  answer.team = request.team;
  answer.at = inside_->town.env().clock.now();
  std::vector<std::string> shown;
  for (CareRow& row : rows) {
    if (row.team != request.team || row.state == CareState::reached) continue;
    shown.push_back(access::shown(row.resident));
    answer.rows.push_back({std::move(row.name), std::move(row.kana), row.age, std::move(row.sex),
                           std::move(row.address), std::move(row.phone), std::move(row.needs),
                           std::move(row.supporter), row.state});
  }
  TRY(inside_->access.record_look(call, "care.sheet", std::move(shown)));
  return answer;
}

}  // namespace sonae::headquarters
