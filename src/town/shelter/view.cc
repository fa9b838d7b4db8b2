// The tables of shelters: supplies and reports, each row folded from the facts about it alone.
#include <algorithm>

#include "journal/view.h"
#include "town/shelter/inside.h"

namespace sonae::shelter {

namespace {

class ShelterView final : public journal::View {
 public:
  std::string_view name() const override { return "shelter"; }
  int version() const override { return 1; }
  std::string_view tables() const override {
    return R"sql(
CREATE TABLE shelter_supply (
  supply BYTES NOT NULL PRIMARY KEY,
  shelter TEXT NOT NULL,
  open BIGINT NOT NULL,
  row TEXT NOT NULL
);
CREATE INDEX shelter_supply_by_shelter ON shelter_supply (shelter);
CREATE INDEX shelter_supply_open ON shelter_supply (open);
CREATE TABLE shelter_report (
  report BYTES NOT NULL PRIMARY KEY,
  shelter TEXT NOT NULL,
  day TEXT NOT NULL,
  row TEXT NOT NULL
);
CREATE INDEX shelter_report_by_shelter ON shelter_report (shelter, day);
)sql";
  }
  std::vector<std::string> table_names() const override { return {"shelter_supply", "shelter_report"}; }
  std::vector<std::string> subject_kinds() const override { return {"supply", "shelter_report"}; }

  void fold(store::Connection& connection, const journal::Blobs&, const journal::Subject& subject,
            std::span<const journal::Fact> facts) override {
    if (subject.kind == "supply") {
      if (const auto id = SupplyId::parse(subject.id)) fold_supply(connection, *id, facts);
    } else if (const auto id = ReportId::parse(subject.id)) {
      fold_report(connection, *id, facts);
    }
  }

  std::vector<journal::DumpTable> dump() const override {
    return {{"shelter_supply", "SELECT supply, shelter, open, row FROM shelter_supply ORDER BY supply"},
            {"shelter_report", "SELECT report, shelter, day, row FROM shelter_report ORDER BY report"}};
  }

 private:
  static void fold_supply(store::Connection& connection, const SupplyId& id,
                          std::span<const journal::Fact> facts) {
    connection.run("DELETE FROM shelter_supply WHERE supply = $1", id);
    Supply row;
    bool asked = false;
    std::optional<SupplySettled> settled;
    for (const journal::Fact& fact : facts) {
      if (fact.erased || fact.superseded) continue;
      if (fact.header.kind == "shelter.supply_asked" && !asked) {
        const auto body = fact.as<SupplyAsked>();
        if (!body) continue;
        asked = true;
        row.supply = id;
        row.shelter = body->shelter;
        row.item = body->item;
        row.amount = body->amount;
        row.unit = body->unit;
        row.needed_by = body->needed_by;
        row.urgent = body->urgent;
        row.note = body->note;
        row.asked = fact.header.time.wall;
      } else if (fact.header.kind == "shelter.supply_settled") {
        auto body = fact.as<SupplySettled>();
        if (!body) continue;
        row.standing.push_back(fact.header.id);
        if (settled) {
          row.contradictory = row.contradictory || *settled != *body;
          continue;
        }
        row.state = body->state;
        row.settled_amount = body->amount;
        row.settled_note = body->note;
        row.settled = fact.header.time.wall;
        settled = std::move(*body);
      }
    }
    if (!asked) return;
    connection.run("INSERT INTO shelter_supply (supply, shelter, open, row) VALUES ($1, $2, $3, $4)", id,
                   row.shelter, is_open(row.state) || row.contradictory, to_text(to_json(row)));
  }

  static void fold_report(store::Connection& connection, const ReportId& id,
                          std::span<const journal::Fact> facts) {
    connection.run("DELETE FROM shelter_report WHERE report = $1", id);
    for (const journal::Fact& fact : facts) {
      if (fact.erased || fact.superseded || fact.header.kind != "shelter.report_sent") continue;
      const auto body = fact.as<ReportSent>();
      if (!body || body->report != id) continue;  // a later one that superseded this
      const Report row{id,
                       fact.header.id,
                       body->shelter,
                       body->day,
                       fact.header.time.wall,
                       body->figures,
                       body->facilities,
                       body->staff,
                       body->wishes,
                       body->note,
                       false};
      connection.run("INSERT INTO shelter_report (report, shelter, day, row) VALUES ($1, $2, $3, $4)", id,
                     row.shelter, to_iso(row.day), to_text(to_json(row)));
      return;
    }
  }
};

}  // namespace

std::unique_ptr<journal::View> make_view() {
  return std::make_unique<ShelterView>();
}

bool is_open(SupplyState state) {
  return state == SupplyState::asked || state == SupplyState::on_the_way;
}

std::vector<Supply> supplies_in(store::Connection& connection, const std::optional<std::string>& shelter,
                                bool open_only) {
  std::vector<Supply> all;
  const auto row = shelter
                       ? connection.query("SELECT row, open FROM shelter_supply WHERE shelter = $1", *shelter)
                       : connection.query("SELECT row, open FROM shelter_supply");
  while (row->next()) {
    if (open_only && row->integer(1) == 0) continue;
    if (auto read = from_json_text<Supply>(row->text(0))) all.push_back(std::move(*read));
  }
  const Date never = *Date::of(9999, 12, 31);
  std::ranges::sort(all, {}, [&](const Supply& one) {
    return std::tuple(!one.urgent, one.needed_by.value_or(never), one.asked, one.supply);
  });
  return all;
}

std::optional<Supply> find_supply(store::Connection& connection, const SupplyId& id) {
  const auto row = connection.query("SELECT row FROM shelter_supply WHERE supply = $1", id);
  if (!row->next()) return std::nullopt;
  auto read = from_json_text<Supply>(row->text(0));
  return read ? std::optional(std::move(*read)) : std::nullopt;
}

std::vector<Report> reports_in(store::Connection& connection, const ReportsRequest& request) {
  std::vector<Report> all;
  const auto row = request.shelter ? connection.query("SELECT row FROM shelter_report WHERE shelter = $1",
                                                      *request.shelter)
                                   : connection.query("SELECT row FROM shelter_report");
  while (row->next()) {
    auto read = from_json_text<Report>(row->text(0));
    if (read && (!request.day || read->day == *request.day)) all.push_back(std::move(*read));
  }
  std::ranges::sort(all, [](const Report& a, const Report& b) {
    return std::tuple(b.day, a.shelter, b.sent, a.report) < std::tuple(a.day, b.shelter, a.sent, b.report);
  });
  // Who sends a report anew supersedes the one that was seen; two that still stand did not know of each
  // other.
  for (std::size_t i = 1; i < all.size(); ++i)
    if (all[i].shelter == all[i - 1].shelter && all[i].day == all[i - 1].day)
      all[i].contradictory = all[i - 1].contradictory = true;
  return all;
}

}  // namespace sonae::shelter
