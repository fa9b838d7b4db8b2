#include "base/fake_env.h"

#include <algorithm>
#include <cstring>

namespace sonae {

void SeededRandom::fill(char* bytes, std::size_t count) {
  while (count > 0) {
    const std::uint64_t drawn = next();
    const std::size_t piece = std::min(count, sizeof drawn);
    const std::string text = to_big_endian(drawn);  // the same bytes on every machine
    std::memcpy(bytes, text.data(), piece);
    bytes += piece;
    count -= piece;
  }
}

// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
std::uint64_t SeededRandom::next() {
  const std::lock_guard lock(mutex_);
  state_ += 0x9e3779b97f4a7c15;
  std::uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
  return mixed ^ (mixed >> 31);
}

namespace {

std::unexpected<Error> no_such_file(const std::string& path) {
  return fail(ErrorCode::not_found, {"ファイルがありません", "There is no such file"}, path);
}

}  // namespace

class MemoryFile final : public File {
 public:
  MemoryFile(MemoryDisk& disk, std::string path) : disk_(disk), path_(std::move(path)) {}
  Result<std::size_t> read(char* into, std::size_t at_most) override {
    const std::lock_guard lock(disk_.mutex_);
    const MemoryDisk::Node* const node = disk_.find(path_);
    if (node == nullptr) return no_such_file(path_);
    const std::size_t count =
        position_ < node->content.size() ? std::min(at_most, node->content.size() - position_) : 0;
    if (count > 0) node->content.copy(into, count, position_);
    position_ += count;
    return count;
  }
  Status write(BytesView bytes) override {
    const std::lock_guard lock(disk_.mutex_);
    return disk_.put(path_, bytes, true, 0666);
  }
  Status sync() override { return {}; }

 private:
  MemoryDisk& disk_;
  std::string path_;
  std::size_t position_ = 0;
};

MemoryDisk::Node* MemoryDisk::find(const std::string& path) {
  const auto found = nodes_.find(path);
  return found == nodes_.end() ? nullptr : &found->second;
}

std::uint64_t MemoryDisk::used() const {
  std::uint64_t bytes = 0;
  for (const auto& [path, node] : nodes_)
    bytes += node.content.size();
  return bytes;
}

Status MemoryDisk::put(const std::string& path, BytesView content, bool append, std::uint32_t mode) {
  if (used() + content.size() > capacity_)
    return fail(ErrorCode::disk_full, {"ディスクの空きがありません", "The disk is full"}, path);
  auto [found, is_new] = nodes_.try_emplace(path);
  if (is_new) found->second.inode = next_inode_++;
  if (is_new || !append) found->second.mode = mode;
  if (!append) found->second.content.clear();
  found->second.content.append(content);
  return {};
}

Result<std::unique_ptr<File>> MemoryDisk::open(const std::string& path, Open how) {
  const std::lock_guard lock(mutex_);
  if (how == Open::read && find(path) == nullptr) return no_such_file(path);
  if (how == Open::create) TRY(put(path, {}, false, 0666));
  return std::make_unique<MemoryFile>(*this, path);
}

Result<Bytes> MemoryDisk::read_all(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const Node* const node = find(path);
  if (node == nullptr || node->is_directory) return no_such_file(path);
  return node->content;
}

Status MemoryDisk::write_whole(const std::string& path, BytesView content, bool private_file) {
  const std::lock_guard lock(mutex_);
  return put(path, content, false, private_file ? 0600 : 0666);
}

Result<FileStatus> MemoryDisk::status(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const Node* const node = find(path);
  if (node == nullptr) return no_such_file(path);
  return FileStatus{node->content.size(), node->is_directory, 1, node->inode, node->mode};
}

Result<std::vector<std::string>> MemoryDisk::list(const std::string& directory) {
  const std::lock_guard lock(mutex_);
  const std::string prefix = directory.ends_with('/') ? directory : directory + "/";
  std::vector<std::string> names;
  for (auto node = nodes_.lower_bound(prefix); node != nodes_.end() && node->first.starts_with(prefix);
       ++node) {
    const std::string rest = node->first.substr(prefix.size());
    if (!rest.empty() && rest.find('/') == std::string::npos) names.push_back(rest);
  }
  return names;
}

Status MemoryDisk::make_directories(const std::string& path, bool private_directory) {
  const std::lock_guard lock(mutex_);
  for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
    const auto [found, is_new] = nodes_.try_emplace(path.substr(0, end));
    if (is_new) found->second = {{}, true, next_inode_++, private_directory ? 0700U : 0777U};
    if (end == std::string::npos) return {};
  }
}

Status MemoryDisk::remove(const std::string& path) {
  const std::lock_guard lock(mutex_);
  nodes_.erase(path);
  return {};
}

Status MemoryDisk::rename(const std::string& from, const std::string& to) {
  const std::lock_guard lock(mutex_);
  if (find(from) == nullptr) return no_such_file(from);
  Node moved = std::move(nodes_[from]);
  nodes_.erase(from);
  nodes_[to] = std::move(moved);
  return {};
}

Result<std::uint64_t> MemoryDisk::free_bytes(const std::string&) {
  const std::lock_guard lock(mutex_);
  return capacity_ - std::min(capacity_, used());
}

void MemoryDisk::set_capacity(std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  capacity_ = bytes;
}

}  // namespace sonae
