// The taking side of an exchange: knows what is missing here, gathers the pieces of a range and the blobs
// that it names, and hands whole ranges to the journal.
#pragma once

#include <deque>
#include <map>
#include <set>

#include "journal/blob.h"
#include "journal/reading.h"
#include "sync/exchange.h"

namespace sonae::sync {

class Taking {
 public:
  Taking(journal::Journal& journal, const journal::Options& options, const ExchangeSettings& settings,
         ExchangeReport& report, std::deque<Frame>& out)
      : journal_(journal), options_(options), settings_(settings), report_(report), out_(out) {}

  ~Taking();  // what is half here waits for the next exchange
  Taking(const Taking&) = delete;
  Taking& operator=(const Taking&) = delete;

  // What the peer holds, as it says now: what is missing here is wanted.
  void compare(const std::vector<Head>& heads, const std::vector<Head>& branches);
  void take(Piece piece);
  void take(const BlobPiece& piece);
  void ask_again();
  bool idle() const { return logs_.empty() && branches_.empty(); }

 private:
  // One log that lacks something here.
  struct Log {
    std::uint64_t until = 0;  // how far the peer has it
    std::uint64_t first = 0;  // of the entries gathered
    bool whole = false;       // the histories differ: all of it in one range, to see where
    std::string branch{};     // the root of the history beside the log that is wanted; empty: the log
    bool asked = false;
    bool taken_up = false;  // begins with what an earlier exchange left
    PublicKey key;
    std::vector<journal::LogEntry> entries;
    std::map<std::uint64_t, Bytes> notes;  // by size
    std::set<Hash> missing;                // blobs that the entries name and that are not here
    std::uint64_t next() const { return first + entries.size(); }
  };
  struct Blob {
    std::uint64_t total = 0;
    std::uint64_t size = 0;
    Bytes bytes;
    journal::Stream stream = journal::Stream::ordinary;
  };
  using Logs = std::map<journal::LogId, Log>;

  void take_up(const journal::LogId& id, Log& log, const journal::Blobs& here);
  void begin_branches();
  void ask();
  void ask(const journal::LogId& id, Log& log);
  void store_what_is_whole(Logs::iterator at);
  Status store_blob(const Hash& address, const Blob& blob);
  void give_up(Logs::iterator at, const Error& error);

  journal::Journal& journal_;
  const journal::Options& options_;
  const ExchangeSettings& settings_;
  ExchangeReport& report_;
  std::deque<Frame>& out_;
  Logs logs_;
  std::map<Hash, Blob> blobs_;
  std::deque<Head> branches_;               // still to be asked for: after the log itself
  std::set<journal::LogId> fetched_again_;  // bodies that were lacking: once in an exchange
  std::set<journal::LogId> given_up_;
};

}  // namespace sonae::sync
