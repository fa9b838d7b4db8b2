// Each history leans towards one kind of fault, by its seed, and within it operations are preferred that this
// kind has not met yet: so that few histories fill the table of coverage.
#include <algorithm>

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

}  // namespace

Fault focus_of(std::uint64_t seed) {
  const std::vector<Fault> all = all_faults();
  return all[seed % all.size()];
}

bool World::leans_on_sticks() const {
  return concerns_sticks(focus_);
}

// An operation that the kind of fault has not met in this history; nothing where it has met all.
std::optional<std::string> World::operation_to_try() {
  std::vector<std::string> left;
  for (const std::string& operation : operations_tried())
    if (!outcome_.coverage.has(operation, focus_) && operation != "nodes.revoke") left.push_back(operation);
  if (!outcome_.coverage.has("nodes.revoke", focus_) && left.size() < 4) left.push_back("nodes.revoke");
  if (left.empty()) return std::nullopt;
  return left[dice_.below(left.size())];
}

// A machine where the fault stands, else any.
std::size_t World::machine_to_try() {
  std::vector<std::size_t> with;
  for (std::size_t i = 0; i < seats_.size(); ++i)
    if (seats_[i].troubles.contains(focus_)) with.push_back(i);
  return with.empty() ? any_machine() : with[dice_.below(with.size())];
}

// At the end people at two machines that do not hear of each other any more answer the same questions: what
// they say apart is to stand side by side.
void World::disagree() {
  if (seats_.size() < 2) return;
  const std::size_t one = dice_.below(seats_.size() - 1), other = one + 1;
  std::vector<EntryId> both;
  const auto entries = [&](std::size_t index) {
    std::set<EntryId> all;
    try {
      reception::for_each_entry(*machine(index).journal().reader(),
                                [&](const reception::Entry& entry) { all.insert(entry.entry); });
    } catch (const store::StoreError&) {
      note(machine(index).name + " shows no list");
    }
    return all;
  };
  const std::set<EntryId> here = entries(one), there = entries(other);
  std::ranges::set_intersection(here, there, std::back_inserter(both));
  if (both.empty()) return;
  people_.topic = Topic{both[dice_.below(both.size())],
                        ResidentId(people_.residents[dice_.below(people_.residents.size())].id),
                        people_.nodes[dice_.below(people_.nodes.size())]};
  for (const char* const operation : {"reception.change", "reception.correct", "matching.decide",
                                      "registry.protect", "nodes.rename", "reception.open_shelter"})
    for (const std::size_t index : {one, other})
      somebody_does(index, operation);
  people_.topic.reset();
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
      return trouble_with_copies(index, seat.old_copy ? 1 : 0);
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
