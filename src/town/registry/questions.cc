// Residents who vanished from one snapshot to the next: asked of a person, answered, taken back.
#include <algorithm>

#include "town/registry/inside.h"

namespace sonae::registry {

Result<Questions> Registry::Inside::questions(api::Call& call, const QuestionsRequest& request) {
  const StatePtr now = state();
  const auto connection = town.journal().reader();
  const OutputFilter shown_to = filter(*now, call.actor, town.today());
  Questions answer;
  std::vector<const Vanished*> asked;
  for (const Vanished& one : now->vanished)
    if (shown_to.may_show(one.id) && one.outcome().has_value() == request.answered.value_or(false))
      asked.push_back(&one);
  answer.vanished_total = static_cast<std::int64_t>(asked.size());

  std::vector<std::string> shown;
  const auto first = static_cast<std::size_t>(std::max<std::int64_t>(0, request.offset.value_or(0)));
  const auto limit = static_cast<std::size_t>(std::clamp<std::int64_t>(request.limit.value_or(100), 0, 1000));
  for (std::size_t i = first; i < std::min(asked.size(), first + limit); ++i) {
    const Vanished& one = *asked[i];
    const auto last_cells = cells(*connection, *one.last, one.id);
    if (!last_cells) continue;
    const auto reader = one.last->reader();
    const std::vector<std::string_view> views(last_cells->begin(), last_cells->end());
    ResidentRow row = reader->row(views);
    row.presence = one.presence();
    VanishedQuestion question;
    question.resident = to_resident(row, town.today());
    question.resident.protected_person = shown_to.shows_as_protected(one.id);
    question.snapshot = one.missing.snapshot;
    question.as_of = one.missing.as_of;
    question.contradicted = one.contradicted();
    if (one.outcome()) {
      question.answer = one.answers.front().answer;
      question.answer_fact = one.answers.front().fact;
    }
    shown.push_back(access::shown(question.resident.id));
    answer.vanished.push_back(std::move(question));
  }
  for (const SnapshotRow& row : now->rows)
    if (!request.answered.value_or(false) &&
        std::ranges::find(now->disputed, row.fact) != now->disputed.end())
      answer.disputed.push_back(summary(*connection, *now, row, shown_to));
  TRY(access.record_look(call, "registry.questions", std::move(shown)));
  return answer;
}

Result<Recorded> Registry::Inside::answer_vanished(api::Call& call, const AnswerVanishedRequest& request) {
  const StatePtr now = state();
  const OutputFilter shown_to = filter(*now, call.actor, town.today());
  const Vanished* const one = now->vanished_one(request.resident.text());
  if (one == nullptr || !shown_to.may_show(request.resident) || one->missing.snapshot != request.snapshot)
    return fail(ErrorCode::not_found, {"そのような確認事項はありません", "There is no such question"});
  journal::Batch batch;
  if (request.outcome) {
    batch.drafts.push_back(journal::draft(
        journal::Stream::ordinary, std::string(kVanishedAnswered), {about(request.resident)},
        call.actor.grant,
        VanishedAnswered{request.resident, request.snapshot, *request.outcome, request.note.value_or("")}));
  } else {
    if (one->answers.empty())
      return fail(ErrorCode::conflict, {"まだ答えられていません", "This has not been answered"});
    batch.drafts.push_back(journal::draft(journal::Stream::ordinary, std::string(kVanishedTakenBack),
                                          {about(request.resident)}, call.actor.grant,
                                          VanishedTakenBack{request.resident, request.snapshot}));
  }
  for (const AnswerRow& row : one->answers)
    batch.drafts.back().supersedes.push_back(row.fact);
  batch.still_valid = batch.drafts.back().supersedes;
  return Recorded{TRY(town.journal().append(std::move(batch))).front().fact};
}

}  // namespace sonae::registry
