#include "journal/tables.h"

namespace sonae::journal {

const std::string_view kTables = R"sql(
CREATE TABLE journal_log (number BIGINT PRIMARY KEY, node BYTES NOT NULL, stream BIGINT NOT NULL,
  public_key BYTES NOT NULL, UNIQUE (node, stream));
CREATE TABLE journal_entry (row BIGINT PRIMARY KEY, header BYTES NOT NULL, salt BYTES, body BYTES,
  body_hash BYTES, leaf_hash BYTES NOT NULL);
CREATE TABLE journal_fact (fact BIGINT NOT NULL, row BIGINT NOT NULL, PRIMARY KEY (fact, row));
CREATE TABLE journal_subject (subject BIGINT NOT NULL, row BIGINT NOT NULL, PRIMARY KEY (subject, row));
CREATE TABLE journal_supersedes (superseded BIGINT NOT NULL, row BIGINT NOT NULL,
  PRIMARY KEY (superseded, row));
CREATE TABLE journal_subtree (log BIGINT NOT NULL, level BIGINT NOT NULL, number BIGINT NOT NULL,
  hash BYTES NOT NULL, PRIMARY KEY (log, level, number));
CREATE TABLE journal_checkpoint (log BIGINT NOT NULL, size BIGINT NOT NULL, note BYTES NOT NULL,
  PRIMARY KEY (log, size));
CREATE TABLE journal_cosignature (log BIGINT NOT NULL, size BIGINT NOT NULL, signer BYTES NOT NULL,
  line BYTES NOT NULL, PRIMARY KEY (log, size, signer));
CREATE TABLE journal_blob (address BYTES PRIMARY KEY, size BIGINT NOT NULL, content BYTES NOT NULL);
)sql";

const std::string_view kLaterTables = R"sql(
CREATE TABLE IF NOT EXISTS journal_quarantine (row BIGINT PRIMARY KEY, log BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS journal_governing (row BIGINT PRIMARY KEY, log BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS journal_branch (log BIGINT NOT NULL, position BIGINT NOT NULL, leaf_hash BYTES NOT NULL,
  header BYTES NOT NULL, salt BYTES, body BYTES, body_hash BYTES, PRIMARY KEY (log, position, leaf_hash));
CREATE TABLE IF NOT EXISTS journal_fork (log BIGINT NOT NULL, size BIGINT NOT NULL, note BYTES NOT NULL,
  position BIGINT NOT NULL, PRIMARY KEY (log, size, note));
CREATE TABLE IF NOT EXISTS journal_fork_leaf (log BIGINT NOT NULL, size BIGINT NOT NULL, note BYTES NOT NULL,
  leaves BYTES NOT NULL, PRIMARY KEY (log, size, note));
CREATE TABLE IF NOT EXISTS journal_lacking (row BIGINT PRIMARY KEY, log BIGINT NOT NULL);
)sql";

namespace {

std::int64_t first_eight(BytesView bytes) {
  return static_cast<std::int64_t>(from_big_endian(bytes.substr(0, 8)));
}

// The hash over hashes that fill a complete subtree, from the left.
Hash joined(std::vector<Hash> hashes) {
  for (; hashes.size() > 1; hashes.resize(hashes.size() / 2))
    for (std::size_t i = 0; i < hashes.size() / 2; ++i)
      hashes[i] = node_hash(hashes[2 * i], hashes[2 * i + 1]);
  return hashes.front();
}

}  // namespace

Stream stream_in(const store::Cursor& row, int column) {
  const std::int64_t number = row.integer(column);
  if (number < 0 || number > static_cast<std::int64_t>(Stream::restricted)) row.throw_damaged(column);
  return static_cast<Stream>(number);
}

std::int64_t key_of(const FactId& fact) {
  return first_eight(fact.bytes());
}
std::int64_t key_of(const Subject& subject) {
  return first_eight(sha256({subject.kind, ":", subject.id}).bytes());
}

Hash stored_subtree(store::Connection& connection, std::int64_t log, const Subtree& subtree) {
  const int level = subtree.height / kSubtreeBits;
  const int above = subtree.height % kSubtreeBits;
  const std::uint64_t count = std::uint64_t{1} << above;
  const std::uint64_t first = subtree.number << above;
  const auto rows =
      level == 0
          ? connection.query("SELECT leaf_hash FROM journal_entry WHERE row >= $1 AND row < $2 ORDER BY row",
                             row_of(log, first), row_of(log, first + count))
          : connection.query(
                "SELECT hash FROM journal_subtree WHERE log = $1 AND level = $2 AND number >= $3 "
                "AND number < $4 ORDER BY number",
                log, level, first, first + count);
  std::vector<Hash> hashes;
  hashes.reserve(count);
  while (rows->next()) {
    const Result<Hash> hash = Hash::from_bytes(rows->bytes(0));
    if (hash) hashes.push_back(*hash);
  }
  if (hashes.size() != count)
    throw store::StoreError(
        {ErrorCode::corrupt,
         {"ログの一部が失われています", "A part of a log is missing"},
         "log " + std::to_string(log) + " position " + std::to_string(subtree.number << subtree.height),
         {"sonae verify で場所を確かめてください", "Find the place with sonae verify"}});
  return joined(std::move(hashes));
}

Frontier stored_frontier(store::Connection& connection, std::int64_t log, std::uint64_t size) {
  std::vector<Hash> hashes;
  for (const Subtree& peak : peaks(size))
    hashes.push_back(stored_subtree(connection, log, peak));
  return {size, std::move(hashes)};
}

}  // namespace sonae::journal
