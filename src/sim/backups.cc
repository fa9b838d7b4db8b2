// Backups to a shelf that outlives every machine, and towns that are brought back from it.
#include <fmt/format.h>

#include <algorithm>

#include "sim/world.h"
#include "vault/backup.h"
#include "vault/recovery.h"
#include "vault/restore.h"

namespace sonae::sim {

namespace {
constexpr const char* kShelf = "/shelf";

std::set<FactId> facts_held(Machine& machine) {
  std::set<FactId> facts = facts_in_branches(machine);
  Positions from_the_beginning;
  for (const HeldEntry& entry : entries_held(machine, from_the_beginning))
    facts.insert(entry.fact);
  return facts;
}

}  // namespace

void World::prepare_shelf() {
  Machine& founder = machine(0);
  const town::TownProfile& profile = founder.service->town().profile();
  recovery_key_ = *vault::make_recovery_key(dice_, {profile.id, *profile.founder}, 2, 3);
  const json::object request{{"recipient", recovery_key_->recipient.text()},
                             {"holder", "officers"},
                             {"set", "sim"},
                             {"shares", 3},
                             {"need", 2}};
  if (!founder.run("recovery.add_key", json::value(request))) found("no recovery key can be recorded");
  static_cast<void>(shelf_.make_directories(kShelf, true));
  ledger_.note_own(0, founder, 0, "recovery.add_key", true);
}

void World::back_up(std::size_t index) {
  Machine& at = machine(index);
  if (seats_[index].troubles.contains(Fault::bit_flipped)) return;
  // The target is full, now and then: such a backup fails and harms no other.
  shelf_.set_full(dice_.below(8) == 0);
  Env shelf{at.clock, at.random, shelf_};
  Result<vault::BackupReport> done = fail(ErrorCode::internal, {"", ""});
  std::set<FactId> held;
  try {
    held = facts_held(at);
    const auto target = *vault::open_target(shelf, kShelf);
    done = vault::back_up(at.env, at.places, Machine::kDirectory, *target,
                          {.full = dice_.below(6) == 0, .keep = {}}, no_progress());
  } catch (const store::StoreError& failure) {
    done = std::unexpected(failure.error());
  }
  shelf_.set_full(false);
  note(fmt::format(
      "{} backs up: {}", at.name,
      done ? fmt::format("{} facts", done->facts) : std::string(kind_of(done.error().code).name)));
  if (!done) return;
  ++outcome_.backups;
  backups_.push_back({done->manifest, std::move(held)});
  if (plan_.sabotage != Sabotage::backup_lacks_facts || done->objects < 2) return;
  const auto objects = shelf_.list(std::string(kShelf) + "/objects");
  if (!objects || objects->empty()) return;
  static_cast<void>(shelf_.remove(std::string(kShelf) + "/objects/" + objects->front()));
  outcome_.sabotaged = true;
}

// The machine is gone, and the town comes back on an empty one from the shelf.
void World::restore(std::size_t index) {
  if (backups_.empty()) return;
  Seat& seat = seats_[index];
  Machine& at = *seat.machine;
  ledger_.lost(index);
  at.stop();
  mend(index);
  at.files.remove_all("/");
  at.database.put_back({});
  seat.troubles.clear();
  seat.untold.clear();
  seat.old_copy.reset();
  // Newer backups are lost with it, now and then.
  while (backups_.size() > 1 && dice_.below(3) == 0) {
    static_cast<void>(shelf_.remove(std::string(kShelf) + "/" + backups_.back().manifest));
    backups_.pop_back();
  }
  const Kept made = restore_onto(at);
  bring_up(index);
  if (!at.runs()) return;
  if (!std::ranges::includes(facts_held(at), made.held))
    found(at.name + ": a restored town lacks facts that were backed up");
  seat.troubles.insert(Fault::restored);
}

Kept World::restore_onto(Machine& at) {
  Env shelf{at.clock, at.random, shelf_};
  const auto target = *vault::open_target(shelf, kShelf);
  const auto key = *vault::join_recovery_key({recovery_key_->shares[2], recovery_key_->shares[0]});
  const auto report = vault::restore(at.env, at.places, *target, Machine::kDirectory, {key.identity, &key},
                                     {}, no_progress());
  if (!report) end(at.name + " cannot be restored: " + report.error().in(Language::english));
  note(
      fmt::format("{} is restored: {} facts, {} erased again", at.name, report->facts, report->erased_again));
  ++outcome_.restores;
  for (const vault::Loss& loss : report->lost)
    found(at.name + ": a restore lost " + loss.object + ": " + loss.what);
  for (const std::string& table : report->differing)
    found(at.name + ": a restored town differs from the lost one in " + table);
  for (const std::string& place : report->unsound)
    found(at.name + ": a restored town is not sound: " + place);
  if (!report->heads_equal) found(at.name + ": a restored town ends elsewhere than its backup");
  const auto made = std::ranges::find(backups_, report->manifest, &Kept::manifest);
  return made == backups_.end() ? Kept{} : *made;
}

// The last backup, as the proving place has it: restored into emptiness on a machine of its own.
void World::prove() {
  if (backups_.empty()) return;
  Machine place("the proving place", dice_.next(), data_);
  place.clock.set(now_);
  const Kept made = restore_onto(place);
  const Status started = place.start();
  if (!started) return found("a proof does not start: " + started.error().in(Language::english));
  if (!std::ranges::includes(facts_held(place), made.held)) found("a proof lacks facts that were backed up");
}

}  // namespace sonae::sim
