// After a failed sync the system may hold pages for clean that never reached the disk, and the next sync
// succeeds without writing them (https://wiki.postgresql.org/wiki/Fsync_Errors). Here what was written since
// the last sync that succeeded is remembered, for a database's file and its WAL; after a sync that failed all
// of it is read and written again, and a later sync is answered only upon that.
#pragma once

#include <sqlite3.h>

#include <string>

namespace sonae::store {

// The name of a VFS over this one ("" is the system's) that writes again. Any thread; made at the first call.
std::string writing_again_vfs(const std::string& vfs);

// What stands in this WAL may come from a process that could not sync it: all of it is written again before
// the next sync is answered. Only by who alone writes the database.
void distrust(sqlite3_file* wal);

}  // namespace sonae::store
