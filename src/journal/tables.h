// The journal's own tables and how their numbers are made (docs/formats.md).
#pragma once

#include <cstdint>
#include <string_view>

#include "journal/fact.h"
#include "journal/merkle.h"
#include "store/store.h"

namespace sonae::journal {

extern const std::string_view kTables;  // CREATE TABLE statements; journal_meta is made before all others
// Those that came after the first version; made where they are missing.
extern const std::string_view kLaterTables;
inline constexpr std::string_view kSchema = "1";

// A log's number in this database and a position, as the key of an entry.
inline constexpr int kPositionBits = 40;
inline std::int64_t row_of(std::int64_t log, std::uint64_t position) {
  return (log << kPositionBits) | static_cast<std::int64_t>(position);
}
inline std::int64_t log_of(std::int64_t row) {
  return row >> kPositionBits;
}
inline std::uint64_t position_of(std::int64_t row) {
  return static_cast<std::uint64_t>(row) & ((std::uint64_t{1} << kPositionBits) - 1);
}

// A stream's number as a row has it. Throws StoreError (corrupt) where there is no such stream.
Stream stream_in(const store::Cursor& row, int column);

std::int64_t key_of(const FactId& fact);
std::int64_t key_of(const Subject& subject);

inline constexpr int kSubtreeBits = 8;  // roots are stored of subtrees of 2^8, 2^16, ... leaves

// The hash of a complete subtree of a stored log, from the leaf hashes and subtree roots in the tables.
// Throws StoreError (corrupt) where a needed row is missing.
Hash stored_subtree(store::Connection& connection, std::int64_t log, const Subtree& subtree);

// The edge of a stored log of this size.
Frontier stored_frontier(store::Connection& connection, std::int64_t log, std::uint64_t size);

}  // namespace sonae::journal
