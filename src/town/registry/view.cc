#include "town/registry/view.h"

#include "town/registry/chunk.h"

namespace sonae::registry {
namespace {

constexpr std::string_view kTables = R"sql(
CREATE TABLE registry_snapshot (
  fact BYTES NOT NULL PRIMARY KEY,
  snapshot BYTES NOT NULL,
  as_of TEXT NOT NULL,
  taken_ms BIGINT NOT NULL,
  superseded BIGINT NOT NULL
);
CREATE INDEX registry_snapshot_id ON registry_snapshot (snapshot);
CREATE TABLE registry_unfinished_import (
  snapshot BYTES NOT NULL PRIMARY KEY,
  as_of TEXT NOT NULL,
  started_ms BIGINT NOT NULL,
  file_name TEXT NOT NULL
);
CREATE TABLE registry_chunk (
  address BYTES NOT NULL PRIMARY KEY,
  residents BIGINT NOT NULL,
  first TEXT NOT NULL,
  last TEXT NOT NULL
);
CREATE TABLE registry_answer (
  resident TEXT NOT NULL,
  snapshot BYTES NOT NULL,
  fact BYTES NOT NULL,
  outcome TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (resident, snapshot, fact)
);
CREATE TABLE registry_protection (
  resident TEXT NOT NULL,
  fact BYTES NOT NULL,
  from_day TEXT NOT NULL,
  until_day TEXT,
  kind TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (resident, fact)
);
)sql";

std::optional<std::string> text_of(const std::optional<Date>& date) {
  return date ? std::optional(to_iso(*date)) : std::nullopt;
}

// An import that began and took no snapshot: it was cut off, stopped or refused, or is still under way.
void fold_start(store::Connection& connection, const SnapshotId& id, std::span<const journal::Fact> facts) {
  for (const journal::Fact& fact : facts) {
    if (fact.header.kind != kImportStarted || fact.erased) continue;
    const auto body = fact.as<ImportStarted>();
    if (!body || body->snapshot != id) continue;
    connection.run(
        "INSERT INTO registry_unfinished_import (snapshot, as_of, started_ms, file_name) "
        "VALUES ($1, $2, $3, $4) ON CONFLICT (snapshot) DO NOTHING",
        id, to_iso(body->as_of), fact.header.time.wall.milliseconds, body->file_name);
  }
}

void fold_snapshot(store::Connection& connection, const journal::Subject& subject,
                   std::span<const journal::Fact> facts) {
  const auto id = SnapshotId::parse(subject.id);
  if (!id) return;
  connection.run("DELETE FROM registry_snapshot WHERE snapshot = $1", *id);
  connection.run("DELETE FROM registry_unfinished_import WHERE snapshot = $1", *id);
  bool finished = false;
  for (const journal::Fact& fact : facts) {
    if (fact.header.kind != kSnapshotTaken || fact.erased) continue;
    const auto body = fact.as<SnapshotTaken>();
    if (!body || body->snapshot != *id) continue;  // another snapshot that replaces this one
    connection.run(
        "INSERT INTO registry_snapshot (fact, snapshot, as_of, taken_ms, superseded) VALUES ($1, $2, $3, $4, "
        "$5)",
        fact.header.id, *id, to_iso(body->as_of), fact.header.time.wall.milliseconds, fact.superseded);
    finished = true;
  }
  if (!finished) fold_start(connection, *id, facts);
}

void fold_chunk(store::Connection& connection, const journal::Subject& subject,
                std::span<const journal::Fact> facts) {
  const auto bytes = from_hex(subject.id);
  if (!bytes) return;
  connection.run("DELETE FROM registry_chunk WHERE address = $1", store::Blob{*bytes});
  for (const journal::Fact& fact : facts) {
    if (fact.header.kind != kChunkStored || fact.erased) continue;
    const auto body = fact.as<ChunkStored>();
    if (!body || body->chunk.bytes() != *bytes) continue;
    connection.run(
        "INSERT INTO registry_chunk (address, residents, first, last) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (address) DO NOTHING",
        store::Blob{*bytes}, body->residents, body->first, body->last);
  }
}

void fold_resident(store::Connection& connection, const journal::Subject& subject,
                   std::span<const journal::Fact> facts) {
  connection.run("DELETE FROM registry_answer WHERE resident = $1", subject.id);
  connection.run("DELETE FROM registry_protection WHERE resident = $1", subject.id);
  for (const journal::Fact& fact : facts) {
    if (fact.erased || fact.superseded) continue;
    if (fact.header.kind == kVanishedAnswered) {
      const auto body = fact.as<VanishedAnswered>();
      if (!body) continue;
      connection.run(
          "INSERT INTO registry_answer (resident, snapshot, fact, outcome, note) VALUES ($1, $2, $3, $4, $5)",
          subject.id, body->snapshot, fact.header.id, boost::describe::enum_to_string(body->outcome, ""),
          body->note);
    } else if (fact.header.kind == kProtectedMarked) {
      const auto body = fact.as<ProtectedMarked>();
      if (!body) continue;
      connection.run(
          "INSERT INTO registry_protection (resident, fact, from_day, until_day, kind, note) "
          "VALUES ($1, $2, $3, $4, $5, $6)",
          subject.id, fact.header.id, to_iso(body->from), text_of(body->until), body->kind, body->note);
    }
  }
}

// Of a registry: its chunks, its layout, the file's own order, the lines that could not be taken.
std::vector<Hash> blobs_of_snapshot(BytesView text) {
  const auto body = from_json_text<SnapshotTaken>(text);
  if (!body) return {};
  std::vector<Hash> all = body->chunks;
  all.insert(all.end(), body->order.begin(), body->order.end());
  all.push_back(body->layout_text);
  if (body->set_aside) all.push_back(*body->set_aside);
  return all;
}

class RegistryView final : public journal::View {
 public:
  std::string_view name() const override { return "registry"; }
  int version() const override { return 2; }
  std::string_view tables() const override { return kTables; }
  std::vector<std::string> table_names() const override {
    return {"registry_snapshot", "registry_unfinished_import", "registry_chunk", "registry_answer",
            "registry_protection"};
  }
  std::vector<std::string> subject_kinds() const override { return {"snapshot", "chunk", "resident"}; }

