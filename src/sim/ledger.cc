#include "sim/ledger.h"

#include <algorithm>

#include "journal/fork.h"
#include "journal/header.h"
#include "journal/merkle.h"

namespace sonae::sim {

namespace {

// The same for an entry whose body was erased.
HeldEntry held(const journal::LogId& log, std::uint64_t position, const journal::LogEntry& held) {
  HeldEntry entry{log, position, {}, {}};
  if (const auto read = journal::read_header(held.header)) entry.fact = read->id;
  const Hash body = held.body_hash ? *held.body_hash : journal::body_hash(held.salt, held.body);
  entry.content = sha256({log.node.bytes(), journal::stream_name(log.stream), held.header, body.bytes()});
  return entry;
}

}  // namespace

std::vector<HeldEntry> entries_held(Machine& machine, Positions& from) {
  std::vector<HeldEntry> all;
  const auto connection = machine.journal().reader();
  for (const journal::LogHere& log : journal::logs_here(*connection)) {
    std::uint64_t& position = from[log.log];
    if (position >= log.size) continue;
    for (const journal::LogEntry& entry :
         journal::read_entries(*connection, log.number, position, log.size, SIZE_MAX))
      all.push_back(held(log.log, position++, entry));
  }
  return all;
}

std::set<FactId> facts_in_branches(Machine& machine) {
  std::set<FactId> facts;
  const auto connection = machine.journal().reader();
  const auto row = connection->query("SELECT header FROM journal_branch");
  while (row->next())
    if (const auto header = journal::read_header(row->bytes(0))) facts.insert(header->id);
  return facts;
}

void Ledger::note_own(std::size_t index, Machine& machine, std::uint64_t step, const std::string& operation,
                      bool acknowledged) {
  Known& known = machines_[index];
  const NodeId node = machine.node();
  Positions all = known.own;
  for (const HeldEntry& entry : entries_held(machine, all)) {
    if (entry.log.node != node) continue;
    known.own[entry.log] = entry.position + 1;
    written_.insert(entry.content);
    if (!acknowledged) continue;
    known.held.insert(entry.fact);
    promises_.try_emplace(entry.fact, Promise{index, step, operation});
  }
}

void Ledger::note_taken(std::size_t index, Machine& machine) {
  Known& known = machines_[index];
  const NodeId own = machine.node();
  for (const HeldEntry& entry : entries_held(machine, known.all)) {
    if (entry.log.node == own) continue;
    known.held.insert(entry.fact);
    known.taken[entry.log.node].insert(entry.fact);
  }
}

void Ledger::note_given(std::size_t index, const NodeId& own) {
  for (const Known& other : machines_)
    if (const auto of_this = other.taken.find(own); of_this != other.taken.end())
      machines_[index].held.insert(of_this->second.begin(), of_this->second.end());
}

void Ledger::note_receipt(std::size_t index, std::uint64_t step, const std::string& operation,
                          const FactId& fact) {
  promises_.try_emplace(fact, Promise{index, step, operation});
  machines_[index].held.insert(fact);
}

void Ledger::lost(std::size_t index) {
  const std::set<FactId> was = std::move(machines_[index].held);
  machines_[index] = {};
  for (const FactId& fact : was) {
    const bool elsewhere =
        std::ranges::any_of(machines_, [&](const Known& other) { return other.held.contains(fact); });
    if (!elsewhere) excused_.insert(fact);
  }
}

std::vector<FactId> Ledger::restarted(std::size_t index, Machine& machine, bool durable) {
  Known& known = machines_[index];
  known.own.clear();
  known.all.clear();
  std::set<FactId> here;
  for (const HeldEntry& entry : entries_held(machine, known.all))
    here.insert(entry.fact);
  note_own(index, machine, 0, "restart", false);
  std::vector<FactId> missing;
  std::ranges::set_difference(known.held, here, std::back_inserter(missing));
  if (durable) known.held.insert(here.begin(), here.end());
  return missing;
}

}  // namespace sonae::sim
