#include "journal/writer.h"

#include <algorithm>
#include <iterator>

#include "journal/entries.h"
#include "journal/erasing.h"
#include "journal/fold_all.h"
#include "journal/foreign_log.h"
#include "journal/frame.h"
#include "journal/header.h"
#include "journal/meta.h"

namespace sonae::journal {

namespace {

// A failure of the disk strikes every batch alike; anything else may be the fault of one of them.
bool strikes_all(ErrorCode code) {
  return code == ErrorCode::disk_full || code == ErrorCode::io_failure || code == ErrorCode::busy ||
         code == ErrorCode::forbidden;
}

// A line that is lost so often within one group is not worth more waiting.
constexpr int kMostAttempts = 5;

Error out_of_reach() {
  return {
      ErrorCode::busy,
      {"データベースにつながらないため、記録していません", "Not recorded: the database cannot be reached"},
      {},
      {"データベースのサーバーを確かめてから、やり直してください",
       "See to the database server and try again"}};
}

// Other nodes may hold what is missing: under the same key the log would fork.
Error came_back_shorter() {
  return {ErrorCode::conflict,
          {"データベースが、受け付けた記録を失って戻りました",
           "The database came back without records that were acknowledged"},
          {},
          {"サーバーを止め、sonae node renew DIR で新しいノードとして続けてください",
           "Stop the server, and go on as a new node with sonae node renew DIR"}};
}

void keep_each_once(std::vector<Subject>& subjects) {
  std::ranges::sort(subjects);
  const auto repeated = std::ranges::unique(subjects);
  subjects.erase(repeated.begin(), repeated.end());
}

Error outcome_unknown() {
  return {ErrorCode::busy,
          {"データベースとの接続が切れ、記録されたか分かりません",
           "The database was lost, and whether this was recorded is not known"},
          {},
          {"つながってから一覧を見て、なければやり直してください",
           "When it is back, look whether it is there, and try again where it is not"}};
}

}  // namespace

Writer::Writer(store::Connection& connection, store::Connection& syncing, LogWriter& logs, const Views& views,
               const Blobs& blobs, const Options& options, Ruling& ruling)
    : connection_(connection),
      line_(dynamic_cast<store::RemoteConnection*>(&connection)),
      syncing_(syncing),
      logs_(logs),
      views_(views),
      blobs_(blobs),
      options_(options),
      ruling_(ruling) {
  connection_.sync_separately();
  if (line_ != nullptr) sessions_ = line_->sessions();
  writing_thread_ = std::thread([this] { run(); });
  syncing_thread_ = std::thread([this] { run_syncing(); });
}

Writer::~Writer() {
  queue_.close();
  writing_thread_.join();
  written_.close();
  syncing_thread_.join();
}

std::shared_ptr<Bell> Writer::put(PreparedBatch batch) {
  std::shared_ptr<Bell> bell = queue_.put(batch);
  if (!bell) batch.done(fail(ErrorCode::cancelled, {"終了処理中です", "The journal is being closed"}));
  return bell;
}

void Writer::listen(Journal::Listener listener) {
  const std::lock_guard lock(listening_);
  listeners_.push_back(std::move(listener));
}

void Writer::run() {
  for (;;) {
    // While one group is synced, one is written. Not more: batches that come meanwhile join into the next.
    written_.wait_until_empty();
    std::vector<PreparedBatch> group = queue_.take_group();
    if (group.empty()) return;
    written_.put(write(std::move(group)));
  }
}

void Writer::run_syncing() {
  while (std::optional<Written> written = written_.take())
    give_receipts(std::move(*written));
}

Writer::Written Writer::write(std::vector<PreparedBatch> group) {
  const auto failed = [](const Error& error) { return Result<std::vector<Receipt>>(std::unexpected(error)); };
  std::vector<Outcome> outcomes;
  const std::lock_guard lock(writing_);
  try {
    outcomes.push_back(commit_together(group));
  } catch (const store::StoreError& failure) {
    if (group.size() == 1 || strikes_all(failure.error().code)) {
      outcomes.push_back({std::vector(group.size(), failed(failure.error())), {}});
    } else {
      // One of them cannot be written: alone, each stands or falls for itself.
      for (const PreparedBatch& batch : group) {
        try {
          outcomes.push_back(commit_together({&batch, 1}));
        } catch (const store::StoreError& its_own) {
          outcomes.push_back({{failed(its_own.error())}, {}});
        }
      }
    }
  }
  return {std::move(group), std::move(outcomes)};
}

void Writer::give_receipts(Written written) {
  std::optional<Error> not_durable;
  try {
    syncing_.make_durable();
  } catch (const store::StoreError& failure) {
    not_durable = failure.error();
  }
  // Caches that follow the views are told first, so that a caller who has its receipt finds them up to date.
  for (const Outcome& outcome : written.outcomes)
    tell(outcome.touched);
  auto batch = written.group.begin();
  for (Outcome& outcome : written.outcomes)
    for (Result<std::vector<Receipt>>& result : outcome.results) {
      if (result && not_durable) result = std::unexpected(*not_durable);
      (batch++)->done(std::move(result));
    }
  // Nearly always one; a batch that had to wait for another group has the bell of the one it came into.
  for (std::size_t i = 0; i < written.group.size(); ++i)
    if (i == 0 || written.group[i].bell != written.group[i - 1].bell) written.group[i].bell->ring();
}

// A line to the database that is lost in the middle: whether the group was committed is looked up before
// anything is answered, and where it was not, it is written again.
Writer::Outcome Writer::commit_together(std::span<const PreparedBatch> group) {
  for (int times = 1;; ++times) {
    Attempt attempt;
    try {
      return try_to_commit(group, attempt);
    } catch (const store::StoreError&) {
      if (line_ == nullptr || !line_->lost() || times == kMostAttempts) throw;
    }
    if (attempt.asked && logs_.is_longer(attempt.logs)) {
      if (!was_committed(attempt)) continue;
      logs_.put_back(std::move(attempt.logs));
      ruling_ = std::move(attempt.ruling);
      return std::move(attempt.outcome);
    }
    if (!line_->wait_until_reachable()) throw store::StoreError(out_of_reach());
  }
}

Writer::Outcome Writer::try_to_commit(std::span<const PreparedBatch> group, Attempt& attempt) {
  store::Transaction transaction(connection_, store::Transaction::Kind::write);
  catch_up();
  LogWriter::State before = logs_.state();
  Ruling ruling_before = ruling_;
  try {
    Outcome& outcome = attempt.outcome;
    FactsAtHand facts(connection_);
    for (const PreparedBatch& batch : group)
      outcome.results.push_back(logs_.write(batch, facts));
    outcome.touched = touched_by(group, outcome);
    for (std::size_t i = 0; i < group.size(); ++i)
      if (outcome.results[i] && std::ranges::any_of(group[i].facts, [](const PreparedFact& fact) {
            return governs(fact.header);
          })) {
        rule_again(outcome.touched);
        facts.forget();
        break;
      }
    // Where entries were erased or moved, what the tables hold is not what came.
    if (erase(group, outcome)) facts.forget();
    fold(outcome.touched, facts);
    logs_.sign_heads();
    attempt.asked = true;
    transaction.commit();
    return std::move(outcome);
  } catch (...) {
    attempt.logs = logs_.state();
    attempt.ruling = ruling_;
    logs_.put_back(std::move(before));
    ruling_ = std::move(ruling_before);
    throw;
  }
}

// What the group orders erased, and what it holds that was ordered erased before. False: there was nothing.
bool Writer::erase(std::span<const PreparedBatch> group, const Outcome& outcome) {
  if (!anything_ordered_erased(connection_)) return false;
  std::vector<FactId> facts;
  for (std::size_t i = 0; i < group.size(); ++i)
    if (outcome.results[i])
      for (const PreparedFact& fact : group[i].facts) {
        if (fact.minted_elsewhere) facts.push_back(fact.header.id);
        if (orders_erasure(fact.header))
          facts.insert(facts.end(), fact.header.supersedes.begin(), fact.header.supersedes.end());
      }
  if (!facts.empty()) erase_where_ordered(connection_, facts);
  return !facts.empty();
}

bool Writer::was_committed(const Attempt& attempt) {
  while (line_->wait_until_reachable()) {
    try {
      // The lost session may still be at work: its transaction ends before this one begins.
      store::Transaction look(connection_, store::Transaction::Kind::write);
      const bool stands = logs_.stands(attempt.logs);
      // A change of its own makes this commit, and with it all before it, as durable as any.
      set_meta(connection_, "looked up", std::to_string(line_->sessions()));
      look.commit();
      if (stands) sessions_ = line_->sessions();
      return stands;
    } catch (const store::StoreError&) {
      if (!line_->lost()) throw;
    }
  }
  throw store::StoreError(outcome_unknown());
}

// Within a write transaction: reads anew what is remembered of the database, where it was lost meanwhile.
void Writer::catch_up() {
  if (line_ == nullptr || line_->sessions() == sessions_) return;
  LogWriter::State known = logs_.state();
  const Status loaded = logs_.load_again();
  const bool shorter = loaded && logs_.is_longer(known);
  if (!loaded || shorter) logs_.put_back(std::move(known));
  if (!loaded) throw store::StoreError(loaded.error());
  if (shorter) throw store::StoreError(came_back_shorter());
  std::vector<Subject> moved;
  rule_again(moved);
  fold(moved, FactsAtHand(connection_));
  sessions_ = line_->sessions();
}

void Writer::fold(std::span<const Subject> touched, const FactsAtHand& facts) {
  for (const Subject& subject : touched)
    if (views_.folds(subject.kind))
      views_.fold(connection_, blobs_, subject, facts_of(facts.about(subject), subject));
}

// The facts that govern have changed: moves what is to be moved, and adds its subjects to those touched.
void Writer::rule_again(std::vector<Subject>& touched) {
  if (options_.admission == nullptr) return;
  ruling_ = apply_ruling(connection_, options_, touched);
  keep_each_once(touched);
}

Status Writer::ingest(std::span<const ReadyRange> ranges, HybridClock& clock) {
  std::vector<Subject> touched;
  const std::lock_guard lock(writing_);
  const Ruling before = ruling_;
  try {
    store::Transaction transaction(connection_, store::Transaction::Kind::write);
    catch_up();
    FactsAtHand facts(connection_);
    bool moved = false;
    for (const ReadyRange& range : ranges) {
      for (const PreparedBlob& blob : range.blobs)
        store_blob(connection_, blob.address, blob.size, blob.frame);
      RangeStored stored = TRY(store_range(connection_, options_.town, range, ruling_,
                                           node_id_of(options_.node_key.public_key())));
      touched.insert(touched.end(), std::make_move_iterator(stored.touched.begin()),
                     std::make_move_iterator(stored.touched.end()));
      if (stored.governing) rule_again(touched);
      if (anything_ordered_erased(connection_)) erase_in_range(connection_, range.entries);
      moved = moved || stored.governing;
      for (std::int64_t row = stored.first_new_row; const EntryToStore& entry : new_entries(range, stored))
        facts.add(row++, entry);
    }
    // Where entries were erased or moved, what the tables hold is not what came.
    if (moved || anything_ordered_erased(connection_)) facts.forget();
    keep_each_once(touched);
    fold_all(connection_, blobs_, options_.town_key, views_, touched,
             [&](const Subject& subject) { return facts.about(subject); });
    transaction.commit();
  } catch (const store::StoreError& failure) {
    ruling_ = before;
    return std::unexpected(failure.error());
  }
  for (const ReadyRange& range : ranges)
    for (const EntryToStore& entry : range.entries)
      clock.received(entry.header.time);
  tell(touched);
  return {};
}

std::vector<Subject> Writer::touched_by(std::span<const PreparedBatch> group, const Outcome& outcome) const {
  std::vector<Subject> touched;
  for (std::size_t i = 0; i < group.size(); ++i)
    if (outcome.results[i])
      for (const PreparedFact& fact : group[i].facts)
        touched.insert(touched.end(), fact.header.subjects.begin(), fact.header.subjects.end());
  keep_each_once(touched);
  return touched;
}

void Writer::tell(std::span<const Subject> touched) {
  if (touched.empty()) return;
  const std::lock_guard lock(listening_);
  for (const Journal::Listener& listener : listeners_)
    listener(touched);
}

}  // namespace sonae::journal
