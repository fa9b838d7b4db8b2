#include "sim/files_disk.h"

#include <algorithm>

namespace sonae::sim {

namespace {

std::unexpected<Error> no_such_file(const std::string& path) {
  return fail(ErrorCode::not_found, {"ファイルがありません", "There is no such file"}, path);
}

std::uint64_t below(Random& dice, std::uint64_t bound) {
  return from_big_endian(dice.bytes(8)) % bound;
}

}  // namespace

class KeptFileHandle final : public File {
 public:
  KeptFileHandle(FilesDisk& disk, std::string path) : disk_(disk), path_(std::move(path)) {}
  Result<std::size_t> read(char* into, std::size_t at_most) override {
    const Bytes content = TRY(disk_.read_all(path_));
    const std::size_t begin = std::min(position_, content.size());
    const std::size_t count = content.copy(into, at_most, begin);
    position_ = begin + count;
    return count;
  }
  Status write(BytesView bytes) override {
    const std::lock_guard lock(disk_.mutex_);
    TRY(disk_.may_write(path_, bytes.size()));
    disk_.make(path_, 0666).now += bytes;
    return {};
  }
  Status sync() override {
    const std::lock_guard lock(disk_.mutex_);
    TRY(disk_.may_write(path_, 0));
    KeptFile& file = disk_.make(path_, 0666);
    if (!disk_.lies_) file.durable = file.now;
    return {};
  }

 private:
  FilesDisk& disk_;
  std::string path_;
  std::size_t position_ = 0;
};

// What the files take, in blocks of 4 KiB as file systems give them.
std::uint64_t FilesDisk::used() const {
  std::uint64_t blocks = 0;
  for (const auto& [path, file] : files_)
    blocks += (file.now.size() + 4095) / 4096;
  return blocks * 4096;
}

Status FilesDisk::may_write(const std::string& path, std::uint64_t more) const {
  if (off_) return fail(ErrorCode::io_failure, {"電源が切れています", "The power is off"}, path);
  if (room_ && used() + more > *room_)
    return fail(ErrorCode::disk_full, {"ディスクの空きがありません", "The disk is full"}, path);
  return {};
}

KeptFile& FilesDisk::make(const std::string& path, std::uint32_t mode) {
  const auto [found, fresh] = files_.try_emplace(path);
  if (fresh) found->second.inode = next_inode_++;
  if (fresh) found->second.mode = mode;
  return found->second;
}

Result<std::unique_ptr<File>> FilesDisk::open(const std::string& path, Open how) {
  if (is_real(path)) return real_env().disk.open(path, how);
  const std::lock_guard lock(mutex_);
  if (how == Open::read && !files_.contains(path)) return no_such_file(path);
  if (how != Open::read) {
    TRY(may_write(path, 1));
    KeptFile& file = make(path, 0666);
    if (how == Open::create) file.now.clear();
  }
  return std::make_unique<KeptFileHandle>(*this, path);
}

Result<Bytes> FilesDisk::read_all(const std::string& path) {
  if (is_real(path)) return real_env().disk.read_all(path);
  const std::lock_guard lock(mutex_);
  if (off_) return fail(ErrorCode::io_failure, {"電源が切れています", "The power is off"}, path);
  const auto found = files_.find(path);
  if (found == files_.end() || found->second.is_directory) return no_such_file(path);
  return found->second.now;
}

Result<std::shared_ptr<const Mapping>> FilesDisk::map(const std::string& path) {
  if (is_real(path)) return real_env().disk.map(path);
  return Disk::map(path);
}

Status FilesDisk::write_whole(const std::string& path, BytesView content, bool private_file) {
  const std::lock_guard lock(mutex_);
  TRY(may_write(path, content.size()));  // it is written beside first
  KeptFile& file = make(path, private_file ? 0600 : 0666);
  file.now = content;
  if (!lies_) file.durable = content;
  return {};
}

Result<FileStatus> FilesDisk::status(const std::string& path) {
  if (is_real(path)) return real_env().disk.status(path);
  const std::lock_guard lock(mutex_);
  const auto found = files_.find(path);
  if (found == files_.end()) return no_such_file(path);
  const KeptFile& file = found->second;
  return FileStatus{file.now.size(), file.is_directory, 1, file.inode, file.mode};
}

Result<std::vector<std::string>> FilesDisk::list(const std::string& directory) {
  if (is_real(directory)) return real_env().disk.list(directory);
  const std::lock_guard lock(mutex_);
  const std::string prefix = directory + "/";
  std::vector<std::string> names;
  for (auto at = files_.lower_bound(prefix); at != files_.end() && at->first.starts_with(prefix); ++at)
    if (at->first.find('/', prefix.size()) == std::string::npos)
      names.push_back(at->first.substr(prefix.size()));
  return names;
}

Status FilesDisk::make_directories(const std::string& path, bool private_directory) {
  const std::lock_guard lock(mutex_);
  TRY(may_write(path, 1));
  for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
    make(path.substr(0, end), private_directory ? 0700 : 0777).is_directory = true;
    if (end == std::string::npos) return {};
  }
}

