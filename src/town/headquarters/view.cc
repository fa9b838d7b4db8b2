// The tables of headquarters: a row for each person in care, and one for each event of the timeline.
#include "journal/view.h"
#include "town/headquarters/events.h"
#include "town/headquarters/inside.h"

namespace sonae::headquarters {

namespace {

class HeadquartersView final : public journal::View {
 public:
  std::string_view name() const override { return "headquarters"; }
  int version() const override { return 1; }
  std::string_view tables() const override {
    return R"sql(
CREATE TABLE headquarters_care (
  resident TEXT NOT NULL PRIMARY KEY,
  row TEXT NOT NULL
);
CREATE TABLE headquarters_event (
  fact BYTES NOT NULL PRIMARY KEY,
  subject TEXT NOT NULL,
  at BIGINT NOT NULL,
  row TEXT NOT NULL
);
CREATE INDEX headquarters_event_subject ON headquarters_event (subject);
CREATE INDEX headquarters_event_at ON headquarters_event (at);
)sql";
  }
  std::vector<std::string> table_names() const override {
    return {"headquarters_care", "headquarters_event"};
  }
  std::vector<std::string> subject_kinds() const override {
    std::vector<std::string> kinds = event_subjects();
    kinds.emplace_back("care");
    return kinds;
  }

  void fold(store::Connection& connection, const journal::Blobs&, const journal::Subject& subject,
            std::span<const journal::Fact> facts) override {
    if (subject.kind == "care") return fold_care(connection, subject.id, facts);
    const std::string key = subject.kind + ":" + subject.id;
    connection.run("DELETE FROM headquarters_event WHERE subject = $1", key);
    for (const journal::Fact& fact : facts) {
      if (fact.erased) continue;
      // A fact about several subjects is one event: of the first of them that this view follows.
      const auto event = event_of(fact);
      if (!event || subject != main_subject(fact)) continue;
      connection.run("INSERT INTO headquarters_event (fact, subject, at, row) VALUES ($1, $2, $3, $4)",
                     fact.header.id, key, fact.header.time.wall.milliseconds, to_text(to_json(*event)));
    }
  }

  std::vector<journal::DumpTable> dump() const override {
    return {{"headquarters_care", "SELECT resident, row FROM headquarters_care ORDER BY resident"},
            {"headquarters_event", "SELECT fact, subject, at, row FROM headquarters_event ORDER BY fact"}};
  }

 private:
  static void fold_care(store::Connection& connection, const std::string& resident,
                        std::span<const journal::Fact> facts) {
    connection.run("DELETE FROM headquarters_care WHERE resident = $1", resident);
    Care care;
    bool any = false;
    for (const journal::Fact& fact : facts) {
      if (fact.erased || fact.superseded) continue;
      const std::string& kind = fact.header.kind;
      any = true;
      if (kind == "care.listed") {
        if (const auto body = fact.as<Listed>()) care.listed = *body, care.unlisted = false;
        care.listings.push_back(fact.header.id);
      } else if (kind == "care.unlisted") {
        care.unlisted = !care.listed;  // who says that somebody needs care is believed before who says not
        care.listings.push_back(fact.header.id);
      } else if (kind == "care.assigned") {
        if (const auto body = fact.as<Assigned>()) care.team = body->team;
        care.assignments.push_back(fact.header.id);
      } else if (kind == "care.found") {
        const auto body = fact.as<Found>();
        if (!body) continue;
        care.contradictory = care.contradictory || (care.found && care.found->found != body->found);
        care.found = *body;
        care.findings.push_back(fact.header.id);
      }
    }
    if (any)
      connection.run("INSERT INTO headquarters_care (resident, row) VALUES ($1, $2)", resident,
                     to_text(to_json(care)));
  }
};

}  // namespace

std::unique_ptr<journal::View> make_view() {
  return std::make_unique<HeadquartersView>();
}

std::map<ResidentId, Care> all_care(store::Connection& connection) {
  std::map<ResidentId, Care> all;
  const auto row = connection.query("SELECT resident, row FROM headquarters_care");
  while (row->next())
    if (auto read = from_json_text<Care>(row->text(1)))
      all.emplace(ResidentId(row->string(0)), std::move(*read));
  return all;
}

Care care_of(store::Connection& connection, const ResidentId& resident) {
  const auto row = connection.query("SELECT row FROM headquarters_care WHERE resident = $1", resident.text());
  if (!row->next()) return {};
  auto read = from_json_text<Care>(row->text(0));
  return read ? std::move(*read) : Care{};
}

}  // namespace sonae::headquarters
