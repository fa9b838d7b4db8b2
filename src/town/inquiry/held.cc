#include "town/inquiry/held.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "text/fold.h"
#include "town/inquiry/knowable.h"
#include "town/matching/rows.h"
#include "town/matching/standing.h"

namespace sonae::inquiry {

namespace {

// Records are named "<number of the person>.<which of them>".
std::string record_id(std::size_t person, std::size_t which) {
  return std::to_string(person) + "." + std::to_string(which);
}

}  // namespace

// Who is protected may stand on a list under a decision "nobody in the registry": their names keep entries
// of no resident out.
std::set<std::string> names_kept_out(const text::Tables& tables, registry::Registry& registry,
                                     const registry::OutputFilter& allowed) {
  std::set<std::string> names;
  registry.for_each_current([&](const registry::ResidentRow& row) {
    if (allowed.may_show(row.id)) return;
    for (const std::string_view name : {row.name, row.alias, row.romaji, row.foreign_kanji})
      if (!name.empty()) names.insert(text::fold_name(tables, name));
    if (!row.kana.empty()) names.insert(text::fold_kana(row.kana));
  });
  return names;
}

Gathered gather(town::Town& town, registry::Registry& registry, store::Connection& connection,
                const registry::OutputFilter& allowed) {
  std::map<EntryId, matching::Standing> standing;
  for (matching::Standing& one : matching::all_standings(connection))
    standing.emplace(one.entry, std::move(one));
  const std::set<std::string> kept_out = names_kept_out(town.tables(), registry, allowed);
  const auto is_kept_out = [&](const reception::Person& person) {
    return kept_out.contains(text::fold_name(town.tables(), person.name)) ||
           (!person.kana.empty() && kept_out.contains(text::fold_kana(person.kana)));
  };
  Gathered all;
  std::map<ResidentId, std::size_t> by_resident;
  reception::for_each_entry(connection, [&](const reception::Entry& entry) {
    using enum matching::State;
    const auto found = standing.find(entry.entry);
    if (found == standing.end() || entry.person.name.empty()) return;
    // Whom the entry means is open: nobody is told of either.
    const matching::State state = found->second.state;
    if (state == ask || state == contradictory || entry.contradictory) return;
    if (entry.person.condition == reception::Condition::missing) return;
    const std::optional<ResidentId>& resident =
        state == decided || state == matched ? found->second.resident : std::nullopt;
    if (resident ? !allowed.may_show(*resident) : is_kept_out(entry.person)) return;
    std::size_t person = all.people.size();
    if (resident) person = by_resident.try_emplace(*resident, person).first->second;
    if (person == all.people.size()) all.people.push_back({resident, {}});
    all.people[person].entries.push_back(entry.entry);
    all.entries.push_back(entry);
    all.person_of.push_back(person);
  });
  return all;
}

std::shared_ptr<const Held> Held::build(town::Town& town, registry::Registry& registry,
                                        store::Connection& connection,
                                        const registry::OutputFilter& allowed) {
  Gathered all = gather(town, registry, connection, allowed);
  const std::shared_ptr<const text::Gazetteer> gazetteer(std::shared_ptr<void>(), &town.gazetteer());
  const std::shared_ptr<const text::Tables> tables(std::shared_ptr<void>(), &town.tables());
  link::RegistryBuilder builder({tables, gazetteer, town.today()}, all.entries.size() * 2);
  matching::Rows rows(town.today());
  for (const reception::Entry& entry : all.entries)
    rows.add(entry);
  std::map<EntryId, std::size_t> person_of;
  for (std::size_t i = 0; i < all.entries.size(); ++i)
    person_of.emplace(all.entries[i].entry, all.person_of[i]);
  const std::vector<link::Record> records = rows.records();
  for (std::size_t row = 0; row < records.size(); ++row) {
    const std::string id = record_id(person_of.at(rows.entry(row)), row + 1);
    link::Record record = records[row];
    record.id = id;
    record.household = {};
    builder.add(record);
  }
  std::vector<std::string_view> other_names;
  for (std::size_t person = 0; person < all.people.size(); ++person) {
    if (!all.people[person].resident) continue;
    const std::string id = record_id(person, 0);
    registry.find(*all.people[person].resident, [&](const registry::ResidentRow& row) {
      link::Record record = registry::to_link_record(row, other_names);
      record.id = id;
      builder.add(record);
    });
  }
  std::shared_ptr<Held> held(new Held(builder.finish(1)));
  held->people_ = std::move(all.people);
  return held;
}

std::vector<const Known*> Held::find(std::string_view line, std::size_t limit) const {
  link::SearchOptions options;
  options.limit = limit * 4;  // a person may be found by several records
  std::vector<const Known*> found;
  for (const link::Found& one : search_.find(line, options)) {
    std::size_t person = 0;
    std::from_chars(one.resident.data(), one.resident.data() + one.resident.size(), person);
    const Known* const known = &people_.at(person);
    if (found.size() < limit && std::ranges::find(found, known) == found.end()) found.push_back(known);
  }
  return found;
}

}  // namespace sonae::inquiry
