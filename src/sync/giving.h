// The giving side of an exchange: answers what the peer wants, piece by piece, the most urgent stream first.
#pragma once

#include <optional>
#include <vector>

#include "journal/fork.h"
#include "journal/reading.h"
#include "sync/exchange.h"

namespace sonae::sync {

// How urgent a stream is: the smaller, the sooner.
int urgency(journal::Stream stream);

class Giving {
 public:
  Giving(journal::Journal& journal, const ExchangeSettings& settings, ExchangeReport& report)
      : journal_(journal), settings_(settings), report_(report) {}
  void take(const Want& want);
  void take(const WantBlob& want);
  std::optional<Frame> next();
  bool idle() const { return ranges_.empty() && blobs_.empty(); }

 private:
  struct Range {
    journal::LogHere log;
    std::uint64_t next = 0;
    std::uint64_t target = 0;
    Bytes note;
    std::optional<journal::Fork> branch;  // of this history, not of the log
  };
  Frame next_piece(store::Connection& connection, std::size_t index);
  std::optional<Frame> next_blob(store::Connection& connection, std::size_t index);

  journal::Journal& journal_;
  const ExchangeSettings& settings_;
  ExchangeReport& report_;
  std::vector<Range> ranges_;
  std::vector<WantBlob> blobs_;
};

}  // namespace sonae::sync
