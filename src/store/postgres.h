// PostgreSQL as a store: the shared service's engine, at the end of a line that can be lost.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "store/store.h"

namespace sonae::store {

// A connection whose line can be lost: the statement under way then fails (busy, which tells people to try
// again), and with it its transaction. The line is made anew by the next begin_read() or begin_write(), or by
// reading outside of a transaction.
class RemoteConnection : public Connection {
 public:
  // The line was lost, and not made anew yet.
  virtual bool lost() const = 0;
  // How often a line was made. When it has grown, what the caller remembers of the content must be read anew.
  virtual int sessions() const = 0;
  // Waits until the database answers again, but not for longer than its options say; false where it does not.
  virtual bool wait_until_reachable() = 0;
};

// How the engine is set up in a way that endangers what is stored, or who may read it.
struct Hazard {
  bool grave = false;  // an acknowledgement would not be worth its name
  Phrase what;
  Phrase what_to_do;
};

class RemoteDatabase : public Database {
 public:
  virtual std::vector<Hazard> hazards() = 0;  // what doctor is to say about the engine's settings
};

struct PostgresOptions {
  bool create = true;         // make the table of turns where it is missing; else not_found
  int patience_seconds = 60;  // how long wait_until_reachable() waits: longer than a failover takes
};

// One schema of a PostgreSQL database: the first that the search path of the URL names ("public" where it
// names none). A commit is on its disk, and on those of its synchronous standbys, when it returns. Within a
// write transaction execute() does not wait for an INSERT: it says 0, and what is wrong with it is thrown by
// a later statement, at the latest by commit(). Refused (unsupported) where the server's settings make a
// commit a lie.
Result<std::unique_ptr<RemoteDatabase>> open_postgres(const std::string& url,
                                                      const PostgresOptions& options = {});

}  // namespace sonae::store
