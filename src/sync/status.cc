#include "sync/status.h"

#include <algorithm>

#include "journal/entries.h"
#include "journal/header.h"
#include "journal/reading.h"
#include "journal/tables.h"
#include "town/nodes/nodes.h"

namespace sonae::sync {

namespace {

std::uint64_t held(const Contact& contact, const journal::LogId& log) {
  const auto found = contact.has.find(log);
  return found == contact.has.end() ? 0 : found->second;
}

void compare_with(PeerStatus& peer, const Contact& contact, const std::vector<journal::LogHere>& logs) {
  for (const journal::LogHere& log : logs) {
    const std::uint64_t there = held(contact, log.log);
    if (there >= log.size) continue;
    peer.facts_not_there += static_cast<std::int64_t>(log.size - there);
    const std::string stream(journal::stream_name(log.log.stream));
    if (std::ranges::find(peer.streams_behind, stream) == peer.streams_behind.end())
      peer.streams_behind.push_back(stream);
  }
}

std::int64_t cosigners(store::Connection& connection, std::int64_t log) {
  const auto row =
      connection.query("SELECT COUNT(DISTINCT signer) FROM journal_cosignature WHERE log = $1", log);
  return row->next() ? row->integer(0) : 0;
}

}  // namespace

SyncStatus status(Sync& sync) {
  town::Town& town = sync.service().town();
  const Instant now = town.env().clock.now();
  const std::vector<Contact> contacts = sync.contacts().contacts();
  const auto connection = town.journal().reader();
  const std::vector<journal::LogHere> logs = journal::logs_here(*connection);
  SyncStatus answer;
  answer.node = town.journal().node();
  std::map<NodeId, std::string> names;
  for (const nodes::Node& node : sync.service().nodes().list()) {
    names.emplace(node.node, node.name);
    if (node.here) {
      answer.name = node.name;
      continue;
    }
    PeerStatus peer;
    peer.node = node.node;
    peer.name = node.name;
    peer.place = node.place;
    peer.revoked = node.standing == nodes::Standing::revoked;
    const auto contact = std::ranges::find(contacts, node.node, &Contact::node);
    if (contact != contacts.end()) {
      peer.last_contact = contact->at;
      peer.seconds_since = std::max<std::int64_t>(0, (now.milliseconds - contact->at.milliseconds) / 1000);
    }
    compare_with(peer, contact == contacts.end() ? Contact{} : *contact, logs);
    answer.peers.push_back(std::move(peer));
  }
  for (const journal::LogHere& log : logs) {
    LogStatus one{
        log.log.node, names[log.log.node], log.log.stream, log.size, {}, cosigners(*connection, log.number)};
    for (const Contact& contact : contacts)
      one.peers.push_back({contact.node, held(contact, log.log)});
    answer.logs.push_back(std::move(one));
  }
  answer.configured = sync.contacts().peers();
  return answer;
}

Result<Whereabouts> whereabouts(Sync& sync, const AskWhereabouts& request) {
  if (request.facts.size() > 1000)
    return fail(ErrorCode::too_large, {"一度に1,000件までです", "A thousand at once, no more"}, "facts");
  const std::vector<Contact> contacts = sync.contacts().contacts();
  const auto connection = sync.service().town().journal().reader();
  std::map<std::int64_t, journal::LogId> logs;
  for (const journal::LogHere& log : journal::logs_here(*connection))
    logs.emplace(log.number, log.log);
  Whereabouts answer;
  for (const FactId& id : request.facts) {
    FactWhereabouts one{id, false, {}};
    for (const journal::StoredFact& entry : journal::entries_with_id(*connection, id)) {
      one.here = true;
      const auto log = logs.find(journal::log_of(entry.row));
      if (log == logs.end()) continue;
      for (const Contact& contact : contacts)
        if (held(contact, log->second) > journal::position_of(entry.row) &&
            std::ranges::find(one.nodes, contact.node) == one.nodes.end())
          one.nodes.push_back(contact.node);
    }
    answer.facts.push_back(std::move(one));
  }
  return answer;
}

}  // namespace sonae::sync
