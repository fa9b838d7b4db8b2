// What breaks, and how a machine comes up again.
#include <fmt/format.h>

#include <algorithm>

#include "journal/high_water.h"
#include "sim/world.h"
#include "town/node_key.h"
#include "town/nodes/requests.h"

namespace sonae::sim {

namespace {
constexpr std::int64_t kDayMs = 86'400'000;

// Whether one of the logs is shorter than it was.
bool ends_before(const std::vector<journal::LogHead>& now, const std::vector<journal::LogHead>& was) {
  return std::ranges::any_of(was, [&](const journal::LogHead& head) {
    const auto found = std::ranges::find(now, head.log, &journal::LogHead::log);
    return found == now.end() || found->size < head.size;
  });
}
}  // namespace

void World::trouble(std::size_t index) {
  Seat& seat = seats_[index];
  const std::uint64_t which = dice_.below(16);
  switch (which) {
    case 0:
    case 1:
      return set_clock_wrong(index);
    case 2:
      note(seat.machine->name + " has a clock that drifts");
      seat.troubles.insert(Fault::clock_drifts);
      return;
    case 3:
      note(seat.machine->name + " is cut off");
      seat.troubles.insert(Fault::cut_off);
      return;
    case 4:
    case 5:
      note(seat.machine->name + " is mended");
      return mend(index);
    case 6:
    case 7:
      note(seat.machine->name + " loses power");
      return power_cut(index);
    case 8:
    case 9:
    case 10:
      return trouble_with_disk(index, which - 8);
    default:
      // The founder's machine is the one that is asked in the end who belongs.
      if (index != 0) trouble_with_copies(index, which - 11);
  }
}

void World::set_clock_wrong(std::size_t index) {
  note(machine(index).name + " has its clock set wrong");
  machine(index).clock.set(
      {now_.milliseconds + (static_cast<std::int64_t>(dice_.below(4000)) - 1000) * kDayMs});
  seats_[index].troubles.insert(Fault::clock_jumped);
}

void World::trouble_with_disk(std::size_t index, std::uint64_t which) {
  Seat& seat = seats_[index];
  Machine& at = *seat.machine;
  if (which == 0) {
    note(at.name + " has a full disk");
    at.database.set_capacity(at.database.used() + dice_.below(30'000));
    at.files.set_full(true);
    seat.troubles.insert(Fault::disk_full);
  } else if (which == 1) {
    const bool lasting = dice_.below(3) == 0;
    note(at.name + (lasting ? " has a disk that fails" : " has a disk that fails once"));
    using Failure = store::PowerCutDisk::Failure;
    at.database.fail_at(at.database.operations() + dice_.below(40),
                        lasting ? Failure::lasting : Failure::once);
    seat.troubles.insert(Fault::disk_fails);
  } else if (index != 0) {
    note(at.name + " has a flipped bit");
    if (at.database.flip_bit(Machine::kDatabase, dice_.next() >> 1)) seat.troubles.insert(Fault::bit_flipped);
  }
}

void World::trouble_with_copies(std::size_t index, std::uint64_t which) {
  Seat& seat = seats_[index];
  Machine& at = *seat.machine;
  if (seat.troubles.contains(Fault::bit_flipped)) return replace(index);
  if (which == 0 || (which < 3 && !seat.old_copy)) {
    note(at.name + " is copied");
    at.stop();
    seat.old_copy = at.image();
    return bring_up(index);
  }
  if (which < 3) return put_back(index, dice_.below(3));
  if (which == 3) {
    if (dice_.below(3) != 0) return;
    note(at.name + " is destroyed");
    return dice_.below(2) == 0 && !backups_.empty() ? restore(index) : replace(index);
  }
  // Another machine is set up from this one: from its directory, or from an image of its whole disk.
  const std::size_t other = any_machine();
  if (other == 0 || other == index) return;
  set_up_from(index, other, dice_.below(2) == 0);
}

void World::set_up_from(std::size_t index, std::size_t other, bool with_keys) {
  if (seats_[index].troubles.contains(Fault::bit_flipped)) return;
  Machine& at = machine(index);
  note(fmt::format("{} is made from {} {}", machine(other).name, at.name,
                   with_keys ? "whole" : "by directory"));
  at.stop();
  const MachineImage image = at.image();
  bring_up(index);
  ledger_.lost(other);
  machine(other).stop();
  mend(other);
  seats_[other].troubles.clear();
  if (with_keys) {
    machine(other).put_back(image);
    seats_[other].troubles.insert(Fault::cloned);
    seats_[index].troubles.insert(Fault::cloned);
  } else {
    machine(other).put_back({{}, image.database});
    machine(other).files.copy_in(image.files, Machine::kDirectory);
    seats_[other].troubles.insert(Fault::copied);
  }
  seats_[other].old_copy.reset();
  bring_up(other);
}

void World::put_back(std::size_t index, std::uint64_t way) {
  Seat& seat = seats_[index];
  Machine& at = *seat.machine;
  note(fmt::format("{} gets its old copy back, {}", at.name,
                   way == 0   ? "whole"
                   : way == 1 ? "into a new directory"
                              : "into the same directory"));
  const NodeId before = at.node();
  const std::vector<journal::LogHead> heads = journal::heads(*at.journal().reader(), before);
  at.stop();
  const MachineImage copy = *seat.old_copy;
  const bool differs = copy.database != at.image().database;
  ledger_.lost(index);
  if (way == 0) {
    at.put_back(copy);
    seat.troubles.insert(Fault::cloned);  // by itself: nothing on it tells that it went on before
  } else {
    at.database.put_back(copy.database);
    if (way == 1) {
      at.files.remove_all(Machine::kDirectory);
      at.files.copy_in(copy.files, Machine::kDirectory);
    }
    if (plan_.sabotage == Sabotage::old_copy_keeps_its_key) at.put_back(copy);
  }
  seat.troubles.insert(Fault::put_back);
  bring_up(index);
  if (way == 0 || !at.runs() || at.node() != before) return;
  // An old copy is known by its directory, and by how far its logs had come.
  if ((way == 1 && differs) || ends_before(journal::heads(*at.journal().reader(), before), heads)) {
    outcome_.sabotaged = plan_.sabotage == Sabotage::old_copy_keeps_its_key;
    found(at.name + " went on under its old key in a directory that was put back");
  }
}

void World::power_cut(std::size_t index) {
  Seat& seat = seats_[index];
  // A disk that lies is found out by this alone.
  outcome_.sabotaged = outcome_.sabotaged || plan_.sabotage == Sabotage::database_forgets_syncs ||
                       plan_.sabotage == Sabotage::files_forget_syncs ||
                       plan_.sabotage == Sabotage::acknowledged_before_sync;
  seat.machine->cut_power(dice_.next());
  seat.troubles.erase(Fault::disk_fails);
  seat.troubles.insert(Fault::restarted);
  bring_up(index);
}

void World::bring_up(std::size_t index) {
  Seat& seat = seats_[index];
  Machine& at = *seat.machine;
  Status started = at.start();
  if (!started && started.error().code != ErrorCode::corrupt) {
    note(at.name + " does not start: " + std::string(kind_of(started.error().code).name));
    mend(index);
    started = at.start();
  }
  if (!started) {
    if (seat.troubles.contains(Fault::bit_flipped)) return replace(index);
    end(at.name + " does not start: " + started.error().in(Language::english));
  }
  const bool flipped = seat.troubles.contains(Fault::bit_flipped);
  try {
    seat.unsure = !at.journal().settle();
    const std::vector<FactId> missing = ledger_.restarted(index, at, !seat.unsure);
    if (!missing.empty() && !flipped)
      found(fmt::format("{} lost {} acknowledged facts when it started again", at.name, missing.size()));
  } catch (const store::StoreError& failure) {
    if (!flipped) found(at.name + " cannot be read: " + failure.error().in(Language::english));
    if (flipped) replace(index);
  }
}

void World::mend(std::size_t index) {
  Seat& seat = seats_[index];
  Machine& at = *seat.machine;
  at.database.set_capacity(UINT64_MAX);
  at.database.repair();
  at.files.set_full(false);
  at.clock.set(now_);
  for (const Fault over :
       {Fault::clock_drifts, Fault::clock_jumped, Fault::disk_full, Fault::disk_fails, Fault::cut_off})
    seat.troubles.erase(over);
}

void World::replace(std::size_t index) {
  Machine& at = machine(index);
  note(at.name + " is replaced by an empty machine");
  ledger_.lost(index);
  at.stop();
  mend(index);
  at.files.remove_all("/");
  at.database.put_back({});
  seats_[index].troubles.clear();
  seats_[index].old_copy.reset();
  join(index);
}

// What sync::join does, without its connection: the machine makes a key, a node of the town enrols it and
// hands over the town.
void World::join(std::size_t index) {
  Machine& at = machine(index);
  const SigningKey key = SigningKey::generate(at.random);
  const nodes::EnrolNode request{node_id_of(key.public_key()), to_base64(key.public_key().bytes()), at.name,
                                 std::nullopt};
  for (std::size_t by = 0; by < seats_.size(); ++by) {
    Machine& hall = machine(by);
    if (by == index || !hall.runs()) continue;
    mend(by);
    const auto enrolled = hall.run("nodes.enrol", to_json(request));
    ledger_.note_own(by, hall, step_, "nodes.enrol", enrolled.has_value());
    if (!enrolled) {  // it was revoked, or forked: elsewhere, then
      note(hall.name + " cannot enrol anybody");
      continue;
    }
    town::TownProfile profile = hall.service->town().profile();
    profile.anchors.push_back(hall.node());
    if (!town::make_directory(at.env, Machine::kDirectory, profile) ||
        !town::adopt_node_key(at.env, Machine::kKeys, profile.id, Machine::kDirectory, key))
      end("a machine cannot join");
    bring_up(index);
    if (at.runs()) two_exchange(by, index, {});
    return;
  }
  end("a machine cannot be enrolled anywhere");
}

}  // namespace sonae::sim
