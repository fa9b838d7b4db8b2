// Gathers what SQLite writes into its WAL. It writes each changed page with two calls, a header of 24 bytes
// and the page; here the frames of a commit reach the file in one. What is written, in which order, and when
// it is synced stays the same.
#pragma once

#include <string>

namespace sonae::store {

// The name of a VFS over this one ("" is the system's) that gathers. Any thread; made at the first call.
std::string wal_gathering_vfs(const std::string& vfs);

}  // namespace sonae::store
