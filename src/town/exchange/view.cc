// The tables of exchange: records in the order of the feed, what is still to be erased here, partners, ties.
#include "journal/view.h"

#include <set>

#include "town/exchange/exchange.h"
#include "town/exchange/own.h"
#include "town/exchange/table.h"

namespace sonae::exchange {

namespace {

constexpr std::string_view kTables = R"sql(
CREATE TABLE exchange_record (
  kind TEXT NOT NULL,
  record TEXT NOT NULL,
  person TEXT NOT NULL,
  standing TEXT NOT NULL,
  entered TEXT NOT NULL,
  source_ms BIGINT NOT NULL,
  expiry_ms BIGINT,
  fact BYTES NOT NULL,
  entry BYTES,
  digest BYTES,
  why TEXT,
  own BIGINT NOT NULL,
  name TEXT NOT NULL,
  tie TEXT,
  PRIMARY KEY (kind, record)
);
CREATE INDEX exchange_record_feed ON exchange_record (kind, own, entered, record);
CREATE INDEX exchange_record_person ON exchange_record (person);
CREATE INDEX exchange_record_expiry ON exchange_record (standing, expiry_ms);
CREATE TABLE exchange_to_erase (
  kind TEXT NOT NULL,
  record TEXT NOT NULL,
  fact BYTES NOT NULL,
  PRIMARY KEY (kind, record, fact)
);
CREATE TABLE exchange_partner (
  partner BYTES NOT NULL PRIMARY KEY,
  key_hash BYTES NOT NULL,
  row TEXT NOT NULL,
  reached TEXT
);
CREATE INDEX exchange_partner_key ON exchange_partner (key_hash);
)sql";

// By what somebody looks for a person: all their names, as written.
std::string names_in(const pfif::Record& record) {
  std::string names = record.at("full_name");
  for (const char* const field : {"alternate_names", "given_name", "family_name"})
    if (const std::string& text = record.at(field); !text.empty()) names += " " + text;
  return names;
}

// What the facts about one record come to.
struct Folded {
  Row row;
  bool any = false;
  std::string names{};
  std::optional<Tied> tie{};
  std::vector<FactId> to_erase{};

  void take(const journal::Fact& fact, const Received& received) {
    const auto source = pfif::read_date(received.record.at("source_date"));
    if (!source || (any && *source <= row.source_date)) return;
    begin(fact, Standing::received, *source);
    row.expiry_date = pfif::expiry_of(received.record);
    if (row.kind == pfif::Kind::note) row.person = received.record.at("person_record_id");
    names = names_in(received.record);
  }
  void take(const journal::Fact& fact, const Published& published) {
    if (any && published.source_date <= row.source_date) return;
    begin(fact, Standing::published, published.source_date);
    row.expiry_date = published.expiry_date;
    row.entry = published.entry;
    row.digest = published.digest;
    names.clear();
  }
  void take(const journal::Fact& fact, const Ended& ended) {
    if (any && ended.source_date < row.source_date) return;
    begin(fact, Standing::ended, ended.source_date);
    row.expiry_date = ended.expiry_date;
    row.why = ended.why;
    names.clear();
  }

 private:
  void begin(const journal::Fact& fact, Standing standing, Instant source) {
    const std::string person = row.person;
    const bool own = row.own || standing == Standing::published;
    row = Row{row.kind, row.record, person, standing, fact.header.time, source, {}, fact.header.id,
              {},       {},         {},     own};
    any = true;
  }
};

class ExchangeView final : public journal::View {
 public:
  std::string_view name() const override { return "exchange"; }
  int version() const override { return 1; }
  std::string_view tables() const override { return kTables; }
  std::vector<std::string> table_names() const override {
    return {"exchange_record", "exchange_to_erase", "exchange_partner"};
  }
  std::vector<std::string> subject_kinds() const override { return {"pfif_person", "pfif_note", "partner"}; }

  void fold(store::Connection& connection, const journal::Blobs&, const journal::Subject& subject,
            std::span<const journal::Fact> facts) override {
    if (subject.kind == "partner") return fold_partner(connection, subject, facts);
    const auto kind = subject.kind == "pfif_note" ? pfif::Kind::note : pfif::Kind::person;
    fold_record(connection, kind, subject.id, facts);
  }

  // exchange_to_erase is not part of it: when a node erases is its own affair.
  std::vector<journal::DumpTable> dump() const override {
    return {{"exchange_record",
             std::string("SELECT ") + kRowColumns + ", name, tie FROM exchange_record ORDER BY kind, record"},
            {"exchange_partner",
             "SELECT partner, key_hash, row, reached FROM exchange_partner ORDER BY partner"}};
  }

