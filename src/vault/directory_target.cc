// A directory as a target: a disk, a stick, a mounted share.
#include <algorithm>

#include "vault/node_target.h"
#include "vault/s3_target.h"
#include "vault/sftp_target.h"

namespace sonae::vault {

namespace {

class DirectoryTarget final : public Target {
 public:
  DirectoryTarget(Env& env, std::string root) : env_(env), root_(std::move(root)) {}

  Result<std::vector<std::string>> list(const std::string& folder) override {
    TRY(is_there());
    auto names = env_.disk.list(root_ + "/" + folder);
    if (!names && names.error().code == ErrorCode::not_found) return std::vector<std::string>{};
    // What a write that was cut off left beside (Disk::write_whole) is not there.
    if (names) std::erase_if(*names, [](const std::string& name) { return name.ends_with(".new"); });
    return names;
  }
  Result<Bytes> read(const std::string& name) override { return env_.disk.read_all(root_ + "/" + name); }
  Status write(const std::string& name, BytesView content) override {
    TRY(is_there());
    TRY(env_.disk.make_directories(root_ + "/" + name.substr(0, name.rfind('/')), true));
    return env_.disk.write_whole(root_ + "/" + name, content, true);
  }
  Status remove(const std::string& name) override { return env_.disk.remove(root_ + "/" + name); }

 private:
  // Never made here: below a mount point it would fill the wrong disk.
  Status is_there() {
    const auto status = env_.disk.status(root_);
    if (status && status->is_directory) return {};
    return fail(ErrorCode::not_found, {"控えの場所がありません", "The backup target is not there"}, root_,
                {"ディスクがつながっているか確かめてください。初めてなら、その名前のフォルダを作ってください",
                 "See whether the disk is connected; for a first backup make the directory"});
  }
  Env& env_;
  std::string root_;
};

}  // namespace

Result<std::unique_ptr<Target>> open_target(Env& env, const std::string& where, const TargetKeys& keys) {
  if (where.starts_with("sftp://")) return open_sftp_target(env, where);
  if (is_s3(where)) return open_s3_target(where);
  if (where.starts_with("node://")) return open_node_target(env, where, keys);
  if (where.find("://") != std::string::npos)
    return fail(ErrorCode::unsupported,
                {"この種類の場所にはまだ書けません", "This kind of place is not known here"}, where);
  return std::make_unique<DirectoryTarget>(env, where);
}

}  // namespace sonae::vault
