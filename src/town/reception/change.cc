// What was learnt of somebody since they were received, and taking it back.
#include <algorithm>

#include "town/reception/entries.h"
#include "town/reception/ids.h"
#include "town/reception/inside.h"

namespace sonae::reception {

namespace {

bool is_aspect(std::string_view kind) {
  for (const Aspect aspect :
       {Aspect::stay, Aspect::condition, Aspect::needs, Aspect::consent, Aspect::contact})
    if (kind == kind_of(aspect)) return true;
  return false;
}

// Of the facts that were seen, those on this aspect: what the change replaces.
std::vector<FactId> seen_of(store::Connection& connection, const ChangeRequest& request,
                            std::string_view kind) {
  std::vector<FactId> replaced;
  for (const FactId& id : request.seen) {
    const auto fact = journal::fact(connection, id);
    if (!fact || fact->header.kind != kind) continue;
    const auto& subjects = fact->header.subjects;
    if (std::ranges::find(subjects, subject_of(request.entry)) != subjects.end()) replaced.push_back(id);
  }
  std::ranges::sort(replaced);
  return replaced;
}

}  // namespace

Result<ChangeAnswer> Reception::Inside::change(api::Call& call, const ChangeRequest& request) {
  const auto connection = town.journal().reader();
  TRY(visible_entry(call, *connection, request.entry));
  ChangeAnswer answer;
  journal::Batch batch;
  const auto write = [&](Aspect aspect, const auto& body) {
    const std::string_view kind = kind_of(aspect);
    const FactId id = aspect_fact_id(request.change, kind);
    answer.receipts.push_back(id);
    if (journal::fact(*connection, id)) return;  // a device sent it before
    batch.drafts.push_back(journal::draft(journal::Stream::urgent, std::string(kind),
                                          {subject_of(request.entry)}, call.actor.grant, body));
    batch.drafts.back().id = id;
    batch.drafts.back().supersedes = seen_of(*connection, request, kind);
  };
  if (request.stay) write(Aspect::stay, *request.stay);
  if (request.condition) write(Aspect::condition, *request.condition);
  if (request.needs) {
    NeedsChanged needs = *request.needs;
    std::ranges::sort(needs.needs);
    needs.needs.erase(std::unique(needs.needs.begin(), needs.needs.end()), needs.needs.end());
    write(Aspect::needs, needs);
  }
  if (request.consent) write(Aspect::consent, *request.consent);
  if (request.contact) write(Aspect::contact, *request.contact);
  if (answer.receipts.empty())
    return fail(ErrorCode::invalid_input, {"改めることがありません", "There is nothing to change"});
  if (batch.drafts.empty()) {
    TRY(town.journal().settle());
    return answer;
  }
  TRY(town.journal().append(std::move(batch)));
  TRY(changed(call));
  return answer;
}

Result<Recorded> Reception::Inside::undo_change(api::Call& call, const UndoChangeRequest& request) {
  const auto connection = town.journal().reader();
  TRY(visible_entry(call, *connection, request.entry));
  const auto facts = journal::facts_about(*connection, subject_of(request.entry));
  const auto fact =
      std::ranges::find(facts, request.fact, [](const journal::Fact& one) { return one.header.id; });
  if (fact == facts.end() || !is_aspect(fact->header.kind))
    return fail(ErrorCode::not_found, {"その変更はありません", "There is no such change"});
  if (fact->superseded)
    return fail(ErrorCode::conflict, {"そのあとにもう改められています", "It has been changed since"}, {},
                {"開き直して確かめてください", "Open it again and look"});
  journal::Draft draft;
  const auto before = std::ranges::find_if(facts, [&](const journal::Fact& one) {
    return !one.erased &&
           std::ranges::find(fact->header.supersedes, one.header.id) != fact->header.supersedes.end();
  });
  if (before != facts.end()) {
    draft.kind = fact->header.kind;
    draft.body = before->body;
  } else {
    draft.kind = "reception.change_taken_back";
    draft.body = to_text(to_json(ChangeTakenBack{request.because.value_or("")}));
  }
  draft.stream = journal::Stream::urgent;
  draft.subjects = {subject_of(request.entry)};
  draft.grant = call.actor.grant;
  draft.supersedes = {fact->header.id};
  return record(call, std::move(draft), {fact->header.id});
}

}  // namespace sonae::reception
