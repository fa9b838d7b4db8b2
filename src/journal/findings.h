// What a verification finds, gathered as it goes.
#pragma once

#include "journal/verify.h"

namespace sonae::journal {

class Findings {
 public:
  explicit Findings(VerifyReport& report) : report_(report) {}
  void add(std::string place, Phrase what);

  // Runs one part of the verification. Where the database itself fails in it, that is a finding too, and the
  // other parts go on.
  template <class Part>
  void part(const std::string& place, Part run) {
    try {
      run();
    } catch (const store::StoreError& failure) {
      add(failure.error().where.empty() ? place : place + " (" + failure.error().where + ")",
          failure.error().what);
    }
  }

 private:
  VerifyReport& report_;
};

// The parts, each within the snapshot of `connection`.
void verify_logs(store::Connection& connection, const Options& options, const std::vector<View*>& views,
                 VerifyReport& report, Findings& findings, Progress& progress);
void verify_blobs(store::Connection& connection, const Options& options, VerifyReport& report,
                  Findings& findings, Progress& progress);
void verify_schema_and_views(store::Connection& connection, store::Database& database, const Options& options,
                             const std::vector<View*>& views, bool compare_views, Findings& findings,
                             Progress& progress);

}  // namespace sonae::journal
