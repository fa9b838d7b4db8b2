#include "sync/taking.h"

#include <algorithm>

#include "journal/erasing.h"
#include "journal/frame.h"
#include "journal/header.h"
#include "journal/reading.h"
#include "sync/giving.h"
#include "sync/heads.h"

namespace sonae::sync {

namespace {

constexpr std::size_t kLogsAtOnce = 2;  // ranges that are asked for together, so that the line never idles

std::string name_of(const journal::LogId& log) {
  return "log " + log.node.text() + "/" + std::string(journal::stream_name(log.stream));
}

}  // namespace

Taking::~Taking() {
  if (settings_.unfinished == nullptr) return;
  for (auto& [id, log] : logs_)
    if (!log.whole && !log.entries.empty())
      settings_.unfinished->keep(id, {log.key, log.first, std::move(log.entries), std::move(log.missing)});
}

void Taking::take_up(const journal::LogId& id, Log& log, const journal::Blobs& here) {
  if (settings_.unfinished == nullptr || log.whole) return;
  auto kept = settings_.unfinished->take(id, log.first);
  if (!kept) return;
  log.key = kept->key;
  log.entries = std::move(kept->entries);
  // The signed head comes with the last piece: one entry at least is asked for.
  while (!log.entries.empty() && log.next() >= log.until)
    log.entries.pop_back();
  log.taken_up = true;
  for (const Hash& address : kept->missing)
    if (!here.has(address) && log.missing.insert(address).second && !blobs_.contains(address)) {
      blobs_[address].stream = id.stream;
      out_.emplace_back(WantBlob{address, 0, id.stream});
    }
}

void Taking::compare(const std::vector<Head>& heads, const std::vector<Head>& branches) {
  const auto connection = journal_.reader();
  const store::Transaction snapshot(*connection, store::Transaction::Kind::read);
  const auto lacking = journal::lacking(*connection);
  for (const Head& head : heads) {
    const journal::LogId id{head.node, head.stream};
    if (!settings_.streams.contains(head.stream) || given_up_.contains(id)) continue;
    const auto here = journal::log_here(*connection, id);
    const std::uint64_t size = here ? here->size : 0;
    const auto again = std::ranges::find(lacking, id, &journal::Lacking::log);
    const bool fetch_again =
        again != lacking.end() && head.size > again->first && !fetched_again_.contains(id);
    const bool known = is_here(*connection, head);
    if (known && !fetch_again) continue;
    const auto [at, fresh] = logs_.try_emplace(id);
    at->second.until = std::max(at->second.until, head.size);
    if (!fresh) continue;
    at->second.whole = !known && head.size <= size;  // another history than ours
    at->second.first = at->second.whole ? 0 : known ? again->first : size;
    if (fetch_again) fetched_again_.insert(id);
    if (!known) take_up(id, at->second, journal::Blobs(*connection, options_.town_key));
  }
  // A branch that has grown meanwhile has another head.
  const auto announced = [&](const std::string& root) {
    return std::ranges::find(branches, root, &Head::root) != branches.end();
  };
  std::erase_if(logs_,
                [&](const auto& one) { return !one.second.branch.empty() && !announced(one.second.branch); });
  branches_.clear();
  for (const Head& head : branches) {
    const auto under_way = logs_.find({head.node, head.stream});
    if (!settings_.streams.contains(head.stream) || is_here(*connection, head) ||
        (under_way != logs_.end() && under_way->second.branch == head.root))
      continue;
    branches_.push_back(head);
  }
  begin_branches();
  ask();
}

// One history of a log at a time: pieces do not say of which they are.
void Taking::begin_branches() {
  std::erase_if(branches_, [&](const Head& head) {
    const journal::LogId id{head.node, head.stream};
    if (given_up_.contains(id)) return true;
    if (logs_.contains(id)) return false;
    Log log;
    log.until = head.size;
    log.whole = true;
    log.branch = head.root;
    return logs_.try_emplace(id, std::move(log)).second;
  });
}

void Taking::ask() {
  std::vector<std::pair<const journal::LogId, Log>*> order;
  for (auto& one : logs_)
    order.push_back(&one);
  std::ranges::stable_sort(order, {}, [](const auto* one) { return urgency(one->first.stream); });
  for (std::size_t i = 0; i < std::min(order.size(), kLogsAtOnce); ++i)
    if (!order[i]->second.asked) ask(order[i]->first, order[i]->second);
}

void Taking::ask(const journal::LogId& id, Log& log) {
  log.asked = true;
  out_.emplace_back(Want{id.node, id.stream, log.next(), log.whole,
                         log.branch.empty() ? std::nullopt : std::optional(log.branch)});
}

void Taking::ask_again() {
  for (auto& [id, log] : logs_) {
    if (!log.asked) continue;
    for (const Hash& address : log.missing) {
      const auto part = blobs_.find(address);
      out_.emplace_back(WantBlob{address, part == blobs_.end() ? 0 : part->second.bytes.size(), id.stream});
    }
    if (log.next() < log.until && !log.notes.contains(log.next())) ask(id, log);
  }
}

void Taking::take(Piece piece) {
  const auto at = logs_.find(piece.log);
  if (at == logs_.end()) return;  // came twice
  Log& log = at->second;
  if (piece.first != log.next() || piece.target < piece.first + piece.entries.size()) {
    // Something before it was lost, or it came before: what is missing is asked for by and by. A last piece
    // that came twice may still bring the note.
    return;
  }
  log.key = piece.key;
  const auto connection = journal_.reader();
  const journal::Blobs here(*connection, options_.town_key);
  for (const Hash& address : piece.blobs)
    if (!here.has(address) && log.missing.insert(address).second && !blobs_.contains(address)) {
      blobs_[address].stream = piece.log.stream;
      out_.emplace_back(WantBlob{address, 0, piece.log.stream});
    }
  std::ranges::move(piece.entries, std::back_inserter(log.entries));
  if (!piece.note.empty() && piece.target != log.next())
    return give_up(at, {ErrorCode::invalid_input,
                        {"受け取った記録の数が、署名された末尾と合いません",
                         "A range ends elsewhere than its signed head says"},
                        {},
                        {}});
  if (!piece.note.empty()) {
    log.notes[piece.target] = std::move(piece.note);
    // The next range is asked for while this one is still checked and its blobs come.
    if (log.next() < log.until && !log.whole) ask(at->first, log);
  }
  store_what_is_whole(at);
}

void Taking::take(const BlobPiece& piece) {
  const auto at = blobs_.find(piece.address);
  if (at == blobs_.end() || piece.offset != at->second.bytes.size() || piece.total > (std::uint64_t{1} << 30))
    return;
  Blob& blob = at->second;
  blob.total = piece.total;
  blob.size = piece.size;
  blob.bytes += piece.bytes;
  if (blob.bytes.size() < blob.total) return;
  const Status stored = store_blob(piece.address, blob);
  blobs_.erase(at);
  for (auto log = logs_.begin(); log != logs_.end();) {
    const auto next = std::next(log);
    if (log->second.missing.contains(piece.address)) {
      if (stored) {
        log->second.missing.erase(piece.address);
        store_what_is_whole(log);
      } else {
        give_up(log, stored.error());
      }
    }
    log = next;
  }
}

Status Taking::store_blob(const Hash& address, const Blob& blob) {
  auto content = journal::unframed(blob.bytes, blob.size);
  if (!content || journal_.address_of(*content) != address)
    return fail(ErrorCode::corrupt,
                {"受け取った内容が番地と合いません", "A blob is not what its address says"});
  journal::Batch batch;
  batch.blobs.push_back(std::move(*content));
  TRY(journal_.append(std::move(batch)));
  ++report_.blobs_taken;
  return {};
}

void Taking::store_what_is_whole(Logs::iterator at) {
  Log& log = at->second;
  if (log.notes.empty() || !log.missing.empty()) return;
  const auto last = std::prev(log.notes.upper_bound(log.next()));
  journal::LogRange range;
  range.log = at->first;
  range.key = log.key;
  range.first = log.first;
  const auto count = static_cast<std::ptrdiff_t>(last->first - log.first);
  range.entries.assign(std::make_move_iterator(log.entries.begin()),
                       std::make_move_iterator(log.entries.begin() + count));
  range.checkpoint = last->second;
  log.entries.erase(log.entries.begin(), log.entries.begin() + count);
  log.notes.clear();
  log.first = range.first + range.entries.size();
  const Status stored = journal_.ingest(range);
  if (!stored && (log.taken_up || (stored.error().code == ErrorCode::conflict && !log.whole))) {
    const std::uint64_t until = log.until, first = log.first - range.entries.size();
    // It may be what was taken up that is wrong: once more without it. Else our beginning of this log is
    // another than the peer's: with all of it the fork can be proven.
    const bool taken_up = log.taken_up;
    log = Log{};
    log.until = until;
    log.whole = !taken_up;
    if (taken_up) log.first = first;
    return ask(at->first, log);
  }
  if (!stored) return give_up(at, stored.error());
  report_.facts_taken += range.entries.size();
  log.taken_up = false;
  if (log.next() >= log.until) logs_.erase(at);
  begin_branches();
  ask();
}

void Taking::give_up(Logs::iterator at, const Error& error) {
  report_.problems.push_back(name_of(at->first) + ": " + error.in(Language::english));
  given_up_.insert(at->first);
  logs_.erase(at);
  begin_branches();
  ask();
}

}  // namespace sonae::sync
