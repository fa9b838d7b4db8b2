// The tables of the registry: snapshots, chunks, answers on the vanished, protections by hand. No resident
// stands in them (registry.h says why).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "journal/view.h"
#include "town/registry/facts.h"

namespace sonae::registry {

// Names of the facts' kinds.
inline constexpr std::string_view kImportStarted = "registry.import_started";
inline constexpr std::string_view kChunkStored = "registry.chunk_stored";
inline constexpr std::string_view kSnapshotTaken = "registry.snapshot_taken";
inline constexpr std::string_view kVanishedAnswered = "registry.vanished_answered";
inline constexpr std::string_view kVanishedTakenBack = "registry.vanished_taken_back";
inline constexpr std::string_view kProtectedMarked = "registry.protected_marked";
inline constexpr std::string_view kProtectedLifted = "registry.protected_lifted";

inline journal::Subject about(const SnapshotId& id) {
  return {"snapshot", id.text()};
}
inline journal::Subject about_chunk(const Hash& address) {
  return {"chunk", address.hex()};
}
inline journal::Subject about(const ResidentId& id) {
  return {"resident", id.text()};
}

// A row of each table, for rules.
struct SnapshotRow {
  FactId fact;
  SnapshotId snapshot;
  Date as_of;
  Instant taken;
  bool superseded = false;
};
// By day and fact, the newest last.
std::vector<SnapshotRow> snapshot_rows(store::Connection& connection);

// An import that has taken no snapshot (yet).
struct UnfinishedRow {
  SnapshotId snapshot;
  Date as_of;
  Instant started;
  std::string file_name;
};
// The newest first.
std::vector<UnfinishedRow> unfinished_rows(store::Connection& connection);

struct ChunkRow {
  std::int64_t residents = 0;
  std::string first, last;
};
std::optional<ChunkRow> chunk_row(store::Connection& connection, const Hash& address);

struct AnswerRow {
  FactId fact;
  VanishedAnswered answer;
};
// Those not superseded, by resident, snapshot and fact.
std::vector<AnswerRow> answer_rows(store::Connection& connection);

struct ProtectionRow {
  FactId fact;
  ProtectedMarked mark;
};
std::vector<ProtectionRow> protection_rows(store::Connection& connection);

std::unique_ptr<journal::View> make_view();

}  // namespace sonae::registry
