// Entries of the logs as they stand in the tables.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "journal/fact.h"
#include "journal/merkle.h"
#include "store/store.h"

namespace sonae::journal {

// A fact, and where it stands here.
struct StoredFact {
  std::int64_t row = 0;
  Hash leaf;
  Fact fact;
};

// Sorts by (time, id), leaves one of each id, and marks the facts that others among them supersede.
std::vector<Fact> in_order(std::vector<StoredFact> stored);

// All entries about this subject, in no order. `superseded` is not yet said.
std::vector<StoredFact> entries_about(store::Connection& connection, const Subject& subject);

// All entries with this id: none, one, or one in each of several logs. `superseded` is not yet said.
std::vector<StoredFact> entries_with_id(store::Connection& connection, const FactId& id);

// Whether a fact that is here supersedes this one under one of its subjects.
bool is_superseded(store::Connection& connection, const Header& header);

// An entry that is about to be written, with everything that the tables need.
struct EntryToStore {
  Header header;
  Bytes header_bytes;
  Bytes salt;
  Bytes body;
  std::optional<Hash> body_hash;  // only where the body was erased
  Hash leaf;
};
// Admitted entries are indexed, others quarantined (journal/admission.h).
void store_entry(store::Connection& connection, std::int64_t row, const EntryToStore& entry, bool admitted);

// The rows by which an entry is found: by its id, its subjects, and what it supersedes.
void index_entry(store::Connection& connection, std::int64_t row, const Header& header);
void unindex_entry(store::Connection& connection, std::int64_t row, const Header& header);
void quarantine_entry(store::Connection& connection, std::int64_t row);

// Keeps the root of a complete subtree where it is one of those that are kept.
void store_subtree(store::Connection& connection, std::int64_t log, const Subtree& subtree, const Hash& hash);

// Makes this note the newest of the log; of the older ones those remain that end a stretch.
void store_checkpoint(store::Connection& connection, std::int64_t log, std::uint64_t size, BytesView note);

// Of each signer only the newest of a log is kept: it says all that the earlier ones said.
void store_cosignature(store::Connection& connection, const LogId& log, std::uint64_t size,
                       const NodeId& signer, BytesView line);

// What a row of (row, header, salt, body, leaf_hash) says. Throws StoreError (corrupt) where the header
// cannot be read.
StoredFact read_entry(const store::Cursor& entry);

}  // namespace sonae::journal
