// The outside world as an object that is passed in: clock, randomness, disk. Nothing else in Sonae reads the
// time, draws a random number or touches a file, so that the simulator can run a hundred nodes in one process
// from one seed. (The network comes with sync; SQLite's own files go through a VFS that the store chooses.)
//
// All members of Env and of what it hands out may be called from any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/time.h"

namespace sonae {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() = 0;                          // the wall clock: may jump, may be wrong
  virtual std::int64_t monotonic_microseconds() = 0;  // for durations only
};

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(char* bytes, std::size_t count) = 0;  // cryptographically strong outside of simulations
  Bytes bytes(std::size_t count);
  template <class Id>
  Id id() {
    return *Id::from_bytes(bytes(Id::kSize));
  }
};

struct FileStatus {
  std::uint64_t bytes = 0;
  bool is_directory = false;
  std::uint64_t device = 0;  // device and inode tell a directory from a copy of it
  std::uint64_t inode = 0;
  std::uint32_t mode = 0;  // permission bits
};

// A file that is read or written in pieces, from the front.
class File {
 public:
  virtual ~File() = default;
  virtual Result<std::size_t> read(char* into, std::size_t at_most) = 0;  // 0 at the end
  virtual Status write(BytesView bytes) = 0;
  virtual Status sync() = 0;  // returns when the content is on the device
};

// A file's content as it lies in memory or is mapped there.
class Mapping {
 public:
  virtual ~Mapping() = default;
  virtual BytesView bytes() const = 0;
};

class Disk {
 public:
  enum class Open { read, create, append };  // create: truncates what is there

  virtual ~Disk() = default;
  virtual Result<std::unique_ptr<File>> open(const std::string& path, Open how) = 0;
  virtual Result<Bytes> read_all(const std::string& path) = 0;
  // The content without reading it first, where the disk can do that; for files that nobody changes in place.
  virtual Result<std::shared_ptr<const Mapping>> map(const std::string& path);
  // Writes beside, syncs and renames: afterwards the path holds the old content or the new, never half of it.
  // private_file: readable by the owner only.
  virtual Status write_whole(const std::string& path, BytesView content, bool private_file = false) = 0;
  virtual Result<FileStatus> status(const std::string& path) = 0;  // not_found where there is nothing
  virtual Result<std::vector<std::string>> list(const std::string& directory) = 0;  // names, sorted
  virtual Status make_directories(const std::string& path, bool private_directory = false) = 0;
  virtual Status remove(const std::string& path) = 0;  // a file; no error where there is none
  virtual Status rename(const std::string& from, const std::string& to) = 0;
  virtual Result<std::uint64_t> free_bytes(const std::string& path) = 0;
};

struct Env {
  Clock& clock;
  Random& random;
  Disk& disk;
};

// The real world, one for the process.
Env& real_env();

}  // namespace sonae
