// After the last step: everything is mended, the nodes of the town exchange over good lines until nobody
// learns anything new, and what waits for a person about nodes is settled as operations.md says.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "journal/fork.h"
#include "journal/high_water.h"
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
  const auto bodies_lacking = [&](std::size_t index) -> std::size_t {
    const auto row = machine(index).journal().reader()->query("SELECT COUNT(*) FROM journal_lacking");
    return row->next() ? static_cast<std::size_t>(row->integer(0)) : 0;
  };
  const auto meet = [&](std::size_t one, std::size_t other) {
    // What somebody learns: facts, and bodies that had gone without an order.
    const auto known = [&] {
      return ledger_.held_by(one).size() + ledger_.held_by(other).size() - bodies_lacking(one) -
             bodies_lacking(other);
    };
    const std::size_t before = known();
    two_exchange(one, other, {});
    if (known() != before) ++facts;
  };
  for (std::size_t i = 1; i < seats_.size(); ++i)
    meet(i - 1, i);
  for (std::size_t i = seats_.size() - 1; i > 0; --i)
    meet(i - 1, i);
  // Those that do not know each other yet, or between whom somebody stands who was revoked.
  const std::size_t middle = hall().value_or(0);
  for (std::size_t i = 0; i < seats_.size(); ++i)
    if (i > middle + 1 || i + 1 < middle) meet(middle, i);
  return facts > 0;
}

// Where people sit who can vouch for others: their node has its key for itself and belongs to the town, as
// most others have it too.
std::optional<std::size_t> World::hall() {
  std::optional<std::size_t> best;
  std::size_t most = 0;
  for (std::size_t i = 0; i < seats_.size(); ++i) {
    const auto own = machine(i).service->nodes().find(machine(i).node());
    if (!own || own->standing != nodes::Standing::enrolled || own->forked || !knows_itself(i)) continue;
    std::size_t known_at = 1;
    for (std::size_t other = 0; other < seats_.size(); ++other) {
      const auto there = machine(other).service->nodes().find(machine(i).node());
      if (other != i && there && there->standing == nodes::Standing::enrolled) ++known_at;
    }
    if (known_at > most) best = i, most = known_at;
  }
  return best;
}

// Whether nobody else works under the machine's key: no other machine has it, or more of its logs.
bool World::knows_itself(std::size_t index) {
  const NodeId own = machine(index).node();
  const std::vector<journal::LogHead> heads = journal::heads(*machine(index).journal().reader(), own);
  for (std::size_t other = 0; other < seats_.size(); ++other) {
    if (other == index) continue;
    if (machine(other).node() == own) return false;
    for (const journal::LogHead& there : journal::heads(*machine(other).journal().reader(), own)) {
      const auto here = std::ranges::find(heads, there.log, &journal::LogHead::log);
      if (here == heads.end() || here->size < there.size) return false;
    }
  }
  return true;
}

// Machines whose log forked, or goes on elsewhere, get new keys; somebody vouches for those that are not
// known; what the histories of a forked log hold is taken over. Whether anything was done.
bool World::settle_nodes() {
  bool settled = false;
  for (std::size_t i = 0; i < seats_.size(); ++i) {
    const auto own = machine(i).service->nodes().find(machine(i).node());
    bool anew = (own && own->forked) || !knows_itself(i);
    // Half of those that were revoked join anew, and bring what they wrote meanwhile.
    const auto somewhere = hall();
    const auto known =
        somewhere ? machine(*somewhere).service->nodes().find(machine(i).node()) : std::nullopt;
    const bool revoked = known && known->standing == nodes::Standing::revoked;
    if (revoked && vouched_.insert(machine(i).node()).second) anew = anew || dice_.below(2) == 0;
    if (anew) renew(i), settled = true;
  }
  settled = vouch_for_all() || settled;
  for (std::size_t i = 0; i < seats_.size(); ++i)
    for (const journal::Fork& fork : journal::forks(*machine(i).journal().reader())) {
      if (fork.log.node == machine(i).node() || taken_over_.contains({i, fork.log})) continue;
      const nodes::TakeOverBranch request{fork.log.node, fork.log.stream, "両方とも本当"};
      const auto taken = machine(i).run("nodes.take_over", to_json(request));
      note(machine(i).name +
           " takes over a branch: " + (taken ? "done" : std::string(kind_of(taken.error().code).name)));
      ledger_.note_own(i, machine(i), step_, "nodes.take_over", true);
      if (taken) settled = taken_over_.insert({i, fork.log}).second;
    }
  return settled;
}

// For all machines, and for all nodes that machines once were (a directory goes on as a new node after it was
// put back, and trusts the one that it was): people know their own.
bool World::vouch_for_all() {
  const auto by = hall();
  if (!by) {
    found("nobody is left who can vouch for a machine");
    return false;
  }
  std::map<NodeId, nodes::EnrolNode> unknown;
  for (const nodes::Node& node : machine(*by).service->nodes().list())
    if (node.standing == nodes::Standing::unknown)
      unknown[node.node] = {node.node, node.public_key, "もとの機械", std::nullopt};
  for (std::size_t i = 0; i < seats_.size(); ++i) {
    const NodeId node = machine(i).node();
    const auto known = machine(*by).service->nodes().find(node);
    if (i == *by || (known && known->standing != nodes::Standing::unknown)) continue;
    unknown[node] = {node, to_base64(machine(i).journal().node_public_key().bytes()), machine(i).name,
                     std::nullopt};
  }
  bool settled = false;
  for (const auto& [node, request] : unknown) {
    const auto enrolled = machine(*by).run("nodes.enrol", to_json(request));
    note(machine(*by).name + " vouches for " + request.name + (enrolled ? "" : " in vain"));
    ledger_.note_own(*by, machine(*by), step_, "nodes.enrol", true);
    settled = settled || enrolled.has_value();
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
  if (!old || !town::replace_node_key(at.env, *old)) end(at.name + " gets no new key");
  seats_[index].troubles.erase(Fault::cloned);
  seats_[index].troubles.erase(Fault::revoked);
  bring_up(index);
}

// The machines whose nodes belong to the town.
std::vector<std::size_t> World::members() {
  std::vector<std::size_t> all;
  const auto by = hall();
  for (std::size_t i = 0; by && i < seats_.size(); ++i) {
    const auto known = machine(*by).service->nodes().find(machine(i).node());
    if (known && known->standing == nodes::Standing::enrolled) all.push_back(i);
  }
  return all;
}

}  // namespace sonae::sim
