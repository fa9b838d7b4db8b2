// What has to be done as time passes: records end, bodies are erased, our own are published and withdrawn.
#include "town/erasure/facts.h"
#include "town/exchange/inside.h"

namespace sonae::exchange {

namespace {

// Rebuilding after new entries may take this part of the time.
constexpr std::int64_t kRebuildShare = 20;
constexpr std::size_t kInABatch = 1000;
constexpr std::size_t kFactsInOrder = 200;  // a header stays small
constexpr std::size_t kOrdersInABatch = 10;
constexpr std::int64_t kDay = 86'400'000;  // ms
constexpr std::int64_t kPublishedFor = 60 * kDay;
constexpr std::int64_t kRenewedBefore = 30 * kDay;

Status append(town::Town& town, std::vector<journal::Draft>& drafts, std::size_t at_least) {
  if (drafts.size() < at_least || drafts.empty()) return {};
  journal::Batch batch;
  batch.drafts = std::exchange(drafts, {});
  TRY(town.journal().append(std::move(batch)));
  return {};
}

journal::Draft ended(const Row& row, Why why, Instant source, Instant expiry, std::vector<FactId> facts) {
  return journal::draft(journal::Stream::ordinary, "exchange.ended", {subject_of(row.kind, row.record)},
                        GrantId{}, Ended{row.kind, row.record, why, source, expiry, std::move(facts)});
}

}  // namespace

Status Exchange::Inside::end_expired(UpkeepReport& report) {
  const Instant now = town.env().clock.now();
  const auto connection = town.journal().reader();
  // A record's source_date is its home's: had its home extended it before, and this node not heard of it yet,
  // that state must still be the newer one when it comes.
  std::vector<Row> expired;
  {
    const auto cursor = connection->query(std::string("SELECT ") + kRowColumns +
                                              " FROM exchange_record WHERE standing = 'received' AND "
                                              "expiry_ms <= $1 AND kind = 'person'",
                                          now.milliseconds);
    while (cursor->next())
      expired.push_back(row_of(*cursor));
  }
  std::vector<journal::Draft> drafts;
  for (const Row& row : expired) {
    for (const Row& note : notes_of(*connection, row.record))
      if (note.standing == Standing::received)
        drafts.push_back(ended(note, Why::expired, note.source_date, *row.expiry_date,
                               bodies_of(*connection, note.kind, note.record)));
    drafts.push_back(ended(row, Why::expired, row.source_date, *row.expiry_date,
                           bodies_of(*connection, row.kind, row.record)));
    ++report.expired;
    TRY(append(town, drafts, kInABatch));
  }
  return append(town, drafts, 1);
}

// An order erases wherever it stands: here in the commit that writes it, on every node that takes it, and in
// what is restored later. Nobody gives it: the rule is the records' own expiry.
Status Exchange::Inside::erase_ended(UpkeepReport& report) {
  struct Going {
    FactId fact;
    journal::Subject subject;
  };
  std::vector<Going> all;
  {
    const auto connection = town.journal().reader();
    const auto cursor =
        connection->query("SELECT fact, kind, record FROM exchange_to_erase ORDER BY kind, record, fact");
    while (cursor->next())
      all.push_back(
          {cursor->id<FactId>(0),
           subject_of(cursor->text(1) == "note" ? pfif::Kind::note : pfif::Kind::person, cursor->string(2))});
  }
  std::vector<journal::Draft> drafts;
  for (std::size_t at = 0; at < all.size(); at += kFactsInOrder) {
    const auto some = std::span(all).subspan(at, std::min(kFactsInOrder, all.size() - at));
    std::set<journal::Subject> subjects{journal::kErasureOrders};
    std::vector<FactId> facts;
    for (const Going& one : some) {
      subjects.insert(one.subject);
      facts.push_back(one.fact);
    }
    const erasure::Ordered order{"PFIF 1.4",
                                 "expiry_date",
                                 {{"exchange.received", static_cast<std::int64_t>(some.size())}},
                                 PersonId{}};
    drafts.push_back(journal::draft(journal::Stream::ordinary, std::string(journal::kErasureOrdered),
                                    {subjects.begin(), subjects.end()}, GrantId{}, order));
    drafts.back().supersedes = std::move(facts);
    report.erased += static_cast<std::int64_t>(some.size());
    TRY(append(town, drafts, kOrdersInABatch));
  }
  return append(town, drafts, 1);
}

Status Exchange::Inside::publish(const OwnRecords& own, UpkeepReport& report) {
  const Instant now = town.env().clock.now();
  std::vector<journal::Draft> drafts;
  std::set<std::string> standing;
  std::vector<Row> rows;
  for_each_published(*town.journal().reader(), [&](const Row& row) { rows.push_back(row); });
  for (const Row& row : rows) {
    const auto found = own.by_id.find(row.record);
    if (found == own.by_id.end()) {
      drafts.push_back(ended(row, Why::withdrawn, now, now, {}));
      ++report.withdrawn;
    } else if (row.digest == found->second.digest &&
               row.expiry_date->milliseconds - now.milliseconds > kRenewedBefore) {
      standing.insert(row.record);
    }
  }
  for (const auto& [id, record] : own.by_id) {
    if (standing.contains(id)) continue;
    const Instant until{now.milliseconds + kPublishedFor};
    drafts.push_back(journal::draft(journal::Stream::ordinary, "exchange.published",
                                    {subject_of(pfif::Kind::person, id)}, GrantId{},
                                    Published{id, record.entry, record.digest, now, until}));
    ++report.published;
    TRY(append(town, drafts, kInABatch));
  }
  return append(town, drafts, 1);
}

Result<std::shared_ptr<const OwnRecords>> Exchange::Inside::own(Progress& progress, UpkeepReport* report) {
  if (!disclosure) return std::unexpected(disclosure.error());
  TRY(matching.catch_up(progress));
  const std::string domain = TRY(own_domain(town));
  const std::lock_guard lock(mutex);
  const std::int64_t now = town.env().clock.monotonic_microseconds();
  const bool residents = touched->residents.exchange(false) || built_on != town.today();
  const bool soon = now - built_at >= took * kRebuildShare;
  if (own_ && !residents && !(soon && touched->entries)) return own_;
  touched->entries = false;
  own_.reset();  // should this fail, the next call builds again
  auto built = std::make_shared<const OwnRecords>(
      OwnRecords::build(town, registry, *town.journal().reader(), *disclosure, domain));
  UpkeepReport unasked;
  TRY(publish(*built, report != nullptr ? *report : unasked));
  own_ = std::move(built);
  built_on = town.today();
  built_at = town.env().clock.monotonic_microseconds();
  took = built_at - now;
  return own_;
}

Result<UpkeepReport> Exchange::upkeep(Progress& progress) {
  Inside& in = *inside_;
  UpkeepReport report;
  TRY(in.own(progress, &report));
  TRY(in.end_expired(report));
  TRY(in.erase_ended(report));
  return report;
}

}  // namespace sonae::exchange
