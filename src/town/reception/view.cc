// The tables of reception. An entry's row is folded from the facts about it alone, and says where it was
// first written; reception_place has the other places where the same entry was written. Sheets know only the
// lines that gave no entry, and the places at which earlier entries stand on them again.
#include <algorithm>

#include "base/json_text.h"
#include "journal/view.h"
#include "text/fold.h"
#include "town/reception/entries.h"
#include "town/reception/ids.h"
#include "town/reception/named_twice.h"
#include "town/reception/reception.h"
#include "town/reception/since.h"

namespace sonae::reception {

namespace {

constexpr std::string_view kTables = R"sql(
CREATE TABLE reception_entry (
  entry BYTES NOT NULL PRIMARY KEY,
  fact BYTES NOT NULL,
  standing BYTES NOT NULL,
  sheet BYTES,
  line BIGINT NOT NULL,
  place BIGINT NOT NULL,
  shelter TEXT NOT NULL,
  withdrawn BIGINT NOT NULL,
  corrected BIGINT NOT NULL,
  contradictory BIGINT NOT NULL,
  condition TEXT NOT NULL,
  named BIGINT NOT NULL,
  family BYTES,
  written TEXT NOT NULL,
  written_under BYTES NOT NULL,
  content TEXT NOT NULL
);
CREATE INDEX reception_entry_sheet ON reception_entry (sheet, line, place);
CREATE INDEX reception_entry_shelter ON reception_entry (shelter);
CREATE INDEX reception_entry_family ON reception_entry (family) WHERE family IS NOT NULL;
CREATE TABLE reception_place (
  entry BYTES NOT NULL,
  sheet BYTES NOT NULL,
  line BIGINT NOT NULL,
  place BIGINT NOT NULL,
  PRIMARY KEY (entry, sheet, line, place)
);
CREATE INDEX reception_place_sheet ON reception_place (sheet, line, place);
CREATE TABLE reception_sheet (
  sheet BYTES NOT NULL PRIMARY KEY,
  digest BYTES NOT NULL,
  shelter TEXT NOT NULL,
  imported TEXT NOT NULL,
  imported_under BYTES NOT NULL,
  content TEXT NOT NULL
);
CREATE INDEX reception_sheet_digest ON reception_sheet (digest);
CREATE TABLE reception_again (
  sheet BYTES NOT NULL,
  line BIGINT NOT NULL,
  place BIGINT NOT NULL,
  entry BYTES NOT NULL,
  PRIMARY KEY (sheet, line, place, entry)
);
CREATE TABLE reception_shelter (
  name TEXT NOT NULL,
  fact BYTES NOT NULL,
  address TEXT NOT NULL,
  longitude DOUBLE PRECISION,
  latitude DOUBLE PRECISION,
  PRIMARY KEY (name, fact)
);
)sql";

class ReceptionView final : public journal::View {
 public:
  std::string_view name() const override { return "reception"; }
  int version() const override { return 4; }
  std::string_view tables() const override { return kTables; }
  std::vector<std::string> table_names() const override {
    return {"reception_entry", "reception_place", "reception_sheet", "reception_again", "reception_shelter"};
  }
  std::vector<std::string> subject_kinds() const override { return {"entry", "sheet", "shelter"}; }

  void fold(store::Connection& connection, const journal::Blobs&, const journal::Subject& subject,
            std::span<const journal::Fact> facts) override {
    if (subject.kind == "entry") {
      if (const auto entry = EntryId::parse(subject.id)) fold_entry(connection, *entry, facts);
    } else if (subject.kind == "sheet") {
      if (const auto sheet = SheetId::parse(subject.id)) fold_sheet(connection, *sheet, facts);
    } else {
      fold_shelter(connection, subject.id, facts);
    }
  }

  std::vector<Hash> blobs_named_by(std::string_view kind, BytesView body) const override {
    if (kind != "reception.sheet_imported") return {};
    const auto sheet = from_json_text<SheetImported>(body);
    return sheet ? std::vector{sheet->content} : std::vector<Hash>{};
  }

  std::vector<journal::DumpTable> dump() const override {
    return {
        {"reception_entry",
         "SELECT entry, fact, standing, sheet, line, place, shelter, withdrawn, corrected, contradictory, "
         "condition, named, family, written, written_under, content FROM reception_entry ORDER BY entry"},
        {"reception_place",
         "SELECT entry, sheet, line, place FROM reception_place ORDER BY entry, sheet, line, place"},
        {"reception_sheet",
         "SELECT sheet, digest, shelter, imported, imported_under, content FROM reception_sheet ORDER BY "
         "sheet"},
        {"reception_again",
         "SELECT sheet, line, place, entry FROM reception_again ORDER BY sheet, line, place, entry"},
        {"reception_shelter",
         "SELECT name, fact, address, longitude, latitude FROM reception_shelter ORDER BY name, fact"},
    };
  }

 private:
  void fold_entry(store::Connection& connection, const EntryId& id, std::span<const journal::Fact> facts) {
    connection.run("DELETE FROM reception_entry WHERE entry = $1", id);
    connection.run("DELETE FROM reception_place WHERE entry = $1", id);
    std::vector<std::pair<const journal::Fact*, EntryWritten>> writings;
    std::vector<std::pair<const journal::Fact*, EntryCorrected>> corrections;
    bool withdrawn = false;
    for (const journal::Fact& fact : facts) {
      if (fact.erased) continue;
      if (fact.header.kind == "reception.entry_written") {
        if (auto body = read_json_text<EntryWritten>(fact.body))
          writings.emplace_back(&fact, std::move(*body));
      } else if (fact.header.kind == "reception.entry_corrected" && !fact.superseded) {
        if (auto body = fact.as<EntryCorrected>()) corrections.emplace_back(&fact, std::move(*body));
      } else if (fact.header.kind == "reception.entry_withdrawn") {
        withdrawn = withdrawn || !fact.superseded;
      }
    }
    if (writings.empty()) return;  // a correction came before the writing that it corrects
    Entry entry = standing_of(writings, corrections);
    for (const auto& [fact, written] : writings)
      if (written.sheet &&
          (written.sheet != entry.sheet || written.line != entry.line || written.index != entry.index))
        connection.run(
            "INSERT INTO reception_place (entry, sheet, line, place) VALUES ($1, $2, $3, $4) ON CONFLICT DO "
            "NOTHING",
            id, *written.sheet, written.line, written.index);
    bring_up_to_date(entry, since_of(facts));
    entry.withdrawn = withdrawn;
    write_entry(connection, entry, writings.front().second);
  }

