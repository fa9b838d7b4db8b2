// The answers as a file, in the columns of the `match` command.
#include "base/csv.h"
#include "town/matching/inside.h"

namespace sonae::matching {

namespace {

std::string_view word_of(State state) {
  switch (state) {
    case State::decided:
    case State::matched:
      return "match";
    case State::ask:
    case State::contradictory:
      return "review";
    case State::not_resident:
    case State::none:
    case State::unnamed:
      break;
  }
  return "none";
}

std::string decimal(double probability) {
  std::string text = std::to_string(probability);  // six places: the locale of the program is always "C"
  text.resize(6);
  return text;
}

}  // namespace

Result<api::FileAnswer> Matching::Inside::export_answers(api::Call& call, const ExportRequest& request) {
  TRY(catch_up(call.progress));
  const auto connection = town.journal().reader();
  CsvWriter csv;
  csv.record({"entry_id", "decision", "resident_id", "probability", "reasons", "alternatives"});
  std::vector<std::string> shown;
  std::int64_t rows = 0;
  for (const Standing& standing : visible_standings(call, *connection)) {
    if (request.shelter && standing.shelter != *request.shelter) continue;
    const auto entry = reception::find_entry(*connection, standing.entry);
    if (!entry) continue;
    const Question question = question_on(call, *connection, *entry);
    add_shown(question, shown);
    const bool named =
        question.state == State::matched || question.state == State::ask || question.state == State::decided;
    std::string resident, reasons, alternatives;
    for (const Candidate& candidate : question.candidates) {
      const bool is_first = named && resident.empty() && !question.resident;
      if (is_first || question.resident == candidate.resident) {
        resident = candidate.resident.text();
        reasons = candidate.in_words;
        continue;
      }
      alternatives += (alternatives.empty() ? "" : ";") + candidate.resident.text() + ":" +
                      decimal(candidate.probability);
    }
    if (question.resident) resident = question.resident->text();
    csv.record({spreadsheet_safe(entry->entry.text()), std::string(word_of(question.state)), resident,
                named ? decimal(question.probability) : "", reasons, alternatives});
    ++rows;
  }
  TRY(access.record_export(call, "matching.export", rows, sha256(csv.text()), std::move(shown)));
  if (call.output != nullptr) TRY(call.output->write(csv.text()));
  return api::FileAnswer{"matches.csv", "text/csv; charset=utf-8", rows};
}

}  // namespace sonae::matching
