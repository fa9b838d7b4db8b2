// A disk for tests of the store, as an SQLite VFS in memory: the power fails at a chosen write, and of what
// was not synced by then any part may be lost, sector by sector. It can also be full, and fail with I/O
// errors.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "base/bytes.h"

namespace sonae::store {

// Any thread. One disk for each name at a time; no database may be open when it is destroyed.
class PowerCutDisk {
 public:
  // Registers itself under this name: SqliteOptions::vfs.
  explicit PowerCutDisk(const std::string& name);
  ~PowerCutDisk();
  PowerCutDisk(const PowerCutDisk&) = delete;
  PowerCutDisk& operator=(const PowerCutDisk&) = delete;

  // Writes, truncations, deletions and syncs since the disk was made or restarted: the points at which
  // something can go wrong.
  std::uint64_t operations() const;

  // The power fails during operation number n (from 0): from then on everything fails until restart().
  void cut_at(std::uint64_t operation);
  bool is_off() const;
  // Power returns. Of every operation that no sync had made durable, each sector of 512 bytes was written or
  // not, as the seed decides; the operation under way at the cut is one of them. Without a cut, this is a cut
  // now.
  void restart(std::uint64_t seed);

  // Operation number n fails with an I/O error; `lasting`: all later ones too, until repair(). After a sync
  // that failed a later one succeeds and makes durable only what was written in between.
  enum class Failure { once, lasting };
  void fail_at(std::uint64_t operation, Failure failure);
  void repair();

  // Writes beyond so many bytes in all files together find the disk full.
  void set_capacity(std::uint64_t bytes);
  std::uint64_t used() const;

  // What a copy made now would hold, by path; and what is there after one was put back, all of it durable. No
  // database may be open while one is put back.
  std::map<std::string, Bytes> image() const;
  void put_back(const std::map<std::string, Bytes>& image);
  // One bit of this file turns over, in what is there and in what would survive. False where it is empty.
  bool flip_bit(const std::string& path, std::uint64_t bit);
  // A disk that lies: its syncs answer that all is well and make nothing durable.
  void lie_about_syncs(bool lies);

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace sonae::store
