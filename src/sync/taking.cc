#include "sync/taking.h"

#include <algorithm>

#include "journal/fact_proof.h"
#include "journal/fork.h"
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

// Whether the peer's history of a log is another than ours, as far as both reach, and that is news.
bool Taking::differs(store::Connection& connection, const Head& head, const journal::LogHere& here) const {
  if (head.size > here.size || head.size == 0) return false;
  const Hash root = journal::root_of(journal::stored_hashes(connection, here.number), head.size);
  if (short_root(root) == head.root) return false;
  for (const journal::Fork& fork : journal::forks(connection)) {
    if (fork.log != here.log || fork.size != head.size) continue;
    const auto note = journal::read_checkpoint(fork.note);
    if (note && short_root(note->checkpoint.root) == head.root) return false;
  }
  return true;
}

void Taking::compare(const std::vector<Head>& heads) {
  const auto connection = journal_.reader();
  const store::Transaction snapshot(*connection, store::Transaction::Kind::read);
  for (const Head& head : heads) {
    const journal::LogId id{head.node, head.stream};
    if (!settings_.streams.contains(head.stream) || given_up_.contains(id)) continue;
    const auto here = journal::log_here(*connection, id);
    const std::uint64_t size = here ? here->size : 0;
    const bool forked = here && differs(*connection, head, *here);
    if (head.size <= size && !forked) continue;
    const auto [at, fresh] = logs_.try_emplace(id);
    at->second.until = std::max(at->second.until, head.size);
    if (!fresh) continue;
    at->second.whole = forked;
    at->second.first = forked ? 0 : size;
  }
  ask();
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
  out_.emplace_back(Want{id.node, id.stream, log.next(), log.whole});
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
  if (!piece.note.empty()) {
    log.notes[piece.target] = std::move(piece.note);
    // The next range is asked for while this one is still checked and its blobs come.
    if (log.next() < log.until && !log.whole) ask(at->first, log);
  }
  store_what_is_whole(at);
}

void Taking::take(BlobPiece piece) {
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
  log.first = last->first == 0 ? range.first + range.entries.size() : range.first + range.entries.size();
  const Status stored = journal_.ingest(range);
  if (!stored && stored.error().code == ErrorCode::conflict && !log.whole) {
    // Our beginning of this log is another than the peer's: with all of it the fork can be proven.
    const std::uint64_t until = log.until;
    log = Log{};
    log.until = until;
    log.whole = true;
    return ask(at->first, log);
  }
  if (!stored) return give_up(at, stored.error());
  report_.facts_taken += range.entries.size();
  if (log.next() >= log.until) logs_.erase(at);
  ask();
}

void Taking::give_up(Logs::iterator at, const Error& error) {
  report_.problems.push_back(name_of(at->first) + ": " + error.in(Language::english));
  given_up_.insert(at->first);
  logs_.erase(at);
  ask();
}

}  // namespace sonae::sync
