#include "store/postgres.h"

#include "store/postgres_connection.h"
#include "store/postgres_error.h"

namespace sonae::store {

namespace {

class LockClaim final : public Claim {
 public:
  explicit LockClaim(std::shared_ptr<PostgresShared> shared) : shared_(std::move(shared)) {}
  ~LockClaim() override { shared_->give_claim_back(); }
  LockClaim(const LockClaim&) = delete;
  LockClaim& operator=(const LockClaim&) = delete;

 private:
  std::shared_ptr<PostgresShared> shared_;
};

std::string version_of(const PostgresShared& shared) {
  const PostgresSession session = shared.begin_session();
  return std::string("PostgreSQL ") + PQparameterStatus(session.get(), "server_version");
}

std::string setting(PGconn* session, const std::string& name) {
  const PostgresResult value = run_plainly(session, "SELECT current_setting('" + name + "', true)");
  return PQgetvalue(value.get(), 0, 0);
}

std::vector<Hazard> hazards_of(PGconn* session) {
  std::vector<Hazard> found;
  const auto is = [&](const char* name, std::string_view value) { return setting(session, name) == value; };
  const auto add = [&](bool grave, Phrase what, Phrase what_to_do) {
    found.push_back({grave, std::move(what), std::move(what_to_do)});
  };
  if (is("fsync", "off"))
    add(true,
        {"fsync が off です: 受け付けた記録が停電で失われます",
         "fsync is off: a power cut loses what was acknowledged"},
        {"postgresql.conf で fsync = on にしてください", "Set fsync = on in postgresql.conf"});
  if (is("full_page_writes", "off"))
    add(true,
        {"full_page_writes が off です: 停電でページが壊れます",
         "full_page_writes is off: a power cut tears pages"},
        {"full_page_writes = on にしてください", "Set full_page_writes = on"});
  if (const std::string wait = setting(session, "synchronous_commit"); wait != "on" && wait != "remote_apply")
    add(true,
        {"synchronous_commit が " + wait + " です: 受け付けた記録が主サーバーとともに失われます",
         "synchronous_commit is " + wait + ": what was acknowledged is lost with the primary"},
        {"synchronous_commit = on にしてください", "Set synchronous_commit = on"});
  if (setting(session, "synchronous_standby_names").empty())
    add(false,
        {"同期する予備のサーバーがありません: 受け付けた記録は主サーバーのディスクにだけあります",
         "No synchronous standby: what is acknowledged lies on the primary's disk only"},
        {"Patroni の synchronous_mode を使うか synchronous_standby_names "
         "を設定してください（docs/postgresql.md）",
         "Use Patroni's synchronous_mode or set synchronous_standby_names (docs/postgresql.md)"});
  if (!is("log_statement", "none") && !is("log_parameter_max_length", "0"))
    add(false,
        {"サーバーのログに住民の情報が書かれます（log_statement）",
         "The server's log shows residents' data (log_statement)"},
        {"log_parameter_max_length = 0 にしてください", "Set log_parameter_max_length = 0"});
  if (!is("log_error_verbosity", "terse"))
    add(false,
        {"サーバーのログの誤りに値が書かれることがあります", "Errors in the server's log may show values"},
        {"log_error_verbosity = terse にしてください", "Set log_error_verbosity = terse"});
  return found;
}

class PostgresScratch final : public Database {
 public:
  explicit PostgresScratch(std::shared_ptr<PostgresShared> shared) : shared_(std::move(shared)) {}
  std::unique_ptr<Connection> connect() override { return std::make_unique<PostgresConnection>(shared_); }
  Result<std::unique_ptr<Claim>> claim_writer() override { return std::make_unique<Claim>(); }
  Result<std::unique_ptr<Database>> scratch() override { return std::make_unique<PostgresScratch>(shared_); }
  std::vector<std::string> check() override { return {}; }
  std::string engine() const override { return version_of(*shared_); }

