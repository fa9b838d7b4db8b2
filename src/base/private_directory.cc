#include "base/private_directory.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace sonae {

PrivateDirectory::PrivateDirectory(const std::string& purpose) {
  const char* const root = ::getenv("TMPDIR");
  path_ = std::string(root != nullptr ? root : "/tmp") + "/sonae-" + purpose + "-XXXXXX";
  made_ = ::mkdtemp(path_.data()) != nullptr;
}

PrivateDirectory::~PrivateDirectory() {
  std::error_code ignored;
  if (made_) std::filesystem::remove_all(path_, ignored);
}

}  // namespace sonae
