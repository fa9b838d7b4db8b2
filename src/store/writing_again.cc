#include "store/writing_again.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "base/bytes.h"
#include "store/vfs_layer.h"

namespace sonae::store {

namespace {

constexpr int kPiece = 1 << 16;  // no VFS is asked for more at once than a page
constexpr std::size_t kMostRanges = 1 << 16;
constexpr int kDistrust = 0x50a4e;  // a file control of ours; SQLite leaves those above 100 to applications

struct Range {
  sqlite3_int64 begin = 0, end = 0;
};

// Of one file, shared by all in this process that have it open.
struct Unsynced {
  std::mutex syncing;         // one sync at a time: what one covers no other may vouch for
  std::mutex writing;         // guards the rest, and the file's content while it is written again
  std::vector<Range> ranges;  // written since the last sync that succeeded
  bool failed = false;        // a sync, since then
};

struct Handle {
  sqlite3_file base;
  std::shared_ptr<Unsynced>* unsynced;
};

sqlite3_file* below(sqlite3_file* file) {
  return file_below<Handle>(file);
}
Unsynced& unsynced_of(sqlite3_file* file) {
  return **reinterpret_cast<Handle*>(file)->unsynced;
}

void remember(std::vector<Range>& ranges, Range range) {
  if (!ranges.empty() && range.begin >= ranges.back().begin && range.begin <= ranges.back().end) {
    ranges.back().end = std::max(ranges.back().end, range.end);
    return;
  }
  if (ranges.size() == kMostRanges) {  // of a file that is never synced
    Range all = range;
    for (const Range& one : ranges)
      all = {std::min(all.begin, one.begin), std::max(all.end, one.end)};
    ranges.assign(1, all);
    return;
  }
  ranges.push_back(range);
}

// With `writing` held.
int write_again(sqlite3_file* real, const std::vector<Range>& ranges) {
  sqlite3_int64 size = 0;
  if (const int result = real->pMethods->xFileSize(real, &size); result != SQLITE_OK) return result;
  Bytes piece(kPiece, '\0');
  for (const Range& range : ranges)
    for (sqlite3_int64 at = range.begin; at < std::min(range.end, size); at += kPiece) {
      const int count = static_cast<int>(std::min<sqlite3_int64>(kPiece, std::min(range.end, size) - at));
      int result = real->pMethods->xRead(real, piece.data(), count, at);
      if (result == SQLITE_OK) result = real->pMethods->xWrite(real, piece.data(), count, at);
      if (result != SQLITE_OK) return result;
    }
  return SQLITE_OK;
}

int write_file(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
  Unsynced& unsynced = unsynced_of(file);
  const std::lock_guard lock(unsynced.writing);
  remember(unsynced.ranges, {offset, offset + count});
  return below(file)->pMethods->xWrite(below(file), bytes, count, offset);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  const std::lock_guard lock(unsynced_of(file).writing);
  return below(file)->pMethods->xTruncate(below(file), size);
}

int sync_file(sqlite3_file* file, int flags) {
  Unsynced& unsynced = unsynced_of(file);
  const std::lock_guard one_at_a_time(unsynced.syncing);
  std::vector<Range> covered;
  {
    const std::lock_guard lock(unsynced.writing);
    if (unsynced.failed) {
      const int result = write_again(below(file), unsynced.ranges);
      if (result != SQLITE_OK) return result;
    }
    covered = std::exchange(unsynced.ranges, {});
  }
  const int result = below(file)->pMethods->xSync(below(file), flags);
  const std::lock_guard lock(unsynced.writing);
  unsynced.failed = result != SQLITE_OK;
  if (!unsynced.failed) return SQLITE_OK;
  unsynced.ranges.insert(unsynced.ranges.begin(), covered.begin(), covered.end());
  // At once as well: a page that is held for clean may be dropped at any time.
  write_again(below(file), unsynced.ranges);
  return result;
}

int control_file(sqlite3_file* file, int operation, void* argument) {
  if (operation != kDistrust) return below(file)->pMethods->xFileControl(below(file), operation, argument);
  Unsynced& unsynced = unsynced_of(file);
  const std::lock_guard lock(unsynced.writing);
  sqlite3_int64 size = 0;
  if (const int result = below(file)->pMethods->xFileSize(below(file), &size); result != SQLITE_OK)
    return result;
  if (size == 0) return SQLITE_OK;
  unsynced.ranges.assign(1, {0, size});
  unsynced.failed = true;
  return SQLITE_OK;
}

int close_file(sqlite3_file* file) {
  delete reinterpret_cast<Handle*>(file)->unsynced;
  return below(file)->pMethods->xClose(below(file));
}

sqlite3_io_methods io_methods() {
  sqlite3_io_methods methods = forwarding<Handle>();
  methods.xClose = close_file;
  methods.xWrite = write_file;
  methods.xTruncate = truncate_file;
  methods.xSync = sync_file;
  methods.xFileControl = control_file;
  return methods;
}

std::shared_ptr<Unsynced> shared_by_all(sqlite3_vfs* vfs, const char* path) {
  static std::mutex mutex;
  static std::map<std::pair<sqlite3_vfs*, std::string>, std::weak_ptr<Unsynced>> open_files;
  const std::lock_guard lock(mutex);
  std::erase_if(open_files, [](const auto& file) { return file.second.expired(); });
  std::weak_ptr<Unsynced>& found = open_files[{vfs, path}];
  std::shared_ptr<Unsynced> unsynced = found.lock();
  if (!unsynced) found = unsynced = std::make_shared<Unsynced>();
  return unsynced;
}

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  static const sqlite3_io_methods kMethods = io_methods();
  if (path == nullptr || (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) == 0)
    return vfs_below(vfs)->xOpen(vfs_below(vfs), path, file, flags, out_flags);
  const int result = open_below<Handle>(vfs, path, file, flags, out_flags);
  if (result != SQLITE_OK) return result;
  reinterpret_cast<Handle*>(file)->unsynced = new std::shared_ptr<Unsynced>(shared_by_all(vfs, path));
  file->pMethods = &kMethods;
  return SQLITE_OK;
}

}  // namespace

std::string writing_again_vfs(const std::string& vfs) {
  return layer_over(vfs, "writing-again", sizeof(Handle), open_file);
}

void distrust(sqlite3_file* wal) {
  wal->pMethods->xFileControl(wal, kDistrust, nullptr);
}

}  // namespace sonae::store
