#include "journal/fact_proof.h"

#include "journal/checkpoint.h"
#include "journal/entries.h"
#include "journal/header.h"
#include "journal/tables.h"

namespace sonae::journal {

namespace {

std::unexpected<Error> does_not_hold(Phrase what) {
  return fail(ErrorCode::invalid_input, std::move(what));
}

Result<Hash> hash_from_base64(const std::string& text) {
  return Hash::from_bytes(TRY(from_base64(text)));
}

}  // namespace

HashSource stored_hashes(store::Connection& connection, std::int64_t log) {
  return [&connection, log](const Subtree& subtree) { return stored_subtree(connection, log, subtree); };
}

Result<FactProof> prove(store::Connection& connection, const FactId& id) {
  const std::vector<StoredFact> entries = entries_with_id(connection, id);
  if (entries.empty())
    return fail(ErrorCode::not_found, {"その番号の記録はありません", "There is no fact with this id"},
                id.text());
  const StoredFact& entry = entries.front();
  const std::int64_t log = log_of(entry.row);
  FactProof proof;
  proof.position = position_of(entry.row);
  proof.header = to_base64(entry.fact.header_bytes);
  if (entry.fact.erased) {
    const auto row = connection.query("SELECT body_hash FROM journal_entry WHERE row = $1", entry.row);
    if (row->next()) proof.body_hash = to_base64(row->bytes(0));
  } else {
    proof.salt = to_base64(entry.fact.salt);
    proof.body = to_base64(entry.fact.body);
  }
  const auto head = connection.query(
      "SELECT c.size, c.note, l.public_key FROM journal_checkpoint c JOIN journal_log l ON l.number = c.log "
      "WHERE c.log = $1 ORDER BY c.size DESC LIMIT 1",
      log);
  if (!head->next())
    return fail(ErrorCode::corrupt, {"記録の署名がありません", "The log has no signed head"}, id.text());
  const auto size = static_cast<std::uint64_t>(head->integer(0));
  for (const Hash& hash : inclusion_proof(stored_hashes(connection, log), proof.position, size))
    proof.inclusion.push_back(to_base64(hash.bytes()));
  proof.checkpoint = head->bytes(1);
  proof.public_key = to_base64(head->bytes(2));
  return proof;
}

Result<Header> check(const FactProof& proof) {
  const PublicKey key = TRY(PublicKey::from_bytes(TRY(from_base64(proof.public_key))));
  const SignedCheckpoint note = TRY(read_checkpoint(proof.checkpoint));
  if (!is_signed_by(note, key)) return does_not_hold({"署名が正しくありません", "The signature is not good"});
  if (note.checkpoint.origin.find("/" + node_id_of(key).text() + "/") == std::string::npos)
    return does_not_hold({"鍵が記録のノードのものではありません", "The key is not that of the log's node"});
  const Bytes header = TRY(from_base64(proof.header));
  const bool has_body = proof.salt && proof.body;
  if (has_body == proof.body_hash.has_value())
    return does_not_hold({"本文か、そのハッシュのどちらか一つが必要です",
                          "Either salt and body or the body's hash must be there"});
  const Hash body = has_body ? body_hash(TRY(from_base64(*proof.salt)), TRY(from_base64(*proof.body)))
                             : TRY(hash_from_base64(*proof.body_hash));
  std::vector<Hash> path;
  for (const std::string& hash : proof.inclusion)
    path.push_back(TRY(hash_from_base64(hash)));
  if (!inclusion_is_proven(leaf_hash(header, body), proof.position, note.checkpoint.size, path,
                           note.checkpoint.root))
    return does_not_hold(
        {"記録が署名された木に含まれていません", "The fact is not in the tree that was signed"});
  return read_header(header);
}

}  // namespace sonae::journal