Status FilesDisk::remove(const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (off_) return may_write(path, 0);
  files_.erase(path);
  return {};
}

Status FilesDisk::rename(const std::string& from, const std::string& to) {
  const std::lock_guard lock(mutex_);
  if (off_) return may_write(from, 0);
  auto moved = files_.extract(from);
  if (moved.empty()) return no_such_file(from);
  files_.erase(to);
  moved.key() = to;
  files_.insert(std::move(moved));
  return {};
}

Result<std::uint64_t> FilesDisk::free_bytes(const std::string&) {
  const std::lock_guard lock(mutex_);
  if (!room_) return std::uint64_t{1} << 40;
  return *room_ - std::min(*room_, used());
}

void FilesDisk::power_off() {
  const std::lock_guard lock(mutex_);
  off_ = true;
}

void FilesDisk::power_on(Random& dice) {
  const std::lock_guard lock(mutex_);
  off_ = false;
  for (auto& [path, file] : files_) {
    if (file.now == file.durable) continue;
    // A file that only grew keeps its beginning; one that was written anew is the old one or the new one.
    const bool grew = file.now.starts_with(file.durable);
    if (grew)
      file.now.resize(file.durable.size() + below(dice, file.now.size() - file.durable.size() + 1));
    else if (below(dice, 2) == 0)
      file.now = file.durable;
    file.durable = file.now;
  }
}

void FilesDisk::set_full(bool full) {
  const std::lock_guard lock(mutex_);
  room_ = full ? std::optional(used()) : std::nullopt;
}

void FilesDisk::lie_about_syncs(bool lies) {
  const std::lock_guard lock(mutex_);
  lies_ = lies;
}

std::map<std::string, KeptFile> FilesDisk::image() const {
  const std::lock_guard lock(mutex_);
  return files_;
}

void FilesDisk::put_back(std::map<std::string, KeptFile> image) {
  const std::lock_guard lock(mutex_);
  files_ = std::move(image);
  for (auto& [path, file] : files_) {
    file.durable = file.now;
    next_inode_ = std::max(next_inode_, file.inode + 1);
  }
}

void FilesDisk::copy_in(const std::map<std::string, KeptFile>& image, const std::string& prefix) {
  const std::lock_guard lock(mutex_);
  for (const auto& [path, file] : image) {
    if (!path.starts_with(prefix)) continue;
    KeptFile& copy = files_[path] = file;
    copy.durable = copy.now;
    copy.inode = next_inode_++;
  }
}

void FilesDisk::remove_all(const std::string& prefix) {
  const std::lock_guard lock(mutex_);
  std::erase_if(files_, [&](const auto& named) { return named.first.starts_with(prefix); });
}

}  // namespace sonae::sim
