// Forked logs: told once as a fact, and taken over by a person.
#include <algorithm>
#include <map>

#include "journal/fork.h"
#include "journal/tables.h"
#include "town/nodes/requests.h"

namespace sonae::nodes {

namespace {

struct Told {
  journal::LogId log;
  std::uint64_t position = 0;
  bool taken_over = false;
};

// The forks that facts tell of, the earliest position of each log.
std::map<journal::LogId, Told> told(store::Connection& connection) {
  std::map<journal::LogId, Told> all;
  const auto row = connection.query("SELECT node, stream, position, taken_over FROM nodes_fork");
  while (row->next()) {
    const journal::LogId log{row->id<NodeId>(0), journal::stream_in(*row, 1)};
    const auto position = static_cast<std::uint64_t>(row->integer(2));
    const bool over = row->integer(3) != 0;
    const auto [found, fresh] = all.try_emplace(log, Told{log, position, over});
    if (fresh) continue;
    found->second.position = std::min(found->second.position, position);
    found->second.taken_over = found->second.taken_over && over;
  }
  return all;
}

}  // namespace

std::map<journal::LogId, std::uint64_t> Nodes::forked_from() const {
  std::map<journal::LogId, std::uint64_t> all;
  for (const auto& [log, fork] : told(*town_.journal().reader()))
    all.emplace(log, fork.position);
  return all;
}

Status Nodes::tell_forks() {
  journal::Batch batch;
  {
    const auto connection = town_.journal().reader();
    auto known = told(*connection);
    for (const journal::Fork& fork : journal::forks(*connection)) {
      const auto found = known.find(fork.log);
      if (found != known.end() && found->second.position <= fork.position) continue;
      batch.drafts.push_back(
          journal::draft(journal::Stream::urgent, "node.fork_found", {{"node", fork.log.node.text()}},
                         GrantId{}, ForkFound{fork.log.node, fork.log.stream, fork.position, fork.note}));
      known[fork.log] = {fork.log, fork.position, false};
    }
  }
  if (batch.drafts.empty()) return {};
  TRY(town_.journal().append(std::move(batch)));
  return {};
}

ForkList list_forks(const Nodes& nodes) {
  std::map<NodeId, std::string> names;
  for (const Node& one : nodes.list())
    names.emplace(one.node, one.name);
  const auto connection = nodes.town().journal().reader();
  ForkList answer;
  for (const auto& [log, fork] : told(*connection)) {
    std::map<std::string, std::int64_t> counts;
    for (const journal::Fact& fact : journal::facts_after_fork(*connection, log, fork.position))
      ++counts[fact.header.kind];
    ForkRow row{log.node, names[log.node], log.stream, fork.position, {}, fork.taken_over};
    for (const auto& [kind, count] : counts)
      row.kinds.push_back({kind, count});
    answer.forks.push_back(std::move(row));
  }
  return answer;
}

Result<TakenOver> take_over(Nodes& nodes, const api::Call& call, const TakeOverBranch& request) {
  if (request.because.empty())
    return fail(ErrorCode::invalid_input, {"理由を書いてください", "Say why"}, "because");
  const journal::LogId log{request.node, request.stream};
  journal::Batch batch;
  BranchTakenOver body{request.node, request.stream, 0, {}, request.because, call.actor.person};
  {
    const auto connection = nodes.town().journal().reader();
    const auto known = told(*connection);
    const auto found = known.find(log);
    if (found == known.end())
      return fail(ErrorCode::not_found, {"この系統は分かれていません", "This log is not forked"},
                  request.node.text());
    body.position = found->second.position;
    for (journal::Fact& fact : journal::facts_after_fork(*connection, log, body.position)) {
      // Who belongs to the town is not taken over: a person enrols and revokes anew.
      if (fact.erased || journal::governs(fact.header)) continue;
      body.facts.push_back(fact.header.id);
      batch.drafts.push_back({request.stream, fact.header.kind, fact.header.subjects, fact.header.grant,
                              fact.header.supersedes, std::move(fact.body), fact.header.id});
    }
  }
  const auto facts = static_cast<std::int64_t>(body.facts.size());
  batch.drafts.push_back(journal::draft(journal::Stream::urgent, "node.branch_taken_over",
                                        {{"node", request.node.text()}}, call.actor.grant, body));
  TRY(nodes.town().journal().append(std::move(batch)));
  return TakenOver{facts};
}

}  // namespace sonae::nodes
