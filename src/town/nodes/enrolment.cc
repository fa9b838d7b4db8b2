// Letting nodes in, naming them, revoking them.
#include <algorithm>

#include "journal/high_water.h"
#include "town/nodes/requests.h"

namespace sonae::nodes {

namespace {

journal::Subject about(const NodeId& node) {
  return {"node", node.text()};
}

template <class Body>
journal::Draft draft(std::string kind, const NodeId& node, const GrantId& under, const Body& body) {
  return journal::draft(journal::Stream::urgent, std::move(kind), {about(node)}, under, body);
}

Status append(town::Town& town, journal::Draft made) {
  journal::Batch batch;
  batch.drafts.push_back(std::move(made));
  TRY(town.journal().append(std::move(batch)));
  return {};
}

Result<Node> known(const Nodes& nodes, const NodeId& node) {
  auto found = nodes.find(node);
  if (!found)
    return fail(ErrorCode::not_found, {"このノードは知られていません", "This node is not known here"},
                node.text());
  return std::move(*found);
}

Status has_reason(const std::string& because) {
  if (because.empty()) return fail(ErrorCode::invalid_input, {"理由を書いてください", "Say why"}, "because");
  return {};
}

}  // namespace

Status Nodes::introduce_itself(const std::string& name) {
  const NodeId node = town_.journal().node();
  {
    const auto connection = town_.journal().reader();
    const auto row = connection->query("SELECT 1 FROM nodes_node WHERE node = $1", node);
    if (row->next()) return {};
  }
  const Enrolled body{node, to_base64(town_.journal().node_public_key().bytes()), name, {}, {}, {}};
  const Status written = enrol(body, GrantId{});
  // A revoked node may still be opened and read.
  if (!written && written.error().code == ErrorCode::forbidden) return {};
  return written;
}

Status Nodes::enrol(const Enrolled& body, const GrantId& under) {
  return append(town_, draft("node.enrolled", body.node, under, body));
}

Status enrol(Nodes& nodes, const api::Call& call, const EnrolNode& request) {
  const auto found = nodes.find(request.node);
  std::string key = request.public_key.value_or(found ? found->public_key : "");
  const auto bytes = from_base64(key);
  const auto read = bytes ? PublicKey::from_bytes(*bytes) : std::unexpected(bytes.error());
  if (!read || node_id_of(*read) != request.node)
    return fail(ErrorCode::invalid_input,
                {"公開鍵がノードの番号と合いません", "The public key is not this node's"}, "public_key");
  if (found && found->standing == Standing::revoked)
    return fail(ErrorCode::conflict, {"取り消されたノードです", "This node was revoked"}, request.node.text(),
                {"新しい鍵で、あらためて参加してください（sonae node renew）",
                 "Let it join anew under another key (sonae node renew)"});
  return nodes.enrol({request.node, std::move(key), request.name, request.place.value_or(""),
                      call.actor.person, std::nullopt},
                     call.actor.grant);
}

Status rename(Nodes& nodes, const api::Call& call, const RenameNode& request) {
  TRY(known(nodes, request.node));
  auto made = draft("node.renamed", request.node, call.actor.grant,
                    Renamed{request.node, request.name, request.place.value_or("")});
  const auto connection = nodes.town().journal().reader();
  const auto row = connection->query("SELECT fact FROM nodes_name WHERE node = $1", request.node);
  while (row->next())
    made.supersedes.push_back(row->id<FactId>(0));
  return append(nodes.town(), std::move(made));
}

Status revoke(Nodes& nodes, const api::Call& call, const RevokeNode& request) {
  TRY(has_reason(request.because));
  TRY(known(nodes, request.node));
  if (request.node == nodes.town().journal().node())
    return fail(ErrorCode::invalid_input, {"自分自身は取り消せません", "A node cannot revoke itself"},
                request.node.text(), {"別のノードで取り消してください", "Revoke it on another node"});
  std::vector<Accepted> accepted;
  if (request.accepted) {
    accepted = *request.accepted;
  } else {
    const auto connection = nodes.town().journal().reader();
    for (const journal::LogHead& head : journal::heads(*connection, request.node))
      accepted.push_back({head.log.stream, head.size});
  }
  return append(nodes.town(),
                draft("node.revoked", request.node, call.actor.grant,
                      Revoked{request.node, std::move(accepted), request.because, call.actor.person}));
}

}  // namespace sonae::nodes
