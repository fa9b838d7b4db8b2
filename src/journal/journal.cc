#include "journal/journal.h"

#include <algorithm>
#include <atomic>

#include "journal/meta.h"
#include "journal/readers.h"
#include "journal/tables.h"
#include "journal/writer.h"

namespace sonae::journal {

namespace {

using store::Transaction;

class OpenJournal final : public Journal {
 public:
  OpenJournal(Env& env, store::Database& database, Options options, std::vector<View*> views)
      : env_(env),
        options_(std::move(options)),
        node_(node_id_of(options_.node_key.public_key())),
        clock_(env.clock),
        connection_(database.connect()),
        syncing_(database.connect()),
        blobs_(*connection_, options_.town_key),
        views_(std::move(views)),
        logs_(options_, *connection_, ruling_),
        readers_(std::make_shared<Readers>(database)) {}

  Status start(store::Database& database) {
    claim_ = TRY(database.claim_writer());
    Transaction transaction(*connection_, Transaction::Kind::write);
    TRY(make_or_check_tables());
    TRY(logs_.load(clock_));
    std::vector<Subject> moved;
    if (options_.admission != nullptr) ruling_ = apply_ruling(*connection_, options_, moved);
    std::vector<View*> outdated;
    for (View* const view : views_.all())
      if (meta(*connection_, version_name(*view)) != std::to_string(view->version()))
        outdated.push_back(view);
    if (!outdated.empty()) TRY(derive_again(outdated, no_progress()));
    for (const Subject& subject : moved)
      if (views_.folds(subject.kind))
        views_.fold(*connection_, blobs_, subject, facts_about(*connection_, subject));
    forget_absent_views();
    transaction.commit();
    writer_ = std::make_unique<Writer>(*connection_, *syncing_, logs_, views_, blobs_, options_, ruling_);
    return {};
  }

  Result<std::vector<Receipt>> append(Batch batch) override {
    Result<PreparedBatch> prepared = prepare(std::move(batch), node_, options_.town_key, clock_, env_.random);
    if (!prepared) return std::unexpected(prepared.error());
    Result<std::vector<Receipt>> receipts;
    std::atomic<bool> durable = false;
    prepared->done = [&receipts, &durable](Result<std::vector<Receipt>> result) {
      receipts = std::move(result);
      durable.store(true, std::memory_order_release);  // from here on they may be gone
    };
    if (const std::shared_ptr<Bell> bell = writer_->put(std::move(*prepared))) bell->wait(durable);
    return receipts;
  }

  void append_later(Batch batch, std::function<void(Result<std::vector<Receipt>>)> done) override {
    Result<PreparedBatch> prepared = prepare(std::move(batch), node_, options_.town_key, clock_, env_.random);
    if (!prepared) return done(std::unexpected(prepared.error()));
    prepared->done = std::move(done);
    writer_->put(std::move(*prepared));
  }

  NodeId node() const override { return node_; }
  const PublicKey& node_public_key() const override { return options_.node_key.public_key(); }
  Hash address_of(BytesView blob) const override { return keyed_hash(options_.town_key, blob); }
  std::shared_ptr<store::Connection> reader() override { return readers_->take(); }
  void listen(Listener listener) override { writer_->listen(std::move(listener)); }

  Status ingest(const LogRange& range) override {
    const ReadyRange ready = TRY(make_ready(range, options_.town_key));
    TRY(ingest_ready(std::span(&ready, 1)));
    return settle();
  }
  Status ingest_ready(std::span<const ReadyRange> ranges) override { return writer_->ingest(ranges, clock_); }
  Status settle() override {
    try {
      readers_->take()->make_durable();
      return {};
    } catch (const store::StoreError& failure) {
      return std::unexpected(failure.error());
    }
  }

  Status keep_cosignature(const LogId& log, std::uint64_t size, const NodeId& signer,
                          BytesView line) override {
    return writer_->paused([&](store::Connection& connection) -> Status {
      try {
        Transaction transaction(connection, Transaction::Kind::write);
        store_cosignature(connection, log, size, signer, line);
        transaction.commit();
        return {};
      } catch (const store::StoreError& failure) {
        return std::unexpected(failure.error());
      }
    });
  }

  Status rebuild(Progress& progress) override {
    return writer_->paused([&](store::Connection& connection) -> Status {
      try {
        Transaction transaction(connection, Transaction::Kind::write);
        TRY(derive_again(views_.all(), progress));
        transaction.commit();
        connection.make_durable();
        return {};
      } catch (const store::StoreError& failure) {
        return std::unexpected(failure.error());
      }
    });
  }

 private:
  Status make_or_check_tables() {
    if (make_journal_tables(*connection_)) set_meta(*connection_, "town", options_.town.text());
    if (meta(*connection_, "schema") != kSchema)
      return fail(
          ErrorCode::unsupported,
          {"このデータは別の版の Sonae のものです", "This town was written by another version of Sonae"}, {},
          {"新しい版の Sonae で開いてください", "Open it with a newer Sonae"});
    if (meta(*connection_, "town") != options_.town.text())
      return fail(ErrorCode::conflict, {"別の自治体のデータです", "This database belongs to another town"});
    return {};
  }

  // A view that is not open now will miss what is written now: it is derived again when it comes back.
  void forget_absent_views() {
    std::vector<std::string> absent;
    const auto names = connection_->query("SELECT name FROM journal_meta WHERE name LIKE 'view %'");
    while (names->next())
      if (std::ranges::none_of(views_.all(),
                               [&](const View* view) { return version_name(*view) == names->text(0); }))
        absent.push_back(names->string(0));
    for (const std::string& name : absent)
      connection_->run("DELETE FROM journal_meta WHERE name = $1", name);
  }

  Status derive_again(const std::vector<View*>& views, Progress& progress) {
    TRY(rebuild_views(*connection_, *connection_, blobs_, options_.town_key, views, progress));
    for (const View* const view : views)
      set_meta(*connection_, version_name(*view), std::to_string(view->version()));
    return {};
  }

  Env& env_;
  const Options options_;
  const NodeId node_;
  HybridClock clock_;
  std::unique_ptr<store::Claim> claim_;
  std::unique_ptr<store::Connection> connection_;  // the writer's
  std::unique_ptr<store::Connection> syncing_;     // its second thread's
  Blobs blobs_;
  Views views_;
  Ruling ruling_{.everything = true};  // what is admitted; the writer changes it
  LogWriter logs_;
  std::shared_ptr<Readers> readers_;
  std::unique_ptr<Writer> writer_;  // last: its thread uses all of the above
};

}  // namespace

Result<std::unique_ptr<Journal>> Journal::open(Env& env, store::Database& database, Options options,
                                               std::vector<View*> views) {
  try {
    auto journal = std::make_unique<OpenJournal>(env, database, std::move(options), std::move(views));
    TRY(journal->start(database));
    return journal;
  } catch (const store::StoreError& failure) {
    return std::unexpected(failure.error());
  }
}

}  // namespace sonae::journal
