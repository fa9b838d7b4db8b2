#include "town/paper/paper.h"

#include <algorithm>

#include "journal/blob.h"
#include "town/access/accounts.h"
#include "town/paper/inside.h"

namespace sonae::paper {

namespace {

// Devices send less (ui/src/door/photo.ts): a form must stay readable, and fit a line of 128 kbit/s in half a
// minute.
constexpr std::size_t kLargestPicture = std::size_t{1} << 20;
constexpr std::string_view kJpeg = "\xFF\xD8\xFF";  // ITU-T T.81: start of image, and the first marker
constexpr std::int64_t kFew = 50, kMost = 500;

std::unexpected<Error> no_such_form() {
  return fail(ErrorCode::not_found, {"この受付票はありません", "There is no such form"});
}
std::unexpected<Error> settled_already() {
  return fail(ErrorCode::conflict,
              {"この受付票はほかの人が済ませました", "Somebody else has settled this form"}, "form",
              {"一覧を開き直してください", "Open the list again"});
}

}  // namespace

Result<Recorded> Papers::record(journal::Draft draft, std::vector<FactId> still_valid) {
  journal::Batch batch;
  batch.drafts.push_back(std::move(draft));
  batch.still_valid = std::move(still_valid);
  const auto receipts = TRY(town_.journal().append(std::move(batch)));
  return Recorded{receipts.front().fact};
}

Result<Form> Papers::visible(const api::Call& call, store::Connection& connection, const FormId& id) const {
  const auto row = find_form(connection, id);
  if (!row) return no_such_form();
  const std::set<EntryId> hidden = reception_.hidden_from(call, connection);
  if (std::ranges::any_of(row->form.entries, [&](const EntryId& one) { return hidden.contains(one); }))
    return no_such_form();
  return row->form;
}

Result<Recorded> Papers::photograph(api::Call& call, const PhotographRequest& request) {
  if (request.shelter.empty())
    return fail(ErrorCode::invalid_input, {"避難所の名前がありません", "The shelter has no name"}, "shelter");
  if (!call.file || !call.file->content.starts_with(kJpeg))
    return fail(ErrorCode::invalid_input, {"JPEG の写真ではありません", "This is no JPEG picture"}, "file");
  if (call.file->content.size() > kLargestPicture)
    return fail(ErrorCode::too_large, {"写真が大きすぎます（1 MiB まで）", "The picture is over 1 MiB"},
                "file");
  journal::Journal& journal = town_.journal();
  const Photographed body{request.form,  request.shelter, request.number,
                          request.taken, request.people,  journal.address_of(call.file->content)};
  const auto connection = journal.reader();
  if (const auto stored = journal::fact(*connection, request.fact)) {
    if (stored->erased || stored->body == to_text(to_json(body))) {
      TRY(journal.settle());
      return Recorded{request.fact};
    }
    return fail(ErrorCode::conflict,
                {"この番号では別のことが記録されています", "Something else was recorded under this id"});
  }
  journal::Batch batch;
  // Ordinary: a picture must not stand before somebody's name on a slow line.
  batch.drafts.push_back(journal::draft(journal::Stream::ordinary, "paper.photographed",
                                        {subject_of(request.form)}, call.actor.grant, body));
  batch.drafts.back().id = request.fact;
  batch.blobs.push_back(std::move(call.file->content));
  TRY(journal.append(std::move(batch)));
  return Recorded{request.fact};
}

Result<FormList> Papers::forms(api::Call& call, const FormsRequest& request) {
  const std::int64_t offset = request.offset.value_or(0), limit = request.limit.value_or(kFew);
  if (offset < 0 || limit < 1 || limit > kMost)
    return fail(ErrorCode::invalid_input, {"一度に 1 件から 500 件です", "1 to 500 at once"}, "limit");
  const auto connection = town_.journal().reader();
  const journal::Blobs blobs(*connection, town_.journal_options().town_key);
  const std::set<EntryId> hidden = reception_.hidden_from(call, *connection);
  FormList list;
  for (FormRow& row : forms_in(*connection, request)) {
    Form& form = row.form;
    if (std::ranges::any_of(form.entries, [&](const EntryId& one) { return hidden.contains(one); })) continue;
    ++list.total;
    list.people += form.people.value_or(0);
    if (list.total <= offset || list.total > offset + limit) continue;
    form.photographed_by = access::name_of(*connection, row.photographed_under);
    if (row.settled_under) form.settled_by = access::name_of(*connection, *row.settled_under);
    form.here = blobs.has(row.picture);
    list.forms.push_back(std::move(form));
  }
  return list;
}

Result<api::FileAnswer> Papers::picture(api::Call& call, const FormRequest& request) {
  const auto connection = town_.journal().reader();
  TRY(visible(call, *connection, request.form));
  const auto content = journal::Blobs(*connection, town_.journal_options().town_key)
                           .read(find_form(*connection, request.form)->picture);
  if (!content)
    return fail(ErrorCode::not_found,
                {"写真がまだこのノードに届いていません", "The picture has not arrived here yet"}, "form",
                {"同期のあとでもう一度開いてください", "Open it again after the next exchange"});
  TRY(access_.record_look(call, "paper.picture", {"form:" + request.form.text()}));
  if (call.output != nullptr) TRY(call.output->write(*content));
  return api::FileAnswer{"form.jpg", "image/jpeg", 1};
}

Result<Recorded> Papers::type(api::Call& call, const TypeRequest& request) {
  const auto connection = town_.journal().reader();
  const Form form = TRY(visible(call, *connection, request.form));
  reception::Arrivals arrivals = TRY(reception_.arrivals(call, *connection, request.family));
  if (form.state != State::waiting) {
    // Sent twice, since the first answer was lost: the same people.
    std::vector<EntryId> typed;
    for (const reception::ReceivedPerson& one : arrivals.answer.persons)
      typed.push_back(one.entry);
    if (form.state != State::typed || form.entries != typed) return settled_already();
    TRY(town_.journal().settle());
    return Recorded{form.standing.front()};
  }
  Settled settled{request.form, Outcome::typed, {}, {}};
  for (const reception::ReceivedPerson& one : arrivals.answer.persons)
    settled.entries.push_back(one.entry);
  journal::Batch batch;
  batch.drafts.push_back(journal::draft(journal::Stream::ordinary, "paper.settled",
                                        {subject_of(request.form)}, call.actor.grant, settled));
  std::ranges::move(arrivals.drafts, std::back_inserter(batch.drafts));
  const auto receipts = TRY(town_.journal().append(std::move(batch)));
  TRY(reception_.arrived(call));
  return Recorded{receipts.front().fact};
}

Result<Recorded> Papers::settle(api::Call& call, const SettleRequest& request) {
  const Form form = TRY(visible(call, *town_.journal().reader(), request.form));
  if (!is_open(form.state)) return settled_already();
  if (request.outcome == Outcome::typed)
    return fail(ErrorCode::invalid_input, {"入力は別の操作です", "Typing is another operation"}, "outcome",
                {"paper.type_form を使ってください", "Use paper.type_form"});
  if (request.because.empty())
    return fail(ErrorCode::invalid_input, {"理由を入れてください", "Give the reason"}, "because");
  journal::Draft draft =
      journal::draft(journal::Stream::ordinary, "paper.settled", {subject_of(request.form)}, call.actor.grant,
                     Settled{request.form, request.outcome, form.entries, request.because});
  draft.supersedes = form.standing;
  return record(std::move(draft), form.standing);
}

Result<Recorded> Papers::reopen(api::Call& call, const ReopenRequest& request) {
  const Form form = TRY(visible(call, *town_.journal().reader(), request.form));
  if (form.standing.empty())
    return fail(ErrorCode::conflict, {"この受付票はまだ待っています", "This form waits already"}, "form");
  journal::Draft draft =
      journal::draft(journal::Stream::ordinary, "paper.reopened", {subject_of(request.form)},
                     call.actor.grant, Reopened{request.form, request.because});
  draft.supersedes = form.standing;
  return record(std::move(draft), form.standing);
}

}  // namespace sonae::paper
