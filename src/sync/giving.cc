#include "sync/giving.h"

#include <algorithm>
#include <limits>

#include "journal/checkpoint.h"
#include "journal/reading.h"
#include "sync/heads.h"

namespace sonae::sync {

namespace {
constexpr std::size_t kBlobPiece = std::size_t{48} << 10;
}

int urgency(journal::Stream stream) {
  using enum journal::Stream;
  switch (stream) {
    case urgent:
      return 0;
    case restricted:
      return 1;
    case ordinary:
      return 2;
    case access:
      return 3;
  }
  return 3;
}

void Giving::take(const Want& want) {
  const journal::LogId id{want.node, want.stream};
  if (!settings_.streams.contains(want.stream)) return;
  const auto connection = journal_.reader();
  const auto log = journal::log_here(*connection, id);
  if (!log) return;
  std::optional<journal::Fork> branch;
  if (want.branch) {
    const auto known = journal::forks(*connection);
    const auto named = std::ranges::find_if(known, [&](const journal::Fork& fork) {
      const auto head = journal::read_checkpoint(fork.note);
      return fork.log == id && head && short_root(head->checkpoint.root) == *want.branch;
    });
    if (named == known.end()) return;
    branch = *named;
  }
  const auto note = branch ? std::optional<journal::Note>({branch->size, branch->note})
                    : want.whole
                        ? std::optional<journal::Note>({log->size, log->note})
                        : journal::note_after(*connection, log->number, want.first, settings_.range_entries);
  if (!note || note->size <= want.first) return;
  // What stands there may be a commit whose sync is under way, or failed. Given away and then lost with the
  // power, its positions would be written a second time: a fork.
  connection->make_durable();
  const auto same = std::ranges::find(ranges_, id, [](const Range& range) { return range.log.log; });
  Range range{*log, want.first, note->size, note->text, std::move(branch)};
  // A range that is under way is not begun again by a question that crossed it.
  if (same != ranges_.end())
    *same = std::move(range);
  else
    ranges_.push_back(std::move(range));
}

void Giving::take(const WantBlob& want) {
  const auto same = std::ranges::find(blobs_, want.address, &WantBlob::address);
  if (same != blobs_.end())
    *same = want;
  else
    blobs_.push_back(want);
}

std::optional<Frame> Giving::next() {
  while (!idle()) {
    const auto blob =
        std::ranges::min_element(blobs_, {}, [](const WantBlob& one) { return urgency(one.stream); });
    const auto range =
        std::ranges::min_element(ranges_, {}, [](const Range& one) { return urgency(one.log.log.stream); });
    const auto connection = journal_.reader();
    const store::Transaction snapshot(*connection, store::Transaction::Kind::read);
    // Blobs first among equals: a range waits for those that it names.
    if (blob != blobs_.end() &&
        (range == ranges_.end() || urgency(blob->stream) <= urgency(range->log.log.stream))) {
      if (auto frame = next_blob(*connection, static_cast<std::size_t>(blob - blobs_.begin()))) return frame;
      continue;
    }
    return next_piece(*connection, static_cast<std::size_t>(range - ranges_.begin()));
  }
  return std::nullopt;
}

Frame Giving::next_piece(store::Connection& connection, std::size_t index) {
  Range& range = ranges_[index];
  Piece piece;
  piece.log = range.log.log;
  piece.key = range.log.key;
  piece.first = range.next;
  piece.target = range.target;
  piece.entries = range.branch ? journal::read_branch(connection, *range.branch, range.next, range.target,
                                                      settings_.piece_bytes)
                               : journal::read_entries(connection, range.log.number, range.next, range.target,
                                                       settings_.piece_bytes);
  for (const journal::LogEntry& entry : piece.entries)
    for (const Hash& address : journal::blobs_named(connection, entry.body))
      if (std::ranges::find(piece.blobs, address) == piece.blobs.end()) piece.blobs.push_back(address);
  range.next += piece.entries.size();
  report_.facts_given += piece.entries.size();
  if (range.next >= range.target || piece.entries.empty()) {
    piece.note = std::move(range.note);
    ranges_.erase(ranges_.begin() + static_cast<std::ptrdiff_t>(index));
  }
  return piece;
}

std::optional<Frame> Giving::next_blob(store::Connection& connection, std::size_t index) {
  WantBlob& want = blobs_[index];
  const auto forget = [&] { blobs_.erase(blobs_.begin() + static_cast<std::ptrdiff_t>(index)); };
  const auto row = connection.query("SELECT size, content FROM journal_blob WHERE address = $1",
                                    store::Blob{want.address.bytes()});
  if (!row->next() || want.offset >= row->bytes(1).size()) return forget(), std::nullopt;
  const BytesView content = row->bytes(1);
  BlobPiece piece{want.address, want.offset, content.size(), static_cast<std::uint64_t>(row->integer(0)),
                  Bytes(content.substr(want.offset, kBlobPiece))};
  want.offset += piece.bytes.size();
  if (want.offset >= piece.total) {
    ++report_.blobs_given;
    forget();
  }
  return piece;
}

}  // namespace sonae::sync
