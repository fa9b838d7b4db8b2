// A directory that only its owner can open and that vanishes with its object: below TMPDIR, or /tmp. For work
// with files that other programs are to see (sftp, a restore that is only looked at).
#pragma once

#include <string>

namespace sonae {

class PrivateDirectory {
 public:
  explicit PrivateDirectory(const std::string& purpose);  // part of its name
  ~PrivateDirectory();
  PrivateDirectory(const PrivateDirectory&) = delete;
  PrivateDirectory& operator=(const PrivateDirectory&) = delete;

  bool made() const { return made_; }  // false where the disk is full or TMPDIR is not there
  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
  bool made_ = false;
};

}  // namespace sonae
