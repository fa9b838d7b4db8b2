// The taking side of an exchange: knows what is missing here, gathers the pieces of a range and the blobs
// that it names, and hands whole ranges to the journal.
#pragma once

#include <deque>
#include <map>
#include <set>

#include "journal/reading.h"
#include "sync/exchange.h"

namespace sonae::sync {

class Taking {
 public:
  Taking(journal::Journal& journal, const journal::Options& options, const ExchangeSettings& settings,
         ExchangeReport& report, std::deque<Frame>& out)
      : journal_(journal), options_(options), settings_(settings), report_(report), out_(out) {}

  // What the peer holds, as it says now: what is missing here is wanted.
  void compare(const std::vector<Head>& heads);
  void take(Piece piece);
  void take(BlobPiece piece);
  void ask_again();
  bool idle() const { return logs_.empty(); }

 private:
  // One log that lacks something here.
  struct Log {
    std::uint64_t until = 0;  // how far the peer has it
    std::uint64_t first = 0;  // of the entries gathered
    bool whole = false;       // the histories differ: all of it in one range, to see where
    bool asked = false;
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

  bool differs(store::Connection& connection, const Head& head, const journal::LogHere& here) const;
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
  std::set<journal::LogId> given_up_;
};

}  // namespace sonae::sync
