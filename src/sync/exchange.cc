#include "sync/exchange.h"

#include <algorithm>
#include <utility>

#include "journal/fact_proof.h"
#include "journal/fork.h"
#include "journal/header.h"
#include "sync/cosignature.h"
#include "sync/giving.h"
#include "sync/heads.h"
#include "sync/taking.h"

namespace sonae::sync {

std::vector<Head> heads_here(store::Connection& connection, const std::set<journal::Stream>& streams) {
  std::vector<Head> heads;
  for (const journal::LogHere& log : journal::logs_here(connection)) {
    const auto note = journal::read_checkpoint(log.note);
    if (note && streams.contains(log.log.stream))
      heads.push_back({log.log.node, log.log.stream, log.size, short_root(note->checkpoint.root)});
  }
  return heads;
}

std::vector<Head> branches_here(store::Connection& connection, const std::set<journal::Stream>& streams) {
  std::vector<Head> heads;
  for (const journal::Fork& fork : journal::forks(connection))
    if (const auto note = journal::read_checkpoint(fork.note); note && streams.contains(fork.log.stream))
      heads.push_back({fork.log.node, fork.log.stream, fork.size, short_root(note->checkpoint.root)});
  return heads;
}

bool is_here(store::Connection& connection, const Head& head) {
  const journal::LogId id{head.node, head.stream};
  const auto log = journal::log_here(connection, id);
  if (head.size == 0) return true;
  if (log && head.size <= log->size &&
      short_root(journal::root_of(journal::stored_hashes(connection, log->number), head.size)) == head.root)
    return true;
  return std::ranges::any_of(journal::forks(connection), [&](const journal::Fork& fork) {
    return fork.log == id && fork.position < head.size && head.size <= fork.size &&
           short_root(journal::root_of_branch(connection, fork, head.size)) == head.root;
  });
}

Exchange::Exchange(Env& env, journal::Journal& journal, const journal::Options& options,
                   ExchangeSettings settings)
    : env_(env),
      journal_(journal),
      options_(options),
      settings_(std::move(settings)),
      giving_(std::make_unique<Giving>(journal, settings_, report_)),
      taking_(std::make_unique<Taking>(journal, options, settings_, report_, waiting_)) {}

Exchange::~Exchange() = default;

void Exchange::fail_with(Error error) {
  if (!failure_) waiting_.emplace_back(Refusal{std::string(kind_of(error.code).name), error.what.english});
  if (!failure_) failure_ = std::move(error);
}

bool Exchange::all_taken() const {
  return !settings_.takes || !peer_gives_ || (peer_ && taking_->idle());
}

bool Exchange::finished() const {
  return peer_ && all_taken() && told_complete_ && !hello_due_ && giving_->idle() && waiting_.empty() &&
         (peer_complete_ || !settings_.gives || !peer_takes_);
}

Hello Exchange::hello() {
  Hello said;
  said.town = options_.town;
  said.node = journal_.node();
  said.gives = settings_.gives;
  said.takes = settings_.takes;
  said.complete = peer_ && all_taken();
  said.asks = std::exchange(asking_, false);
  const auto connection = journal_.reader();
  said.heads = heads_here(*connection, settings_.streams);
  if (auto branches = branches_here(*connection, settings_.streams); !branches.empty())
    said.branches = std::move(branches);
  return said;
}

std::optional<Bytes> Exchange::next_frame() {
  try {
    if (failure_) {
      if (waiting_.empty()) return std::nullopt;
      const Bytes last = encode(waiting_.back());
      waiting_.clear();
      return last;
    }
    if (hello_due_) {
      hello_due_ = false;
      const Hello said = hello();
      told_complete_ = said.complete;
      return encode(said);
    }
    if (!waiting_.empty()) {
      const Bytes frame = encode(waiting_.front());
      waiting_.pop_front();
      return frame;
    }
    if (settings_.gives)
      if (const auto frame = giving_->next()) return encode(*frame, settings_.level);
    if (peer_ && all_taken() && !cosigned_) {
      cosign_heads_of_peer();
      return next_frame();
    }
    if (peer_ && all_taken() && !told_complete_) {
      hello_due_ = true;
      return next_frame();
    }
  } catch (const store::StoreError& failure) {
    fail_with(failure.error());
  }
  return std::nullopt;
}

void Exchange::receive(BytesView bytes) {
  last_heard_us_ = env_.clock.monotonic_microseconds();
  auto frame = decode(bytes);
  if (!frame) return fail_with(frame.error());
  try {
    if (auto* const hello = std::get_if<Hello>(&*frame)) {
      take(*hello);
    } else if (const auto* const refusal = std::get_if<Refusal>(&*frame)) {
      failure_ = Error{ErrorCode::forbidden,
                       {"相手のノードが断りました", "The other node refused: " + refusal->what},
                       {},
                       {}};
    } else if (!peer_) {
      return;  // before any Hello nothing is understood; the peer will ask again
    } else if (const auto* const want = std::get_if<Want>(&*frame)) {
      if (settings_.gives) giving_->take(*want);
    } else if (const auto* const blob = std::get_if<WantBlob>(&*frame)) {
      if (settings_.gives) giving_->take(*blob);
    } else if (auto* const piece = std::get_if<Piece>(&*frame)) {
      if (settings_.takes) taking_->take(std::move(*piece));
    } else if (auto* const part = std::get_if<BlobPiece>(&*frame)) {
      if (settings_.takes) taking_->take(std::move(*part));
    } else if (const auto* const cosigned = std::get_if<Cosigned>(&*frame)) {
      take(*cosigned);
    }
  } catch (const store::StoreError& failure) {
    fail_with(failure.error());
  }
}

void Exchange::take(const Hello& hello) {
  if (hello.town != options_.town || hello.format != Hello{}.format)
    return fail_with({ErrorCode::conflict,
                      {"別の町、または別の版のノードです", "That node is of another town or another version"},
                      hello.node.text(),
                      {}});
  if (expected_ && *expected_ != hello.node)
    return fail_with({ErrorCode::forbidden,
                      {"ノードの番号が鍵と合いません", "The node is not the one that its key says"},
                      hello.node.text(),
                      {}});
  peer_ = hello.node;
  peer_gives_ = hello.gives;
  peer_takes_ = hello.takes;
  peer_complete_ = hello.complete;
  peer_heads_ = hello.heads;
  const bool was_idle = taking_->idle();
  if (settings_.takes && peer_gives_)
    taking_->compare(peer_heads_, hello.branches.value_or(std::vector<Head>{}));
  if (!taking_->idle() && was_idle) told_complete_ = false;
  if (hello.asks) hello_due_ = true;
}

void Exchange::cosign_heads_of_peer() {
  cosigned_ = true;
  const auto connection = journal_.reader();
  for (const journal::LogHere& log : journal::logs_here(*connection)) {
    if (log.log.node != *peer_ || log.log.node == journal_.node()) continue;
    const std::string line = cosign(options_.town, log.note, options_.node_key, env_.clock.now());
    if (!journal_.keep_cosignature(log.log, log.size, journal_.node(), line)) continue;
    waiting_.emplace_back(Cosigned{log.log.node, log.log.stream, log.size, line});
  }
}

void Exchange::take(const Cosigned& cosigned) {
  const auto connection = journal_.reader();
  const auto log = journal::log_here(*connection, {cosigned.node, cosigned.stream});
  if (!log || log->log.node != journal_.node()) return;
  const auto note = journal::note_of_size(*connection, log->number, cosigned.size);
  const auto key = journal::key_of_node(*connection, *peer_);
  if (!note || !key || !is_cosigned_by(options_.town, *note, cosigned.line, *key)) return;
  const Status kept = journal_.keep_cosignature(log->log, cosigned.size, *peer_, cosigned.line);
  if (!kept) fail_with(kept.error());
}

void Exchange::tick(std::int64_t now) {
  if (last_asked_us_ == 0) last_asked_us_ = now;
  if (finished() || failure_) return;
  if (now - std::max(last_heard_us_, last_asked_us_) < settings_.ask_again_us) return;
  last_asked_us_ = now;
  hello_due_ = asking_ = true;
  taking_->ask_again();
}

}  // namespace sonae::sync
