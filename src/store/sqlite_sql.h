// Translates the SQL of store.h into SQLite's: names of types, STRICT tables, the layout of tables with a
// key of several columns.
#pragma once

#include <string>
#include <string_view>

namespace sonae::store {

// One or several statements. BYTES becomes BLOB, BIGINT becomes INTEGER, DOUBLE PRECISION becomes REAL, and
// CREATE TABLE gets STRICT, and WITHOUT ROWID where its primary key has several columns: such a table then
// lies in the order of its key instead of being stored twice. Strings, quoted names and comments are left as
// they are.
std::string sqlite_script(std::string_view sql);

}  // namespace sonae::store
