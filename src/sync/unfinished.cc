#include "sync/unfinished.h"

namespace sonae::sync {

namespace {

constexpr std::size_t kMostBytes = std::size_t{4} << 20;  // of one log; a range is seldom a tenth of it

std::size_t bytes_of(const Unfinished::Entries& all) {
  std::size_t bytes = 0;
  for (const journal::LogEntry& entry : all.entries)
    bytes += entry.header.size() + entry.salt.size() + entry.body.size();
  return bytes;
}

}  // namespace

void Unfinished::keep(const journal::LogId& log, Entries entries) {
  const bool fits = bytes_of(entries) <= kMostBytes;
  const std::lock_guard lock(mutex_);
  logs_.erase(log);
  if (fits) logs_.emplace(log, std::move(entries));
}

std::optional<Unfinished::Entries> Unfinished::take(const journal::LogId& log, std::uint64_t first) {
  const std::lock_guard lock(mutex_);
  const auto found = logs_.find(log);
  if (found == logs_.end()) return std::nullopt;
  std::optional<Entries> kept;
  if (found->second.first == first) kept = std::move(found->second);
  logs_.erase(found);
  return kept;
}

}  // namespace sonae::sync
