#include "store/wal_gathering.h"

#include <sqlite3.h>

#include "base/bytes.h"
#include "store/vfs_layer.h"

// What a frame of the WAL looks like: https://www.sqlite.org/fileformat2.html#the_write_ahead_log.

namespace sonae::store {

namespace {

constexpr int kFrameHeader = 24;
constexpr std::size_t kMostAtOnce = std::size_t{1} << 16;  // the largest page: a VFS knows no larger writes
constexpr std::size_t kMostGathered = std::size_t{1} << 20;

// Follows one another in the file, from `begin` on; not yet written.
struct Gathered {
  sqlite3_int64 begin = 0;
  Bytes bytes;
  sqlite3_int64 end = -1;       // where the write before ended, gathered or not
  bool page_of_commit = false;  // the frame whose page comes next ends a commit
};

struct Handle {
  sqlite3_file base;
  Gathered* gathered;
};

sqlite3_file* below(sqlite3_file* file) {
  return file_below<Handle>(file);
}
Gathered& gathered_of(sqlite3_file* file) {
  return *reinterpret_cast<Handle*>(file)->gathered;
}

// After a failure nothing is kept: SQLite undoes the commit and writes there anew.
int write_gathered(sqlite3_file* file) {
  Gathered& gathered = gathered_of(file);
  if (gathered.bytes.empty()) return SQLITE_OK;
  sqlite3_file* const real = below(file);
  int result = SQLITE_OK;
  for (std::size_t at = 0; at < gathered.bytes.size() && result == SQLITE_OK; at += kMostAtOnce) {
    const BytesView piece = BytesView(gathered.bytes).substr(at, kMostAtOnce);
    result = real->pMethods->xWrite(real, piece.data(), static_cast<int>(piece.size()),
                                    gathered.begin + static_cast<sqlite3_int64>(at));
  }
  gathered.bytes.clear();
  return result;
}

template <class Then>
int after_writing(sqlite3_file* file, Then then) {
  if (const int result = write_gathered(file); result != SQLITE_OK) return result;
  return then(below(file));
}

// Only what continues the write before is gathered: SQLite also goes back to frames of this commit and
// rewrites their headers, one of them perhaps as the last write of all. The page that ends a commit is never
// kept back, so that a failure is the commit's, and nobody is told of frames that are not in the file.
int write_file(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
  Gathered& gathered = gathered_of(file);
  const bool continues = offset == gathered.end || offset == 0;
  const bool ends_commit = gathered.page_of_commit;
  const BytesView view(static_cast<const char*>(bytes), static_cast<std::size_t>(count));
  gathered.page_of_commit = count == kFrameHeader && view.substr(4, 4) != BytesView("\0\0\0\0", 4);
  if (!continues || offset == 0) {
    if (const int result = write_gathered(file); result != SQLITE_OK) return result;
  }
  gathered.end = offset + count;
  if (!continues) {
    sqlite3_file* const real = below(file);
    return real->pMethods->xWrite(real, bytes, count, offset);
  }
  if (gathered.bytes.empty()) gathered.begin = offset;
  gathered.bytes.append(view);
  const bool enough = ends_commit || gathered.bytes.size() >= kMostGathered;
  return enough ? write_gathered(file) : SQLITE_OK;
}

int read_file(sqlite3_file* file, void* into, int count, sqlite3_int64 offset) {
  return after_writing(file,
                       [&](sqlite3_file* real) { return real->pMethods->xRead(real, into, count, offset); });
}
int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  return after_writing(file, [&](sqlite3_file* real) { return real->pMethods->xTruncate(real, size); });
}
int sync_file(sqlite3_file* file, int flags) {
  return after_writing(file, [&](sqlite3_file* real) { return real->pMethods->xSync(real, flags); });
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return after_writing(file, [&](sqlite3_file* real) { return real->pMethods->xFileSize(real, size); });
}
int close_file(sqlite3_file* file) {
  // What is still here belongs to a transaction that was not committed.
  delete reinterpret_cast<Handle*>(file)->gathered;
  sqlite3_file* const real = below(file);
  return real->pMethods->xClose(real);
}

sqlite3_io_methods io_methods() {
  sqlite3_io_methods methods = forwarding<Handle>();
  methods.xClose = close_file;
  methods.xRead = read_file;
  methods.xWrite = write_file;
  methods.xTruncate = truncate_file;
  methods.xSync = sync_file;
  methods.xFileSize = file_size;
  return methods;
}

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  static const sqlite3_io_methods kMethods = io_methods();
  if ((flags & SQLITE_OPEN_WAL) == 0)
    return vfs_below(vfs)->xOpen(vfs_below(vfs), path, file, flags, out_flags);
  const int result = open_below<Handle>(vfs, path, file, flags, out_flags);
  if (result != SQLITE_OK) return result;
  reinterpret_cast<Handle*>(file)->gathered = new Gathered;
  file->pMethods = &kMethods;
  return SQLITE_OK;
}

}  // namespace

std::string wal_gathering_vfs(const std::string& vfs) {
  return layer_over(vfs, "gathering", sizeof(Handle), open_file);
}

}  // namespace sonae::store
