// Translates the SQL of store.h into PostgreSQL's: names of types, and texts that are compared by their
// bytes.
#pragma once

#include <string>
#include <string_view>

namespace sonae::store {

// One or several statements. BYTES becomes BYTEA; within CREATE TABLE a column's type TEXT becomes TEXT
// COLLATE "C", whatever the database's own order of letters. Strings, quoted names and comments are left as
// they are.
std::string postgres_script(std::string_view sql);

// Whether a script drops or changes tables: nobody may then read at the same time.
bool drops_tables(std::string_view sql);

}  // namespace sonae::store
