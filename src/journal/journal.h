// The journal of one town on one node: appends facts durably, keeps the views, proves what it holds.
//
// One writer thread commits in groups: all drafts that wait are written, their subjects' rows folded and the
// tree heads signed in one transaction; a second thread syncs the disk, while the next group is written, and
// gives every caller its receipts. A fact may thus be read a moment before it is durable, never acknowledged.
// Any thread may append and read.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/progress.h"
#include "base/sign.h"
#include "journal/admission.h"
#include "journal/fact.h"
#include "journal/view.h"

namespace sonae::journal {

struct Options {
  TownId town;
  Bytes town_key;  // 32 bytes: addresses of blobs
  SigningKey node_key;
  const Admission* admission = nullptr;  // who decides which logs are admitted; null: nobody, all are
  std::vector<NodeId> anchors{};         // what it is told (journal/admission.h)
};

// Facts and blobs that are stored together or not at all.
struct Batch {
  std::vector<Draft> drafts;
  std::vector<Bytes> blobs;  // contents; their addresses are Journal::address_of
  // The batch is refused (conflict) unless each of these facts is still not superseded when it is written:
  // what a decision was based on. Empty for most.
  std::vector<FactId> still_valid;
};

class Journal {
 public:
  // Opens the logs, creates missing tables, rebuilds views whose version changed, and starts the writer. The
  // views outlive the journal. `database` likewise.
  static Result<std::unique_ptr<Journal>> open(Env& env, store::Database& database, Options options,
                                               std::vector<View*> views);
  virtual ~Journal() = default;

  // Returns when everything in the batch is durable. The receipts stand in the order of the drafts. A draft
  // whose id is already here with the same content gets the receipt of the first time; with other content it
  // is a conflict.
  virtual Result<std::vector<Receipt>> append(Batch batch) = 0;
  // The same without waiting; `done` runs on a thread of the journal, must be quick
  // and must not append.
  virtual void append_later(Batch batch, std::function<void(Result<std::vector<Receipt>>)> done) = 0;

  virtual NodeId node() const = 0;
  virtual const PublicKey& node_public_key() const = 0;
  virtual Hash address_of(BytesView blob) const = 0;

  // A connection for reading views and facts; use it from one thread, and give it back by destroying it.
  // (Connections are pooled.)
  virtual std::shared_ptr<store::Connection> reader() = 0;

  // Called on a thread of the journal after each commit with the kinds and subjects that were touched: for
  // caches and derived indexes that follow the views, and for pages that show them. Must be quick and must
  // not append.
  using Listener = std::function<void(std::span<const Subject>)>;
  virtual void listen(Listener listener) = 0;

  // Returns when all that can be read now is durable. Who answers upon what is here already, without
  // appending, asks for it first: what was read may be a commit whose sync is under way, or failed.
  virtual Status settle() = 0;

  // Stores a range of another node's log (journal/ingest.h); durable when it returns.
  virtual Status ingest(const struct LogRange& range) = 0;
  // The same for who brings many (journal/ready_range.h): all of these, or nothing where one is refused. They
  // can be read at once, and are durable when settle() has returned. A power cut before it costs the last of
  // what was brought, no more.
  virtual Status ingest_ready(std::span<const struct ReadyRange> ranges) = 0;

  // Keeps another's signature of a head beside the log; nothing happens where the log is not here.
  virtual Status keep_cosignature(const LogId& log, std::uint64_t size, const NodeId& signer,
                                  BytesView line) = 0;

  // Stops writing, throws all views away and derives them again from the facts. Reports facts done.
  virtual Status rebuild(Progress& progress) = 0;
};

// Reading facts on a connection. A fact that two nodes hold in their logs (a device's, forwarded to both) is
// one fact.
std::vector<Fact> facts_about(store::Connection& connection, const Subject& subject);
std::optional<Fact> fact(store::Connection& connection, const FactId& id);

// The newest facts first, at most so many; `superseded` is not said. Of each log the last ones are read, so
// the cost does not grow with the journal.
std::vector<Fact> newest_facts_about(store::Connection& connection, const Subject& subject,
                                     std::int64_t limit);
std::vector<Fact> newest_facts_of_stream(store::Connection& connection, Stream stream, std::int64_t limit);

}  // namespace sonae::journal
