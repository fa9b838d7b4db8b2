#include "store/power_cut_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <thread>

#include "store/power_cut_files.h"

// The functions that SQLite calls: https://www.sqlite.org/c3ref/vfs.html and io_methods.html.

namespace sonae::store {

namespace {

using State = PowerCutDisk::State;

// What SQLite allocates for an open file; it begins with SQLite's own part.
struct Handle {
  sqlite3_file base;
  State* disk;
  std::shared_ptr<DiskFile>* file;
  unsigned shared_held;     // shared-memory locks held for reading, one bit each
  unsigned exclusive_held;  // and for writing
  bool syncs_directory;
};

Handle& handle_of(sqlite3_file* file) {
  return *reinterpret_cast<Handle*>(file);
}
State& state_of(sqlite3_vfs* vfs) {
  return *static_cast<State*>(vfs->pAppData);
}

int close_file(sqlite3_file* file) {
  Handle& handle = handle_of(file);
  const std::lock_guard lock(handle.disk->mutex);
  DiskFile& content = **handle.file;
  content.locks.erase(&handle);
  if (--content.handles == 0) content.shared_memory.clear();
  delete handle.file;
  return SQLITE_OK;
}

int read_file(sqlite3_file* file, void* into, int count, sqlite3_int64 offset) {
  Handle& handle = handle_of(file);
  const std::lock_guard lock(handle.disk->mutex);
  if (handle.disk->off) return SQLITE_IOERR_READ;
  const Bytes& content = (*handle.file)->now;
  const auto begin = std::min(static_cast<std::size_t>(offset), content.size());
  const std::size_t there = std::min(content.size() - begin, static_cast<std::size_t>(count));
  std::memcpy(into, content.data() + begin, there);
  std::memset(static_cast<char*>(into) + there, 0, static_cast<std::size_t>(count) - there);
  return there == static_cast<std::size_t>(count) ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int change(Handle& handle, UnsyncedChange made) {
  bool during_cut = false;
  if (const int result = handle.disk->begin_operation(during_cut); result != SQLITE_OK) return result;
  DiskFile& file = **handle.file;
  apply_change(file.now, made);
  file.unsynced.push_back(std::move(made));
  return during_cut ? SQLITE_IOERR : SQLITE_OK;
}

int write_file(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
  Handle& handle = handle_of(file);
  const std::lock_guard lock(handle.disk->mutex);
  const std::size_t end = static_cast<std::size_t>(offset) + static_cast<std::size_t>(count);
  const std::size_t size = (*handle.file)->now.size();
  if (end > size && handle.disk->used() + (end - size) > handle.disk->capacity) return SQLITE_FULL;
  return change(handle,
                {static_cast<std::uint64_t>(offset),
                 Bytes(static_cast<const char*>(bytes), static_cast<std::size_t>(count)), std::nullopt});
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  Handle& handle = handle_of(file);
  const std::lock_guard lock(handle.disk->mutex);
  return change(handle, {0, {}, static_cast<std::uint64_t>(size)});
}

int sync_file(sqlite3_file* file, int) {
  Handle& handle = handle_of(file);
  const std::lock_guard lock(handle.disk->mutex);
  DiskFile& content = **handle.file;
  bool during_cut = false;
  if (handle.disk->begin_operation(during_cut) != SQLITE_OK) {
    if (!handle.disk->off) handle.disk->fail_to_sync(content);
    return SQLITE_IOERR_FSYNC;
  }
  if (during_cut) return SQLITE_IOERR_FSYNC;
  if (handle.disk->lies) return SQLITE_OK;
  for (const UnsyncedChange& change : content.unsynced)
    apply_change(content.durable, change);
  content.unsynced.clear();
  // As SQLite's VFS for Unix does: the first sync of a new journal or WAL syncs its directory too.
  if (handle.syncs_directory) handle.disk->sync_directory();
  handle.syncs_directory = false;
  return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  Handle& handle = handle_of(file);
  const std::lock_guard lock(handle.disk->mutex);
  *size = static_cast<sqlite3_int64>((*handle.file)->now.size());
  return SQLITE_OK;
}

int lock_file(sqlite3_file* file, int level) {
  Handle& handle = handle_of(file);
  const std::lock_guard lock(handle.disk->mutex);
  auto& locks = (*handle.file)->locks;
  int& own = locks[&handle];
  if (own >= level) return SQLITE_OK;
  for (const auto& [other, held] : locks) {
    if (other == &handle) continue;
    if (level == SQLITE_LOCK_SHARED && held >= SQLITE_LOCK_PENDING) return SQLITE_BUSY;
    if (level >= SQLITE_LOCK_RESERVED && held >= SQLITE_LOCK_RESERVED) return SQLITE_BUSY;
  }
  if (level == SQLITE_LOCK_EXCLUSIVE) {
    own = SQLITE_LOCK_PENDING;
    for (const auto& [other, held] : locks)
      if (other != &handle && held >= SQLITE_LOCK_SHARED) return SQLITE_BUSY;
  }
  own = level;
  return SQLITE_OK;
}

int unlock_file(sqlite3_file* file, int level) {
  Handle& handle = handle_of(file);
  const std::lock_guard lock(handle.disk->mutex);
  (*handle.file)->locks[&handle] = level;
  return SQLITE_OK;
}

int check_reserved(sqlite3_file* file, int* reserved) {
  Handle& handle = handle_of(file);
  const std::lock_guard lock(handle.disk->mutex);
  *reserved = 0;
  for (const auto& [other, held] : (*handle.file)->locks)
    if (held >= SQLITE_LOCK_RESERVED) *reserved = 1;
  return SQLITE_OK;
}

int file_control(sqlite3_file*, int, void*) {
  return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file*) {
  return 512;
}
int characteristics(sqlite3_file*) {
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;  // as SQLite's own VFS for Unix says
}

int map_shared(sqlite3_file* file, int region, int size, int extend, void volatile** memory) {
  Handle& handle = handle_of(file);
  const std::lock_guard lock(handle.disk->mutex);
  auto& regions = (*handle.file)->shared_memory;
  *memory = nullptr;
  if (handle.disk->off || size != 32768) return SQLITE_IOERR_SHMMAP;
  while (extend != 0 && regions.size() <= static_cast<std::size_t>(region))
    regions.push_back(std::make_unique<std::array<char, 32768>>());
  if (regions.size() > static_cast<std::size_t>(region))
    *memory = regions[static_cast<std::size_t>(region)]->data();
  return SQLITE_OK;
}

int lock_shared(sqlite3_file* file, int first, int count, int flags) {
  Handle& handle = handle_of(file);
  const std::lock_guard lock(handle.disk->mutex);
  if (handle.disk->off) return SQLITE_IOERR_SHMLOCK;
  auto& locks = (*handle.file)->shared_locks;
  const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  for (int slot = first; slot < first + count; ++slot) {
    const unsigned bit = 1U << slot;
    auto& held = locks[static_cast<std::size_t>(slot)];
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
      if ((handle.shared_held & bit) != 0) --held.readers;
      if ((handle.exclusive_held & bit) != 0) held.writer = nullptr;
      handle.shared_held &= ~bit;
      handle.exclusive_held &= ~bit;
      continue;
    }
    const bool others_write = held.writer != nullptr && held.writer != &handle;
    const bool others_read = held.readers > ((handle.shared_held & bit) != 0 ? 1 : 0);
    if (others_write || (exclusive && others_read))
      return SQLITE_BUSY;  // SQLite asks for several only exclusively
  }
  if ((flags & SQLITE_SHM_UNLOCK) != 0) return SQLITE_OK;
  for (int slot = first; slot < first + count; ++slot) {
    const unsigned bit = 1U << slot;
    auto& held = locks[static_cast<std::size_t>(slot)];
    if (exclusive) {
      held.writer = &handle;
      handle.exclusive_held |= bit;
    } else if ((handle.shared_held & bit) == 0) {
      ++held.readers;
      handle.shared_held |= bit;
    }
  }
  return SQLITE_OK;
}

void shared_barrier(sqlite3_file* file) {
  const std::lock_guard lock(handle_of(file).disk->mutex);
}

int unmap_shared(sqlite3_file* file, int remove) {
  Handle& handle = handle_of(file);
  const std::lock_guard lock(handle.disk->mutex);
  if (remove != 0) (*handle.file)->shared_memory.clear();
  return SQLITE_OK;
}

const sqlite3_io_methods kMethods{
    2,           close_file,     read_file,      write_file,   truncate_file, sync_file,       file_size,
    lock_file,   unlock_file,    check_reserved, file_control, sector_size,   characteristics, map_shared,
    lock_shared, shared_barrier, unmap_shared,   nullptr,      nullptr};

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  State& disk = state_of(vfs);
  const std::lock_guard lock(disk.mutex);
  file->pMethods = nullptr;
  if (disk.off) return SQLITE_CANTOPEN;
  const std::string name = path == nullptr ? "(temporary)" + std::to_string(disk.next_random()) : path;
  std::shared_ptr<DiskFile>& found = disk.files[name];
  if (!found || !found->exists) {
    if ((flags & SQLITE_OPEN_CREATE) == 0 && path != nullptr) {
      if (!found) disk.files.erase(name);
      return SQLITE_CANTOPEN;
    }
    const bool was_durable = found && found->is_durable;
    found = std::make_shared<DiskFile>();
    found->is_durable = was_durable;
  }
  Handle& handle = *new (file) Handle{};
  handle.disk = &disk;
  handle.file = new std::shared_ptr<DiskFile>(found);
  ++found->handles;
  handle.syncs_directory =
      (flags & SQLITE_OPEN_CREATE) != 0 && (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL)) != 0;
  handle.base.pMethods = &kMethods;
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* path, int sync_directory) {
  State& disk = state_of(vfs);
  const std::lock_guard lock(disk.mutex);
  const auto found = disk.files.find(path);
  if (found == disk.files.end() || !found->second->exists) return SQLITE_IOERR_DELETE_NOENT;
  bool during_cut = false;
  if (const int result = disk.begin_operation(during_cut); result != SQLITE_OK) return result;
  found->second->exists = false;
  if (sync_directory != 0 && !during_cut) disk.sync_directory();
  return during_cut ? SQLITE_IOERR_DELETE : SQLITE_OK;
}

