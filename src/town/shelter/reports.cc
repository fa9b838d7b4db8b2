// The day's report (避難所日報) of a shelter to headquarters.
#include "town/shelter/inside.h"

namespace sonae::shelter {

Result<Recorded> Shelters::send_report(api::Call& call, const SendReportRequest& request) {
  TRY(check_shelter(request.shelter));
  const Date today = inside_->town.today();
  const Date day = request.day.value_or(today);
  if (day > today)
    return fail(ErrorCode::invalid_input, {"まだ来ていない日です", "This day has not come yet"}, "day");
  const auto connection = inside_->town.journal().reader();
  if (day != today && !request.figures)
    return fail(
        ErrorCode::invalid_input,
        {"前の日の人数は数え直せません", "How many there were on an earlier day cannot be counted now"},
        "figures", {"その日の人数を入れてください", "Give the figures of that day"});
  journal::Batch batch;
  const auto id = inside_->town.env().random.id<ReportId>();
  journal::Draft draft = journal::draft(
      journal::Stream::ordinary, "shelter.report_sent", {{"shelter_report", id.text()}}, call.actor.grant,
      ReportSent{
          id, request.shelter, day,
          request.figures ? *request.figures : inside_->figures_of(call, *connection, request.shelter, day),
          request.facilities.value_or(""), request.staff.value_or(""), request.wishes.value_or(""),
          request.note.value_or("")});
  for (const Report& before : reports_in(*connection, {request.shelter, day})) {
    draft.supersedes.push_back(before.fact);
    draft.subjects.push_back({"shelter_report", before.report.text()});  // so that its row goes
  }
  batch.drafts.push_back(std::move(draft));
  const auto receipts = TRY(inside_->town.journal().append(std::move(batch)));
  return Recorded{receipts.front().fact};
}

Result<ReportList> Shelters::reports(api::Call&, const ReportsRequest& request) {
  return ReportList{reports_in(*inside_->town.journal().reader(), request)};
}

}  // namespace sonae::shelter
