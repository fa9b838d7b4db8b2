// The timeline: events of the journal, and by the hour how many were received and how many of the registry
// were still unconfirmed.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/csv.h"
#include "town/headquarters/events.h"
#include "town/headquarters/inside.h"
#include "town/matching/by_hour.h"
#include "town/reception/entries.h"
#include "town/safety/places.h"

namespace sonae::headquarters {

namespace {

constexpr std::int64_t kHour = 3'600'000;
constexpr std::int64_t kDefault = 500, kMost = 5000;

Instant hour_of(Instant at) {
  return {at.milliseconds / kHour * kHour};
}

bool wanted(const TimelineRequest& request, Instant at, const std::string& kind, const std::string& text) {
  if (request.from && at < *request.from) return false;
  if (request.until && !(at < *request.until)) return false;
  if (request.kinds && std::ranges::find(*request.kinds, kind) == request.kinds->end()) return false;
  return !request.text || request.text->empty() || text.find(*request.text) != std::string::npos;
}

}  // namespace

Result<Timeline> Headquarters::timeline(api::Call& call, const TimelineRequest& request) {
  Inside& in = *inside_;
  const std::int64_t limit = std::clamp<std::int64_t>(request.limit.value_or(kDefault), 1, kMost);
  TRY(in.matching.catch_up(call.progress));
  const auto connection = in.town.journal().reader();
  Timeline timeline;
  const auto add = [&](Event event) {
    if (wanted(request, event.at, event.kind, event.what + " " + event.place))
      timeline.events.push_back(std::move(event));
  };
  const auto row = connection->query("SELECT at, row FROM headquarters_event ORDER BY at");
  while (row->next()) {
    const auto kept = from_json_text<KeptEvent>(row->text(1));
    if (!kept) continue;
    add({Instant{row->integer(0)}, kept->kind,
         call.language == Language::english ? kept->english : kept->japanese, kept->place, kept->count});
  }
  for (const auto& [hour, count] : matching::decisions_by_hour(*connection))
    add({hour, "decisions", Phrase{"名簿の人を確かめた", "entries decided"}.in(call.language), {}, count});

  // Times of entries by what they say of themselves; protected people are in none of the numbers for those
  // who may not see them.
  const std::set<EntryId> hidden = in.reception.hidden_from(call, *connection);
  const registry::OutputFilter filter = in.registry.output_filter(call.actor, in.town.today());
  std::map<EntryId, Instant> written;
  std::map<Instant, Hour> hours;
  std::map<std::pair<Instant, std::string>, std::int64_t> received;
  reception::for_each_entry(*connection, [&](const reception::Entry& entry) {
    if (entry.withdrawn || hidden.contains(entry.entry)) return;
    const Instant hour = hour_of(entry.written.wall);
    written[entry.entry] = hour;
    ++hours[hour].received;
    ++received[{hour, entry.shelter}];
  });
  for (const auto& [where, count] : received)
    add({where.first, "received", Phrase{"受付・名簿", "received"}.in(call.language), where.second, count});

  std::map<ResidentId, Instant> confirmed;
  matching::for_each_confirmed(*connection, [&](const ResidentId& id, const EntryId& entry, matching::How) {
    const auto at = written.find(entry);
    if (at == written.end() || !filter.may_show(id)) return;
    const auto [place, is_new] = confirmed.emplace(id, at->second);
    if (!is_new) place->second = std::min(place->second, at->second);
  });
  std::int64_t residents = 0;
  const safety::PlacedIn placed = TRY(in.safety.placed_in({}));
  for (const safety::PlacedResident& one : placed.residents->residents)
    residents += filter.may_show(one.id) ? 1 : 0;
  for (const auto& [id, hour] : confirmed)
    ++hours[hour].confirmed;
  std::int64_t so_far = 0;
  for (auto& [at, hour] : hours) {
    so_far += hour.confirmed;
    hour.at = at;
    hour.confirmed = so_far;
    hour.unconfirmed = std::max<std::int64_t>(0, residents - so_far);
    timeline.hours.push_back(hour);
  }
  std::ranges::stable_sort(timeline.events, std::ranges::greater{}, &Event::at);
  timeline.total = static_cast<std::int64_t>(timeline.events.size());
  if (timeline.total > limit) timeline.events.resize(static_cast<std::size_t>(limit));
  return timeline;
}

Result<api::FileAnswer> Headquarters::export_timeline(api::Call& call, const TimelineRequest& request) {
  TimelineRequest all = request;
  all.limit = kMost;
  const Timeline found = TRY(timeline(call, all));
  const bool japanese = call.language == Language::japanese;
  CsvWriter writer;
  writer.text() = "\xEF\xBB\xBF";  // spreadsheets take the file for UTF-8 by this mark
  writer.record(japanese ? std::vector<std::string>{"日時", "種類", "出来事", "場所", "数"}
                         : std::vector<std::string>{"at", "kind", "what", "place", "count"});
  for (const Event& event : found.events) {
    for (const std::string& cell : {to_japan_time(event.at), event.kind, event.what, event.place,
                                    event.count ? std::to_string(*event.count) : std::string()})
      writer.cell(spreadsheet_safe(cell));
    writer.end_record();
  }
  TRY(call.output->write(writer.text()));
  return api::FileAnswer{fmt::format("timeline-{}.csv", to_iso(inside_->town.today())),
                         "text/csv; charset=utf-8", static_cast<std::int64_t>(found.events.size())};
}

}  // namespace sonae::headquarters
