// One simulated computer with a town's directory on it: its own clock, randomness, files and database disk,
// and the real service on them. Used by one thread.
#pragma once

#include <memory>
#include <string>

#include "base/fake_env.h"
#include "service/town_service.h"
#include "sim/files_disk.h"
#include "store/power_cut_vfs.h"
#include "sync/unfinished.h"

namespace sonae::sim {

// A copy of what lies on a machine, as an image of its disk has it.
struct MachineImage {
  std::map<std::string, KeptFile> files;
  std::map<std::string, Bytes> database;
};

class Machine {
 public:
  // The same seed, the same machine.
  Machine(const std::string& name, std::uint64_t seed, const std::string& data_directory);
  ~Machine();
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  Status start();  // opens the town that lies on it
  void stop();     // in good order
  // The power fails: what runs ends, and of what was not synced any part is lost.
  void cut_power(std::uint64_t seed);
  // The power failed by itself in the middle of something (database.cut_at): the same from then on.
  bool lost_power() const { return database.is_off(); }
  bool runs() const { return service != nullptr; }

  // Runs an operation as the account "root", as the command line does.
  Result<json::value> run(std::string_view operation, const json::value& input,
                          std::optional<api::InputFile> file = {}, api::OutputFile* output = nullptr);
  template <class Answer, class Request>
  Result<Answer> ask(std::string_view operation, const Request& request) {
    return from_json<Answer>(TRY(run(operation, to_json(request))));
  }

  journal::Journal& journal() { return service->town().journal(); }
  NodeId node() { return journal().node(); }

  // While it is stopped.
  MachineImage image() const { return {files.image(), database.image()}; }
  void put_back(const MachineImage& image);

  static constexpr const char* kDirectory = "/town";
  static constexpr const char* kKeys = "/keys";
  static constexpr const char* kDatabase = "/town/town.db";

  const std::string name;
  FakeClock clock;
  SeededRandom random;
  FilesDisk files;
  store::PowerCutDisk database;
  Env env{clock, random, files};
  const town::Places places;
  std::unique_ptr<service::TownService> service;
  std::unique_ptr<sync::Unfinished> unfinished;  // of exchanges that broke off; gone with the process

 private:
  Machine(const std::string& name, std::uint64_t seed, const std::string& data_directory,
          const std::string& disk);
};

}  // namespace sonae::sim
