// What becomes of a claim: an entry by proof or by a clerk's word, a refusal, and the way back.
#include <set>

#include "text/date.h"
#include "text/fold.h"
#include "town/claim/inside.h"

namespace sonae::claim {

namespace {

// Where somebody stands on the lists who said without an account that they are safe.
std::string words_of(Channel via) {
  switch (via) {
    case Channel::mail:
      return "メール";
    case Channel::sms:
      return "SMS";
    case Channel::line:
      return "LINE";
    case Channel::web:
      break;
  }
  return "ウェブ";
}
constexpr std::size_t kFewestDigits = 9;  // of a telephone number, to prove anything

std::string digits_of(const text::Tables& tables, const std::string& phone) {
  std::string digits;
  for (const char one : text::fold_name(tables, phone))
    if (one >= '0' && one <= '9') digits += one;
  return digits;
}

reception::EntryWritten entry_of(const Made& made, const EntryId& id, Date today, Instant at) {
  reception::EntryWritten entry;
  entry.entry = id;
  const std::string via = words_of(made.via.value_or(Channel::web));
  const bool in_shelter = made.stay == reception::StayKind::shelter && !made.where.empty();
  entry.shelter = in_shelter ? made.where : "本人の届け（" + via + "）";
  entry.person.name = made.name;
  entry.person.kana = made.kana;
  if (const auto birth = text::parse_date(made.birth_date, today)) entry.person.birth = birth->date;
  entry.person.address = made.address;
  entry.person.phone = made.phone;
  entry.person.note = made.message;
  entry.person.condition = made.condition;
  entry.person.stay = made.stay;
  reception::Received received;
  received.at = at;
  if (!in_shelter) received.room = made.where;
  received.said_by = "本人（" + via + "）";
  for (const reception::Audience to : made.consent)
    received.consent.push_back({to, true});
  entry.received = std::move(received);
  return entry;
}

journal::Subject subject_of(const ClaimId& id) {
  return {"claim", id.text()};
}

Result<ClaimRow> waiting(store::Connection& connection, const ClaimId& id) {
  auto row = find_claim(connection, id);
  if (!row) return no_such_claim();
  if (row->state != State::waiting)
    return fail(ErrorCode::conflict, {"この届けには答えてあります", "This claim was answered"}, "claim",
                {"一覧を開き直してください", "Open the list again"});
  return std::move(*row);
}

}  // namespace

Result<std::optional<ResidentId>> Claims::Inside::proven(const registry::PeopleIndex& people,
                                                         const Made& made) const {
  const text::Tables& tables = town.tables();
  const std::string phone = digits_of(tables, made.phone);
  const auto birth = text::parse_date(made.birth_date, town.today());
  if (phone.size() < kFewestDigits || !birth || !birth->date.is_whole()) return std::nullopt;
  const std::string day = text::to_text(birth->date);
  const std::string name = text::fold_name(tables, made.name);
  link::SearchOptions options;
  options.limit = 10;
  std::optional<ResidentId> one;
  for (const link::Found& found : people.search.find(phone + " " + day, options)) {
    const auto resident = registry.find(ResidentId(std::string(found.resident)));
    if (!resident || resident->birth_date != day || digits_of(tables, resident->phone) != phone) continue;
    if (text::fold_name(tables, resident->name) != name) continue;
    if (one) return std::nullopt;
    one = resident->id;
  }
  return one;
}

Result<Recorded> Claims::Inside::become_entry(api::Call& call, const ClaimRow& row, const Tied& tied) {
  const Instant now = town.env().clock.now();
  journal::Batch batch;
  const journal::Subject entry{"entry", tied.entry.text()};
  journal::Draft written =
      journal::draft(journal::Stream::urgent, "reception.entry_written", {entry}, call.actor.grant,
                     entry_of(row.claim, tied.entry, town.today(), now));
  written.id = town.env().random.id<FactId>();
  if (tied.resident)
    batch.drafts.push_back(journal::draft(
        journal::Stream::urgent, "matching.decided", {entry, {"resident", tied.resident->text()}},
        call.actor.grant, matching::Decided{tied.entry, tied.resident, tied.because, {written.id}}));
  batch.drafts.insert(batch.drafts.begin(), std::move(written));
  batch.drafts.insert(batch.drafts.begin(), journal::draft(journal::Stream::urgent, "claim.tied",
                                                           {subject_of(tied.claim)}, call.actor.grant, tied));
  const auto receipts = TRY(town.journal().append(std::move(batch)));
  TRY(matching.catch_up(call.progress));
  return Recorded{receipts.front().fact};
}

Result<TieReport> Claims::tie(api::Call& call) {
  Inside& in = *inside_;
  TieReport report;
  const std::lock_guard lock(in.tying);
  std::vector<ClaimRow> rows;
  const auto connection = in.town.journal().reader();
  {
    const auto row = connection->query("SELECT row FROM claim_made WHERE state = 'waiting' ORDER BY made");
    while (row->next())
      rows.push_back(TRY(from_json_text<ClaimRow>(row->text(0))));
  }
  if (rows.empty()) return report;
  const auto people = TRY(in.registry.people_index(call.progress));
  if (!people) return report;
  TRY(in.matching.catch_up(call.progress));
  // Of whom news is held already a claim would stand before what was seen at the door: a clerk decides.
  std::set<ResidentId> known;
  matching::for_each_confirmed(*in.town.journal().reader(), [&](const ResidentId& id, const EntryId&,
                                                                matching::How) { known.insert(id); });
  const registry::OutputFilter unprotected = in.registry.output_filter(api::Actor{}, in.town.today());
  for (const ClaimRow& row : rows) {
    const auto resident = TRY(in.proven(*people, row.claim));
    if (!resident || !unprotected.may_show(*resident) || !known.insert(*resident).second) continue;
    TRY(in.become_entry(call, row,
                        Tied{row.claim.claim, in.town.env().random.id<EntryId>(), resident, true, {}}));
    ++report.tied;
  }
  return report;
}

Result<Recorded> Claims::confirm(api::Call& call, const ConfirmRequest& request) {
  Inside& in = *inside_;
  const std::lock_guard lock(in.tying);
  const ClaimRow row = TRY(waiting(*in.town.journal().reader(), request.claim));
  if (request.resident) {
    const registry::OutputFilter filter = in.registry.output_filter(call.actor, in.town.today());
    if (!filter.may_show(*request.resident) || !in.registry.find(*request.resident))
      return registry::no_such_resident();
  }
  return in.become_entry(
      call, row,
      Tied{request.claim, in.town.env().random.id<EntryId>(), request.resident, false, request.because});
}

Result<Recorded> Claims::refuse(api::Call& call, const ChangeRequest& request) {
  Inside& in = *inside_;
  const std::lock_guard lock(in.tying);
  TRY(waiting(*in.town.journal().reader(), request.claim));
  if (request.because.empty())
    return fail(ErrorCode::invalid_input, {"理由を入れてください", "Give the reason"}, "because");
  journal::Batch batch;
  batch.drafts.push_back(journal::draft(journal::Stream::urgent, "claim.refused", {subject_of(request.claim)},
                                        call.actor.grant, Refused{request.claim, request.because}));
  const auto receipts = TRY(in.town.journal().append(std::move(batch)));
  return Recorded{receipts.front().fact};
}

Result<Recorded> Claims::reopen(api::Call& call, const ChangeRequest& request) {
  Inside& in = *inside_;
  const std::lock_guard lock(in.tying);
  const auto row = find_claim(*in.town.journal().reader(), request.claim);
  if (!row) return no_such_claim();
  if (row->state == State::waiting)
    return fail(ErrorCode::conflict, {"この届けはまだ答えを待っています", "This claim waits already"},
                "claim");
  journal::Batch batch;
  batch.drafts.push_back(journal::draft(journal::Stream::urgent, "claim.reopened",
                                        {subject_of(request.claim)}, call.actor.grant,
                                        Reopened{request.claim, request.because}));
  batch.drafts.back().supersedes = row->standing;
  batch.still_valid = row->standing;
  if (row->entry)
    batch.drafts.push_back(journal::draft(journal::Stream::urgent, "reception.entry_withdrawn",
                                          {{"entry", row->entry->text()}}, call.actor.grant,
                                          reception::EntryWithdrawn{*row->entry, request.because}));
  const auto receipts = TRY(in.town.journal().append(std::move(batch)));
  TRY(in.matching.catch_up(call.progress));
  return Recorded{receipts.front().fact};
}

}  // namespace sonae::claim