  void fold(store::Connection& connection, const journal::Blobs&, const journal::Subject& subject,
            std::span<const journal::Fact> facts) override {
    if (subject.kind == "snapshot")
      fold_snapshot(connection, subject, facts);
    else if (subject.kind == "chunk")
      fold_chunk(connection, subject, facts);
    else
      fold_resident(connection, subject, facts);
  }

  std::vector<Hash> blobs_named_by(std::string_view kind, BytesView body) const override {
    if (kind == kSnapshotTaken) return blobs_of_snapshot(body);
    if (kind != kChunkStored) return {};
    const auto stored = from_json_text<ChunkStored>(body);
    return stored ? std::vector{stored->chunk} : std::vector<Hash>{};
  }

  std::vector<journal::DumpTable> dump() const override {
    return {
        {"registry_snapshot",
         "SELECT fact, snapshot, as_of, taken_ms, superseded FROM registry_snapshot ORDER BY fact"},
        {"registry_unfinished_import",
         "SELECT snapshot, as_of, started_ms, file_name FROM registry_unfinished_import "
         "ORDER BY snapshot"},
        {"registry_chunk", "SELECT address, residents, first, last FROM registry_chunk ORDER BY address"},
        {"registry_answer",
         "SELECT resident, snapshot, fact, outcome, note FROM registry_answer ORDER BY resident, snapshot, "
         "fact"},
        {"registry_protection",
         "SELECT resident, fact, from_day, until_day, kind, note FROM registry_protection "
         "ORDER BY resident, fact"},
    };
  }
};

Date date_at(const store::Cursor& row, int column) {
  const auto date = parse_iso_date(row.text(column));
  return date ? *date : Date{};
}

}  // namespace

std::unique_ptr<journal::View> make_view() {
  return std::make_unique<RegistryView>();
}

std::vector<SnapshotRow> snapshot_rows(store::Connection& connection) {
  std::vector<SnapshotRow> all;
  const auto row = connection.query(
      "SELECT fact, snapshot, as_of, taken_ms, superseded FROM registry_snapshot ORDER BY as_of, fact");
  while (row->next())
    all.push_back({row->id<FactId>(0),
                   row->id<SnapshotId>(1),
                   date_at(*row, 2),
                   {row->integer(3)},
                   row->integer(4) != 0});
  return all;
}

std::vector<UnfinishedRow> unfinished_rows(store::Connection& connection) {
  std::vector<UnfinishedRow> all;
  const auto row = connection.query(
      "SELECT snapshot, as_of, started_ms, file_name FROM registry_unfinished_import "
      "ORDER BY started_ms DESC, snapshot");
  while (row->next())
    all.push_back({row->id<SnapshotId>(0), date_at(*row, 1), {row->integer(2)}, row->string(3)});
  return all;
}

std::optional<ChunkRow> chunk_row(store::Connection& connection, const Hash& address) {
  const auto row = connection.query("SELECT residents, first, last FROM registry_chunk WHERE address = $1",
                                    store::Blob{address.bytes()});
  if (!row->next()) return std::nullopt;
  return ChunkRow{row->integer(0), row->string(1), row->string(2)};
}

std::vector<AnswerRow> answer_rows(store::Connection& connection) {
  std::vector<AnswerRow> all;
  const auto row = connection.query(
      "SELECT resident, snapshot, fact, outcome, note FROM registry_answer ORDER BY resident, snapshot, "
      "fact");
  while (row->next()) {
    AnswerRow one{row->id<FactId>(2),
                  {ResidentId(row->string(0)), row->id<SnapshotId>(1), {}, row->string(4)}};
    boost::describe::enum_from_string(row->string(3).c_str(), one.answer.outcome);
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<ProtectionRow> protection_rows(store::Connection& connection) {
  std::vector<ProtectionRow> all;
  const auto row = connection.query(
      "SELECT resident, fact, from_day, until_day, kind, note FROM registry_protection ORDER BY resident, "
      "fact");
  while (row->next()) {
    ProtectionRow one{row->id<FactId>(1),
                      {ResidentId(row->string(0)), date_at(*row, 2), {}, row->string(4), row->string(5)}};
    if (!row->is_null(3)) one.mark.until = date_at(*row, 3);
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace sonae::registry
