// The unconfirmed list, its file, and its map.
#include <fmt/format.h>

#include <algorithm>

#include "base/csv.h"
#include "town/safety/tally.h"

namespace sonae::safety {

namespace {

UnconfirmedRow row_of(const registry::Resident& resident, const std::string& town, Language language) {
  UnconfirmedRow row;
  row.resident = resident.id;
  row.household = resident.household;
  row.name = resident.name;
  row.kana = resident.kana;
  row.age = resident.age;
  if (resident.sex != registry::Sex::unknown)
    row.sex =
        (resident.sex == registry::Sex::male ? Phrase{"男", "male"} : Phrase{"女", "female"}).in(language);
  row.address = resident.address;
  row.town = town;
  row.phone = resident.phone;
  row.needs = resident.needs;
  row.vanished = resident.presence == registry::Presence::vanished;
  return row;
}

}  // namespace

std::shared_ptr<const PlacedResidents> Safety::Inside::placed_residents() {
  const std::lock_guard lock(mutex);
  if (!placed || placed->version != registry.version()) placed = place_residents(town, registry);
  return placed;
}

Result<PlacedIn> Safety::placed_in(const AreaChoice& choice) {
  const Area area = TRY(inside_->area(choice));
  auto placed = inside_->placed_residents();
  auto where = area.judge(inside_->town.gazetteer(), placed->places);
  return PlacedIn{std::move(placed), std::move(where)};
}

Result<UnconfirmedAnswer> Safety::unconfirmed(api::Call& call, const UnconfirmedRequest& request) {
  const std::int64_t limit = request.limit.value_or(100), offset = request.offset.value_or(0);
  if (limit < 0 || limit > 1000 || offset < 0)
    return fail(ErrorCode::invalid_input, {"limit は0から1000です", "limit is 0 to 1000"}, "limit");
  const Area area = TRY(inside_->area(request));
  TRY(inside_->matching.catch_up(call.progress));
  const auto placed = inside_->placed_residents();
  const Date today = inside_->town.today();
  const registry::OutputFilter filter = inside_->registry.output_filter(call.actor, today);
  Tally counted = tally(*placed, area.judge(inside_->town.gazetteer(), placed->places),
                        standings(*inside_->town.journal().reader(), *placed), filter, today, call.language);
  UnconfirmedAnswer answer = std::move(counted.numbers);
  answer.area = area.name();
  answer.at = inside_->town.env().clock.now();
  const auto& listed = request.uncertain.value_or(false) ? counted.not_placed : counted.unconfirmed;
  answer.rows_total = static_cast<std::int64_t>(listed.size());
  std::vector<std::string> shown;
  for (std::int64_t i = offset; i < std::min(answer.rows_total, offset + limit); ++i) {
    const PlacedResident& one = placed->residents[listed[static_cast<std::size_t>(i)]];
    const auto resident = inside_->registry.find(ResidentId(one.id));
    if (!resident) continue;  // gone since: the registry changed under this answer
    shown.push_back(access::shown(resident->id));
    answer.rows.push_back(row_of(*resident, placed->places[one.place].town, call.language));
  }
  if (!shown.empty()) TRY(inside_->access.record_look(call, "safety.unconfirmed", std::move(shown)));
  return answer;
}

Result<api::FileAnswer> Safety::export_unconfirmed(api::Call& call, const AreaChoice& choice) {
  const Area area = TRY(inside_->area(choice));
  TRY(inside_->matching.catch_up(call.progress));
  const auto placed = inside_->placed_residents();
  const Date today = inside_->town.today();
  const registry::OutputFilter filter = inside_->registry.output_filter(call.actor, today);
  const Tally counted =
      tally(*placed, area.judge(inside_->town.gazetteer(), placed->places),
            standings(*inside_->town.journal().reader(), *placed), filter, today, call.language);

  const bool japanese = call.language == Language::japanese;
  CsvWriter writer;
  writer.text() = "\xEF\xBB\xBF";  // spreadsheets take the file for UTF-8 by this mark
  writer.record(japanese
                    ? std::vector<std::string>{"区域", "町字", "宛名番号", "世帯番号", "氏名", "フリガナ",
                                               "年齢", "性別", "住所", "電話番号", "要配慮", "備考"}
                    : std::vector<std::string>{"area", "town", "resident_id", "household_id", "name", "kana",
                                               "age", "sex", "address", "phone", "needs", "remark"});
  std::vector<std::string> shown;
  const std::uint64_t total = counted.unconfirmed.size() + counted.not_placed.size();
  const auto write_rows = [&](const std::vector<std::uint32_t>& listed, const std::string& in_area) {
    for (const std::uint32_t index : listed) {
      const PlacedResident& one = placed->residents[index];
      const auto resident = inside_->registry.find(ResidentId(one.id));
      if (!resident) continue;
      const UnconfirmedRow row = row_of(*resident, placed->places[one.place].town, call.language);
      for (const std::string& cell :
           {in_area, row.town, row.resident.text(), row.household.text(), row.name, row.kana,
            row.age ? std::to_string(*row.age) : std::string(), row.sex, row.address, row.phone, row.needs,
            row.vanished ? (japanese ? std::string("最新の台帳に見当たらない")
                                     : std::string("not in the newest registry"))
                         : std::string()})
        writer.cell(spreadsheet_safe(cell));
      writer.end_record();
      shown.push_back(access::shown(resident->id));
      call.progress.report({"未確認者の書き出し", "Writing the unconfirmed"}, shown.size(), total);
    }
  };
  const std::string name = area.name().empty() ? inside_->town.profile().name : area.name();
  write_rows(counted.unconfirmed, name);
  write_rows(counted.not_placed, japanese ? "所在地不確定" : "area uncertain");

  const auto rows = static_cast<std::int64_t>(shown.size());
  TRY(inside_->access.record_export(call, "safety.export", rows, sha256(writer.text()), std::move(shown)));
  TRY(call.output->write(writer.text()));
  return api::FileAnswer{fmt::format("unconfirmed-{}.csv", to_iso(today)), "text/csv; charset=utf-8", rows};
}

Result<MapAnswer> Safety::map(api::Call& call, const AreaChoice& choice) {
  MapAnswer answer;
  const Area area = TRY(inside_->area(choice, &answer.geometry));
  TRY(inside_->matching.catch_up(call.progress));
  const auto placed = inside_->placed_residents();
  const auto where = area.judge(inside_->town.gazetteer(), placed->places);
  const auto standing = standings(*inside_->town.journal().reader(), *placed);
  const registry::OutputFilter filter = inside_->registry.output_filter(call.actor, inside_->town.today());

  std::vector<MapPoint> points(placed->places.size());
  for (std::size_t i = 0; i < placed->residents.size(); ++i) {
    const PlacedResident& resident = placed->residents[i];
    if (!filter.may_show(resident.id)) continue;
    ++points[resident.place].residents;
    if (standing[i] == Standing::unconfirmed) ++points[resident.place].unconfirmed;
  }
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Place& place = placed->places[i];
    if (!place.position || points[i].residents == 0) continue;
    points[i].town = place.town;
    points[i].block = place.block;
    points[i].longitude = place.position->longitude;
    points[i].latitude = place.position->latitude;
    points[i].exact = place.exact;
    points[i].inside = where[i] == Where::inside;
    answer.points.push_back(std::move(points[i]));
  }
  if (inside_->town.profile().fictional)
    answer.notes.push_back(
        Phrase{"番地の位置と住民は架空のものです", "The blocks' points and the residents are fictional"}.in(
            call.language));
  return answer;
}

}  // namespace sonae::safety
