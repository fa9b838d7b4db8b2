// The files of a simulated machine other than the database: in memory, lost where they were not synced when
// the power fails, refused when the disk is full. What lies under the program's data/ folder is read from the
// real disk.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "base/env.h"

namespace sonae::sim {

struct KeptFile {
  Bytes now;
  Bytes durable;
  bool is_directory = false;
  std::uint64_t inode = 0;
  std::uint32_t mode = 0;
};

// Any thread.
class FilesDisk final : public Disk {
 public:
  explicit FilesDisk(std::string data_directory) : data_(std::move(data_directory)) {}

  Result<std::unique_ptr<File>> open(const std::string& path, Open how) override;
  Result<Bytes> read_all(const std::string& path) override;
  Result<std::shared_ptr<const Mapping>> map(const std::string& path) override;
  Status write_whole(const std::string& path, BytesView content, bool private_file) override;
  Result<FileStatus> status(const std::string& path) override;
  Result<std::vector<std::string>> list(const std::string& directory) override;
  Status make_directories(const std::string& path, bool private_directory) override;
  Status remove(const std::string& path) override;
  Status rename(const std::string& from, const std::string& to) override;
  Result<std::uint64_t> free_bytes(const std::string& path) override;

  // From now on everything fails, until power_on(): then of each file some of what was not synced is gone.
  void power_off();
  void power_on(Random& dice);
  void set_full(bool full);  // what is there stays all that it has room for
  // write_whole and sync answer that all is well and make nothing durable.
  void lie_about_syncs(bool lies);
  // Another machine's files, or one's own of before; inodes included, as an image of a disk has them.
  std::map<std::string, KeptFile> image() const;
  void put_back(std::map<std::string, KeptFile> image);
  // The same content as a fresh copy: every name under `prefix` has a new inode.
  void copy_in(const std::map<std::string, KeptFile>& image, const std::string& prefix);
  void remove_all(const std::string& prefix);

 private:
  friend class KeptFileHandle;
  bool is_real(const std::string& path) const { return path.starts_with(data_); }
  Status may_write(const std::string& path, std::uint64_t more) const;
  std::uint64_t used() const;
  KeptFile& make(const std::string& path, std::uint32_t mode);

  const std::string data_;
  mutable std::mutex mutex_;  // guards all below
  std::map<std::string, KeptFile> files_;
  std::uint64_t next_inode_ = 1;
  std::optional<std::uint64_t> room_;  // in all, where the disk is full
  bool off_ = false, lies_ = false;
};

}  // namespace sonae::sim
