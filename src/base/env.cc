#include "base/env.h"

#include <dirent.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>

namespace sonae {

Bytes Random::bytes(std::size_t count) {
  Bytes drawn(count, '\0');
  fill(drawn.data(), count);
  return drawn;
}

namespace {

class HeldContent final : public Mapping {
 public:
  explicit HeldContent(Bytes content) : content_(std::move(content)) {}
  BytesView bytes() const override { return content_; }

 private:
  Bytes content_;
};

class MappedContent final : public Mapping {
 public:
  MappedContent(void* address, std::size_t size) : address_(address), size_(size) {}
  ~MappedContent() override { ::munmap(address_, size_); }
  MappedContent(const MappedContent&) = delete;
  MappedContent& operator=(const MappedContent&) = delete;
  BytesView bytes() const override { return {static_cast<const char*>(address_), size_}; }

 private:
  void* address_;
  std::size_t size_;
};

class SystemClock final : public Clock {
 public:
  Instant now() override {
    using namespace std::chrono;
    return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
  }
  std::int64_t monotonic_microseconds() override {
    using namespace std::chrono;
    return duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count();
  }
};

class SystemRandom final : public Random {
 public:
  SystemRandom() {
    if (sodium_init() < 0) abort();  // without randomness nothing here is safe
  }
  void fill(char* bytes, std::size_t count) override { randombytes_buf(bytes, count); }
};

std::unexpected<Error> system_error(const std::string& path) {
  const int number = errno;
  const std::string reason = std::strerror(number);
  switch (number) {
    case ENOENT:
    case ENOTDIR:
      return fail(ErrorCode::not_found, {"ファイルがありません", "There is no such file"}, path);
    case ENOSPC:
    case EDQUOT:
      return fail(ErrorCode::disk_full, {"ディスクの空きがありません", "The disk is full"}, path,
                  {"空きを作ってからやり直してください", "Make room and try again"});
    case EACCES:
    case EPERM:
    case EROFS:
      return fail(ErrorCode::forbidden,
                  {"ファイルの権限がありません（" + reason + "）",
                   "The file's permissions do not allow this (" + reason + ")"},
                  path);
    default:
      return fail(ErrorCode::io_failure,
                  {"読み書きに失敗しました（" + reason + "）", "Reading or writing failed (" + reason + ")"},
                  path);
  }
}

class SystemFile final : public File {
 public:
  SystemFile(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}
  ~SystemFile() override { ::close(descriptor_); }
  SystemFile(const SystemFile&) = delete;
  SystemFile& operator=(const SystemFile&) = delete;

  Result<std::size_t> read(char* into, std::size_t at_most) override {
    for (;;) {
      const ssize_t got = ::read(descriptor_, into, at_most);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) return system_error(path_);
    }
  }
  Status write(BytesView bytes) override {
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno != EINTR) return system_error(path_);
      if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
  }
  Status sync() override {
    if (::fsync(descriptor_) != 0) return system_error(path_);
    return {};
  }

 private:
  int descriptor_;
  std::string path_;
};

class SystemDisk final : public Disk {
 public:
  Result<std::unique_ptr<File>> open(const std::string& path, Open how) override {
    return open_with_mode(path, how, 0666);
  }

  Result<Bytes> read_all(const std::string& path) override {
    const auto file = TRY(open(path, Open::read));
    Bytes content;
    if (const auto found = status(path)) content.reserve(found->bytes);
    for (;;) {
      const std::size_t before = content.size();
      content.resize(before + (1U << 20));
      const std::size_t got = TRY(file->read(content.data() + before, 1U << 20));
      content.resize(before + got);
      if (got == 0) return content;
    }
  }

  Result<std::shared_ptr<const Mapping>> map(const std::string& path) override {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return system_error(path);
    struct stat found{};
    const bool known = ::fstat(descriptor, &found) == 0;
    const auto size = static_cast<std::size_t>(found.st_size);
    void* address =
        known && size > 0 ? ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0) : MAP_FAILED;
    ::close(descriptor);
    if (address == MAP_FAILED) return Disk::map(path);  // empty, or not a file that can be mapped
    return std::make_shared<MappedContent>(address, size);
  }

  Status write_whole(const std::string& path, BytesView content, bool private_file) override {
    const std::string beside = path + ".new";
    {
      auto file = TRY(open_with_mode(beside, Open::create, private_file ? 0600 : 0666));
      if (Status written = file->write(content); !written) return ::unlink(beside.c_str()), written;
      if (Status synced = file->sync(); !synced) return ::unlink(beside.c_str()), synced;
    }
    return rename(beside, path);
  }

  Result<FileStatus> status(const std::string& path) override {
    struct stat found{};
    if (::stat(path.c_str(), &found) != 0) return system_error(path);
    return FileStatus{static_cast<std::uint64_t>(found.st_size), S_ISDIR(found.st_mode), found.st_dev,
                      found.st_ino, static_cast<std::uint32_t>(found.st_mode & 07777)};
  }

  Result<std::vector<std::string>> list(const std::string& directory) override {
    DIR* const handle = ::opendir(directory.c_str());
    if (handle == nullptr) return system_error(directory);
    std::vector<std::string> names;
    while (const dirent* entry = ::readdir(handle)) {
      const std::string name = entry->d_name;
      if (name != "." && name != "..") names.push_back(name);
    }
    ::closedir(handle);
    std::sort(names.begin(), names.end());
    return names;
  }

  Status make_directories(const std::string& path, bool private_directory) override {
    const mode_t mode = private_directory ? 0700 : 0777;
    for (std::size_t at = path.find('/', 1); at != std::string::npos; at = path.find('/', at + 1)) {
      if (::mkdir(path.substr(0, at).c_str(), mode) != 0 && errno != EEXIST)
        return system_error(path.substr(0, at));
    }
    if (::mkdir(path.c_str(), mode) != 0 && errno != EEXIST) return system_error(path);
    return {};
  }

  Status remove(const std::string& path) override {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return system_error(path);
    return {};
  }

  Status rename(const std::string& from, const std::string& to) override {
    if (::rename(from.c_str(), to.c_str()) != 0) return system_error(to);
    // The new name is durable only once its directory is.
    const std::size_t slash = to.rfind('/');
    const std::string directory = slash == std::string::npos ? "." : to.substr(0, slash + 1);
    const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return system_error(directory);
    const bool synced = ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!synced) return system_error(directory);
    return {};
  }

  Result<std::uint64_t> free_bytes(const std::string& path) override {
    struct statvfs found{};
    if (::statvfs(path.c_str(), &found) != 0) return system_error(path);
    return static_cast<std::uint64_t>(found.f_bavail) * found.f_frsize;
  }

 private:
  static Result<std::unique_ptr<File>> open_with_mode(const std::string& path, Open how, mode_t mode) {
    int flags = O_CLOEXEC;
    if (how == Open::read) flags |= O_RDONLY;
    if (how == Open::create) flags |= O_WRONLY | O_CREAT | O_TRUNC;
    if (how == Open::append) flags |= O_WRONLY | O_CREAT | O_APPEND;
    const int descriptor = ::open(path.c_str(), flags, mode);
    if (descriptor < 0) return system_error(path);
    return std::make_unique<SystemFile>(descriptor, path);
  }
};

}  // namespace

Result<std::shared_ptr<const Mapping>> Disk::map(const std::string& path) {
  return std::make_shared<HeldContent>(TRY(read_all(path)));
}

Env& real_env() {
  static SystemClock clock;
  static SystemRandom random;
  static SystemDisk disk;
  static Env env{clock, random, disk};
  return env;
}

}  // namespace sonae
