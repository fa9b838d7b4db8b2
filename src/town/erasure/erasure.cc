#include "town/erasure/erasure.h"

#include <algorithm>
#include <map>
#include <set>

#include "journal/entries.h"
#include "journal/journal.h"
#include "journal/tables.h"
#include "town/registry/view.h"

namespace sonae::erasure {

namespace {

constexpr std::size_t kFactsInOrder = 200;  // a header stays small

// What one may ask to be forgotten, by the concern that stands before the point of its kind.
bool is_erasable(const journal::Header& header) {
  for (const std::string_view concern : {"node.", "erasure.", "access.", "recovery."})
    if (header.kind.starts_with(concern)) return false;
  return true;
}

std::map<FactId, journal::Header> found_about(store::Connection& connection,
                                              const std::vector<journal::Subject>& subjects) {
  std::map<FactId, journal::Header> found;
  for (const journal::Subject& subject : subjects)
    for (journal::Fact& fact : journal::facts_about(connection, subject))
      if (!fact.erased && is_erasable(fact.header)) found.emplace(fact.header.id, std::move(fact.header));
  return found;
}

std::set<Hash> chunks_of(store::Connection& connection, const journal::Subject& snapshot) {
  std::set<Hash> chunks;
  for (const journal::Fact& fact : journal::facts_about(connection, snapshot))
    if (fact.header.kind == registry::kSnapshotTaken && !fact.erased)
      if (const auto body = fact.as<registry::SnapshotTaken>(); body && body->snapshot.text() == snapshot.id)
        chunks.insert(body->chunks.begin(), body->chunks.end());
  return chunks;
}

// With a registry go the chunks that no other one consists of.
std::vector<journal::Subject> with_chunks(store::Connection& connection,
                                          std::vector<journal::Subject> subjects) {
  std::set<Hash> going, staying;
  const auto row = connection.query("SELECT DISTINCT snapshot FROM registry_snapshot");
  while (row->next()) {
    const journal::Subject snapshot{"snapshot", row->id<registry::SnapshotId>(0).text()};
    const bool goes = std::ranges::find(subjects, snapshot) != subjects.end();
    (goes ? going : staying).merge(chunks_of(connection, snapshot));
  }
  for (const Hash& chunk : going)
    if (!staying.contains(chunk)) subjects.push_back({"chunk", chunk.hex()});
  return subjects;
}

bool holds_registry_in_use(store::Connection& connection, const std::vector<journal::Subject>& subjects) {
  const auto newest = connection.query(
      "SELECT snapshot FROM registry_snapshot WHERE superseded = 0 ORDER BY as_of DESC, taken_ms DESC LIMIT "
      "1");
  return newest->next() &&
         std::ranges::find(subjects,
                           journal::Subject{"snapshot", newest->id<registry::SnapshotId>(0).text()}) !=
             subjects.end();
}

journal::Stream stream_of(store::Connection& connection, const FactId& fact) {
  const auto entries = journal::entries_with_id(connection, fact);
  const auto log = connection.query("SELECT stream FROM journal_log WHERE number = $1",
                                    entries.empty() ? 0 : journal::log_of(entries.front().row));
  return log->next() ? journal::stream_in(*log, 0) : journal::Stream::ordinary;
}

std::vector<KindCount> counted(const std::map<std::string, std::int64_t>& kinds) {
  std::vector<KindCount> all;
  for (const auto& [kind, facts] : kinds)
    all.push_back({kind, facts});
  return all;
}

journal::Draft order_for(journal::Stream stream, std::span<const journal::Header* const> facts,
                         const api::Call& call, const EraseRequest& request) {
  std::map<std::string, std::int64_t> kinds;
  std::set<journal::Subject> subjects{journal::kErasureOrders};
  std::vector<FactId> ids;
  for (const journal::Header* const fact : facts) {
    ++kinds[fact->kind];
    subjects.insert(fact->subjects.begin(), fact->subjects.end());
    ids.push_back(fact->id);
  }
  journal::Draft draft = journal::draft(
      stream, std::string(journal::kErasureOrdered), {subjects.begin(), subjects.end()}, call.actor.grant,
      Ordered{request.rule, request.because, counted(kinds), call.actor.person});
  draft.supersedes = std::move(ids);
  return draft;
}

}  // namespace

Preview preview(town::Town& town, const AboutRequest& request) {
  const auto connection = town.journal().reader();
  const auto subjects = with_chunks(*connection, request.subjects);
  Preview answer;
  std::map<std::string, std::int64_t> kinds;
  std::set<journal::Subject> also;
  for (const auto& [id, header] : found_about(*connection, subjects)) {
    ++answer.facts;
    ++kinds[header.kind];
    also.insert(header.subjects.begin(), header.subjects.end());
  }
  // The list on which somebody stood is kept as the file that it was.
  for (const journal::Subject& subject : subjects)
    if (const auto entry = EntryId::parse(subject.id); entry && subject.kind == "entry") {
      const auto row = connection->query(
          "SELECT sheet FROM reception_entry WHERE entry = $1 AND sheet IS NOT NULL UNION SELECT sheet FROM "
          "reception_place WHERE entry = $2",
          *entry, *entry);
      while (row->next())
        also.insert({"sheet", to_base32(row->bytes(0))});
    }
  for (const journal::Subject& subject : subjects)
    also.erase(subject);
  answer.kinds = counted(kinds);
  answer.also_about = {also.begin(), also.end()};
  return answer;
}

Result<Erased> erase(town::Town& town, const api::Call& call, const EraseRequest& request) {
  if (request.rule.empty())
    return fail(ErrorCode::invalid_input, {"根拠（法令や期限）を書いてください", "Say by which rule"},
                "rule");
  if (request.because.empty())
    return fail(ErrorCode::invalid_input, {"理由を書いてください", "Say why"}, "because");
  journal::Batch batch;
  Erased answer;
  {
    const auto connection = town.journal().reader();
    if (holds_registry_in_use(*connection, request.subjects))
      return fail(ErrorCode::conflict,
                  {"今使っている住民情報は消去できません", "This is the registry in use"}, {},
                  {"新しい住民情報を取り込んでから消去してください", "Import a newer one first"});
    const auto found = found_about(*connection, with_chunks(*connection, request.subjects));
    std::map<journal::Stream, std::vector<const journal::Header*>> by_stream;
    for (const auto& [id, header] : found)
      by_stream[stream_of(*connection, id)].push_back(&header);
    for (const auto& [stream, headers] : by_stream)
      for (std::size_t at = 0; at < headers.size(); at += kFactsInOrder)
        batch.drafts.push_back(
            order_for(stream, std::span(headers).subspan(at, std::min(kFactsInOrder, headers.size() - at)),
                      call, request));
    answer.facts = static_cast<std::int64_t>(found.size());
  }
  if (batch.drafts.empty())
    return fail(ErrorCode::not_found, {"消去するものがありません", "There is nothing to erase"});
  for (const journal::Receipt& receipt : TRY(town.journal().append(std::move(batch))))
    answer.receipts.push_back(receipt.fact);
  return answer;
}

Orders orders(town::Town& town) {
  const auto connection = town.journal().reader();
  Orders answer;
  for (const journal::Fact& fact : journal::facts_about(*connection, journal::kErasureOrders)) {
    const auto body = fact.as<Ordered>();
    if (!journal::orders_erasure(fact.header) || !body) continue;
    Order order{fact.header.id, fact.header.time.wall, body->by, body->rule, body->because,
                body->kinds,    fact.header.subjects,  0};
    std::erase(order.subjects, journal::kErasureOrders);
    // Only what such an order is asked for by: a sheet on which somebody stood stays in use.
    for (const auto& [id, header] : found_about(*connection, fact.header.subjects))
      if (fact.header.time < header.time && std::ranges::all_of(
                                                header.subjects,
                                                [&](const journal::Subject& subject) {
                                                  return std::ranges::find(fact.header.subjects, subject) !=
                                                         fact.header.subjects.end();
                                                }))
        ++order.came_later;
    answer.orders.push_back(std::move(order));
  }
  std::ranges::reverse(answer.orders);
  return answer;
}

void add_operations(town::Town& town, api::Catalogue& catalogue) {
  using api::Call;
  using enum api::Permission;
  catalogue.add(api::operation<AboutRequest, Preview>(
      "erasure.preview", {"消去するものの確認", "See how much would be erased"}, administer,
      [&town](Call&, const AboutRequest& request) -> Result<Preview> { return preview(town, request); }));
  catalogue.add(api::operation<EraseRequest, Erased>(
                    "erasure.erase", {"消去", "Erase what is held about somebody or something"}, administer,
                    [&town](Call& call, const EraseRequest& request) { return erase(town, call, request); })
                    .writing());
  catalogue.add(api::operation<api::Nothing, Orders>(
                    "erasure.orders", {"消去の記録", "What was erased, by whom and why"}, administer,
                    [&town](Call&, const api::Nothing&) -> Result<Orders> { return orders(town); })
                    .openly());
}

}  // namespace sonae::erasure
