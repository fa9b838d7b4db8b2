#include "journal/verify.h"

#include <future>
#include <mutex>

#include "journal/findings.h"
#include "journal/frame.h"

namespace sonae::journal {

namespace {

// One damaged page can make thousands of findings; what comes after these tells nothing new.
constexpr std::size_t kMostFindings = 1000;

// Lets two threads report in turn.
class BothReport final : public Progress {
 public:
  explicit BothReport(Progress& progress) : progress_(progress) {}
  void report(const Phrase& step, std::uint64_t done, std::uint64_t total) override {
    const std::lock_guard lock(mutex_);
    progress_.report(step, done, total);
  }
  bool stop_requested() const override {
    const std::lock_guard lock(mutex_);
    return progress_.stop_requested();
  }

 private:
  mutable std::mutex mutex_;
  Progress& progress_;
};

}  // namespace

void Findings::add(std::string place, Phrase what) {
  if (report_.findings.size() < kMostFindings) {
    report_.findings.push_back({std::move(place), std::move(what)});
  } else if (report_.findings.size() == kMostFindings) {
    report_.findings.push_back({"…", {"ほかにもあります", "There are more"}});
  }
}

void verify_blobs(store::Connection& connection, const Options& options, VerifyReport& report,
                  Findings& findings, Progress& progress) {
  const Phrase step{"添付の内容を確かめています", "Checking the blobs"};
  findings.part("blobs", [&] {
    const auto rows = connection.query("SELECT address, size, content FROM journal_blob ORDER BY address");
    while (rows->next() && !progress.stop_requested()) {
      const auto content = unframed(rows->bytes(2), static_cast<std::uint64_t>(rows->integer(1)));
      if (!content || keyed_hash(options.town_key, *content).bytes() != rows->bytes(0))
        findings.add("blob " + to_hex(rows->bytes(0)),
                     {"内容が番地と合いません", "Its content is not what its address says"});
      if (++report.blobs % 256 == 0) progress.report(step, report.blobs, 0);
    }
  });
}

Result<VerifyReport> verify(Env&, store::Database& database, const Options& options,
                            const std::vector<View*>& views, const VerifyOptions& what, Progress& progress) {
  VerifyReport report, of_views;
  Findings findings(report), found_aside(of_views);
  // The views are derived again beside the rest. Each half has one snapshot of its own for all of its parts:
  // a server may be writing.
  BothReport both(progress);
  auto deriving = std::async(std::launch::async, [&] {
    found_aside.part("database", [&] {
      const auto connection = database.connect();
      const store::Transaction snapshot(*connection, store::Transaction::Kind::read);
      verify_schema_and_views(*connection, database, options, views, what.views, found_aside, both);
    });
  });
  both.report({"データベースの構造を確かめています", "Checking the database's structure"}, 0, 0);
  findings.part("database", [&] {
    for (const std::string& words : database.check())
      findings.add("database",
                   {"データベースの構造が壊れています: " + words, "The database is damaged: " + words});
    const auto connection = database.connect();
    const store::Transaction snapshot(*connection, store::Transaction::Kind::read);
    verify_logs(*connection, options, views, report, findings, both);
    verify_blobs(*connection, options, report, findings, both);
  });
  deriving.get();
  for (Finding& finding : of_views.findings)
    findings.add(std::move(finding.place), std::move(finding.what));
  if (progress.stop_requested()) return fail(ErrorCode::cancelled, {"中止しました", "Stopped on request"});
  return report;
}

}  // namespace sonae::journal
