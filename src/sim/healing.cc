// After the last step: everything is mended, the nodes of the town exchange over good lines until nobody
// learns anything new, and what waits for a person about nodes is settled as operations.md says.
#include <fmt/format.h>

#include <algorithm>

#include "journal/fork.h"
#include "sim/world.h"
#include "town/node_key.h"
#include "town/nodes/requests.h"

namespace sonae::sim {

namespace {
constexpr int kMostRounds = 30;
}

void World::heal() {
  note("everything is mended");
  for (std::size_t i = 0; i < seats_.size(); ++i) {
    mend(i);
    if (seats_[i].troubles.contains(Fault::bit_flipped)) {
      // A machine whose disk was seen to fail is not trusted again, whatever it holds.
      replace(i);
    } else {
      machine(i).stop();
      bring_up(i);
    }
    if (!outcome_.findings.empty()) return;
  }
  for (int round = 0; round < kMostRounds; ++round) {
    const bool exchanged = exchange_all();
    const bool settled = settle_nodes();
    if (!outcome_.findings.empty()) return;
    if (!exchanged && !settled) return;
  }
  found("the nodes do not come to rest");
}

// Along a line of machines there and back, so that facts must be passed on by those who did not write them.
// Whether anybody learnt anything.
bool World::exchange_all() {
  std::uint64_t facts = 0;
  const auto meet = [&](std::size_t one, std::size_t other) {
    const std::size_t here = ledger_.held_by(one).size(), there = ledger_.held_by(other).size();
    two_exchange(one, other, {});
    facts += ledger_.held_by(one).size() - here + ledger_.held_by(other).size() - there;
  };
  for (std::size_t i = 1; i < seats_.size(); ++i)
    meet(i - 1, i);
  for (std::size_t i = seats_.size() - 1; i > 0; --i)
    meet(i - 1, i);
  // Those that do not know each other yet, or between whom somebody stands who was revoked.
  for (std::size_t i = 2; i < seats_.size(); ++i)
    meet(0, i);
  return facts > 0;
}

// The founder's people vouch for whom they do not know yet; machines whose log forked go on under new keys,
// and what both histories hold is taken over. Whether anything was done.
bool World::settle_nodes() {
  bool settled = false;
  for (std::size_t i = 0; i < seats_.size(); ++i) {
    const auto own = machine(i).service->nodes().find(machine(i).node());
    bool anew = own && own->forked;
    for (std::size_t j = 0; j < i; ++j)
      anew = anew || machine(j).node() == machine(i).node();
    // Half of those that were revoked join anew, and bring what they wrote meanwhile.
    const auto at_hall = machine(0).service->nodes().find(machine(i).node());
    const bool revoked = at_hall && at_hall->standing == nodes::Standing::revoked;
    if (revoked && vouched_.insert(machine(i).node()).second) anew = anew || dice_.below(2) == 0;
    if (anew && i != 0) renew(i), settled = true;
  }
  for (std::size_t i = 1; i < seats_.size(); ++i) {
    const NodeId node = machine(i).node();
    const auto known = machine(0).service->nodes().find(node);
    if (known && known->standing != nodes::Standing::unknown) continue;
    if (!vouched_.insert(node).second) continue;
    const nodes::EnrolNode request{node, to_base64(machine(i).journal().node_public_key().bytes()),
                                   machine(i).name, std::nullopt};
    const auto enrolled = machine(0).run("nodes.enrol", to_json(request));
    note("vouched for " + machine(i).name + (enrolled ? "" : " in vain"));
    ledger_.note_own(0, machine(0), step_, "nodes.enrol", true);
    settled = true;
  }
  for (std::size_t i = 0; i < seats_.size(); ++i)
    for (const journal::Fork& fork : journal::forks(*machine(i).journal().reader())) {
      if (fork.log.node == machine(i).node() || !taken_over_.insert({i, fork.log}).second) continue;
      const nodes::TakeOverBranch request{fork.log.node, fork.log.stream, "両方とも本当"};
      const auto taken = machine(i).run("nodes.take_over", to_json(request));
      note(machine(i).name +
           " takes over a branch: " + (taken ? "done" : std::string(kind_of(taken.error().code).name)));
      ledger_.note_own(i, machine(i), step_, "nodes.take_over", true);
      settled = true;
    }
  return settled;
}

// As `sonae node renew`.
void World::renew(std::size_t index) {
  Machine& at = machine(index);
  note(at.name + " goes on under a new key");
  const TownId town = at.service->town().profile().id;
  at.stop();
  const auto old = town::find_or_make_node_key(at.env, Machine::kKeys, town, Machine::kDirectory);
  if (!old || !town::replace_node_key(at.env, *old)) return found(at.name + " gets no new key");
  seats_[index].troubles.erase(Fault::cloned);
  seats_[index].troubles.erase(Fault::revoked);
  bring_up(index);
}

// The machines whose nodes belong to the town, as the founder's node sees it.
std::vector<std::size_t> World::members() {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < seats_.size(); ++i) {
    const auto known = machine(0).service->nodes().find(machine(i).node());
    if (known && known->standing == nodes::Standing::enrolled) all.push_back(i);
  }
  return all;
}

}  // namespace sonae::sim
