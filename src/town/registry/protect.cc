// Marking protected persons by hand, and lifting the marks.
#include <algorithm>

#include "town/registry/inside.h"

namespace sonae::registry {
Result<Recorded> Registry::Inside::protect(api::Call& call, const ProtectRequest& request) {
  const StatePtr now = state();
  const auto connection = town.journal().reader();
  if (!find(*connection, *now, request.resident.text(), [](const ResidentRow&) {})) return no_such_resident();
  const Date from = request.from.value_or(town.today());
  if (request.until && *request.until < from)
    return fail(ErrorCode::invalid_input,
                {"終わりの日が始まりより前です", "The last day is before the first"}, "until");
  journal::Batch batch;
  batch.drafts.push_back(journal::draft(
      journal::Stream::restricted, std::string(kProtectedMarked), {about(request.resident)}, call.actor.grant,
      ProtectedMarked{request.resident, from, request.until, request.kind.value_or(""),
                      request.note.value_or("")}));
  return Recorded{TRY(town.journal().append(std::move(batch))).front().fact};
}

Result<Recorded> Registry::Inside::lift_protection(api::Call& call, const LiftProtectionRequest& request) {
  const StatePtr now = state();
  journal::Batch batch;
  batch.drafts.push_back(journal::draft(journal::Stream::restricted, std::string(kProtectedLifted),
                                        {about(request.resident)}, call.actor.grant,
                                        ProtectedLifted{request.resident, request.note.value_or("")}));
  for (const ProtectionRow& row : now->marks)
    if (row.mark.resident == request.resident) batch.drafts.back().supersedes.push_back(row.fact);
  if (batch.drafts.back().supersedes.empty())
    return fail(ErrorCode::not_found,
                {"手で付けた支援措置の印はありません", "There is no protection marked by hand"}, {},
                {"台帳ファイルの印は元の台帳で外します",
                 "A mark of the registry file is lifted in the source registry"});
  batch.still_valid = batch.drafts.back().supersedes;
  return Recorded{TRY(town.journal().append(std::move(batch))).front().fact};
}

Result<Protections> Registry::Inside::protections(api::Call& call) {
  const StatePtr now = state();
  const auto connection = town.journal().reader();
  Protections all;
  for (const ProtectionRow& row : now->marks)
    all.protections.push_back({row.mark.resident,
                               {},
                               row.mark.from,
                               row.mark.until,
                               row.mark.kind,
                               row.mark.note,
                               false,
                               holds_on(town.today(), row.mark.from, row.mark.until)});
  if (now->current())
    for (const FileProtection& one : now->current()->body.protections)
      all.protections.push_back({one.resident,
                                 {},
                                 one.from,
                                 one.until,
                                 one.kind,
                                 {},
                                 true,
                                 holds_on(town.today(), one.from, one.until)});
  std::vector<std::string> shown;
  for (Protection& one : all.protections) {
    find(*connection, *now, one.resident.text(), [&](const ResidentRow& row) { one.name = row.name; });
    shown.push_back(access::shown(one.resident));
  }
  std::ranges::sort(all.protections, [](const Protection& one, const Protection& other) {
    return compare_ids(one.resident.text(), other.resident.text()) < 0;
  });
  TRY(access.record_look(call, "registry.protected", std::move(shown)));
  return all;
}

}  // namespace sonae::registry
