#include "store/postgres_connection.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <thread>

#include "store/postgres_cursor.h"
#include "store/postgres_error.h"
#include "store/postgres_sql.h"

namespace sonae::store {

namespace {

// So many statements at most travel without being waited for: libpq and the server keep their answers.
constexpr int kMostStarted = 500;
constexpr auto kBetweenAttempts = std::chrono::milliseconds(200);

// The locks on the table of turns. Readers share it, and take it before their snapshot, since LOCK needs
// none; one writer at a time excludes other writers; whoever drops tables excludes all: a reader whose
// snapshot is older would find the new table empty. Source:
// https://www.postgresql.org/docs/15/explicit-locking.html, table 13.2
constexpr std::string_view kLockToRead = "LOCK TABLE store_turn IN ACCESS SHARE MODE";
constexpr std::string_view kLockToWrite = "LOCK TABLE store_turn IN EXCLUSIVE MODE";
constexpr const char* kLockToDrop = "LOCK TABLE store_turn IN ACCESS EXCLUSIVE MODE";

constexpr std::string_view kSchema = R"sql(
SELECT 'table ' || c.relname || ' on ' || c.relname || ': ' ||
  string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) ||
    CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END, ', ' ORDER BY a.attnum) AS part
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind = 'r' AND c.relname <> 'store_turn'
  AND c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
GROUP BY c.oid, c.relname
UNION ALL
SELECT 'index ' || i.relname || ' on ' || t.relname || ': ' ||
  CASE WHEN x.indisunique THEN 'unique ' ELSE '' END ||
  array_to_string(ARRAY(SELECT pg_get_indexdef(x.indexrelid, k, true)
                        FROM generate_series(1, x.indnatts) k ORDER BY k), ', ')
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
WHERE t.relkind = 'r' AND t.relname <> 'store_turn'
  AND t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
)sql";

}  // namespace

PostgresConnection::PostgresConnection(std::shared_ptr<PostgresShared> shared) : shared_(std::move(shared)) {
  ensure_session();
}

PostgresConnection::~PostgresConnection() {
  if (cursor_ != nullptr) cursor_->abandon();
}

void PostgresConnection::notice(void* self, const PGresult* result) {
  const char* const severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
  if (severity != nullptr && std::string_view(severity) == "WARNING")
    static_cast<PostgresConnection*>(self)->warned_ = true;
}

bool PostgresConnection::ensure_session() {
  if (session_ && PQstatus(session_.get()) == CONNECTION_OK) return false;
  session_ = shared_->begin_session();
  place_ = postgres_place(session_.get());
  PQsetNoticeReceiver(session_.get(), notice, this);
  PQenterPipelineMode(session_.get());
  statements_.clear();
  within_ = Within::nothing;
  started_ = 0;
  is_writer_ = false;
  ++sessions_;
  return true;
}

void PostgresConnection::lose(Error error) {
  if (cursor_ != nullptr) cursor_->abandon();
  cursor_ = nullptr;
  started_ = 0;
  within_ = Within::nothing;  // the server rolls back what was open
  session_.reset();
  throw LostSession(std::move(error));
}

void PostgresConnection::fail(const PGresult* result) {
  Error error = postgres_error(result, session_.get(), place_);
  if (is_lost(result, session_.get())) lose(std::move(error));
  drain(std::move(error));
}

// Reads past what the server skips after an error, up to the sync that is on its way.
void PostgresConnection::drain(Error failure) {
  started_ = 0;
  if (cursor_ != nullptr) cursor_->abandon();
  cursor_ = nullptr;
  for (int ends = 0; ends < 3;) {
    const PostgresResult result(PQgetResult(session_.get()));
    ends = result ? 0 : ends + 1;
    if (PQstatus(session_.get()) == CONNECTION_BAD) lose(postgres_error(nullptr, session_.get(), place_));
    if (PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC) break;
  }
  throw StoreError(std::move(failure));
}

void PostgresConnection::sync() {
  if (PQpipelineSync(session_.get()) == 0) lose(postgres_error(nullptr, session_.get(), place_));
}

