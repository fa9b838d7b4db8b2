// Records from elsewhere as people here see them, and whom they mean.
#include <algorithm>

#include "text/date.h"
#include "text/fold.h"
#include "town/exchange/inside.h"

namespace sonae::exchange {

namespace {

constexpr const char* kShelterOfRecords = "外部からの情報（PFIF）";

std::optional<Tied> tie_of(store::Connection& connection, const std::string& record) {
  const auto row =
      connection.query("SELECT tie FROM exchange_record WHERE kind = 'person' AND record = $1", record);
  if (!row->next() || row->is_null(0)) return std::nullopt;
  auto tied = from_json_text<Tied>(row->text(0));
  return tied ? std::optional(std::move(*tied)) : std::nullopt;
}

std::unexpected<Error> no_such_record() {
  return fail(ErrorCode::not_found, {"この記録はありません", "There is no such record"}, "record");
}

// What the newest note with a status says of the person.
reception::Condition condition_of(store::Connection& connection, const std::string& person) {
  reception::Condition condition = reception::Condition::not_stated;
  Instant newest{INT64_MIN};
  for (const Row& row : notes_of(connection, person)) {
    const auto note = received_of(connection, row);
    if (!note || row.source_date < newest) continue;
    const std::string& status = note->record.at("status");
    if (status == "believed_alive" || status == "is_note_author")
      condition = reception::Condition::well;
    else if (status == "believed_missing")
      condition = reception::Condition::missing;
    else
      continue;
    newest = row.source_date;
  }
  return condition;
}

}  // namespace

Result<Overview> Exchange::overview(api::Call& call) {
  Inside& in = *inside_;
  TRY(in.own(call.progress));
  const auto connection = in.town.journal().reader();
  Overview overview;
  overview.domain = TRY(own_domain(in.town));
  const auto count = [&](const char* where) {
    const auto row = connection->query(std::string("SELECT COUNT(*) FROM exchange_record WHERE ") + where);
    return row->next() ? row->integer(0) : 0;
  };
  overview.published = count("standing = 'published' AND kind = 'person'");
  overview.received_persons = count("standing = 'received' AND kind = 'person'");
  overview.received_notes = count("standing = 'received' AND kind = 'note'");
  overview.ended = count("standing = 'ended' AND kind = 'person'");
  return overview;
}

Result<ReceivedList> Exchange::records(api::Call& call, const RecordsRequest& request) {
  Inside& in = *inside_;
  const std::int64_t offset = std::max<std::int64_t>(request.offset.value_or(0), 0);
  const std::int64_t limit = std::clamp<std::int64_t>(request.limit.value_or(50), 1, 200);
  const auto own = TRY(in.own(call.progress));
  const registry::OutputFilter filter = in.registry.output_filter(call.actor, in.town.today());
  const auto connection = in.town.journal().reader();
  // Those of a page, and of the names that could be meant all: which of them may be shown is known only then.
  std::string pattern = "%";
  for (const char one : request.text.value_or(""))
    if (one == ' ')
      pattern += '%';
    else if (one != '%' && one != '_')
      pattern += one;
  pattern += '%';
  ReceivedList list;
  {
    const auto row = connection->query(
        "SELECT COUNT(*) FROM exchange_record WHERE kind = 'person' AND standing = 'received' AND name LIKE "
        "$1",
        pattern);
    if (row->next()) list.total = row->integer(0);
  }
  std::vector<Row> rows;
  {
    const auto cursor = connection->query(std::string("SELECT ") + kRowColumns +
                                              " FROM exchange_record WHERE kind = 'person' AND standing = "
                                              "'received' AND name LIKE $1 ORDER BY entered DESC, record "
                                              "LIMIT $2 OFFSET $3",
                                          pattern, limit, offset);
    while (cursor->next())
      rows.push_back(row_of(*cursor));
  }
  std::vector<std::string> shown;
  for (const Row& row : rows) {
    const auto received = received_of(*connection, row);
    if (!received) continue;
    ReceivedPerson one{row.record,
                       row.entered.wall,
                       received->source.name,
                       received->record.fields,
                       {},
                       tie_of(*connection, row.record)};
    const bool may_see =
        filter.sees_protected() || ((!one.tie || filter.may_show(one.tie->resident)) &&
                                    !bears_name(in.town.tables(), own->names_kept_out, received->record));
    if (!may_see) continue;
    for (const Row& note : notes_of(*connection, row.record))
      if (const auto text = received_of(*connection, note)) one.notes.push_back(text->record.fields);
    shown.push_back("pfif_person:" + row.record);
    list.records.push_back(std::move(one));
  }
  TRY(in.access.record_look(call, "exchange.records", std::move(shown)));
  return list;
}

// The entry says no more than the town itself holds of the resident, and what state the record reports: so
// nothing of the record stays behind when it ends.
Result<Recorded> Exchange::tie(api::Call& call, const TieRequest& request) {
  Inside& in = *inside_;
  const auto connection = in.town.journal().reader();
  const auto row = find_row(*connection, pfif::Kind::person, request.record);
  if (!row || row->standing != Standing::received) return no_such_record();
  if (tie_of(*connection, request.record))
    return fail(ErrorCode::conflict, {"この記録はすでに結び付けてあります", "This record is tied already"},
                "record");
  const registry::OutputFilter filter = in.registry.output_filter(call.actor, in.town.today());
  const auto resident = in.registry.find(request.resident);
  if (!resident || !filter.may_show(request.resident)) return registry::no_such_resident();

  const auto entry_id = in.town.env().random.id<EntryId>();
  reception::EntryWritten entry;
  entry.entry = entry_id;
  entry.shelter = kShelterOfRecords;
  entry.person.name = resident->name;
  entry.person.kana = resident->kana;
  if (const auto birth = text::parse_date(resident->birth_date, in.town.today()))
    entry.person.birth = birth->date;
  entry.person.address = resident->address;
  entry.person.condition = condition_of(*connection, request.record);
  entry.person.stay = reception::StayKind::elsewhere;
  reception::Received received;
  received.at = in.town.env().clock.now();
  received.said_by = std::string(pfif::domain_of(request.record));
  entry.received = std::move(received);

  const journal::Subject subject{"entry", entry_id.text()};
  journal::Batch batch;
  batch.drafts.push_back(journal::draft(journal::Stream::urgent, "exchange.tied",
                                        {subject_of(pfif::Kind::person, request.record)}, call.actor.grant,
                                        Tied{request.record, request.resident, entry_id, request.because}));
  batch.drafts.push_back(
      journal::draft(journal::Stream::urgent, "reception.entry_written", {subject}, call.actor.grant, entry));
  const auto written = batch.drafts.back().id = in.town.env().random.id<FactId>();
  batch.drafts.push_back(journal::draft(
      journal::Stream::urgent, "matching.decided", {subject, {"resident", request.resident.text()}},
      call.actor.grant, matching::Decided{entry_id, request.resident, request.because, {written}}));
  const auto receipts = TRY(in.town.journal().append(std::move(batch)));
  TRY(in.matching.catch_up(call.progress));
  return Recorded{receipts.front().fact};
}

Result<Recorded> Exchange::untie(api::Call& call, const UntieRequest& request) {
  Inside& in = *inside_;
  const auto connection = in.town.journal().reader();
  const auto tied = tie_of(*connection, request.record);
  if (!tied) return no_such_record();
  if (request.because.empty())
    return fail(ErrorCode::invalid_input, {"理由を入れてください", "Give the reason"}, "because");
  const journal::Subject subject = subject_of(pfif::Kind::person, request.record);
  journal::Batch batch;
  batch.drafts.push_back(journal::draft(journal::Stream::urgent, "exchange.untied", {subject},
                                        call.actor.grant, Untied{request.record, request.because}));
  for (const journal::Fact& fact : journal::facts_about(*connection, subject))
    if (fact.header.kind == "exchange.tied" && !fact.superseded)
      batch.drafts.back().supersedes.push_back(fact.header.id);
  batch.still_valid = batch.drafts.back().supersedes;
  batch.drafts.push_back(journal::draft(journal::Stream::urgent, "reception.entry_withdrawn",
                                        {{"entry", tied->entry.text()}}, call.actor.grant,
                                        reception::EntryWithdrawn{tied->entry, request.because}));
  const auto receipts = TRY(in.town.journal().append(std::move(batch)));
  TRY(in.matching.catch_up(call.progress));
  return Recorded{receipts.front().fact};
}

}  // namespace sonae::exchange
