#include "store/vfs_layer.h"

#include <map>
#include <memory>
#include <mutex>

namespace sonae::store {

std::string layer_over(const std::string& vfs, std::string_view layer, std::size_t handle_size,
                       OpenFile open) {
  static std::mutex mutex;
  static std::map<std::pair<sqlite3_vfs*, std::string>, std::unique_ptr<VfsLayer>> made;
  sqlite3_vfs* const real = sqlite3_vfs_find(vfs.empty() ? nullptr : vfs.c_str());
  if (real == nullptr) return vfs;
  const std::lock_guard lock(mutex);
  std::unique_ptr<VfsLayer>& one = made[{real, std::string(layer)}];
  if (one) return one->name;
  one = std::make_unique<VfsLayer>(VfsLayer{*real, real, {}});
  one->name = "sonae-" + std::string(layer) + "-" + std::to_string(made.size());
  one->vfs.zName = one->name.c_str();
  one->vfs.pNext = nullptr;
  one->vfs.szOsFile = static_cast<int>(handle_size) + real->szOsFile;
  one->vfs.xOpen = open;
  sqlite3_vfs_register(&one->vfs, 0);
  return one->name;
}

}  // namespace sonae::store
