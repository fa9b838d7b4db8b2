// What PostgreSQL says when something fails, as an error for people.
#pragma once

#include <libpq-fe.h>

#include <string>

#include "store/store.h"

namespace sonae::store {

// `result` may be null where the connection itself failed. `place` is where the database is, without its
// password.
Error postgres_error(const PGresult* result, const PGconn* connection, const std::string& place);

// Whether this failure means that the session cannot be used any more. A null result: it could not be had.
bool is_lost(const PGresult* result, const PGconn* connection);

// "postgresql://host:port/database" of a connection, whether it stands or not.
std::string postgres_place(const PGconn* connection);

}  // namespace sonae::store
