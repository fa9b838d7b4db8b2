#include "sim/operators.h"

#include <algorithm>

#include "demo/layouts.h"
#include "demo/names.h"
#include "demo/next_day.h"
#include "demo/places.h"
#include "sim/acts.h"

namespace sonae::sim {

namespace {

constexpr std::uint64_t kResidents = 60;

template <class Source>
Bytes registry_file(Source& source, const demo::TownOptions& options,
                    std::vector<demo::Resident>* residents) {
  std::string text(demo::head_of(demo::Layout::simple));
  while (const demo::Household* const household = source.next())
    for (const demo::Resident& resident : *household) {
      demo::append_record(text, demo::Layout::simple, resident, options.as_of);
      if (residents != nullptr) residents->push_back(resident);
    }
  return text;
}

// The receipts that an answer gives, under whatever name.
void collect_receipts(const json::value& answer, std::vector<FactId>& receipts) {
  const auto take = [&](const json::value& value) {
    if (!value.is_string()) return;
    if (const auto id = FactId::parse(std::string(value.as_string()))) receipts.push_back(*id);
  };
  if (!answer.is_object()) return;
  const json::object& members = answer.as_object();
  if (const auto* one = members.if_contains("receipt")) take(*one);
  if (const auto* all = members.if_contains("receipts"); all != nullptr && all->is_array())
    for (const json::value& one : all->as_array())
      take(one);
  if (const auto* persons = members.if_contains("persons"); persons != nullptr && persons->is_array())
    for (const json::value& one : persons->as_array())
      if (one.is_object() && one.as_object().contains("fact")) take(one.at("fact"));
}

}  // namespace

People make_people(std::uint64_t seed, const std::string& data_directory) {
  static const demo::Names names = *demo::Names::open(real_env(), data_directory);
  static const demo::Places places = *demo::Places::open(real_env(), data_directory);
  const demo::TownOptions options{.seed = seed, .residents = kResidents};
  People people;
  demo::Town town(names, places, options);
  people.registry_first = registry_file(town, options, &people.residents);
  demo::Town again(names, places, options);
  demo::NextDay next(again);
  people.registry_second = registry_file(next, options, nullptr);
  // Two vanish without a word: a question for each.
  for (int line = 0; line < 2; ++line)
    people.registry_second.resize(people.registry_second.rfind('\n', people.registry_second.size() - 2) + 1);
  return people;
}

EntryId Acting::some_entry() {
  if (people.topic) return people.topic->entry;
  // Often one of a few: what two people do to one entry, without knowing of each other, is what matters.
  constexpr std::size_t kTalkedOf = 3;
  if (once_in(3) && people.entries.size() > kTalkedOf)
    return people.entries[people.entries.size() / 2 + dice.below(kTalkedOf - 1)];
  if (!once_in(6))
    if (const auto entry = entry_here()) return entry->entry;
  if (const EntryId* const heard_of = any(people.entries)) return *heard_of;
  return dice.id<EntryId>();
}

std::optional<reception::Entry> Acting::entry_here() {
  std::vector<reception::Entry> all;
  try {
    reception::for_each_entry(*machine.journal().reader(), [&](const reception::Entry& entry) {
      if (!people.topic || people.topic->entry == entry.entry) all.push_back(entry);
    });
  } catch (const store::StoreError&) {
    return std::nullopt;  // the disk fails: whoever sits there sees nothing
  }
  if (all.empty()) return std::nullopt;
  return all[dice.below(all.size())];
}

ResidentId Acting::some_resident() {
  if (people.topic) return people.topic->resident;
  if (once_in(12)) return ResidentId("nobody");
  return ResidentId(people.residents[dice.below(people.residents.size())].id);
}

const demo::Resident& Acting::somebody() {
  if (people.topic)
    for (const demo::Resident& resident : people.residents)
      if (resident.id == people.topic->resident.text()) return resident;
  return people.residents[dice.below(people.residents.size())];
}

NodeId Acting::some_node() {
  if (people.topic) return people.topic->node;
  const NodeId* const heard_of = any(people.nodes);
  return heard_of == nullptr || once_in(12) ? dice.id<NodeId>() : *heard_of;
}

Act Acting::finish(const std::string& operation, const Result<json::value>& answer) {
  Act made;
  made.operation = operation;
  made.done = answer.has_value();
  made.outcome = answer ? "done" : std::string(kind_of(answer.error().code).name);
  if (answer) collect_receipts(*answer, made.receipts);
  return made;
}

const std::vector<std::string>& operations_tried() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> names;
    for (const auto* const acts : {&acts_of_reception(), &acts_of_town(), &acts_of_desks()})
      for (const auto& [name, actor] : *acts)
        names.push_back(name);
    return names;
  }();
  return all;
}

Act act(const std::string& operation, Machine& machine, People& people, SeededRandom& dice) {
  Acting acting{machine, people, dice};
  Actor actor = nullptr;
  for (const auto* const acts : {&acts_of_reception(), &acts_of_town(), &acts_of_desks()})
    if (const auto found = acts->find(operation); found != acts->end()) actor = found->second;
  try {
    return actor(acting, operation);
  } catch (const store::StoreError& failure) {
    // The disk fails while somebody only looks round: nothing is done.
    return acting.finish(operation, std::unexpected(failure.error()));
  }
}

Act act(Machine& machine, People& people, SeededRandom& dice) {
  // Most of what happens in a shelter is that people arrive.
  if (dice.below(4) == 0) return act("reception.receive", machine, people, dice);
  const auto& all = operations_tried();
  std::string chosen = all[dice.below(all.size())];
  // Machines are taken out of the town rarely, and then seldom the right one.
  if (chosen == "nodes.revoke" && dice.below(8) != 0) chosen = "reception.change";
  if (chosen == "erasure.erase" && dice.below(3) != 0) chosen = "reception.change";
  return act(chosen, machine, people, dice);
}

}  // namespace sonae::sim
