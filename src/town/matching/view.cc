// The tables of matching: decisions that hold. Two that differ on one entry both stand here: a question.
#include "journal/view.h"
#include "town/matching/matching.h"

namespace sonae::matching {

namespace {

constexpr std::string_view kTables = R"sql(
CREATE TABLE matching_decision (
  entry BYTES NOT NULL,
  fact BYTES NOT NULL,
  resident TEXT,
  because TEXT NOT NULL,
  decided TEXT NOT NULL,
  seen TEXT NOT NULL,
  PRIMARY KEY (entry, fact)
);
CREATE INDEX matching_decision_resident ON matching_decision (resident);
CREATE TABLE matching_pair (
  entry BYTES NOT NULL,
  fact BYTES NOT NULL,
  other BYTES NOT NULL,
  same BIGINT NOT NULL,
  PRIMARY KEY (entry, fact)
);
)sql";

class MatchingView final : public journal::View {
 public:
  std::string_view name() const override { return "matching"; }
  int version() const override { return 1; }
  std::string_view tables() const override { return kTables; }
  std::vector<std::string> table_names() const override { return {"matching_decision", "matching_pair"}; }
  std::vector<std::string> subject_kinds() const override { return {"entry"}; }

  void fold(store::Connection& connection, const journal::Blobs&, const journal::Subject& subject,
            std::span<const journal::Fact> facts) override {
    const auto entry = EntryId::parse(subject.id);
    if (!entry) return;
    connection.run("DELETE FROM matching_decision WHERE entry = $1", *entry);
    connection.run("DELETE FROM matching_pair WHERE entry = $1", *entry);
    for (const journal::Fact& fact : facts) {
      if (fact.erased || fact.superseded) continue;
      if (fact.header.kind == "matching.decided") {
        if (const auto body = fact.as<Decided>())
          connection.run(
              "INSERT INTO matching_decision (entry, fact, resident, because, decided, seen) VALUES ($1, $2, "
              "$3, "
              "$4, $5, $6)",
              *entry, fact.header.id, body->resident, body->because, to_text(fact.header.time),
              to_text(to_json(body->seen)));
      } else if (fact.header.kind == "matching.same_person_decided") {
        const auto body = fact.as<SamePersonDecided>();
        if (!body || (body->entry != *entry && body->other != *entry)) continue;
        connection.run("INSERT INTO matching_pair (entry, fact, other, same) VALUES ($1, $2, $3, $4)", *entry,
                       fact.header.id, body->entry == *entry ? body->other : body->entry, body->same);
      }
    }
  }

  std::vector<journal::DumpTable> dump() const override {
    return {
        {"matching_decision",
         "SELECT entry, fact, resident, because, decided, seen FROM matching_decision ORDER BY entry, fact"},
        {"matching_pair", "SELECT entry, fact, other, same FROM matching_pair ORDER BY entry, fact"}};
  }
};

}  // namespace

std::unique_ptr<journal::View> make_view() {
  return std::make_unique<MatchingView>();
}

}  // namespace sonae::matching
