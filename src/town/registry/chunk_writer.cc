#include "town/registry/chunk_writer.h"

#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>

#include "town/registry/chunk.h"
#include "town/registry/view.h"

namespace sonae::registry {
namespace {

struct Piece {
  std::size_t begin, end;  // of the lines
};

std::vector<Piece> pieces_of(std::span<const TakenLine> lines) {
  std::vector<Piece> pieces;
  Border border = chunk_border();
  std::size_t begin = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!border.ends_after(lines[i].id) && i + 1 < lines.size()) continue;
    pieces.push_back({begin, i + 1});
    begin = i + 1;
  }
  return pieces;
}

// What the journal has acknowledged so far. Any thread.
class Acknowledgements {
 public:
  void expect() {
    const std::lock_guard lock(mutex_);
    ++under_way_;
  }
  void arrived(const Result<std::vector<journal::Receipt>>& receipts, std::size_t residents) {
    const std::lock_guard lock(mutex_);
    --under_way_;
    if (!receipts) {
      if (!failure_) failure_ = receipts.error();
    } else {
      residents_ += residents;
      ++count_;
      if (receipts_.empty()) receipts_.push_back(receipts->front().fact);
      if (receipts_.size() == 2) receipts_.pop_back();
      if (receipts_.front() != receipts->front().fact) receipts_.push_back(receipts->front().fact);
    }
    changed_.notify_all();
  }
  void passed_over(std::size_t residents) {
    const std::lock_guard lock(mutex_);
    residents_ += residents;
    changed_.notify_all();
  }
  bool failed() {
    const std::lock_guard lock(mutex_);
    return failure_.has_value();
  }
  // Waits a moment; how many residents are safely stored.
  std::size_t residents_after_a_moment() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::milliseconds(50));
    return residents_;
  }
  void wait_for_all() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return under_way_ == 0; });
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t under_way_ = 0;
  std::size_t residents_ = 0;
  std::int64_t count_ = 0;
  std::vector<FactId> receipts_;
  std::optional<Error> failure_;
};

class Writer {
 public:
  Writer(town::Town& town, const GrantId& grant, std::string head, std::span<const TakenLine> lines)
      : town_(town),
        grant_(grant),
        head_(std::move(head)),
        lines_(lines),
        pieces_(pieces_of(lines)),
        addresses_(pieces_.size()) {}

  Result<StoredChunks> run(unsigned threads, Progress& progress) {
    std::vector<std::future<void>> workers;
    for (unsigned i = 0; i < threads; ++i)
      workers.push_back(std::async(std::launch::async, [this] { work(); }));
    const Phrase step{"台帳を記録しています", "Recording the registry"};
    const auto is_running = [&] {
      return std::ranges::any_of(workers, [](auto& worker) {
        return worker.wait_for(std::chrono::seconds(0)) != std::future_status::ready;
      });
    };
    while (is_running()) {
      progress.report(step, acknowledged_.residents_after_a_moment(), lines_.size());
      if (progress.stop_requested()) stop_ = true;
    }
    acknowledged_.wait_for_all();
    for (auto& worker : workers)
      worker.get();
    if (acknowledged_.failure_) return std::unexpected(*acknowledged_.failure_);
    if (stop_)
      return fail(ErrorCode::cancelled, {"取り込みを中止しました", "The import was stopped"}, {},
                  {"受領済みの分は残り、もう一度取り込むと使われます",
                   "What was acknowledged stays and is used when the file is imported again"});
    progress.report(step, lines_.size(), lines_.size());
    return StoredChunks{std::move(addresses_), acknowledged_.count_, acknowledged_.receipts_};
  }

 private:
  void work() {
    const auto connection = town_.journal().reader();
    for (;;) {
      const std::size_t i = next_++;
      if (i >= pieces_.size() || stop_ || acknowledged_.failed()) return;
      store(*connection, i);
    }
  }

  void store(store::Connection& connection, std::size_t i) {
    const auto lines = lines_.subspan(pieces_[i].begin, pieces_[i].end - pieces_[i].begin);
    Bytes content = head_;
    std::size_t size = head_.size();
    for (const TakenLine& line : lines)
      size += line.line.size();
    content.reserve(size);
    for (const TakenLine& line : lines)
      content += line.line;
    const Hash address = addresses_[i] = town_.journal().address_of(content);
    if (chunk_row(connection, address)) return acknowledged_.passed_over(lines.size());
    journal::Batch batch;
    batch.drafts.push_back(
        journal::draft(journal::Stream::ordinary, std::string(kChunkStored), {about_chunk(address)}, grant_,
                       ChunkStored{address, static_cast<std::int64_t>(lines.size()),
                                   std::string(lines.front().id), std::string(lines.back().id)}));
    batch.blobs.push_back(std::move(content));
    acknowledged_.expect();
    town_.journal().append_later(std::move(batch), [this, count = lines.size()](auto receipts) {
      acknowledged_.arrived(receipts, count);
    });
  }

  town::Town& town_;
  GrantId grant_;
  std::string head_;
  std::span<const TakenLine> lines_;
  std::vector<Piece> pieces_;
  std::vector<Hash> addresses_;  // each written by one worker
  std::atomic<std::size_t> next_ = 0;
  std::atomic<bool> stop_ = false;
  Acknowledgements acknowledged_;
};

}  // namespace

Result<StoredChunks> store_chunks(town::Town& town, const GrantId& grant, std::string_view layout,
                                  const std::vector<std::string>& columns, std::span<const TakenLine> lines,
                                  unsigned threads, Progress& progress) {
  return Writer(town, grant, chunk_head(layout, columns), lines).run(threads, progress);
}

}  // namespace sonae::registry