std::vector<PostgresResult> PostgresConnection::finish() {
  sync();
  std::vector<PostgresResult> results;
  for (int ends = 0; ends < 3;) {
    PostgresResult result(PQgetResult(session_.get()));
    ends = result ? 0 : ends + 1;
    if (!result) continue;
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_PIPELINE_SYNC) {
      started_ = 0;
      return results;
    }
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(result.get());
    results.push_back(std::move(result));
  }
  lose(postgres_error(nullptr, session_.get(), place_));
}

// The results of so many statements that nobody asked about; what comes after them is left to be read.
void PostgresConnection::read_past(int statements) {
  for (; statements > 0; --statements)
    while (const PostgresResult result{PQgetResult(session_.get())}) {
      const ExecStatusType status = PQresultStatus(result.get());
      if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(result.get());
    }
}

PostgresResult PostgresConnection::next_row() {
  PostgresResult result(PQgetResult(session_.get()));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status == PGRES_SINGLE_TUPLE) return result;
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) fail(result.get());
  // After the rows: the end of the statement, then the sync.
  const PostgresResult ended(PQgetResult(session_.get()));
  const PostgresResult synced(PQgetResult(session_.get()));
  if (PQresultStatus(synced.get()) != PGRES_PIPELINE_SYNC) fail(synced.get());
  cursor_->end(std::move(result));
  cursor_ = nullptr;
  return nullptr;
}

void PostgresConnection::leave_cursor() {
  if (cursor_ != nullptr) cursor_->take_rest();
}

const PostgresConnection::Statement& PostgresConnection::prepared(std::string_view sql) {
  if (const auto found = statements_.find(sql); found != statements_.end()) return found->second;
  if (started_ > 0) finish();
  const std::string text(sql);
  Statement statement{"s" + std::to_string(statements_.size()), {}};
  if (PQsendPrepare(session_.get(), statement.name.c_str(), text.c_str(), 0, nullptr) == 0 ||
      PQsendDescribePrepared(session_.get(), statement.name.c_str()) == 0)
    lose(postgres_error(nullptr, session_.get(), place_));
  const auto results = finish();
  const PGresult* const described = results.back().get();
  for (int i = 0; i < PQnparams(described); ++i)
    statement.types.push_back(PQparamtype(described, i));
  return statements_.emplace(text, std::move(statement)).first->second;
}

void PostgresConnection::start(std::string_view sql, std::initializer_list<Value> values) {
  const Statement& statement = prepared(sql);
  parameters_.set(statement.types, values);
  if (PQsendQueryPrepared(session_.get(), statement.name.c_str(), parameters_.count(), parameters_.values(),
                          parameters_.lengths(), parameters_.formats(), 1) == 0)
    lose(postgres_error(nullptr, session_.get(), place_));
  ++started_;
}

void PostgresConnection::start_plain(const char* sql) {
  if (PQsendQueryParams(session_.get(), sql, 0, nullptr, nullptr, nullptr, nullptr, 1) == 0)
    lose(postgres_error(nullptr, session_.get(), place_));
  ++started_;
}

std::unique_ptr<Cursor> PostgresConnection::select_once(std::string_view sql,
                                                        std::initializer_list<Value> values) {
  leave_cursor();
  start(sql, values);
  sync();
  const int before = started_ - 1;
  started_ = 0;
  read_past(before);
  PQsetSingleRowMode(session_.get());
  return std::make_unique<PostgresCursor>(*this);
}

std::unique_ptr<Cursor> PostgresConnection::select(std::string_view sql,
                                                   std::initializer_list<Value> values) {
  if (within_ != Within::nothing) return select_once(sql, values);
  if (ensure_session()) return select_once(sql, values);
  try {
    return select_once(sql, values);
  } catch (const LostSession&) {
    // Anew, below.
  }
  // The session was lost since it was last used; reading can be begun again.
  ensure_session();
  return select_once(sql, values);
}

std::int64_t PostgresConnection::execute(std::string_view sql, std::initializer_list<Value> values) {
  if (within_ == Within::nothing) ensure_session();
  leave_cursor();
  start(sql, values);
  if (within_ == Within::writing && sql.starts_with("INSERT")) {  // it travels on; nobody waits for it
    if (started_ >= kMostStarted) finish();
    return 0;
  }
  const auto results = finish();
  const std::string_view changed = PQcmdTuples(results.back().get());
  std::int64_t count = 0;
  std::from_chars(changed.data(), changed.data() + changed.size(), count);
  return count;
}