 private:
  std::shared_ptr<PostgresShared> shared_;
};

class PostgresDatabase final : public RemoteDatabase {
 public:
  PostgresDatabase(const std::string& url, const PostgresOptions& options)
      : shared_(std::make_shared<PostgresShared>(url, options, false)),
        aside_(std::make_shared<PostgresShared>(url, options, true)) {}

  // Sees that this is a database which Sonae may use.
  Status start() {
    const PostgresSession session = shared_->begin_session();
    const std::string place = postgres_place(session.get());
    for (const Hazard& hazard : hazards_of(session.get()))
      if (hazard.grave) return fail(ErrorCode::unsupported, hazard.what, place, hazard.what_to_do);
    const PostgresResult schema =
        run_plainly(session.get(), "SELECT current_schema(), to_regclass(current_schema() || '.store_turn')");
    if (PQgetisnull(schema.get(), 0, 0) != 0)
      return fail(ErrorCode::not_found,
                  {"スキーマがありません", "The schema that the search path names is not there"}, place,
                  {"docs/postgresql.md の「準備」を見てください", "See \"Set up\" in docs/postgresql.md"});
    if (PQgetisnull(schema.get(), 0, 1) == 0) return {};
    if (!shared_->options().create)
      return fail(ErrorCode::not_found, {"ここには町がありません", "There is no town here"}, place);
    run_plainly(session.get(), std::string("CREATE TABLE IF NOT EXISTS ") + kTurnTable + " (turn bigint)");
    return {};
  }

  std::unique_ptr<Connection> connect() override { return std::make_unique<PostgresConnection>(shared_); }

  Result<std::unique_ptr<Claim>> claim_writer() override {
    try {
      if (shared_->claim()) return std::make_unique<LockClaim>(shared_);
    } catch (const StoreError& failure) {
      return std::unexpected(failure.error());
    }
    return fail(ErrorCode::busy,
                {"ほかの Sonae がこの自治体を開いています", "Another Sonae process has this town open"}, {},
                {"sonae serve などを止めてからやり直すか、動いているサーバーの画面から操作してください",
                 "Stop it (sonae serve, for instance) and try again, or work through the running server"});
  }

  Result<std::unique_ptr<Database>> scratch() override { return std::make_unique<PostgresScratch>(aside_); }

  // Where the server has the extension amcheck, it walks through the indexes; else its own page checksums
  // and Sonae's verify have to do.
  std::vector<std::string> check() override {
    std::vector<std::string> findings;
    try {
      const PostgresSession session = shared_->begin_session();
      const PostgresResult installed =
          run_plainly(session.get(), "SELECT 1 FROM pg_extension WHERE extname = 'amcheck'");
      if (PQntuples(installed.get()) == 0) return {};
      run_plainly(
          session.get(),
          "SELECT bt_index_check(i.oid) FROM pg_class i JOIN pg_namespace n ON n.oid = i.relnamespace "
          "JOIN pg_am a ON a.oid = i.relam WHERE i.relkind = 'i' AND a.amname = 'btree' "
          "AND n.nspname = current_schema()");
    } catch (const StoreError& damage) {
      if (damage.error().code != ErrorCode::forbidden) findings.push_back(damage.error().what.english);
    }
    return findings;
  }

  std::string engine() const override { return version_of(*shared_); }
  std::vector<Hazard> hazards() override { return hazards_of(shared_->begin_session().get()); }

 private:
  std::shared_ptr<PostgresShared> shared_;
  std::shared_ptr<PostgresShared> aside_;
};

}  // namespace

Result<std::unique_ptr<RemoteDatabase>> open_postgres(const std::string& url,
                                                      const PostgresOptions& options) {
  try {
    auto database = std::make_unique<PostgresDatabase>(url, options);
    TRY(database->start());
    return database;
  } catch (const StoreError& failure) {
    return std::unexpected(failure.error());
  }
}

}  // namespace sonae::store
