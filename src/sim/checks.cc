// What must hold in the end: nothing acknowledged is lost, nothing is attributed to another, and all nodes
// know the same.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "journal/testing.h"
#include "journal/verify.h"
#include "sim/standing.h"
#include "sim/world.h"
#include "town/nodes/requests.h"
#include "town/registry/reports.h"

namespace sonae::sim {

void World::compare(const std::vector<std::size_t>& members) {
  sabotage(members);
  check_promises(members);
  check_nothing_overwritten(members);
  for (const std::size_t index : members) {
    check_authors(index);
    check_soundness(index);
  }
  if (members.empty()) return found("nobody belongs to the town");
  const std::string dump = dump_of(members.front()), questions = open_questions_of(members.front());
  for (const std::size_t index : members) {
    if (const auto differs = journal::first_difference(dump, dump_of(index)))
      found(fmt::format("{} and {} have different views:\n{}", machine(members.front()).name,
                        machine(index).name, *differs));
    if (const auto differs = journal::first_difference(questions, open_questions_of(index)))
      found(fmt::format("{} and {} have different questions:\n{}", machine(members.front()).name,
                        machine(index).name, *differs));
  }
  // One of them derives everything again, for good.
  const std::size_t one = members[dice_.below(members.size())];
  if (!machine(one).journal().rebuild(no_progress())) found("the views cannot be rebuilt");
  if (const auto differs = journal::first_difference(dump, dump_of(one)))
    found(machine(one).name + " is another town after a rebuild:\n" + *differs);
  note(sha256(dump).hex());
}

void World::sabotage(const std::vector<std::size_t>& members) {
  if (plan_.sabotage == Sabotage::none || members.size() < 2) return;
  for (const std::size_t index : members) {
    // What all nodes do alike, no comparison of nodes can find.
    if (!is_done_everywhere(plan_.sabotage) && index != members.back()) continue;
    if (!tamper_with(plan_.sabotage, machine(index))) continue;
    note("sabotage is done");
    outcome_.sabotaged = true;
  }
}

void World::check_nothing_overwritten(const std::vector<std::size_t>& members) {
  for (const std::size_t index : members) {
    const auto connection = machine(index).journal().reader();
    const std::vector<std::string> expected = standing_by_entries(*connection);
    outcome_.contradictions = several_answers(expected);
    if (const auto differs =
            journal::first_difference(fmt::format("{}\n", fmt::join(expected, "\n")),
                                      fmt::format("{}\n", fmt::join(standing_by_views(*connection), "\n"))))
      return found(machine(index).name + " does not show all answers that stand:\n" + *differs);
  }
}

void World::check_promises(const std::vector<std::size_t>& members) {
  std::vector<std::set<FactId>> held;
  for (const std::size_t index : members) {
    Positions from_the_beginning;
    std::set<FactId>& here = held.emplace_back(facts_in_branches(machine(index)));
    for (const HeldEntry& entry : entries_held(machine(index), from_the_beginning))
      here.insert(entry.fact);
  }
  for (const auto& [fact, promise] : ledger_.promises()) {
    if (ledger_.excused(fact)) continue;
    std::size_t holders = 0;
    for (const auto& here : held)
      holders += here.contains(fact) ? 1 : 0;
    if (holders == held.size()) continue;
    // On no disk of a machine that belongs to the town: whoever held it was taken out, and told nobody.
    const bool told = std::ranges::any_of(
        members, [&](std::size_t index) { return ledger_.held_by(index).contains(fact); });
    if (holders == 0 && !told) {
      ledger_.excuse(fact);
      continue;
    }
    found(fmt::format("a fact that {} acknowledged at step {} ({}) is at {} of {} nodes",
                      machine(promise.machine).name, promise.step, promise.operation, holders, held.size()));
    return;
  }
}

void World::check_authors(std::size_t index) {
  Positions from_the_beginning;
  for (const HeldEntry& entry : entries_held(machine(index), from_the_beginning))
    if (!ledger_.was_written(entry))
      return found(fmt::format("{} holds a fact at position {} of log {} that nobody wrote there",
                               machine(index).name, entry.position, entry.log.node.text()));
}

std::string World::dump_of(std::size_t index) {
  std::string text;
  const auto connection = machine(index).journal().reader();
  journal::dump(*connection, machine(index).service->town().views(),
                [&](std::string_view line) { text.append(line) += '\n'; });
  return text;
}

// Everything that waits for a person, as this node would show it.
std::string World::open_questions_of(std::size_t index) {
  Machine& at = machine(index);
  std::string text;
  reception::for_each_entry(*at.journal().reader(), [&](const reception::Entry& entry) {
    if (entry.contradictory) text += to_text(to_json(entry)) + "\n";
  });
  for (const nodes::QuarantineRow& row : nodes::quarantine(at.service->nodes()).stretches)
    text += to_text(to_json(row)) + "\n";
  for (const nodes::ForkRow& row : nodes::list_forks(at.service->nodes()).forks)
    text += to_text(to_json(row)) + "\n";
  const auto open = at.ask<registry::Questions>("registry.questions", registry::QuestionsRequest{});
  text += open ? to_text(to_json(*open)) : open.error().in(Language::english);
  ledger_.note_own(index, at, step_, "registry.questions", false);
  return text;
}

void World::check_soundness(std::size_t index) {
  Machine& at = machine(index);
  const town::Town& town = at.service->town();
  const auto report =
      journal::verify(at.env, town.database(), town.journal_options(), town.views(), {}, no_progress());
  if (!report) return found(at.name + " cannot be verified: " + report.error().in(Language::english));
  for (const journal::Finding& finding : report->findings)
    found(at.name + ": verify: " + finding.place + ": " + finding.what.english);
}

}  // namespace sonae::sim