void PostgresConnection::script(std::string_view sql) {
  if (within_ == Within::nothing) ensure_session();
  leave_cursor();
  if (started_ > 0) finish();
  const bool alone = within_ == Within::nothing;
  // Several statements at once do not go into a pipeline.
  PQexitPipelineMode(session_.get());
  try {
    if (alone) run_plainly(session_.get(), "BEGIN");
    if (!shared_->scratch() && drops_tables(sql)) run_plainly(session_.get(), kLockToDrop);
    run_plainly(session_.get(), postgres_script(sql));
    if (alone) run_plainly(session_.get(), "COMMIT");
  } catch (const LostSession& failure) {
    lose(failure.error());
  } catch (const StoreError&) {
    if (alone) run_plainly(session_.get(), "ROLLBACK");
    PQenterPipelineMode(session_.get());
    throw;
  }
  PQenterPipelineMode(session_.get());
}

std::vector<std::string> PostgresConnection::schema() {
  std::vector<std::string> parts;
  const auto rows = select(kSchema, {});
  while (rows->next())
    parts.push_back(rows->string(0));
  std::ranges::sort(parts);
  return parts;
}

void PostgresConnection::begin(std::string_view sql, std::string_view lock, Within within) {
  for (bool fresh = false;;) {
    fresh = ensure_session();
    try {
      leave_cursor();
      if (within == Within::writing) make_writer();
      start_plain(sql.data());
      if (!shared_->scratch()) start_plain(lock.data());
      start_plain("SELECT 1");  // takes the snapshot of a reader
      finish();
      within_ = within;
      return;
    } catch (const LostSession& failure) {
      if (session_) lose(failure.error());  // it was the claim's
      if (fresh) throw;
      // The session was lost since it was last used.
    } catch (const StoreError&) {
      within_ = within;
      rollback();
      throw;
    }
  }
}

void PostgresConnection::begin_read() {
  begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", kLockToRead, Within::reading);
}

void PostgresConnection::begin_write() {
  begin("BEGIN", kLockToWrite, Within::writing);
}

// What a session needs before its first write transaction.
void PostgresConnection::make_writer() {
  if (is_writer_) return;
  // A table that is empty when a statement is first planned has long grown when it is planned again.
  start_plain("SET enable_seqscan = off");
  finish();
  shared_->keep_claim();
  is_writer_ = true;
}

void PostgresConnection::commit() {
  leave_cursor();
  start_plain("COMMIT");
  warned_ = false;
  const auto results = finish();
  within_ = Within::nothing;
  if (std::string_view(PQcmdStatus(results.back().get())) != "COMMIT")
    throw StoreError({ErrorCode::internal,
                      {"取引を終えられませんでした", "The transaction had failed before"},
                      place_,
                      {}});
  // A warning says that the wait for the standby was broken off: it is here, but not there.
  // Source: https://www.postgresql.org/docs/15/runtime-config-wal.html#GUC-SYNCHRONOUS-COMMIT
  if (warned_)
    lose({ErrorCode::busy,
          {"予備のサーバーに届いたか分かりません", "Whether it reached the standby server is not known"},
          place_,
          {"少し待ってやり直してください", "Wait a little and try again"}});
}

void PostgresConnection::rollback() {
  if (within_ == Within::nothing || !session_) return;
  try {
    leave_cursor();
    if (started_ > 0) finish();
  } catch (const StoreError&) {
    if (!session_) return;  // lost, and with it what was open
  }
  start_plain("ROLLBACK");
  finish();
  within_ = Within::nothing;
}

bool PostgresConnection::wait_until_reachable() {
  // NOLINTNEXTLINE(clang-analyzer-deadcode.DeadStores): the analyzer takes the loop below for left at once
  const auto until =
      std::chrono::steady_clock::now() + std::chrono::seconds(shared_->options().patience_seconds);
  const auto answers = [&] {
    try {
      select("SELECT 1", {})->next();
      shared_->keep_claim();
      return true;
    } catch (const LostSession&) {
      return false;
    }
  };
  while (!answers()) {
    if (std::chrono::steady_clock::now() >= until) return false;
    std::this_thread::sleep_for(kBetweenAttempts);
  }
  return true;
}

}  // namespace sonae::store
