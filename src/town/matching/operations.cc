// The operations that matching offers.
#include "town/matching/inside.h"

namespace sonae::matching {

Result<Summary> Matching::Inside::summary(api::Call& call, const SummaryRequest& request) {
  TRY(catch_up(call.progress));
  std::vector<Standing> standings = visible_standings(call, *town.journal().reader());
  if (request.shelter)
    std::erase_if(standings, [&](const Standing& standing) { return standing.shelter != *request.shelter; });
  return summary_of(standings);
}

Result<RunReport> Matching::Inside::run(api::Call& call, const RunRequest& request) {
  RunReport report;
  report.answered = TRY(catch_up(call.progress, request.all.value_or(false)));
  if (const auto people = TRY(registry.people_index(call.progress)))
    report.residents = static_cast<std::int64_t>(people->linkage.size());
  report.summary = summary_of(visible_standings(call, *town.journal().reader()));
  return report;
}

void Matching::add_operations(api::Catalogue& catalogue) {
  using api::Call;
  using enum api::Permission;
  Inside& in = *inside_;

  catalogue.add(api::operation<RunRequest, RunReport>(
                    "matching.run", {"突合", "Match the entries with the residents"}, see_people,
                    [&in](Call& call, const RunRequest& request) { return in.run(call, request); })
                    .writing()
                    .long_running());
  catalogue.add(api::operation<SummaryRequest, Summary>(
                    "matching.summary", {"突合のようす", "How the matching stands"}, see_people,
                    [&in](Call& call, const SummaryRequest& request) { return in.summary(call, request); })
                    .openly());
  catalogue.add(api::operation<QueueRequest, Queue>(
      "matching.queue", {"人の判断を待つもの", "What a person has to decide"}, see_people,
      [&in](Call& call, const QueueRequest& request) { return in.queue(call, request); }));
  catalogue.add(api::operation<EntryRequest, QuestionAnswer>(
      "matching.question", {"一件を項目ごとに比べる", "One entry compared item by item"}, see_people,
      [&in](Call& call, const EntryRequest& request) { return in.question(call, request); }));
  catalogue.add(api::operation<EntryRequest, Question>(
      "matching.of_entry", {"この人はだれか", "Who this entry is"}, see_people,
      [&in](Call& call, const EntryRequest& request) { return in.of_entry(call, request); }));
  catalogue.add(api::operation<ResidentRequest, ResidentEntries>(
      "matching.of_resident", {"この住民はどの名簿にいるか", "On which lists a resident stands"}, see_people,
      [&in](Call& call, const ResidentRequest& request) { return in.of_resident(call, request); }));
  catalogue.add(api::operation<LearningRequest, Learning>(
                    "matching.learning", {"判断から学ぶかどうか", "Whether to learn from decisions"},
                    decide_matches,
                    [&in](Call& call, const LearningRequest& request) { return in.learning(call, request); })
                    .writing()
                    .openly());
  catalogue.add(api::operation<DuplicatesRequest, Duplicates>(
      "matching.duplicates", {"二重に書かれた人", "People who were written down twice"}, see_people,
      [&in](Call& call, const DuplicatesRequest& request) { return in.duplicates(call, request); }));
  catalogue.add(api::operation<DecideRequest, Recorded>(
                    "matching.decide", {"だれであるかを決める", "Decide who an entry is"}, decide_matches,
                    [&in](Call& call, const DecideRequest& request) { return in.decide(call, request); })
                    .writing());
  catalogue.add(api::operation<TakeBackRequest, Recorded>(
                    "matching.take_back", {"判断を取り消す", "Take a decision back"}, decide_matches,
                    [&in](Call& call, const TakeBackRequest& request) { return in.take_back(call, request); })
                    .writing());
  catalogue.add(api::operation<PickRequest, PickAnswer>(
                    "matching.pick",
                    {"受付で選んだ住民を記録する", "Record the residents picked at the door"}, receive_people,
                    [&in](Call& call, const PickRequest& request) { return in.pick(call, request); })
                    .writing());
  catalogue.add(
      api::operation<SamePersonRequest, Recorded>(
          "matching.same_person", {"同じ人かどうかを決める", "Decide whether two entries are one person"},
          decide_matches,
          [&in](Call& call, const SamePersonRequest& request) { return in.same_person(call, request); })
          .writing());
  catalogue.add(
      api::operation<ExportRequest, api::FileAnswer>(
          "matching.export", {"突合結果の書き出し", "Export the matching"}, export_people,
          [&in](Call& call, const ExportRequest& request) { return in.export_answers(call, request); })
          .giving_file());
}

}  // namespace sonae::matching
