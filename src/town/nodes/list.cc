// Reading who belongs to the town.
#include <algorithm>
#include <map>
#include <set>

#include "journal/fork.h"
#include "town/nodes/admission.h"
#include "town/nodes/nodes.h"

namespace sonae::nodes {

namespace {

constexpr std::array kStreams{journal::Stream::urgent, journal::Stream::ordinary, journal::Stream::access,
                              journal::Stream::restricted};

void read_enrolled(store::Connection& connection, std::map<NodeId, Node>& nodes) {
  const auto row =
      connection.query("SELECT node, public_key, name, place, enrolled_ms, enrolled_by FROM nodes_node");
  while (row->next()) {
    Node& one = nodes[row->id<NodeId>(0)];
    one.public_key = row->string(1);
    one.name = row->string(2);
    one.place = row->string(3);
    one.enrolled_at = Instant{row->integer(4)};
    if (const auto by = row->id<PersonId>(5); !by.is_none()) one.by = by;
  }
}

void read_names(store::Connection& connection, std::map<NodeId, Node>& nodes) {
  const auto row = connection.query("SELECT node, name, place FROM nodes_name ORDER BY node, fact");
  while (row->next())
    if (const auto found = nodes.find(row->id<NodeId>(0)); found != nodes.end()) {
      found->second.name = row->string(1);
      found->second.place = row->string(2);
    }
}

void read_logs(store::Connection& connection, std::map<NodeId, Node>& nodes) {
  const auto row = connection.query(
      "SELECT l.node, l.public_key, "
      "(SELECT COALESCE(MAX(size), 0) FROM journal_checkpoint c WHERE c.log = l.number), "
      "(SELECT COUNT(*) FROM journal_quarantine q WHERE q.log = l.number) FROM journal_log l");
  while (row->next()) {
    Node& one = nodes[row->id<NodeId>(0)];
    one.public_key = to_base64(row->bytes(1));
    one.facts += row->integer(2);
    one.quarantined += row->integer(3);
  }
}

}  // namespace

std::vector<Node> Nodes::list() const {
  const auto connection = town_.journal().reader();
  const store::Transaction snapshot(*connection, store::Transaction::Kind::read);
  std::map<NodeId, Node> nodes;
  read_enrolled(*connection, nodes);
  // Somebody vouched for these, and that counts: where one is kept out all the same it was revoked, though
  // the revocation itself may lie in quarantine by now.
  std::set<NodeId> vouched_for;
  for (const auto& [id, one] : nodes)
    vouched_for.insert(id);
  read_names(*connection, nodes);
  read_logs(*connection, nodes);
  const journal::Options& options = town_.journal_options();
  const journal::Ruling ruling =
      admission().rule(options.town, options.anchors, journal::governing_facts(*connection));
  const auto revoked = connection->query("SELECT node, because FROM nodes_revoked ORDER BY node, fact");
  while (revoked->next()) {
    Node& one = nodes[revoked->id<NodeId>(0)];
    one.standing = Standing::revoked;
    one.because = revoked->string(1);
  }
  for (const journal::Fork& fork : journal::forks(*connection))
    nodes[fork.log.node].forked = true;
  const auto forked = connection->query("SELECT DISTINCT node FROM nodes_fork");
  while (forked->next())
    nodes[forked->id<NodeId>(0)].forked = true;
  std::vector<Node> all;
  for (auto& [id, one] : nodes) {
    one.node = id;
    one.here = id == town_.journal().node();
    one.founder = !options.anchors.empty() && options.anchors.front() == id;
    const bool admitted = std::ranges::any_of(
        kStreams, [&](journal::Stream stream) { return ruling.admits({id, stream}, journal::kNoEnd - 1); });
    if (one.standing == Standing::enrolled && !admitted) {
      if (!vouched_for.contains(id))
        one.standing = Standing::unknown;
      else if (!one.forked)
        one.standing = Standing::revoked;
    }
    all.push_back(std::move(one));
  }
  return all;
}

std::optional<Node> Nodes::find(const NodeId& node) const {
  for (Node& one : list())
    if (one.node == node) return std::move(one);
  return std::nullopt;
}

bool Nodes::may_exchange(const PublicKey& key) const {
  const NodeId node = node_id_of(key);
  const auto found = find(node);
  if (found) return found->standing == Standing::enrolled;
  // An anchor that has written nothing yet.
  return std::ranges::find(town_.journal_options().anchors, node) != town_.journal_options().anchors.end();
}

}  // namespace sonae::nodes
