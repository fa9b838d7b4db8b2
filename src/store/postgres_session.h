// Sessions on a PostgreSQL server: how they are made, and what those of one database share.
#pragma once

#include <libpq-fe.h>

#include <memory>
#include <mutex>
#include <string>

#include "store/postgres.h"

namespace sonae::store {

struct EndSession {
  void operator()(PGconn* session) const { PQfinish(session); }
};
using PostgresSession = std::unique_ptr<PGconn, EndSession>;

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, ClearResult>;

// A failure that ended the session, or kept it from beginning.
class LostSession : public StoreError {
 public:
  using StoreError::StoreError;
};

// What the connections of one database share. Any thread.
class PostgresShared {
 public:
  PostgresShared(std::string url, const PostgresOptions& options, bool scratch)
      : url_(std::move(url)), options_(options), scratch_(scratch) {}

  // A new session at whichever server of the URL takes writes, with the settings that Sonae needs. Throws
  // StoreError.
  PostgresSession begin_session() const;

  const PostgresOptions& options() const { return options_; }
  // Its tables are the session's own and vanish with it.
  bool scratch() const { return scratch_; }

  // The claim to be the writer is an advisory lock of a session of its own. False where another session has
  // it.
  bool claim();
  void give_claim_back();
  // Where the claim was held and its session is gone, claims again: after a failover, say. Throws LostSession
  // while the server still holds the lost session, or another process claimed meanwhile.
  void keep_claim();

 private:
  bool take_claim();

  std::string url_;
  PostgresOptions options_;
  bool scratch_;
  std::mutex claiming_;
  PostgresSession claim_;  // guarded by claiming_
};

// Runs statements without values on a session that is not in pipeline mode; the last result. Throws
// StoreError.
PostgresResult run_plainly(PGconn* session, const std::string& sql);

// The table whose locks order readers, writers and those who drop tables (postgres_connection.cc).
inline constexpr const char* kTurnTable = "store_turn";

}  // namespace sonae::store
