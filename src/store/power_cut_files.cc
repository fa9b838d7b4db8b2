#include "store/power_cut_files.h"

#include <algorithm>

namespace sonae::store {

namespace {
constexpr std::uint64_t kSector = 512;
}

void apply_change(Bytes& content, const UnsyncedChange& change) {
  if (change.truncate) {
    content.resize(*change.truncate, '\0');
    return;
  }
  if (content.size() < change.offset + change.written.size())
    content.resize(change.offset + change.written.size(), '\0');
  std::ranges::copy(change.written, content.begin() + static_cast<std::ptrdiff_t>(change.offset));
}

std::uint64_t PowerCutDisk::State::used() const {
  std::uint64_t bytes = 0;
  for (const auto& [path, file] : files)
    if (file->exists) bytes += file->now.size();
  return bytes;
}

int PowerCutDisk::State::begin_operation(bool& during_cut) {
  if (off) return SQLITE_IOERR;
  const std::uint64_t number = operations++;
  if (number == cut_at) {
    off = true;
    during_cut = true;
    return SQLITE_OK;
  }
  if (number == fail_at || (number > fail_at && failure_lasts)) return SQLITE_IOERR;
  return SQLITE_OK;
}

// SplitMix64, as in base/fake_env.cc, without its lock.
std::uint64_t PowerCutDisk::State::next_random() {
  std::uint64_t mixed = random += 0x9e3779b97f4a7c15;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
  return mixed ^ (mixed >> 31);
}

void PowerCutDisk::State::sync_directory() {
  for (auto& [path, file] : files)
    file->is_durable = file->exists;
}

void PowerCutDisk::State::fail_to_sync(DiskFile& file) {
  // Some cuts lose nearly everything, some nearly nothing: both ends are where mistakes show.
  const std::uint64_t survivors_of_16 = next_random() % 17;
  Bytes content = file.durable;
  for (const UnsyncedChange& change : file.unsynced) {
    if (change.truncate) {
      if (next_random() % 16 < survivors_of_16) apply_change(content, change);
      continue;
    }
    for (std::uint64_t at = 0; at < change.written.size();) {
      const std::uint64_t to_boundary = kSector - (change.offset + at) % kSector;
      const std::uint64_t length = std::min<std::uint64_t>(to_boundary, change.written.size() - at);
      if (next_random() % 16 < survivors_of_16)
        apply_change(content, {change.offset + at, change.written.substr(at, length), std::nullopt});
      at += length;
    }
  }
  file.durable = std::move(content);
  file.unsynced.clear();
}

PowerCutDisk::~PowerCutDisk() {
  sqlite3_vfs_unregister(&state_->vfs);
}

std::uint64_t PowerCutDisk::operations() const {
  const std::lock_guard lock(state_->mutex);
  return state_->operations;
}

void PowerCutDisk::cut_at(std::uint64_t operation) {
  const std::lock_guard lock(state_->mutex);
  state_->cut_at = operation;
}

bool PowerCutDisk::is_off() const {
  const std::lock_guard lock(state_->mutex);
  return state_->off;
}

void PowerCutDisk::restart(std::uint64_t seed) {
  const std::lock_guard lock(state_->mutex);
  state_->random = seed;
  std::erase_if(state_->files, [&](const auto& named) {
    const DiskFile& file = *named.second;
    // A name that was made or removed without a sync may be there or not.
    const bool certain = file.exists == file.is_durable;
    return certain ? !file.exists : state_->next_random() % 2 == 0;
  });
  for (auto& [path, file] : state_->files) {
    state_->fail_to_sync(*file);
    file->now = file->durable;
    file->exists = file->is_durable = true;
    file->shared_memory.clear();
    file->locks.clear();
    file->shared_locks = {};
  }
  state_->off = false;
  state_->operations = 0;
  state_->cut_at = UINT64_MAX;
}

void PowerCutDisk::fail_at(std::uint64_t operation, Failure failure) {
  const std::lock_guard lock(state_->mutex);
  state_->fail_at = operation;
  state_->failure_lasts = failure == Failure::lasting;
}

void PowerCutDisk::repair() {
  const std::lock_guard lock(state_->mutex);
  state_->fail_at = UINT64_MAX;
  state_->failure_lasts = false;
}

void PowerCutDisk::set_capacity(std::uint64_t bytes) {
  const std::lock_guard lock(state_->mutex);
  state_->capacity = bytes;
}

std::uint64_t PowerCutDisk::used() const {
  const std::lock_guard lock(state_->mutex);
  return state_->used();
}

std::map<std::string, Bytes> PowerCutDisk::image() const {
  const std::lock_guard lock(state_->mutex);
  std::map<std::string, Bytes> image;
  for (const auto& [path, file] : state_->files)
    if (file->exists) image[path] = file->now;
  return image;
}

void PowerCutDisk::put_back(const std::map<std::string, Bytes>& image) {
  const std::lock_guard lock(state_->mutex);
  state_->files.clear();
  for (const auto& [path, content] : image) {
    auto file = std::make_shared<DiskFile>();
    file->now = file->durable = content;
    file->is_durable = true;
    state_->files[path] = std::move(file);
  }
}

bool PowerCutDisk::flip_bit(const std::string& path, std::uint64_t bit) {
  const std::lock_guard lock(state_->mutex);
  const auto found = state_->files.find(path);
  if (found == state_->files.end() || found->second->now.empty()) return false;
  const std::uint64_t at = bit / 8 % found->second->now.size();
  for (Bytes* content : {&found->second->now, &found->second->durable})
    if (at < content->size()) (*content)[at] = static_cast<char>((*content)[at] ^ (1 << (bit % 8)));
  return true;
}

void PowerCutDisk::lie_about_syncs(bool lies) {
  const std::lock_guard lock(state_->mutex);
  state_->lies = lies;
}

}  // namespace sonae::store