int access_file(sqlite3_vfs* vfs, const char* path, int, int* result) {
  State& disk = state_of(vfs);
  const std::lock_guard lock(disk.mutex);
  const auto found = disk.files.find(path);
  *result = found != disk.files.end() && found->second->exists ? 1 : 0;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* path, int size, char* full) {
  sqlite3_snprintf(size, full, "%s", path);
  return SQLITE_OK;
}

int randomness(sqlite3_vfs* vfs, int count, char* bytes) {
  State& disk = state_of(vfs);
  const std::lock_guard lock(disk.mutex);
  for (int i = 0; i < count; ++i)
    bytes[i] = static_cast<char>(disk.next_random());
  return count;
}

// Shorter than it says, but not nothing: what is waited for may be in another thread's hands.
int sleep_us(sqlite3_vfs*, int microseconds) {
  std::this_thread::sleep_for(std::chrono::microseconds(microseconds) / 50);
  return microseconds;
}
int current_time(sqlite3_vfs*, sqlite3_int64* milliseconds) {
  *milliseconds = 212'000'000'000'000;  // Julian milliseconds; nothing stored depends on it
  return SQLITE_OK;
}
int last_error(sqlite3_vfs*, int, char*) {
  return 0;
}

}  // namespace

PowerCutDisk::PowerCutDisk(const std::string& name) : state_(std::make_unique<State>()) {
  state_->name = name;
  sqlite3_vfs* const vfs = &state_->vfs;
  vfs->iVersion = 2;
  vfs->szOsFile = sizeof(Handle);
  vfs->mxPathname = 512;
  vfs->zName = state_->name.c_str();
  vfs->pAppData = state_.get();
  vfs->xOpen = open_file;
  vfs->xDelete = delete_file;
  vfs->xAccess = access_file;
  vfs->xFullPathname = full_path;
  vfs->xRandomness = randomness;
  vfs->xSleep = sleep_us;
  vfs->xCurrentTimeInt64 = current_time;
  vfs->xGetLastError = last_error;
  sqlite3_vfs_register(vfs, 0);
}

}  // namespace sonae::store
