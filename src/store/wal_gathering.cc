#include "store/wal_gathering.h"

#include <sqlite3.h>

#include <map>
#include <memory>
#include <mutex>

#include "base/bytes.h"

// The functions that SQLite calls: https://www.sqlite.org/c3ref/io_methods.html; what a frame of the WAL
// looks like: https://www.sqlite.org/fileformat2.html#the_write_ahead_log.

namespace sonae::store {

namespace {

constexpr int kFrameHeader = 24;
constexpr std::size_t kMostAtOnce = std::size_t{1} << 16;  // the largest page: a VFS knows no larger writes
constexpr std::size_t kMostGathered = std::size_t{1} << 20;

struct GatheringVfs {
  sqlite3_vfs vfs;  // first: SQLite gives us a pointer to it. A copy of the one below but for xOpen
  sqlite3_vfs* below;
  std::string name;
};

// Follows one another in the file, from `begin` on; not yet written.
struct Gathered {
  sqlite3_int64 begin = 0;
  Bytes bytes;
  sqlite3_int64 end = -1;       // where the write before ended, gathered or not
  bool page_of_commit = false;  // the frame whose page comes next ends a commit
};

// What SQLite allocates for an open WAL; the file below lies behind it.
struct Handle {
  sqlite3_file base;
  Gathered* gathered;
};

sqlite3_file* below(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<Handle*>(file) + 1);
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
int lock_file(sqlite3_file* file, int level) {
  return below(file)->pMethods->xLock(below(file), level);
}
int unlock_file(sqlite3_file* file, int level) {
  return below(file)->pMethods->xUnlock(below(file), level);
}
int check_reserved_lock(sqlite3_file* file, int* result) {
  return below(file)->pMethods->xCheckReservedLock(below(file), result);
}
int file_control(sqlite3_file* file, int operation, void* argument) {
  return below(file)->pMethods->xFileControl(below(file), operation, argument);
}
int sector_size(sqlite3_file* file) {
  return below(file)->pMethods->xSectorSize(below(file));
}
int device_characteristics(sqlite3_file* file) {
  return below(file)->pMethods->xDeviceCharacteristics(below(file));
}

sqlite3_io_methods io_methods() {
  sqlite3_io_methods methods{};
  methods.iVersion = 1;
  methods.xClose = close_file;
  methods.xRead = read_file;
  methods.xWrite = write_file;
  methods.xTruncate = truncate_file;
  methods.xSync = sync_file;
  methods.xFileSize = file_size;
  methods.xLock = lock_file;
  methods.xUnlock = unlock_file;
  methods.xCheckReservedLock = check_reserved_lock;
  methods.xFileControl = file_control;
  methods.xSectorSize = sector_size;
  methods.xDeviceCharacteristics = device_characteristics;
  return methods;
}

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  static const sqlite3_io_methods kMethods = io_methods();
  sqlite3_vfs* const real_vfs = reinterpret_cast<GatheringVfs*>(vfs)->below;
  if ((flags & SQLITE_OPEN_WAL) == 0) return real_vfs->xOpen(real_vfs, path, file, flags, out_flags);
  file->pMethods = nullptr;
  sqlite3_file* const real = below(file);
  const int result = real_vfs->xOpen(real_vfs, path, real, flags, out_flags);
  if (result != SQLITE_OK) {
    if (real->pMethods != nullptr) real->pMethods->xClose(real);
    return result;
  }
  reinterpret_cast<Handle*>(file)->gathered = new Gathered;
  file->pMethods = &kMethods;
  return SQLITE_OK;
}

}  // namespace

std::string wal_gathering_vfs(const std::string& vfs) {
  static std::mutex mutex;
  static std::map<sqlite3_vfs*, std::unique_ptr<GatheringVfs>> made;
  sqlite3_vfs* const real = sqlite3_vfs_find(vfs.empty() ? nullptr : vfs.c_str());
  if (real == nullptr) return vfs;
  const std::lock_guard lock(mutex);
  std::unique_ptr<GatheringVfs>& one = made[real];
  if (one) return one->name;
  one = std::make_unique<GatheringVfs>(GatheringVfs{*real, real, {}});
  one->name = "sonae-gathering-" + std::to_string(made.size());
  one->vfs.zName = one->name.c_str();
  one->vfs.pNext = nullptr;
  one->vfs.szOsFile = static_cast<int>(sizeof(Handle)) + real->szOsFile;
  one->vfs.xOpen = open_file;
  sqlite3_vfs_register(&one->vfs, 0);
  return one->name;
}

}  // namespace sonae::store
