#include "sim/machine.h"

#include <fmt/format.h>

#include <atomic>

#include "vault/recovery.h"

namespace sonae::sim {

namespace {

// Of all machines in the process: histories run beside each other.
std::string name_of_disk() {
  static std::atomic<std::uint64_t> made = 0;
  return fmt::format("simulated-disk-{}", ++made);
}

// Half of what opening a town costs, and the same for all.
std::shared_ptr<const text::Tables> shared_tables(const std::string& data_directory) {
  static const auto tables = text::Tables::open(real_env(), data_directory);
  return tables ? *tables : nullptr;
}

}  // namespace

Machine::Machine(const std::string& name_, std::uint64_t seed, const std::string& data_directory)
    : Machine(name_, seed, data_directory, name_of_disk()) {}

Machine::Machine(const std::string& name_, std::uint64_t seed, const std::string& data_directory,
                 const std::string& disk)
    : name(name_),
      random(seed),
      files(data_directory),
      database(disk),
      places{data_directory, kKeys, disk, shared_tables(data_directory)} {}

Machine::~Machine() {
  stop();
}

Status Machine::start() {
  stop();
  auto opened = service::TownService::open(env, places, kDirectory);
  if (!opened) return std::unexpected(opened.error());
  service = std::move(*opened);
  vault::add_recovery_operations(*service, service->catalogue());
  unfinished = std::make_unique<sync::Unfinished>();
  return {};
}

void Machine::stop() {
  service.reset();
  unfinished.reset();
}

void Machine::cut_power(std::uint64_t seed) {
  files.power_off();
  if (!database.is_off()) database.cut_at(database.operations());  // the next one fails
  service.reset();
  unfinished.reset();
  SeededRandom dice(seed);
  database.restart(dice.next());
  database.repair();
  files.power_on(dice);
}

Result<json::value> Machine::run(std::string_view operation, const json::value& input,
                                 std::optional<api::InputFile> file, api::OutputFile* output) {
  api::Call call;
  try {
    call.actor = TRY(service->access().actor("root"));
  } catch (const store::StoreError& failure) {
    return std::unexpected(failure.error());
  }
  call.purpose = "simulation";
  call.file = std::move(file);
  call.output = output;
  return service->operations().invoke(operation, call, input);
}

void Machine::put_back(const MachineImage& image) {
  files.put_back(image.files);
  database.put_back(image.database);
}

}  // namespace sonae::sim
