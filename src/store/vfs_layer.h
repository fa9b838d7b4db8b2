// What a VFS over another one needs: it is the same as the one below but for some of the files that it opens,
// and these do the same as the files below but for some functions.
// The functions that SQLite calls: https://www.sqlite.org/c3ref/vfs.html and io_methods.html.
#pragma once

#include <sqlite3.h>

#include <string>
#include <string_view>

namespace sonae::store {

struct VfsLayer {
  sqlite3_vfs vfs;  // first: SQLite gives us a pointer to it. A copy of the one below but for xOpen
  sqlite3_vfs* below;
  std::string name;
};

using OpenFile = int (*)(sqlite3_vfs*, const char* path, sqlite3_file*, int flags, int* out_flags);

// The name of a VFS over this one ("" is the system's). What SQLite allocates for an open file begins with
// `handle_size` bytes of the layer; the file below lies behind them. Any thread; made at the first call.
std::string layer_over(const std::string& vfs, std::string_view layer, std::size_t handle_size,
                       OpenFile open);

inline sqlite3_vfs* vfs_below(sqlite3_vfs* vfs) {
  return reinterpret_cast<VfsLayer*>(vfs)->below;
}

template <class Handle>
sqlite3_file* file_below(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<Handle*>(file) + 1);
}

// Opens the file below. Where that fails `file` is not open.
template <class Handle>
int open_below(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  file->pMethods = nullptr;
  sqlite3_file* const real = file_below<Handle>(file);
  const int result = vfs_below(vfs)->xOpen(vfs_below(vfs), path, real, flags, out_flags);
  if (result != SQLITE_OK && real->pMethods != nullptr) real->pMethods->xClose(real);
  return result;
}

// Functions that all do what those of the file below do. (Without xFetch: nothing is mapped.)
template <class Handle>
sqlite3_io_methods forwarding() {
  sqlite3_io_methods methods{};
  methods.iVersion = 2;
  methods.xClose = [](sqlite3_file* file) {
    sqlite3_file* const real = file_below<Handle>(file);
    return real->pMethods->xClose(real);
  };
  methods.xRead = [](sqlite3_file* file, void* into, int count, sqlite3_int64 offset) {
    sqlite3_file* const real = file_below<Handle>(file);
    return real->pMethods->xRead(real, into, count, offset);
  };
  methods.xWrite = [](sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
    sqlite3_file* const real = file_below<Handle>(file);
    return real->pMethods->xWrite(real, bytes, count, offset);
  };
  methods.xTruncate = [](sqlite3_file* file, sqlite3_int64 size) {
    sqlite3_file* const real = file_below<Handle>(file);
    return real->pMethods->xTruncate(real, size);
  };
  methods.xSync = [](sqlite3_file* file, int flags) {
    sqlite3_file* const real = file_below<Handle>(file);
    return real->pMethods->xSync(real, flags);
  };
  methods.xFileSize = [](sqlite3_file* file, sqlite3_int64* size) {
    sqlite3_file* const real = file_below<Handle>(file);
    return real->pMethods->xFileSize(real, size);
  };
  methods.xLock = [](sqlite3_file* file, int level) {
    sqlite3_file* const real = file_below<Handle>(file);
    return real->pMethods->xLock(real, level);
  };
  methods.xUnlock = [](sqlite3_file* file, int level) {
    sqlite3_file* const real = file_below<Handle>(file);
    return real->pMethods->xUnlock(real, level);
  };
  methods.xCheckReservedLock = [](sqlite3_file* file, int* result) {
    sqlite3_file* const real = file_below<Handle>(file);
    return real->pMethods->xCheckReservedLock(real, result);
  };
  methods.xFileControl = [](sqlite3_file* file, int operation, void* argument) {
    sqlite3_file* const real = file_below<Handle>(file);
    return real->pMethods->xFileControl(real, operation, argument);
  };
  methods.xSectorSize = [](sqlite3_file* file) {
    sqlite3_file* const real = file_below<Handle>(file);
    return real->pMethods->xSectorSize(real);
  };
  methods.xDeviceCharacteristics = [](sqlite3_file* file) {
    sqlite3_file* const real = file_below<Handle>(file);
    return real->pMethods->xDeviceCharacteristics(real);
  };
  methods.xShmMap = [](sqlite3_file* file, int region, int size, int extend, void volatile** memory) {
    sqlite3_file* const real = file_below<Handle>(file);
    return real->pMethods->xShmMap(real, region, size, extend, memory);
  };
  methods.xShmLock = [](sqlite3_file* file, int first, int count, int flags) {
    sqlite3_file* const real = file_below<Handle>(file);
    return real->pMethods->xShmLock(real, first, count, flags);
  };
  methods.xShmBarrier = [](sqlite3_file* file) {
    sqlite3_file* const real = file_below<Handle>(file);
    real->pMethods->xShmBarrier(real);
  };
  methods.xShmUnmap = [](sqlite3_file* file, int remove) {
    sqlite3_file* const real = file_below<Handle>(file);
    return real->pMethods->xShmUnmap(real, remove);
  };
  return methods;
}

}  // namespace sonae::store
