// What stands behind Registry: the state of the registry at one moment, and the caches of it.
#pragma once

#include <atomic>
#include <map>
#include <mutex>

#include "town/registry/cards.h"
#include "town/registry/chunk_cache.h"
#include "town/registry/differences.h"
#include "town/registry/door_extract.h"
#include "town/registry/registry.h"
#include "town/registry/snapshot.h"

namespace sonae::registry {

// Whether a protection holds on a day. Without a first day it has always held, without a last it has no end.
inline bool holds_on(Date day, const std::optional<Date>& from, const std::optional<Date>& until) {
  return (!from || *from <= day) && (!until || day <= *until);
}

// Somebody who is in no newer snapshot, though none said why.
struct Vanished {
  std::string id;
  SnapshotPtr last;                // the last that has them
  SnapshotRow missing;             // the first that has not
  std::vector<AnswerRow> answers;  // for that snapshot; several differing ones leave the question open

  bool contradicted() const;
  std::optional<VanishedOutcome> outcome() const;  // absent: open
  bool is_current() const;                         // still counts as a resident
  Presence presence() const { return outcome() ? Presence::kept : Presence::vanished; }
};

// The registry at one moment. Immutable.
struct State {
  std::uint64_t generation = 0;
  std::string version;
  std::vector<SnapshotRow> rows;              // all, the newest last
  std::vector<SnapshotRow> chain;             // those that count, one for each day, the oldest first
  SnapshotPtr newest;                         // the last of the chain; null while there is no registry
  std::vector<FactId> disputed;               // of one day and not knowing of each other
  std::vector<SnapshotPtr> disputed_current;  // others of the newest day
  std::vector<Vanished> vanished;             // by id
  std::vector<ProtectionRow> marks;           // by hand

  SnapshotPtr current() const { return newest; }
  const Vanished* vanished_one(std::string_view id) const;
};
using StatePtr = std::shared_ptr<const State>;

struct Registry::Inside {
  Inside(town::Town& opened, access::Access& record);

  town::Town& town;
  access::Access& access;
  ChunkCache chunk_cache;

  // --- state.cc
  StatePtr state();
  // Opens a snapshot that need not count any more; absent where it is not whole on this node.
  SnapshotPtr snapshot(store::Connection& connection, const SnapshotRow& row);
  // What is different from one snapshot to the next, kept in DIR/index; null where one of them is not whole
  // here.
  std::shared_ptr<const PairDifferences> pair(store::Connection& connection, const SnapshotRow& before,
                                              const SnapshotRow& after);
  journal::Blobs blobs(store::Connection& connection) const {
    return {connection, town.journal_options().town_key};
  }

  // --- residents.cc
  // The cells of one resident in a snapshot, copied.
  std::optional<std::vector<std::string>> cells(store::Connection& connection, const Snapshot& snapshot,
                                                std::string_view id);
  bool find(store::Connection& connection, const State& state, std::string_view id,
            const std::function<void(const ResidentRow&)>& use,
            const std::function<void(const Snapshot&, const std::vector<std::string_view>&)>& cells = {});
  void for_each(store::Connection& connection, const State& state,
                const std::function<void(const ResidentRow&)>& visit);

  // --- layouts.cc
  Result<std::vector<LayoutPtr>> layouts() const;

  // --- import.cc
  Result<ImportReport> import(api::Call& call, const ImportRequest& request);

  // --- mend.cc
  Result<ImportReport> mend(api::Call& call, const ImportRequest& request);

  // --- difference_report.cc
  // What is different from the snapshot before it in the chain; who had vanished before and is there again
  // has returned.
  std::vector<PairDifferences::One> changes(store::Connection& connection, const State& state,
                                            std::size_t in_chain);
  Result<DifferenceReport> difference_report(api::Call& call, const DifferencesRequest& request);

  // --- questions.cc
  Result<Questions> questions(api::Call& call, const QuestionsRequest& request);
  Result<Recorded> answer_vanished(api::Call& call, const AnswerVanishedRequest& request);

  // --- export.cc
  Result<ExportAnswer> export_residents(api::Call& call, const ExportRequest& request);
  Result<api::FileAnswer> set_aside(api::Call& call, const SetAsideRequest& request);

  // --- snapshots.cc
  SnapshotSummary summary(store::Connection& connection, const State& state, const SnapshotRow& row,
                          const OutputFilter& filter);
  // Imports that ended without a snapshot after the newest snapshot was taken.
  std::vector<UnfinishedImport> unfinished(store::Connection& connection, const State& state);
  // The one asked for, or the current one.
  Result<SnapshotPtr> chosen(store::Connection& connection, const State& state,
                             const std::optional<SnapshotId>& id);

  // --- people.cc
  Result<link::Registry> build_people(store::Connection& connection, const State& now, Progress& progress);
  Result<std::shared_ptr<const PeopleIndex>> people(Progress& progress);
  std::string people_version();  // of the index that is ready; does not wait

  // --- protect.cc
  Result<Recorded> protect(api::Call& call, const ProtectRequest& request);
  Result<Recorded> lift_protection(api::Call& call, const LiftProtectionRequest& request);
  Result<Protections> protections(api::Call& call);

  // --- door_extract.cc
  Result<DoorExtract> door_extract(api::Call& call);

  // --- cards.cc
  Result<CardList> cards(api::Call& call, const CardsRequest& request);

  // --- households.cc
  struct Households {
    std::string version;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> chunks;  // hash of the household, chunk; sorted
  };
  std::shared_ptr<const Households> households(store::Connection& connection, const State& state);
  void for_each_of_household(store::Connection& connection, const State& state, std::string_view household,
                             const std::function<void(const ResidentRow&)>& visit);

  // --- totals.cc
  struct Totals {
    std::int64_t residents = 0;
    std::int64_t households = 0;
  };
  // Of who lives here and may be shown.
  Totals totals(store::Connection& connection, const State& state, const OutputFilter& filter, Date day);

  // --- protection.cc
  std::shared_ptr<const OutputFilter::ProtectedIds> protected_ids(const State& state, Date day);
  OutputFilter filter(const State& state, const api::Actor& actor, Date day);
  // The same where more snapshots than the current one are shown: who is marked in any of them is protected.
  OutputFilter filter_over(const State& state, const api::Actor& actor, Date day,
                           std::initializer_list<SnapshotPtr> shown);

  std::shared_ptr<std::atomic<std::uint64_t>> generation = std::make_shared<std::atomic<std::uint64_t>>(1);
  std::mutex import_mutex;  // one import at a time
  std::mutex people_mutex;  // one builds the index, the others wait for it; guards people_

  std::shared_ptr<const PeopleIndex> people_;

  std::mutex mutex;                      // guards what follows
  std::optional<SnapshotId> importing_;  // the import that is under way here
  StatePtr state_;
  std::map<FactId, SnapshotPtr> opened_;
  std::map<std::pair<FactId, FactId>, std::shared_ptr<const PairDifferences>> pairs_;
  struct ProtectedDay {
    std::uint64_t generation = 0;
    Date day;
    std::shared_ptr<const OutputFilter::ProtectedIds> ids;
  };
  ProtectedDay protected_day_;
  struct TotalsOfDay {
    std::uint64_t generation = 0;
    Date day;
    Totals all, without_protected;
  };
  TotalsOfDay totals_;
  std::string people_version_;
  std::shared_ptr<const Households> households_;
};

}  // namespace sonae::registry
