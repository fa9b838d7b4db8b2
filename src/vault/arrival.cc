#include "vault/arrival.h"

#include <algorithm>

namespace sonae::vault {

namespace {

const Phrase& name_of(Part part) {
  static const Phrase registry{"住民の台帳", "the registry"}, reception{"受付の記録", "reception"},
      rest{"閲覧の記録", "the record of looks"};
  switch (part) {
    case Part::registry:
      return registry;
    case Part::reception:
      return reception;
    case Part::rest:
      return rest;
  }
  return rest;
}

// What an operation reads, or must not contradict. What is written goes on from what everybody knew: so it
// waits for reception, where questions and decisions are.
Part needed_by(const api::Operation& operation) {
  using enum api::Permission;
  if (operation.permission == audit || operation.permission == maintain) return Part::rest;
  const bool of_registry = operation.name.starts_with("registry.") || operation.name == "access.me" ||
                           operation.name == "town.status" || operation.name == "safety.areas" ||
                           operation.name == "safety.base_map";
  return of_registry && !operation.writes ? Part::registry : Part::reception;
}

}  // namespace

Part part_of(journal::Stream stream) {
  using enum journal::Stream;
  switch (stream) {
    case restricted:  // marks of protected persons, before anybody can be looked up
    case ordinary:
      return Part::registry;
    case urgent:
      return Part::reception;
    case access:
      return Part::rest;
  }
  return Part::rest;
}

PartArrival& Arrival::of(Part part) {
  return *std::ranges::find(report_.parts, part, &PartArrival::part);
}

void Arrival::begin(Instant made, std::vector<PartArrival> parts) {
  const std::lock_guard lock(mutex_);
  report_ = {};
  report_.restoring = true;
  report_.made = made;
  report_.parts = std::move(parts);
}

void Arrival::took(Part part, std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  PartArrival& one = of(part);
  ++one.objects_done;
  one.bytes_done += bytes;
}

void Arrival::arrived(Part part, double seconds) {
  const std::lock_guard lock(mutex_);
  of(part).arrived = true;
  of(part).seconds = seconds;
  changed_.notify_all();
}

void Arrival::lost(std::size_t objects) {
  const std::lock_guard lock(mutex_);
  report_.lost += static_cast<std::int64_t>(objects);
}

void Arrival::compared(bool equal) {
  const std::lock_guard lock(mutex_);
  report_.restoring = false;
  report_.compared = equal;
  changed_.notify_all();
}

void Arrival::failed(const Error& error) {
  const std::lock_guard lock(mutex_);
  report_.restoring = false;
  failed_ = error;
  changed_.notify_all();
}

ArrivalReport Arrival::report(Language language) const {
  const std::lock_guard lock(mutex_);
  ArrivalReport report = report_;
  if (failed_) report.failure = failed_->in(language);
  return report;
}

Status Arrival::admits(Part part) const {
  const std::lock_guard lock(mutex_);
  for (const PartArrival& one : report_.parts) {
    if (one.arrived || one.part > part) continue;
    const std::string done =
        std::to_string(one.bytes_done / 1'000'000) + "/" + std::to_string(one.bytes / 1'000'000) + " MB";
    return fail(
        ErrorCode::busy,
        {"控えから戻している途中です。" + name_of(one.part).japanese + "がまだ届いていません (" + done + ")",
         "This town is being restored: " + name_of(one.part).english + " is not here yet (" + done + ")"},
        {},
        {"届きしだい使えます。紙に控え、少し待ってください",
         "It works as soon as that is here: note it on paper and wait a little"});
  }
  return {};
}

bool Arrival::wait_for(Part part) const {
  const auto here = [&] {
    return std::ranges::all_of(report_.parts,
                               [&](const PartArrival& one) { return one.arrived || one.part > part; });
  };
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return here() || !report_.restoring; });
  return here();
}

Status Arrival::admits(const api::Operation& operation) const {
  if (operation.name == "restore.status") return {};
  return admits(needed_by(operation));
}

void add_arrival_operations(Arrival& arrival, api::Catalogue& catalogue) {
  catalogue.add(api::operation<api::Nothing, ArrivalReport>(
                    "restore.status",
                    {"復旧の進み具合", "What has come back of a town that is being restored"},
                    api::Permission::none,
                    [&arrival](api::Call& call, const api::Nothing&) -> Result<ArrivalReport> {
                      return arrival.report(call.language);
                    })
                    .openly());
  catalogue.guard([&arrival](const api::Operation& operation) { return arrival.admits(operation); });
}

}  // namespace sonae::vault
