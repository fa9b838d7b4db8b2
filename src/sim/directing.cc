// Each history leans towards one kind of fault, by its seed, and within it operations are preferred that this
// kind has not met yet: so that few histories fill the table of coverage.
#include <algorithm>
#include <map>
#include <span>

#include "sim/world.h"
#include "town/nodes/requests.h"

namespace sonae::sim {

namespace {

bool concerns_sticks(Fault fault) {
  return fault == Fault::stick_late || fault == Fault::stick_twice || fault == Fault::stick_damaged;
}
bool concerns_lines(Fault fault) {
  return fault >= Fault::frames_lost && fault <= Fault::one_way;
}

// What must have been done at a machine before an operation can succeed there.
std::span<const char* const> needs_of(const std::string& operation) {
  static const std::map<std::string, std::vector<const char*>> all{
      {"access.grant", {"access.open_account"}},
      {"claim.confirm", {"claim.make"}},
      {"claim.refuse", {"claim.make"}},
      {"claim.reopen", {"claim.make", "claim.refuse"}},
      {"erasure.erase", {"reception.receive"}},
      {"inquiry.answer", {"reception.receive", "inquiry.ask"}},
      {"inquiry.correct", {"inquiry.ask", "inquiry.answer"}},
      {"inquiry.withdraw", {"inquiry.ask"}},
      {"matching.decide", {"reception.receive"}},
      {"matching.pick", {"reception.receive"}},
      {"matching.same_person", {"reception.receive", "reception.receive"}},
      {"matching.take_back", {"reception.receive", "matching.decide"}},
      {"reception.change", {"reception.receive"}},
      {"reception.correct", {"reception.receive"}},
      {"reception.restore", {"reception.receive", "reception.withdraw"}},
      {"reception.undo_change", {"reception.receive", "reception.change"}},
      {"reception.withdraw", {"reception.receive"}},
      {"registry.answer_vanished", {"registry.import", "registry.import"}},
      {"registry.lift_protection", {"registry.protect"}},
      {"shelter.settle_supply", {"shelter.ask_supply"}}};
  const auto found = all.find(operation);
  return found == all.end() ? std::span<const char* const>{} : found->second;
}

// None where the disk fails.
std::set<EntryId> entries_shown(Machine& machine) {
  std::set<EntryId> all;
  try {
    reception::for_each_entry(*machine.journal().reader(),
                              [&](const reception::Entry& entry) { all.insert(entry.entry); });
  } catch (const store::StoreError&) {
    return {};
  }
  return all;
}

}  // namespace

Fault focus_of(const HistoryPlan& plan) {
  if (plan.sabotage == Sabotage::old_copy_keeps_its_key) return Fault::put_back;
  if (plan.sabotage == Sabotage::backup_lacks_facts) return Fault::restored;
  const std::vector<Fault> all = all_faults();
  return all[plan.seed % all.size()];
}

bool World::leans_on_sticks() const {
  return concerns_sticks(focus_);
}

// An operation that the kind of fault has not met in this history; nothing where it has met all.
std::optional<std::string> World::operation_to_try() {
  std::vector<std::string> left;
  for (const std::string& operation : operations_tried())
    if (!outcome_.coverage.has(operation, focus_) && operation != "nodes.revoke") left.push_back(operation);
  // Late, or few machines are left to do anything.
  if (!outcome_.coverage.has("nodes.revoke", focus_) && (left.size() < 4 || step_ > plan_.steps / 2))
    left.push_back("nodes.revoke");
  if (left.empty()) return std::nullopt;
  return left[dice_.below(left.size())];
}

// A machine where the fault stands, else one that may still write.
std::size_t World::machine_to_try() {
  std::vector<std::size_t> with, writing;
  for (std::size_t i = 0; i < seats_.size(); ++i) {
    const std::set<Fault>& troubles = seats_[i].troubles;
    if (troubles.contains(focus_)) with.push_back(i);
    if (!troubles.contains(Fault::revoked) && !troubles.contains(Fault::cloned)) writing.push_back(i);
  }
  if (with.empty()) with = std::move(writing);
  return with.empty() ? any_machine() : with[dice_.below(with.size())];
}

// Where the fault meets an operation only if it is done, the ground is prepared for it.
void World::prepare(std::size_t index, const std::string& operation) {
  if (!concerns_sticks(focus_) && !concerns_lines(focus_) && focus_ != Fault::power_cut) return;
  if (dice_.below(5) == 0) return;
  preparing_ = true;  // nothing of this is cut short
  // About somebody whom no registry knows, by the family name: somebody must choose.
  if (operation == "inquiry.answer" || operation == "inquiry.correct")
    people_.topic = Topic{dice_.id<EntryId>(), people_.some_resident(dice_), machine(index).node(), true};
  for (const char* const need : needs_of(operation))
    somebody_does(index, need);
  people_.topic.reset();
  if (operation == "nodes.judge") let_wait(index);
  if (operation == "nodes.take_over") let_fork(index);
  preparing_ = false;
}

// A directory is copied to another machine, and what is written there comes by stick: nobody here knows the
// new node.
void World::let_wait(std::size_t index) {
  const std::size_t other = any_machine();
  if (other == 0 || other == index) return;
  set_up_from(index, other, false);
  somebody_does(other, "reception.receive");
  if (write_stick(other, index)) read_stick(sticks_.back(), false);
}

// Two machines go on under one key, and somebody meets both.
void World::let_fork(std::size_t index) {
  if (seats_.size() < 4) return;
  std::size_t one = 0, other = 0;
  while (one == 0 || one == index)
    one = any_machine();
  while (other == 0 || other == index || other == one)
    other = any_machine();
  set_up_from(one, other, true);
  for (const std::size_t each : {one, other})
    somebody_does(each, "reception.receive");
  for (const std::size_t each : {one, other})
    two_exchange(index, each, {});
}

// What was done travels on at once, the way on which this history leans.
void World::carry_on(std::size_t index) {
  if (step_ == 0 || dice_.below(4) == 0) return;
  const std::size_t other = any_machine();
  if (other == index) return;
  if (concerns_lines(focus_)) two_exchange(index, other, bad_line(true));
  if (!concerns_sticks(focus_)) return;
  if (!write_stick(index, other) || focus_ == Fault::stick_late) return;
  read_stick(sticks_.back(), focus_ == Fault::stick_damaged);
  if (focus_ == Fault::stick_twice) read_stick(sticks_.back(), false);
}

// At the end people at two machines that do not hear of each other any more answer the same questions: what
// they say apart is to stand side by side.
void World::disagree() {
  if (seats_.size() < 2) return;
  const std::size_t one = any_machine(), other = (one + 1 + dice_.below(seats_.size() - 1)) % seats_.size();
  somebody_does(one, "reception.receive");
  two_exchange(one, other, {});
  const std::set<EntryId> here = entries_shown(machine(one)), there = entries_shown(machine(other));
  std::vector<EntryId> both;
  std::ranges::set_intersection(here, there, std::back_inserter(both));
  if (both.empty()) both.push_back(dice_.id<EntryId>());
  people_.topic = Topic{both[dice_.below(both.size())], people_.some_resident(dice_),
                        people_.nodes[dice_.below(people_.nodes.size())]};
  for (const char* const operation : {"reception.change", "reception.correct", "matching.decide",
                                      "registry.protect", "nodes.rename", "reception.open_shelter"})
    for (const std::size_t index : {one, other})
      somebody_does(index, operation);
  people_.topic.reset();
  // And something whose time has come is erased.
  for (const std::size_t index : {one, other})
    somebody_does(index, "erasure.erase");
}

void World::lean() {
  if (concerns_sticks(focus_) || concerns_lines(focus_) || focus_ == Fault::power_cut) return;
  if (std::ranges::any_of(seats_, [&](const Seat& seat) { return seat.troubles.contains(focus_); })) return;
  if (seats_.size() < 2 || step_ < 4 || dice_.below(3) != 0) return;
  bring_about(focus_, 1 + dice_.below(seats_.size() - 1));
}

void World::bring_about(Fault fault, std::size_t index) {
  Seat& seat = seats_[index];
  switch (fault) {
    case Fault::clock_drifts:
    case Fault::cut_off:
      seat.troubles.insert(fault);
      return note(seat.machine->name +
                  (fault == Fault::cut_off ? " is cut off" : " has a clock that drifts"));
    case Fault::clock_jumped:
      return set_clock_wrong(index);
    case Fault::disk_full:
      return trouble_with_disk(index, 0);
    case Fault::disk_fails:
      return trouble_with_disk(index, 1);
    case Fault::bit_flipped:
      return trouble_with_disk(index, 2);
    case Fault::restarted:
      note(seat.machine->name + " loses power");
      return power_cut(index);
    case Fault::put_back:
      if (!seat.old_copy) return trouble_with_copies(index, 0);
      return put_back(index, dice_.below(3));
    case Fault::copied:
    case Fault::cloned:
      return set_up_from(dice_.below(index), index, fault == Fault::cloned);
    case Fault::restored:
      back_up(dice_.below(index));
      return restore(index);
    case Fault::revoked: {
      if (machine(index).node() == machine(0).node())
        return;  // a clone of the founder: the town would be headless
      const nodes::RevokeNode request{machine(index).node(), "紛失", std::nullopt};
      const auto revoked = machine(0).run("nodes.revoke", to_json(request));
      note(seat.machine->name + (revoked ? " is revoked" : " cannot be revoked"));
      ledger_.note_own(0, machine(0), step_, "nodes.revoke", revoked.has_value());
      return note_revoked(0);
    }
    default:
      return;
  }
}

}  // namespace sonae::sim
