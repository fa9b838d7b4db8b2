// One exchange between two nodes of a town, as a state machine on frames: what comes in is handed to
// receive(), what is to go out is taken with next_frame(). Sockets, a simulator or a test carry the frames;
// they may lose, double and reorder them, and break off anywhere: nothing half-received is stored, and the
// next exchange goes on where the journal ends, or inside a range where its beginning was kept
// (sync/unfinished.h).
//
// Each side says which logs it holds and how far (Hello), asks for what it lacks, the most urgent stream
// first, checks every range against its node's signed head (Journal::ingest), countersigns the other's heads,
// and says when it has everything. Used by one thread; the journals may be in use by others.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "journal/journal.h"
#include "sync/frames.h"
#include "sync/unfinished.h"

namespace sonae::sync {

struct ExchangeSettings {
  bool gives = true;
  bool takes = true;
  std::set<journal::Stream> streams{journal::Stream::urgent, journal::Stream::ordinary,
                                    journal::Stream::access, journal::Stream::restricted};
  std::size_t piece_bytes = std::size_t{64} << 10;  // of entries in one frame, before compression
  int level = 3;                                    // of zstd; a slow line is worth 19
  std::uint64_t range_entries = 4096;               // at most so many up to the signed head that ends a range
  std::int64_t ask_again_us = 20'000'000;           // what did not come by then is asked for again
  Unfinished* unfinished = nullptr;  // where parts of ranges wait for the next exchange; outlives this one
};

struct ExchangeReport {
  std::uint64_t facts_given = 0;
  std::uint64_t facts_taken = 0;
  std::uint64_t blobs_given = 0;
  std::uint64_t blobs_taken = 0;
  std::vector<std::string> problems;  // logs that could not be taken, and why
};
BOOST_DESCRIBE_STRUCT(ExchangeReport, (), (facts_given, facts_taken, blobs_given, blobs_taken, problems))

class Giving;
class Taking;

class Exchange {
 public:
  Exchange(Env& env, journal::Journal& journal, const journal::Options& options, ExchangeSettings settings);
  ~Exchange();

  // The peer as the transport proved it; without it, the peer is who it says it is.
  void expect(const NodeId& peer) { expected_ = peer; }

  void receive(BytesView frame);
  // Nothing: there is nothing to say now.
  std::optional<Bytes> next_frame();
  // To be called from time to time: asks again for what did not come.
  void tick(std::int64_t monotonic_us);

  // Both sides have what they want of each other.
  bool finished() const;
  const std::optional<Error>& failure() const { return failure_; }
  const ExchangeReport& report() const { return report_; }
  // What the peer holds, as it last said.
  const std::vector<Head>& peer_heads() const { return peer_heads_; }
  const std::optional<NodeId>& peer() const { return peer_; }

 private:
  void take(const Hello& hello);
  void take(const Cosigned& cosigned);
  void cosign_heads_of_peer();
  Hello hello();
  bool all_taken() const;
  void fail_with(Error error);

  Env& env_;
  journal::Journal& journal_;
  const journal::Options& options_;
  const ExchangeSettings settings_;
  std::optional<NodeId> expected_;
  std::optional<NodeId> peer_;
  std::vector<Head> peer_heads_;
  bool peer_gives_ = true, peer_takes_ = true, peer_complete_ = false;
  bool hello_due_ = true;
  bool asking_ = false;         // the next Hello asks for an answer
  bool told_complete_ = false;  // our last Hello said so
  bool cosigned_ = false;
  std::int64_t last_heard_us_ = 0, last_asked_us_ = 0;
  std::deque<Frame> waiting_;  // small frames that go before anything else
  std::unique_ptr<Giving> giving_;
  std::unique_ptr<Taking> taking_;
  std::optional<Error> failure_;
  ExchangeReport report_;
};

}  // namespace sonae::sync
