// What waits in quarantine, and a person's judgement of it.
#include <algorithm>
#include <map>
#include <tuple>

#include "town/nodes/requests.h"

namespace sonae::nodes {

namespace {

constexpr std::int64_t kMostCounted = 1000, kMostShown = 100;

std::vector<KindCount> count_kinds(const std::vector<journal::Fact>& facts) {
  std::map<std::string, std::int64_t> counts;
  for (const journal::Fact& fact : facts)
    ++counts[fact.header.kind];
  std::vector<KindCount> all;
  for (const auto& [kind, count] : counts)
    all.push_back({kind, count});
  return all;
}

// What was judged of a stretch, by the judgements that stand.
void add_judgements(store::Connection& connection, QuarantineRow& row) {
  bool in = false;
  const auto judged = connection.query(
      "SELECT accepted FROM nodes_judged WHERE node = $1 AND stream = $2 AND first < $3 AND next > $4",
      row.node, static_cast<int>(row.stream), row.next, row.first);
  while (judged->next())
    (judged->integer(0) != 0 ? in : row.judged_out) = true;
  row.contradicts = in && row.judged_out;
}

// What is judged by its positions. From a fork on that cannot be: both histories are one question of their
// own (list_forks), the same on every node, while which of them lies in quarantine as the log is not.
std::vector<journal::Quarantined> waiting(const Nodes& nodes, store::Connection& connection) {
  const auto forks = nodes.forked_from();
  std::vector<journal::Quarantined> all = journal::quarantined(connection);
  for (journal::Quarantined& stretch : all)
    if (const auto fork = forks.find(stretch.log); fork != forks.end())
      stretch.next = std::min(stretch.next, fork->second);
  std::erase_if(all, [](const journal::Quarantined& stretch) { return stretch.next <= stretch.first; });
  // Not in the order in which the logs came here: two nodes show the same list.
  std::ranges::sort(all, {}, [](const journal::Quarantined& one) { return std::tie(one.log, one.first); });
  return all;
}

}  // namespace

QuarantineList quarantine(const Nodes& nodes) {
  std::map<NodeId, Node> by_id;
  for (Node& one : nodes.list())
    by_id.emplace(one.node, one);
  const auto connection = nodes.town().journal().reader();
  QuarantineList answer;
  for (const journal::Quarantined& stretch : waiting(nodes, *connection)) {
    QuarantineRow row;
    row.node = stretch.log.node;
    row.stream = stretch.log.stream;
    row.first = stretch.first;
    row.next = stretch.next;
    if (const auto found = by_id.find(row.node); found != by_id.end()) {
      row.name = found->second.name;
      row.standing = found->second.standing;
      row.forked = found->second.forked;
    }
    const auto facts = journal::quarantined_facts(*connection, stretch, kMostCounted);
    row.kinds = count_kinds(facts);
    for (const journal::Fact& fact : facts) {
      if (!row.earliest || fact.header.time < *row.earliest) row.earliest = fact.header.time;
      if (!row.latest || *row.latest < fact.header.time) row.latest = fact.header.time;
    }
    add_judgements(*connection, row);
    if (!row.judged_out || row.contradicts) ++answer.open;
    answer.stretches.push_back(std::move(row));
  }
  return answer;
}

Result<QuarantinedFacts> look_at_quarantined(Nodes& nodes, const api::Call& call,
                                             const AskQuarantined& request) {
  const auto connection = nodes.town().journal().reader();
  QuarantinedFacts answer;
  std::vector<std::string> shown;
  for (const journal::Fact& fact : journal::quarantined_facts(
           *connection, {{request.node, request.stream}, request.first, request.next}, kMostShown)) {
    for (const journal::Subject& subject : fact.header.subjects)
      shown.push_back(JsonText<journal::Subject>::write(subject));
    const auto body = parse_json(fact.body);
    answer.facts.push_back({fact.header.id, fact.header.kind, fact.header.time, fact.header.subjects,
                            body ? *body : json::value()});
  }
  std::ranges::sort(shown);
  const auto repeated = std::ranges::unique(shown);
  shown.erase(repeated.begin(), repeated.end());
  TRY(nodes.access().record_look(call, "nodes.look_at_quarantined", std::move(shown)));
  return answer;
}

Status judge(Nodes& nodes, const api::Call& call, const JudgeQuarantine& request) {
  if (request.because.empty())
    return fail(ErrorCode::invalid_input, {"理由を書いてください", "Say why"}, "because");
  if (request.next <= request.first)
    return fail(ErrorCode::invalid_input, {"範囲が空です", "The stretch is empty"}, "next");
  const auto connection = nodes.town().journal().reader();
  const bool waits = std::ranges::any_of(waiting(nodes, *connection), [&](const journal::Quarantined& one) {
    return one.log == journal::LogId{request.node, request.stream} && one.first < request.next &&
           request.first < one.next;
  });
  std::vector<FactId> earlier;
  const auto row = connection->query(
      "SELECT fact FROM nodes_judged WHERE node = $1 AND stream = $2 AND first < $3 AND next > $4",
      request.node, static_cast<int>(request.stream), request.next, request.first);
  while (row->next())
    earlier.push_back(row->id<FactId>(0));
  if (!waits && earlier.empty())
    return fail(ErrorCode::not_found,
                {"この範囲に隔離された記録はありません", "Nothing of this stretch is in quarantine"},
                request.node.text());
  journal::Batch batch;
  batch.drafts.push_back(journal::draft(
      journal::Stream::urgent, "node.quarantine_judged", {{"node", request.node.text()}}, call.actor.grant,
      QuarantineJudged{request.node, request.stream, request.first, request.next, request.accepted,
                       request.because, call.actor.person}));
  batch.drafts.back().supersedes = std::move(earlier);
  TRY(nodes.town().journal().append(std::move(batch)));
  return {};
}

}  // namespace sonae::nodes
