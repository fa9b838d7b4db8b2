#include "journal/log_writer.h"

#include <algorithm>

#include "journal/frame.h"
#include "journal/header.h"
#include "journal/high_water.h"
#include "journal/tables.h"

namespace sonae::journal {

namespace {

std::unexpected<Error> contradicts(const FactId& fact, Phrase what) {
  return fail(ErrorCode::conflict, std::move(what), "fact " + fact.text(),
              {"今の内容を見てから、もう一度決めてください", "Look at what is there now and decide again"});
}

bool same_content(const PreparedFact& fact, const Fact& stored) {
  return fact.header.kind == stored.header.kind && fact.header.subjects == stored.header.subjects &&
         fact.header.grant == stored.header.grant && fact.header.supersedes == stored.header.supersedes &&
         (stored.erased || fact.body == stored.body);
}

}  // namespace

LogWriter::LogWriter(const Options& options, store::Connection& connection, const Ruling& ruling)
    : options_(options),
      connection_(connection),
      ruling_(ruling),
      node_(node_id_of(options.node_key.public_key())) {}

Status LogWriter::load(HybridClock& clock) {
  clock_ = &clock;
  const auto logs = connection_.query("SELECT number, stream FROM journal_log WHERE node = $1", node_);
  while (logs->next()) {
    OwnLog log;
    log.number = logs->integer(0);
    const auto stream = stream_in(*logs, 1);
    const std::string place = "log " + node_.text() + "/" + std::string(stream_name(stream));
    std::uint64_t size = 0;
    const auto last = connection_.query(
        "SELECT row, header, salt, body, leaf_hash FROM journal_entry WHERE row >= $1 AND row < $2 "
        "ORDER BY row DESC LIMIT 1",
        row_of(log.number, 0), row_of(log.number + 1, 0));
    if (last->next()) {
      const StoredFact entry = read_entry(*last);
      size = position_of(entry.row) + 1;
      clock.received(entry.fact.header.time);
    }
    log.frontier = stored_frontier(connection_, log.number, size);
    const auto note = connection_.query(
        "SELECT size, note FROM journal_checkpoint WHERE log = $1 ORDER BY size DESC LIMIT 1", log.number);
    if (note->next()) {
      log.signed_size = static_cast<std::uint64_t>(note->integer(0));
      const Result<SignedCheckpoint> read = read_checkpoint(note->bytes(1));
      const Checkpoint expected{origin_of(options_.town, {node_, stream}), size, log.frontier.root()};
      if (!read || read->checkpoint != expected || !is_signed_by(*read, options_.node_key.public_key()))
        return fail(ErrorCode::corrupt,
                    {"記録が、署名された末尾と合いません", "The log is not what its signed head says"}, place,
                    {"sonae verify で場所を確かめ、控えから戻してください",
                     "Find the place with sonae verify and restore from a backup"});
    } else if (size > 0) {
      return fail(ErrorCode::corrupt, {"記録の署名がありません", "The log has no signed head"}, place);
    }
    logs_[stream] = std::move(log);
  }
  return {};
}

Status LogWriter::load_again() {
  logs_.clear();
  return load(*clock_);
}

bool LogWriter::is_longer(const State& state) const {
  return std::ranges::any_of(state, [&](const auto& entry) {
    const auto here = logs_.find(entry.first);
    return entry.second.frontier.size() > (here == logs_.end() ? 0 : here->second.frontier.size());
  });
}

bool LogWriter::stands(const State& state) const {
  const std::vector<LogHead> there = heads(connection_, node_);
  return std::ranges::all_of(state, [&](const auto& entry) {
    const LogHead expected{{node_, entry.first}, entry.second.frontier.size(), entry.second.frontier.root()};
    return expected.size == 0 || std::ranges::find(there, expected) != there.end();
  });
}

OwnLog& LogWriter::log_for(Stream stream) {
  OwnLog& log = logs_[stream];
  if (log.number != 0) return log;
  const auto last = connection_.query("SELECT MAX(number) FROM journal_log");
  log.number = last->next() ? last->integer(0) + 1 : 1;
  connection_.run("INSERT INTO journal_log (number, node, stream, public_key) VALUES ($1, $2, $3, $4)",
                  log.number, node_, static_cast<int>(stream),
                  store::Blob{options_.node_key.public_key().bytes()});
  return log;
}

Result<std::optional<Receipt>> LogWriter::receipt_of_first_time(const PreparedFact& fact) {
  for (const StoredFact& entry : entries_with_id(connection_, fact.header.id)) {
    if (!same_content(fact, entry.fact))
      return contradicts(fact.header.id,
                         {"同じ番号の別の記録があります", "Another fact with this id is here already"});
    const auto log =
        connection_.query("SELECT node, stream FROM journal_log WHERE number = $1", log_of(entry.row));
    if (log->next())
      return Receipt{fact.header.id, {log->id<NodeId>(0), stream_in(*log, 1)}, position_of(entry.row)};
  }
  return std::nullopt;
}

Status LogWriter::check(const PreparedBatch& batch) {
  for (const PreparedFact& fact : batch.facts) {
    const auto log = logs_.find(fact.stream);
    if (!ruling_.admits({node_, fact.stream}, log == logs_.end() ? 0 : log->second.frontier.size()))
      return fail(ErrorCode::forbidden,
                  {"このノードの登録は取り消されています", "This node's enrolment was revoked"}, node_.text(),
                  {"別のノードで招待の符号を出し、あらためて参加してください",
                   "Have another node invite this machine, and join anew"});
  }
  for (const FactId& id : batch.still_valid) {
    const auto found = entries_with_id(connection_, id);
    if (found.empty() || is_superseded(connection_, found.front().fact.header))
      return contradicts(
          id, {"もとにした記録が変わっています", "What this was based on has been superseded meanwhile"});
  }
  for (const PreparedFact& fact : batch.facts)
    for (const FactId& id : fact.header.supersedes)
      for (const StoredFact& earlier : entries_with_id(connection_, id))
        for (const Subject& subject : earlier.fact.header.subjects)
          if (std::ranges::find(fact.header.subjects, subject) == fact.header.subjects.end())
            return fail(ErrorCode::invalid_input,
                        {"取り消される記録の主題がすべて挙げられていません",
                         "A superseding fact must list all subjects of the facts that it supersedes"},
                        fact.header.kind + " " + subject.kind);
  return {};
}

Receipt LogWriter::write(const PreparedFact& fact, FactsAtHand& at_hand) {
  OwnLog& log = log_for(fact.stream);
  const std::uint64_t position = log.frontier.size();
  const std::int64_t row = row_of(log.number, position);
  store_entry(connection_, row, fact, true);
  at_hand.add(row, fact);
  log.frontier.add(fact.leaf, [&](const Subtree& subtree, const Hash& hash) {
    store_subtree(connection_, log.number, subtree, hash);
  });
  return {fact.header.id, {node_, fact.stream}, position};
}

Result<std::vector<Receipt>> LogWriter::write(const PreparedBatch& batch, FactsAtHand& at_hand) {
  TRY(check(batch));
  std::vector<std::optional<Receipt>> first_times;
  for (const PreparedFact& fact : batch.facts)
    first_times.push_back(fact.minted_elsewhere ? TRY(receipt_of_first_time(fact)) : std::nullopt);
  for (const PreparedBlob& blob : batch.blobs)
    store_blob(connection_, blob.address, blob.size, blob.frame);
  std::vector<Receipt> receipts;
  for (std::size_t i = 0; i < batch.facts.size(); ++i)
    receipts.push_back(first_times[i] ? *first_times[i] : write(batch.facts[i], at_hand));
  return receipts;
}

void LogWriter::sign_heads() {
  for (auto& [stream, log] : logs_) {
    const std::uint64_t size = log.frontier.size();
    if (size == log.signed_size) continue;
    const Bytes note = sign_checkpoint({origin_of(options_.town, {node_, stream}), size, log.frontier.root()},
                                       options_.node_key);
    store_checkpoint(connection_, log.number, size, note);
    log.signed_size = size;
  }
}

}  // namespace sonae::journal
