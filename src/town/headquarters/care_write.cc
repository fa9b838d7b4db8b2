// What is written of those who need care.
#include <algorithm>

#include "town/headquarters/inside.h"

namespace sonae::headquarters {

namespace {

constexpr std::size_t kMostAtOnce = 1000, kLongest = 500;

Status check_text(const std::string& text, const char* member) {
  if (text.size() <= kLongest) return {};
  return fail(ErrorCode::too_large, {"長すぎます", "This is too long"}, member);
}

// What the caller saw must be what holds now: two teams may write of one person at the same time.
Status check_seen(std::vector<FactId> seen, std::vector<FactId> standing) {
  std::ranges::sort(seen);
  std::ranges::sort(standing);
  if (seen == standing) return {};
  return fail(ErrorCode::conflict,
              {"ほかの人が先に結果を書いています", "Somebody else has written meanwhile"}, "resident",
              {"最新の状態を見てから、もう一度書いてください", "Look at it as it stands, then write again"});
}

}  // namespace

journal::Draft care_draft(const api::Call& call, const char* kind, const ResidentId& resident,
                          const json::value& body, std::vector<FactId> supersedes) {
  journal::Draft draft;
  draft.stream = journal::Stream::urgent;
  draft.kind = kind;
  draft.subjects = {{"care", resident.text()}, {"resident", resident.text()}};
  draft.grant = call.actor.grant;
  draft.body = to_text(body);
  draft.supersedes = std::move(supersedes);
  return draft;
}

Status Headquarters::Inside::check(const api::Call& call, const ResidentId& resident) const {
  const registry::OutputFilter filter = registry.output_filter(call.actor, town.today());
  if (!filter.may_show(resident) || !registry.find(resident)) return registry::no_such_resident();
  return {};
}

Result<Written> Headquarters::list(api::Call& call, const Listed& request) {
  TRY(inside_->check(call, request.resident));
  for (const auto& [text, member] : {std::pair<const std::string&, const char*>{request.needs, "needs"},
                                     {request.supporter, "supporter"},
                                     {request.note, "note"}})
    TRY(check_text(text, member));
  const Care before = care_of(*inside_->town.journal().reader(), request.resident);
  if (before.listed == request) return Written{0};
  journal::Batch batch;
  batch.drafts.push_back(
      care_draft(call, "care.listed", request.resident, to_json(request), before.listings));
  TRY(inside_->town.journal().append(std::move(batch)));
  return Written{1};
}

Result<Written> Headquarters::unlist(api::Call& call, const UnlistRequest& request) {
  TRY(inside_->check(call, request.resident));
  if (request.because.empty())
    return fail(ErrorCode::invalid_input, {"理由を入れてください", "Give the reason"}, "because");
  TRY(check_text(request.because, "because"));
  const Care before = care_of(*inside_->town.journal().reader(), request.resident);
  journal::Batch batch;
  batch.drafts.push_back(care_draft(call, "care.unlisted", request.resident,
                                    to_json(Unlisted{request.resident, request.because}), before.listings));
  TRY(inside_->town.journal().append(std::move(batch)));
  return Written{1};
}

Result<Written> Headquarters::assign(api::Call& call, const AssignRequest& request) {
  if (request.residents.empty() || request.residents.size() > kMostAtOnce)
    return fail(ErrorCode::invalid_input, {"1人から1000人までです", "From 1 to 1000 persons"}, "residents");
  TRY(check_text(request.team, "team"));
  const auto connection = inside_->town.journal().reader();
  journal::Batch batch;
  for (const ResidentId& resident : request.residents) {
    TRY(inside_->check(call, resident));
    const Care before = care_of(*connection, resident);
    if (before.team == request.team && before.assignments.size() <= 1) continue;
    batch.drafts.push_back(care_draft(call, "care.assigned", resident,
                                      to_json(Assigned{resident, request.team}), before.assignments));
  }
  const auto count = static_cast<std::int64_t>(batch.drafts.size());
  if (count > 0) TRY(inside_->town.journal().append(std::move(batch)));
  return Written{count};
}

Result<Written> Headquarters::find(api::Call& call, const FindRequest& request) {
  TRY(inside_->check(call, request.resident));
  TRY(check_text(request.note, "note"));
  const Care before = care_of(*inside_->town.journal().reader(), request.resident);
  TRY(check_seen(request.seen, before.findings));
  const Found found{request.resident, request.team.value_or(before.team), request.found,
                    inside_->town.env().clock.now(), request.note};
  journal::Batch batch;
  batch.drafts.push_back(care_draft(call, "care.found", request.resident, to_json(found), before.findings));
  batch.still_valid = before.findings;
  TRY(inside_->town.journal().append(std::move(batch)));
  return Written{1};
}

Result<Written> Headquarters::take_back(api::Call& call, const TakeBackRequest& request) {
  TRY(inside_->check(call, request.resident));
  TRY(check_text(request.because, "because"));
  const Care before = care_of(*inside_->town.journal().reader(), request.resident);
  TRY(check_seen(request.seen, before.findings));
  if (before.findings.empty())
    return fail(ErrorCode::conflict, {"取り消す結果がありません", "There is nothing to take back"},
                "resident");
  journal::Batch batch;
  batch.drafts.push_back(care_draft(call, "care.taken_back", request.resident,
                                    to_json(FindingTakenBack{request.resident, request.because}),
                                    before.findings));
  batch.still_valid = before.findings;
  TRY(inside_->town.journal().append(std::move(batch)));
  return Written{1};
}

}  // namespace sonae::headquarters