  // The facts are in the order of (time, id); where several hold, the first is shown, and that there are
  // several is a question.
  static Entry standing_of(const std::vector<std::pair<const journal::Fact*, EntryWritten>>& writings,
                           const std::vector<std::pair<const journal::Fact*, EntryCorrected>>& corrections) {
    const EntryWritten& written = writings.front().second;
    Entry entry;
    entry.entry = written.entry;
    entry.sheet = written.sheet;
    entry.line = written.line;
    entry.index = written.index;
    entry.raw = written.raw;
    entry.written_id = written.written_id;
    entry.shelter = written.shelter;
    entry.person = written.person;
    entry.remarks = written.remarks;
    entry.received = written.received;
    entry.written = writings.front().first->header.time;
    entry.written_under = writings.front().first->header.grant;
    if (corrections.empty()) {
      for (const auto& [fact, other] : writings) {
        entry.standing.push_back(fact->header.id);
        entry.contradictory = entry.contradictory || other.person != written.person;
      }
    } else {
      entry.corrected = true;
      for (const auto& [fact, other] : corrections)
        entry.standing.push_back(fact->header.id);
    }
    entry.fact = entry.standing.front();
    if (!corrections.empty()) put_together(entry, corrections);
    return entry;
  }

  // The first holds; what those who named the same person apart add to it is no question.
  static void put_together(Entry& entry,
                           const std::vector<std::pair<const journal::Fact*, EntryCorrected>>& corrections) {
    const Naming before{entry.person, entry.shelter};
    const bool unnamed = before.person.name.empty() && before.person.kana.empty();
    Naming said{corrections.front().second.person, corrections.front().second.shelter};
    for (const auto& [fact, other] : corrections) {
      if (other.person == said.person && other.shelter == said.shelter) continue;
      auto both =
          unnamed ? together(before, said, {other.person, other.shelter}, text::fold_kana) : std::nullopt;
      if (both) {
        said = std::move(*both);
        entry.fact = fact->header.id;
      } else {
        entry.contradictory = true;
      }
    }
    entry.person = std::move(said.person);
    entry.shelter = std::move(said.shelter);
  }

  static void write_entry(store::Connection& connection, const Entry& entry, const EntryWritten& first) {
    std::optional<FamilyKey> family;
    if (!entry.person.family.empty()) family = family_key(first, entry.person.family);
    connection.run(
        "INSERT INTO reception_entry (entry, fact, standing, sheet, line, place, shelter, withdrawn, "
        "corrected, contradictory, condition, named, family, written, written_under, content) VALUES ($1, "
        "$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        entry.entry, entry.fact, store::Blob{standing_digest(entry.standing).bytes()}, entry.sheet,
        entry.line, entry.index, entry.shelter, entry.withdrawn, entry.corrected, entry.contradictory,
        boost::describe::enum_to_string(entry.person.condition, ""), !entry.person.name.empty(), family,
        to_text(entry.written), entry.written_under, content_of(entry));
  }

  void fold_sheet(store::Connection& connection, const SheetId& id, std::span<const journal::Fact> facts) {
    connection.run("DELETE FROM reception_sheet WHERE sheet = $1", id);
    connection.run("DELETE FROM reception_again WHERE sheet = $1", id);
    bool first = true;
    for (const journal::Fact& fact : facts) {
      if (fact.erased || fact.header.kind != "reception.sheet_imported") continue;
      auto body = fact.as<SheetImported>();
      if (!body) continue;
      for (const WrittenBefore& again : body->again)
        connection.run(
            "INSERT INTO reception_again (sheet, line, place, entry) VALUES ($1, $2, $3, $4) ON CONFLICT DO "
            "NOTHING",
            id, again.line, again.index, again.entry);
      body->again.clear();
      if (first)
        connection.run(
            "INSERT INTO reception_sheet (sheet, digest, shelter, imported, imported_under, content) VALUES "
            "($1, $2, $3, $4, $5, $6)",
            id, store::Blob{body->digest.bytes()}, body->shelter, to_text(fact.header.time),
            fact.header.grant, to_text(to_json(*body)));
      first = false;
    }
  }

  void fold_shelter(store::Connection& connection, const std::string& name,
                    std::span<const journal::Fact> facts) {
    connection.run("DELETE FROM reception_shelter WHERE name = $1", name);
    for (const journal::Fact& fact : facts) {
      if (fact.erased || fact.superseded || fact.header.kind != "reception.shelter_opened") continue;
      if (const auto body = fact.as<ShelterOpened>())
        connection.run(
            "INSERT INTO reception_shelter (name, fact, address, longitude, latitude) VALUES ($1, $2, $3, "
            "$4, $5)",
            name, fact.header.id, body->address, body->longitude, body->latitude);
    }
  }
};

}  // namespace

std::unique_ptr<journal::View> make_view() {
  return std::make_unique<ReceptionView>();
}

}  // namespace sonae::reception
