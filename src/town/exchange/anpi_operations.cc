// Safety information as CSV leaves and comes in.
#include <algorithm>

#include "base/csv.h"
#include "town/exchange/anpi.h"
#include "town/exchange/inside.h"

namespace sonae::exchange {

namespace {

constexpr const char* kShelterOfForms = "安否情報（CSV）";
constexpr std::size_t kInABatch = 500, kMostProblems = 500;

// The same line of the same form is the same person, whoever imports it and how often; of equal lines in one
// file each is one.
template <class Id>
Id id_of(std::string_view what, const anpi::Read& read, std::size_t which) {
  const Hash hash = sha256({"sonae anpi ", what, "\n", read.raw, "\n", std::to_string(which)});
  return *Id::from_bytes(hash.bytes().substr(0, Id::kSize));
}

}  // namespace

Result<api::FileAnswer> Exchange::export_anpi(api::Call& call, const AnpiExportRequest& request) {
  Inside& in = *inside_;
  TRY(in.matching.catch_up(call.progress));
  const anpi::Form form = request.deaths.value_or(false) ? anpi::Form::dead : anpi::Form::living;
  const auto connection = in.town.journal().reader();
  // Protected persons leave the town by no file, whoever asks for it.
  const auto allowed = inquiry::told_to_anybody(in.registry, in.town.today());
  CsvWriter csv;
  csv.text() = "\xEF\xBB\xBF";
  csv.record(anpi::columns(form));
  std::vector<std::string> shown;
  for (const inquiry::Known& known : inquiry::gather(in.town, in.registry, *connection, allowed).people) {
    auto entry = inquiry::newest_entry(*connection, known);
    if (!entry) continue;
    const bool dead = entry->person.condition == reception::Condition::dead;
    if (dead != (form == anpi::Form::dead)) continue;
    if (known.resident)
      if (const auto resident = in.registry.find(*known.resident)) {
        entry->person.name = resident->name;
        entry->person.kana = resident->kana;
        entry->person.address =
            (resident->postcode.empty() ? "" : "〒" + resident->postcode + " ") + resident->address;
        if (const auto birth = text::parse_partial_text(resident->birth_date)) entry->person.birth = *birth;
      }
    for (const std::string& cell : anpi::line_of(form, *entry))
      csv.cell(spreadsheet_safe(cell));
    csv.end_record();
    shown.push_back(access::shown(entry->entry));
  }
  const auto count = static_cast<std::int64_t>(shown.size());
  TRY(in.access.record_export(call, "exchange.export_anpi", count, sha256(csv.text()), std::move(shown)));
  if (call.output != nullptr) TRY(call.output->write(csv.text()));
  return api::FileAnswer{form == anpi::Form::dead ? "anpi_2.csv" : "anpi_1.csv", "text/csv; charset=utf-8",
                         count};
}

Result<ImportReport> Exchange::import_anpi(api::Call& call, const ImportRequest& request) {
  Inside& in = *inside_;
  anpi::File file = TRY(anpi::read(call.file->content, in.town.today()));
  ImportReport report;
  report.file_name = call.file->name;
  report.persons = static_cast<std::int64_t>(file.people.size());
  for (const anpi::Problem& problem : file.problems) {
    ++report.problem_count;
    if (problem.refused) {
      ++report.refused;
      ++report.persons;
    }
    if (report.problems.size() < kMostProblems)
      report.problems.push_back(
          {problem.line, {}, problem.item, problem.expected.in(call.language), problem.refused});
  }
  const auto connection = in.town.journal().reader();
  std::set<std::string> shelters;
  for (const reception::Shelter& shelter : reception::shelters(*connection))
    shelters.insert(shelter.name);
  std::map<std::string, std::size_t> equal;
  journal::Batch batch;
  const auto flush = [&]() -> Status {
    if (batch.drafts.empty()) return {};
    TRY(in.town.journal().append(std::exchange(batch, {})));
    return {};
  };
  for (anpi::Read& one : file.people) {
    const std::size_t which = equal[one.raw]++;
    reception::EntryWritten& entry = one.entry;
    entry.entry = id_of<EntryId>("entry", one, which);
    if (reception::find_entry(*connection, entry.entry)) {
      ++report.same;
      continue;
    }
    const std::string place = entry.received->room;
    entry.shelter = shelters.contains(place) ? place : kShelterOfForms;
    entry.person.stay = shelters.contains(place) ? reception::StayKind::shelter
                        : place == "自宅"        ? reception::StayKind::home
                        : place == "車中"        ? reception::StayKind::car
                        : place == "病院・施設"  ? reception::StayKind::hospital
                                                 : reception::StayKind::elsewhere;
    if (entry.person.stay == reception::StayKind::shelter) entry.received->room.clear();
    if (request.source) entry.received->said_by = *request.source;
    batch.drafts.push_back(journal::draft(journal::Stream::urgent, "reception.entry_written",
                                          {{"entry", entry.entry.text()}}, call.actor.grant, entry));
    batch.drafts.back().id = id_of<FactId>("fact", one, which);
    ++report.taken;
    if (batch.drafts.size() >= kInABatch) TRY(flush());
  }
  TRY(flush());
  TRY(in.town.journal().settle());  // what is here already too
  TRY(in.matching.catch_up(call.progress));
  return report;
}

}  // namespace sonae::exchange
