#include "app/town_session.h"

#include <cstdio>

#include "app/places.h"
#include "vault/recovery.h"
#include "vault/restore.h"

namespace sonae::app {

namespace {
constexpr std::uint64_t kLargestInput = 4ULL << 30;
}

TownSession::TownSession(Env& env, std::unique_ptr<service::TownService> service, api::Actor actor,
                         std::string purpose, Language language)
    : env_(&env),
      service_(std::move(service)),
      sync_(std::make_unique<sync::Sync>(*service_)),
      actor_(std::move(actor)),
      purpose_(std::move(purpose)),
      language_(language) {
  sync_->add_operations(service_->catalogue());
  vault::add_recovery_operations(*service_, service_->catalogue());
}

Result<TownSession> TownSession::open(Env& env, const Common& common, const std::string& command) {
  TRY(vault::is_not_being_restored(env, common.directory));
  auto service = TRY(service::TownService::open(env, default_places(), common.directory));
  api::Actor actor = TRY(service->access().actor(common.as.empty() ? operating_system_user() : common.as));
  return TownSession(env, std::move(service), std::move(actor),
                     common.purpose.empty() ? command : common.purpose, common.output.language);
}

Result<json::value> TownSession::run(std::string_view operation, const json::value& input,
                                     std::optional<api::InputFile> file, api::OutputFile* output) {
  TerminalProgress progress(*env_, language_);
  api::Call call{actor_, purpose_, language_, {}, progress, std::move(file), output};
  return service_->operations().invoke(operation, call, input);
}

Result<api::InputFile> read_input_file(Env& env, const std::string& path) {
  const FileStatus status = TRY(env.disk.status(path));
  if (status.is_directory)
    return fail(ErrorCode::invalid_input, {"ファイルではなくフォルダです", "This is a folder, not a file"},
                path);
  if (status.bytes > kLargestInput)
    return fail(ErrorCode::too_large, {"4 GiB を超えるファイルは読めません", "Files over 4 GiB are not read"},
                path, {"分割してください", "Split it"});
  const std::size_t slash = path.rfind('/');
  return api::InputFile{slash == std::string::npos ? path : path.substr(slash + 1),
                        TRY(env.disk.read_all(path))};
}

Status PathOutput::write(BytesView bytes) {
  if (path_ == "-") {
    if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size())
      return fail(ErrorCode::io_failure, {"標準出力に書けません", "Standard output cannot be written"});
    return {};
  }
  if (!file_) file_ = TRY(env_.disk.open(path_ + ".part", Disk::Open::create));
  return file_->write(bytes);
}

Status PathOutput::finish() {
  if (path_ == "-") return {};
  if (!file_) file_ = TRY(env_.disk.open(path_ + ".part", Disk::Open::create));
  TRY(file_->sync());
  file_.reset();
  return env_.disk.rename(path_ + ".part", path_);
}

}  // namespace sonae::app
