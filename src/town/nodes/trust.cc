// Trust without a fact, said as facts: a directory trusts its own earlier nodes, and who invited it, by its
// town.json. Others do not read that. So that all who belong to the town see the same, the node that works in
// the directory now says whom it trusts; it counts wherever the node itself does.
#include <algorithm>

#include "town/nodes/admission.h"
#include "town/nodes/nodes.h"

namespace sonae::nodes {

namespace {

// Whom this node has vouched for in its own log, counting or not: to say it again would change nothing.
bool has_said(const NodeId& own, const NodeId& node, std::span<const journal::PlacedFact> governing) {
  return std::ranges::any_of(governing, [&](const journal::PlacedFact& placed) {
    if (placed.log.node != own || placed.fact.erased || placed.fact.header.kind != "node.enrolled")
      return false;
    const auto body = placed.fact.as<Enrolled>();
    return body && body->node == node;
  });
}

// None where nothing of the node has come yet.
std::optional<Enrolled> what_is_known(store::Connection& connection, const NodeId& node) {
  const auto log = connection.query("SELECT public_key FROM journal_log WHERE node = $1", node);
  if (!log->next()) return std::nullopt;
  Enrolled body{node, to_base64(log->bytes(0)), {}, {}, {}, {}};
  const auto known = connection.query("SELECT name, place FROM nodes_node WHERE node = $1", node);
  if (known->next()) {
    body.name = known->string(0);
    body.place = known->string(1);
  }
  return body;
}

}  // namespace

Status Nodes::tell_trusted() {
  const journal::Options& options = town_.journal_options();
  const NodeId own = town_.journal().node();
  if (options.anchors.empty()) return {};
  const std::vector<NodeId> known_to_all{options.anchors.front(), own};
  journal::Batch batch;
  {
    const auto connection = town_.journal().reader();
    const std::vector<journal::PlacedFact> governing = journal::governing_facts(*connection);
    const journal::Ruling ruling = admission().rule(options.town, known_to_all, governing);
    for (const NodeId& node : options.anchors) {
      if (std::ranges::find(known_to_all, node) != known_to_all.end()) continue;
      if (ruling.admits({node, journal::Stream::urgent}, 0) || has_said(own, node, governing)) continue;
      if (const auto body = what_is_known(*connection, node))
        batch.drafts.push_back(journal::draft(journal::Stream::urgent, "node.enrolled",
                                              {{"node", node.text()}}, GrantId{}, *body));
    }
  }
  if (batch.drafts.empty()) return {};
  const auto written = town_.journal().append(std::move(batch));
  // A revoked node says nothing any more; whoever goes on after it does.
  if (!written && written.error().code != ErrorCode::forbidden) return std::unexpected(written.error());
  return {};
}

Status Nodes::tell() {
  TRY(tell_forks());
  return tell_trusted();
}

}  // namespace sonae::nodes
