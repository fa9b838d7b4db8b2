// Which snapshots count, who vanished between them, and when that has to be found out again.
#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "town/registry/inside.h"
#include "town/registry/pair_file.h"

namespace sonae::registry {

bool Vanished::contradicted() const {
  return std::ranges::any_of(
      answers, [&](const AnswerRow& one) { return one.answer.outcome != answers.front().answer.outcome; });
}

std::optional<VanishedOutcome> Vanished::outcome() const {
  if (answers.empty() || contradicted()) return std::nullopt;
  return answers.front().answer.outcome;
}

bool Vanished::is_current() const {
  const auto decided = outcome();
  return !decided || *decided == VanishedOutcome::keep || *decided == VanishedOutcome::error_in_file;
}

const Vanished* State::vanished_one(std::string_view id) const {
  const auto found = std::ranges::partition_point(
      vanished, [&](const Vanished& one) { return compare_ids(one.id, id) < 0; });
  return found != vanished.end() && found->id == id ? &*found : nullptr;
}

Registry::Inside::Inside(town::Town& opened, access::Access& record) : town(opened), access(record) {
  town.journal().listen([changes = generation](std::span<const journal::Subject> subjects) {
    const auto is_ours = [](const journal::Subject& subject) {
      return subject.kind == "snapshot" || subject.kind == "resident" || subject.kind == "chunk";
    };
    if (std::ranges::any_of(subjects, is_ours)) ++*changes;
  });
}

SnapshotPtr Registry::Inside::snapshot(store::Connection& connection, const SnapshotRow& row) {
  {
    const std::lock_guard lock(mutex);
    if (const auto found = opened_.find(row.fact); found != opened_.end()) return found->second;
  }
  SnapshotPtr opened = open_snapshot(connection, blobs(connection), row);
  if (opened) {
    const std::lock_guard lock(mutex);
    opened_.emplace(row.fact, opened);
  }
  return opened;
}

std::shared_ptr<const PairDifferences> Registry::Inside::pair(store::Connection& connection,
                                                              const SnapshotRow& before,
                                                              const SnapshotRow& after) {
  const std::pair key{before.fact, after.fact};
  {
    const std::lock_guard lock(mutex);
    if (const auto found = pairs_.find(key); found != pairs_.end()) return found->second;
  }
  const std::string path = town.directory() + "/index/" + pair_file_name(before.fact, after.fact);
  auto differences = read_pair(town.env(), path);
  if (!differences) {
    const SnapshotPtr one = snapshot(connection, before), other = snapshot(connection, after);
    if (!one || !other) return nullptr;
    differences = compare(blobs(connection), *one, *other);
    // A file that could not be written (a full disk) is made at the next start; these differences serve now.
    std::ignore = write_pair(town.env(), path, *differences);
  }
  auto found = std::make_shared<const PairDifferences>(std::move(*differences));
  const std::lock_guard lock(mutex);
  return pairs_.emplace(key, std::move(found)).first->second;
}

namespace {

// One snapshot for each day: of several that do not supersede each other the one with the highest fact id.
// The newest is whole on this node.
void choose_chain(Registry::Inside& inside, store::Connection& connection, State& state) {
  for (const SnapshotRow& row : state.rows)
    if (!row.superseded) state.chain.push_back(row);
  while (!state.chain.empty() && !(state.newest = inside.snapshot(connection, state.chain.back())))
    state.chain.pop_back();
  std::vector<SnapshotRow> one_a_day;
  for (const SnapshotRow& row : state.chain) {
    if (one_a_day.empty() || one_a_day.back().as_of != row.as_of) {
      one_a_day.push_back(row);
      continue;
    }
    const SnapshotRow other = std::exchange(one_a_day.back(), row);
    if (state.disputed.empty() || state.disputed.back() != other.fact) state.disputed.push_back(other.fact);
    state.disputed.push_back(row.fact);
    if (row.as_of == state.chain.back().as_of)
      if (SnapshotPtr opened = inside.snapshot(connection, other))
        state.disputed_current.push_back(std::move(opened));
  }
  state.chain = std::move(one_a_day);
  // Between the others, whatever is not whole here is passed over.
  for (std::size_t i = 1; i < state.chain.size();) {
    if (inside.pair(connection, state.chain[i - 1], state.chain[i])) {
      ++i;
      continue;
    }
    const bool later_is_whole = inside.snapshot(connection, state.chain[i]) != nullptr;
    state.chain.erase(state.chain.begin() + static_cast<std::ptrdiff_t>(later_is_whole ? i - 1 : i));
    if (i > 1) --i;
  }
}

void find_vanished(Registry::Inside& inside, store::Connection& connection, State& state) {
  std::unordered_map<std::string, std::size_t> gone;  // which of the chain has them no more
  for (std::size_t i = 1; i < state.chain.size(); ++i) {
    const auto differences = inside.pair(connection, state.chain[i - 1], state.chain[i]);
    for (const std::string& id : differences->fresh)
      gone.erase(id);
    for (const PairDifferences::One& one : differences->all)
      if (one.change == Change::vanished) gone[one.id] = i;
  }
  if (gone.empty()) return;
  std::map<std::pair<std::string, SnapshotId>, std::vector<AnswerRow>> answers;
  for (AnswerRow& row : answer_rows(connection))
    answers[{row.answer.resident.text(), row.answer.snapshot}].push_back(std::move(row));
  for (const auto& [id, missing] : gone) {
    Vanished one{id, inside.snapshot(connection, state.chain[missing - 1]), state.chain[missing], {}};
    if (!one.last) continue;  // its blobs are gone since: nothing is known of them any more
    if (const auto found = answers.find({id, one.missing.snapshot}); found != answers.end())
      one.answers = found->second;
    state.vanished.push_back(std::move(one));
  }
  std::ranges::sort(state.vanished, [](const Vanished& one, const Vanished& other) {
    return compare_ids(one.id, other.id) < 0;
  });
}

// The current snapshot's fact, and a hash over those who count as residents though they vanished.
std::string version_of(const State& state) {
  if (!state.current()) return "empty";
  Sha256 hash;
  for (const Vanished& one : state.vanished) {
    if (!one.is_current()) continue;
    hash.add(one.id);
    hash.add(one.presence() == Presence::kept ? "\n+" : "\n?");
    hash.add(one.last->fact.bytes());
  }
  return state.current()->fact.text() + "-" + to_hex(hash.finish().bytes().substr(0, 8));
}

}  // namespace

StatePtr Registry::Inside::state() {
  const std::uint64_t now = *generation;
  {
    const std::lock_guard lock(mutex);
    if (state_ && state_->generation == now) return state_;
  }
  const auto connection = town.journal().reader();
  store::Transaction one_moment(*connection, store::Transaction::Kind::read);
  auto made = std::make_shared<State>();
  made->generation = now;
  made->rows = snapshot_rows(*connection);
  choose_chain(*this, *connection, *made);
  find_vanished(*this, *connection, *made);
  made->marks = protection_rows(*connection);
  made->version = version_of(*made);
  const std::lock_guard lock(mutex);
  if (!state_ || state_->generation < now) state_ = made;
  return made;
}

}  // namespace sonae::registry
