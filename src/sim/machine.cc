#include "sim/machine.h"

namespace sonae::sim {

Machine::Machine(const std::string& name_, std::uint64_t seed, const std::string& data_directory)
    : name(name_),
      random(seed),
      files(data_directory),
      database(name_),
      places{data_directory, kKeys, name_} {}

Machine::~Machine() {
  stop();
}

Status Machine::start() {
  stop();
  auto opened = service::TownService::open(env, places, kDirectory);
  if (!opened) return std::unexpected(opened.error());
  service = std::move(*opened);
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
