#include "web/spool.h"

#include <algorithm>
#include <cstring>

namespace sonae::web {

namespace {

constexpr std::size_t kMostInMemory = 1 << 20;
using SpoolId = RandomId<struct SpoolTag>;

class MemorySource : public BodySource {
 public:
  MemorySource(std::shared_ptr<const Spool> holder, BytesView content)
      : holder_(std::move(holder)), content_(content), length_(content.size()) {}
  std::uint64_t length() const override { return length_; }
  Result<std::size_t> read(char* into, std::size_t at_most) override {
    const std::size_t count = std::min(at_most, content_.size());
    std::memcpy(into, content_.data(), count);
    content_.remove_prefix(count);
    return count;
  }

 private:
  std::shared_ptr<const Spool> holder_;
  BytesView content_;
  std::uint64_t length_;
};

class FileSource : public BodySource {
 public:
  FileSource(std::shared_ptr<const Spool> holder, std::unique_ptr<File> file)
      : holder_(std::move(holder)), file_(std::move(file)) {}
  std::uint64_t length() const override { return holder_->length(); }
  Result<std::size_t> read(char* into, std::size_t at_most) override { return file_->read(into, at_most); }

 private:
  std::shared_ptr<const Spool> holder_;
  std::unique_ptr<File> file_;
};

}  // namespace

Spool::~Spool() {
  file_.reset();
  if (!path_.empty()) (void)env_.disk.remove(path_);  // what stays is removed by clear()
}

Status Spool::write(BytesView bytes) {
  length_ += bytes.size();
  if (path_.empty() && memory_.size() + bytes.size() <= kMostInMemory) {
    memory_ += bytes;
    return {};
  }
  if (path_.empty()) {
    TRY(env_.disk.make_directories(directory_, true));
    std::string path = directory_ + "/" + env_.random.id<SpoolId>().text();
    file_ = TRY(env_.disk.open(path, Disk::Open::create));
    path_ = std::move(path);
    TRY(file_->write(memory_));
    memory_ = {};
  }
  return file_->write(bytes);
}

Result<std::unique_ptr<BodySource>> Spool::open() {
  if (path_.empty()) return std::make_unique<MemorySource>(shared_from_this(), memory_);
  file_.reset();  // all of it is with the system now
  return std::make_unique<FileSource>(shared_from_this(), TRY(env_.disk.open(path_, Disk::Open::read)));
}

Status Spool::clear(Env& env, const std::string& directory) {
  const auto names = env.disk.list(directory);
  if (!names) return {};  // there was never a large file
  for (const std::string& name : *names)
    TRY(env.disk.remove(directory + "/" + name));
  return {};
}

}  // namespace sonae::web
