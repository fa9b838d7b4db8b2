#include "store/postgres_session.h"

#include <array>
#include <string_view>

#include "store/postgres_error.h"

namespace sonae::store {

namespace {

// A server that is gone without a word is noticed within about 15 seconds, on both sides of the line. What
// the URL says goes before these.
constexpr std::array<std::array<const char*, 2>, 8> kDefaults{{
    {"connect_timeout", "5"},
    {"keepalives_idle", "5"},
    {"keepalives_interval", "3"},
    {"keepalives_count", "3"},
    {"tcp_user_timeout", "15000"},
    {"target_session_attrs", "read-write"},
    {"fallback_application_name", "sonae"},
    {"client_encoding", "UTF8"},
}};

// Statements are short and many: compiling them does not pay. A lock is waited for like SQLite's.
constexpr const char* kSettings =
    "SET jit = off; SET lock_timeout = 60000; SET statement_timeout = 0; "
    "SET idle_in_transaction_session_timeout = 0; SET client_min_messages = warning; "
    "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 3; SET tcp_keepalives_count = 3; "
    "SELECT set_config('synchronous_commit', CASE current_setting('synchronous_commit') "
    "WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false);";

constexpr const char* kTakeClaim =
    "SELECT pg_try_advisory_lock(hashtext('sonae writer'), hashtext(current_schema()))::int";

void ignore_notice(void* /*unused*/, const PGresult* /*unused*/) {
  // Without a receiver libpq would write it to standard error.
}

}  // namespace

PostgresResult run_plainly(PGconn* session, const std::string& sql) {
  PostgresResult result(PQexec(session, sql.c_str()));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return result;
  Error error = postgres_error(result.get(), session, postgres_place(session));
  if (is_lost(result.get(), session)) throw LostSession(std::move(error));
  throw StoreError(std::move(error));
}

PostgresSession PostgresShared::begin_session() const {
  std::array<const char*, kDefaults.size() + 2> names{}, values{};
  std::size_t count = 0;
  for (const auto& [name, value] : kDefaults) {
    names[count] = name;
    values[count++] = value;
  }
  names[count] = "dbname";
  values[count] = url_.c_str();
  PostgresSession session(PQconnectdbParams(names.data(), values.data(), 1));
  if (PQstatus(session.get()) != CONNECTION_OK)
    throw LostSession(postgres_error(nullptr, session.get(), postgres_place(session.get())));
  PQsetNoticeReceiver(session.get(), ignore_notice, nullptr);
  const char* const encoding = PQparameterStatus(session.get(), "server_encoding");
  if (encoding == nullptr || std::string_view(encoding) != "UTF8")
    throw StoreError(
        {ErrorCode::unsupported,
         {"データベースの文字コードが UTF-8 ではありません", "The database's encoding is not UTF-8"},
         postgres_place(session.get()),
         {"createdb --encoding UTF8 --template template0 で作ってください",
          "Make it with createdb --encoding UTF8 --template template0"}});
  run_plainly(session.get(), kSettings);
  if (scratch_) run_plainly(session.get(), "SET search_path = pg_temp; SET temp_buffers = '64MB'");
  return session;
}

bool PostgresShared::take_claim() {
  claim_ = begin_session();
  const PostgresResult taken = run_plainly(claim_.get(), kTakeClaim);
  if (std::string_view(PQgetvalue(taken.get(), 0, 0)) == "1") return true;
  claim_.reset();
  return false;
}

bool PostgresShared::claim() {
  const std::lock_guard lock(claiming_);
  return claim_ == nullptr && take_claim();
}

void PostgresShared::give_claim_back() {
  const std::lock_guard lock(claiming_);
  claim_.reset();
}

void PostgresShared::keep_claim() {
  const std::lock_guard lock(claiming_);
  if (claim_ == nullptr) return;
  try {
    run_plainly(claim_.get(), "SELECT 1");
    return;
  } catch (const LostSession&) {
    // Anew, below.
  }
  PostgresSession lost = std::move(claim_);
  const std::string place = postgres_place(lost.get());
  try {
    if (take_claim()) return;
  } catch (const StoreError&) {
    claim_ = std::move(lost);  // claimed all the same: the next call tries again
    throw;
  }
  claim_ = std::move(lost);
  throw LostSession({ErrorCode::busy,
                     {"つなぎ直しましたが、この自治体はまだほかで開かれています",
                      "The line is back, but the town is still held open by another session"},
                     place,
                     {"少し待ってやり直してください", "Wait a little and try again"}});
}

}  // namespace sonae::store
