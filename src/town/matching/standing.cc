#include "town/matching/standing.h"

#include <algorithm>
#include <map>

namespace sonae::matching {

State state_of(const std::vector<Decision>& decisions, std::optional<link::Decision> machine, bool named) {
  if (!decisions.empty()) {
    const auto& first = decisions.front().resident;
    const bool agree =
        std::ranges::all_of(decisions, [&](const Decision& one) { return one.resident == first; });
    if (!agree) return State::contradictory;
    return first ? State::decided : State::not_resident;
  }
  if (!named) return State::unnamed;
  if (machine == link::Decision::match) return State::matched;
  return machine == link::Decision::ask ? State::ask : State::none;
}

std::vector<Decision> decisions_on(store::Connection& connection, const reception::Entry& entry) {
  std::vector<Decision> decisions;
  const auto row = connection.query(
      "SELECT fact, resident, because, decided, seen FROM matching_decision WHERE entry = $1 ORDER BY "
      "decided, fact",
      entry.entry);
  while (row->next()) {
    Decision decision;
    decision.fact = row->id<FactId>(0);
    if (!row->is_null(1)) decision.resident = ResidentId(row->string(1));
    decision.because = row->string(2);
    decision.at = parse_hybrid_time(row->text(3)).value().wall;
    const auto seen = from_json_text<std::vector<FactId>>(row->text(4));
    decision.entry_changed = seen && *seen != entry.standing;
    decisions.push_back(std::move(decision));
  }
  return decisions;
}

std::vector<Standing> all_standings(store::Connection& connection) {
  std::map<EntryId, std::vector<Decision>> decided;
  const auto decisions =
      connection.query("SELECT entry, resident FROM matching_decision ORDER BY entry, decided, fact");
  while (decisions->next()) {
    Decision decision;
    if (!decisions->is_null(1)) decision.resident = ResidentId(decisions->string(1));
    decided[decisions->id<EntryId>(0)].push_back(std::move(decision));
  }
  std::vector<Standing> all;
  // An entry without an answer has no name, or there is no registry: reception's row says which.
  const auto row = connection.query(
      "SELECT e.entry, e.shelter, e.named, a.decision, a.resident, a.probability FROM reception_entry e LEFT "
      "JOIN "
      "local_matching_answer a ON a.entry = e.entry WHERE e.withdrawn = 0 ORDER BY e.sheet, e.line, e.place, "
      "e.entry");
  while (row->next()) {
    Standing standing;
    standing.entry = row->id<EntryId>(0);
    standing.shelter = row->string(1);
    std::optional<link::Decision> machine;
    if (!row->is_null(3)) machine = static_cast<link::Decision>(row->integer(3));
    const auto people = decided.find(standing.entry);
    const std::vector<Decision> none;
    standing.state = state_of(people == decided.end() ? none : people->second, machine, row->integer(2) != 0);
    if (standing.state == State::decided) {
      standing.resident = people->second.front().resident;
      standing.probability = 1;
    } else if (standing.state == State::matched || standing.state == State::ask) {
      standing.resident = ResidentId(row->string(4));
      standing.probability = row->real(5);
    }
    all.push_back(std::move(standing));
  }
  return all;
}

std::vector<ResidentId> residents_behind(store::Connection& connection, const EntryId& entry) {
  std::vector<ResidentId> residents;
  const auto decided = connection.query(
      "SELECT resident FROM matching_decision WHERE entry = $1 AND resident IS NOT NULL ORDER BY resident",
      entry);
  while (decided->next())
    residents.emplace_back(decided->string(0));
  if (!residents.empty()) return residents;
  const auto machine = connection.query(
      "SELECT resident FROM local_matching_answer WHERE entry = $1 AND decision <> $2 AND resident <> ''",
      entry, static_cast<int>(link::Decision::none));
  while (machine->next())
    residents.emplace_back(machine->string(0));
  return residents;
}

void for_each_confirmed(store::Connection& connection,
                        const std::function<void(const ResidentId&, const EntryId&, How)>& visit) {
  // One decision, or several that agree; a question confirms nobody.
  const auto decided = connection.query(
      "SELECT d.entry, MIN(d.resident) FROM matching_decision d JOIN reception_entry e ON e.entry = d.entry "
      "WHERE "
      "e.withdrawn = 0 AND e.condition <> 'missing' GROUP BY d.entry HAVING COUNT(*) = COUNT(d.resident) AND "
      "MIN(d.resident) = MAX(d.resident) ORDER BY d.entry");
  while (decided->next())
    visit(ResidentId(decided->string(1)), decided->id<EntryId>(0), How::decided);
  const auto matched = connection.query(
      "SELECT a.entry, a.resident FROM local_matching_answer a JOIN reception_entry e ON e.entry = a.entry "
      "WHERE "
      "a.decision = $1 AND e.withdrawn = 0 AND e.condition <> 'missing' AND NOT EXISTS (SELECT 1 FROM "
      "matching_decision d WHERE d.entry = a.entry) ORDER BY a.entry",
      static_cast<int>(link::Decision::match));
  while (matched->next())
    visit(ResidentId(matched->string(1)), matched->id<EntryId>(0), How::matched);
}

}  // namespace sonae::matching
