// Which snapshots count, who vanished between them, and when that has to be found out again.
#include <algorithm>
#include <unordered_map>

#include "town/registry/inside.h"

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
                                                              const SnapshotPtr& before,
                                                              const SnapshotPtr& after) {
  const std::pair key{before->fact, after->fact};
  {
    const std::lock_guard lock(mutex);
    if (const auto found = pairs_.find(key); found != pairs_.end()) return found->second;
  }
  auto found = std::make_shared<const PairDifferences>(compare(blobs(connection), *before, *after));
  const std::lock_guard lock(mutex);
  return pairs_.emplace(key, std::move(found)).first->second;
}

namespace {

// One snapshot for each day: of several that do not supersede each other the one with the highest fact id.
void choose_chain(Registry::Inside& inside, store::Connection& connection, State& state) {
  for (const SnapshotRow& row : state.rows) {
    if (row.superseded) continue;
    SnapshotPtr opened = inside.snapshot(connection, row);
    if (!opened) continue;
    if (!state.chain.empty() && state.chain.back()->body.as_of == row.as_of) {
      if (state.disputed.empty() || state.disputed.back() != state.chain.back()->fact)
        state.disputed.push_back(state.chain.back()->fact);
      state.disputed.push_back(row.fact);
      state.disputed_current.push_back(state.chain.back());
      state.chain.back() = std::move(opened);
    } else {
      state.disputed_current.clear();
      state.chain.push_back(std::move(opened));
    }
  }
}

void find_vanished(Registry::Inside& inside, store::Connection& connection, State& state) {
  std::unordered_map<std::string, std::pair<std::size_t, std::size_t>> gone;  // last, missing
  for (std::size_t i = 1; i < state.chain.size(); ++i) {
    const auto differences = inside.pair(connection, state.chain[i - 1], state.chain[i]);
    for (const std::string& id : differences->fresh)
      gone.erase(id);
    for (const PairDifferences::One& one : differences->all)
      if (one.change == Change::vanished) gone[one.id] = {i - 1, i};
  }
  if (gone.empty()) return;
  std::map<std::pair<std::string, SnapshotId>, std::vector<AnswerRow>> answers;
  for (AnswerRow& row : answer_rows(connection))
    answers[{row.answer.resident.text(), row.answer.snapshot}].push_back(std::move(row));
  for (const auto& [id, where] : gone) {
    Vanished one{id, state.chain[where.first], state.chain[where.second], {}};
    if (const auto found = answers.find({id, one.missing->body.snapshot}); found != answers.end())
      one.answers = found->second;
    state.vanished.push_back(std::move(one));
  }
  std::ranges::sort(state.vanished, [](const Vanished& one, const Vanished& other) {
    return compare_ids(one.id, other.id) < 0;
  });
}

// The current snapshot's fact, and a hash over those who count as residents though they vanished.
std::string version_of(const State& state) {
  if (state.chain.empty()) return "empty";
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