 private:
  static void fold_record(store::Connection& connection, pfif::Kind kind, const std::string& record,
                          std::span<const journal::Fact> facts) {
    const char* const kind_name = boost::describe::enum_to_string(kind, "");
    connection.run("DELETE FROM exchange_record WHERE kind = $1 AND record = $2", kind_name, record);
    connection.run("DELETE FROM exchange_to_erase WHERE kind = $1 AND record = $2", kind_name, record);
    // What an end names counts as gone at once, whether this node has erased it or not.
    std::set<FactId> gone;
    for (const journal::Fact& fact : facts)
      if (fact.header.kind == "exchange.ended")
        if (const auto body = fact.as<Ended>()) gone.insert(body->facts.begin(), body->facts.end());
    Folded folded{{kind, record, {}, {}, {}, {}, {}, {}, {}, {}, {}, false}};
    for (const journal::Fact& fact : facts) {
      if (fact.erased) continue;
      if (gone.contains(fact.header.id)) {
        connection.run("INSERT INTO exchange_to_erase (kind, record, fact) VALUES ($1, $2, $3)", kind_name,
                       record, fact.header.id);
      } else if (fact.header.kind == "exchange.received") {
        if (const auto body = fact.as<Received>()) folded.take(fact, *body);
      } else if (fact.header.kind == "exchange.published") {
        if (const auto body = fact.as<Published>()) folded.take(fact, *body);
      } else if (fact.header.kind == "exchange.ended") {
        if (const auto body = fact.as<Ended>()) folded.take(fact, *body);
      } else if (fact.header.kind == "exchange.tied" && !fact.superseded) {
        if (auto body = fact.as<Tied>()) folded.tie = std::move(*body);
      }
    }
    if (!folded.any) return;
    write(connection, folded.row, folded.names, folded.tie);
    if (kind == pfif::Kind::person && folded.row.own) write_own_note(connection, folded.row);
  }

  static void write(store::Connection& connection, const Row& row, const std::string& names,
                    const std::optional<Tied>& tie) {
    std::optional<std::int64_t> expiry;
    if (row.expiry_date) expiry = row.expiry_date->milliseconds;
    std::optional<store::Blob> digest;
    if (row.digest) digest = store::Blob{row.digest->bytes()};
    std::optional<std::string> why, tied;
    if (row.why) why = boost::describe::enum_to_string(*row.why, "");
    if (tie) tied = to_text(to_json(*tie));
    connection.run(
        "INSERT INTO exchange_record (kind, record, person, standing, entered, source_ms, expiry_ms, fact, "
        "entry, digest, why, own, name, tie) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, "
        "$14)",
        boost::describe::enum_to_string(row.kind, ""), row.record, row.person,
        boost::describe::enum_to_string(row.standing, ""), to_text(row.entered), row.source_date.milliseconds,
        expiry, row.fact, row.entry, digest, why, row.own, names, tied);
  }

  // Each person of ours has one note, which says what may be told (own.h).
  static void write_own_note(store::Connection& connection, const Row& person) {
    Row note = person;
    note.kind = pfif::Kind::note;
    note.record = own_note_id(person.record);
    note.person = person.record;
    connection.run("DELETE FROM exchange_record WHERE kind = 'note' AND record = $1", note.record);
    if (person.standing == Standing::published) write(connection, note, {}, {});
  }

  static void fold_partner(store::Connection& connection, const journal::Subject& subject,
                           std::span<const journal::Fact> facts) {
    const auto id = PersonId::parse(subject.id);
    if (!id) return;
    connection.run("DELETE FROM exchange_partner WHERE partner = $1", *id);
    std::optional<PartnerEnrolled> enrolled;
    std::optional<std::string> reached;
    // Of two that do not know of each other the later by (time, id) holds: the list shows what is there, and
    // enrolling anew supersedes both.
    for (const journal::Fact& fact : facts) {
      if (fact.erased || fact.superseded) continue;
      if (fact.header.kind == "exchange.partner_enrolled") {
        if (auto body = fact.as<PartnerEnrolled>()) enrolled = std::move(*body);
      } else if (fact.header.kind == "exchange.town_reached") {
        if (const auto body = fact.as<TownReached>()) reached = to_text(to_json(*body));
      }
    }
    if (!enrolled) return;
    connection.run("INSERT INTO exchange_partner (partner, key_hash, row, reached) VALUES ($1, $2, $3, $4)",
                   *id, store::Blob{enrolled->key_hash.bytes()}, to_text(to_json(*enrolled)), reached);
  }
};

template <class Enum>
Enum read_enum(std::string_view text) {
  Enum value{};
  boost::describe::enum_from_string(std::string(text).c_str(), value);
  return value;
}

}  // namespace

std::unique_ptr<journal::View> make_view() {
  return std::make_unique<ExchangeView>();
}

Row row_of(const store::Cursor& cursor) {
  Row row;
  row.kind = read_enum<pfif::Kind>(cursor.text(0));
  row.record = cursor.string(1);
  row.person = cursor.string(2);
  row.standing = read_enum<Standing>(cursor.text(3));
  row.entered = parse_hybrid_time(cursor.text(4)).value_or(HybridTime{});
  row.source_date = Instant{cursor.integer(5)};
  if (!cursor.is_null(6)) row.expiry_date = Instant{cursor.integer(6)};
  row.fact = cursor.id<FactId>(7);
  if (!cursor.is_null(8)) row.entry = cursor.id<EntryId>(8);
  if (!cursor.is_null(9)) row.digest = Hash::from_bytes(cursor.bytes(9)).value_or(Hash{});
  if (!cursor.is_null(10)) row.why = read_enum<Why>(cursor.text(10));
  row.own = cursor.integer(11) != 0;
  return row;
}

}  // namespace sonae::exchange
