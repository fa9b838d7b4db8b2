// A command at work on a town: opens it, acts as a person for a purpose, runs operations.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/console.h"
#include "sync/sync.h"

namespace sonae::app {

// What every command takes.
struct Common {
  std::string directory;
  std::string as;       // --as; the operating-system user where it is empty
  std::string purpose;  // --for; the command's name where it is empty
  Output output;
};

class TownSession {
 public:
  static Result<TownSession> open(Env& env, const Common& common, const std::string& command);

  service::TownService& service() { return *service_; }
  sync::Sync& sync() { return *sync_; }
  Result<json::value> run(std::string_view operation, const json::value& input,
                          std::optional<api::InputFile> file = {}, api::OutputFile* output = nullptr);

 private:
  TownSession(Env& env, std::unique_ptr<service::TownService> service, api::Actor actor, std::string purpose,
              Language language);
  Env* env_;
  std::unique_ptr<service::TownService> service_;
  std::unique_ptr<sync::Sync> sync_;
  api::Actor actor_;
  std::string purpose_;
  Language language_;
};

// A file named on the command line, with its last name. too_large over 4 GiB.
Result<api::InputFile> read_input_file(Env& env, const std::string& path);

// Writes what an operation produces to a path (whole, or not at all), or to standard output where the path is
// "-".
class PathOutput final : public api::OutputFile {
 public:
  PathOutput(Env& env, std::string path) : env_(env), path_(std::move(path)) {}
  Status write(BytesView bytes) override;
  Status finish();

 private:
  Env& env_;
  std::string path_;
  std::unique_ptr<File> file_;
};

}  // namespace sonae::app
