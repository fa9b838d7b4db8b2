// What the registry promises about its facts: order does not matter, a stopped import goes on, days that
// contradict each other are a question.
#include "town/registry/testing.h"

namespace sonae::registry {
namespace {

std::string town_of(int residents, const std::string& phone_of_500 = "") {
  std::string file = "id,name,phone\n";
  for (int i = 1; i <= residents; ++i)
    file += std::to_string(i) + ",住民" + std::to_string(i) + "," + (i == 500 ? phone_of_500 : "") + "\n";
  return file;
}

// Asks to stop as soon as something was acknowledged.
class StopsEarly final : public Progress {
 public:
  void report(const Phrase& step, std::uint64_t done, std::uint64_t total) override {
    stop_ = stop_ || (step.english == "Recording the registry" && done > 0 && done < total);
  }
  bool stop_requested() const override { return stop_; }

 private:
  bool stop_ = false;
};

}  // namespace

TEST_CASE("registry: a day's change stores only the chunks in which it is") {
  TestRegistry town;
  const ImportReport first = town.imported(town_of(5000));
  CHECK(first.new_chunks == first.chunks);
  CHECK(first.chunks > 5);
  const ImportReport second = town.imported(town_of(5000, "0735-00-0000"), "2026-11-21");
  CHECK(second.new_chunks == 1);
  CHECK(second.differences->changed == 1);
  const ImportReport third = town.imported(town_of(5001), "2026-11-22");
  CHECK(third.new_chunks <= 2);
  CHECK(third.differences->moved_in == 1);
}

TEST_CASE("registry: an import that was stopped shows nothing, and the next one uses what was acknowledged") {
  TestRegistry town;
  StopsEarly progress;
  api::Call call{town.call().actor, "test", Language::english, {}, progress, std::nullopt, nullptr};
  call.file = api::InputFile{"registry.csv", town_of(60000)};
  const auto stopped = town.registry->import(call, {});
  const std::string dump = town.dump();
  town.open();
  CHECK(town.dump() == dump);
  if (!stopped) {  // a quick disk may have been done before
    CHECK(stopped.error().code == ErrorCode::cancelled);
    CHECK(town.registry->snapshots(call)->unfinished.size() == 1);
    CHECK(town.registry->version() == "empty");
  }
  const auto again = town.import(town_of(60000));
  REQUIRE(again);
  CHECK(again->counts.people == 60000);
  if (!stopped) CHECK(again->new_chunks < again->chunks);
}

TEST_CASE("registry: in whatever order the facts arrive, the tables are the same") {
  TestRegistry town;
  town.imported(town_of(300));
  town.imported(town_of(299, "1"), "2026-11-21");
  town.imported(town_of(299, "2"), "2026-11-21");  // replaces
  api::Call call = town.call();
  const auto questions = town.registry->questions(call, {});
  REQUIRE(questions->vanished.size() == 1);
  const SnapshotId missing = questions->vanished[0].snapshot;
  REQUIRE(town.registry->answer_vanished(call, {ResidentId("300"), missing, VanishedOutcome::died, {}}));
  REQUIRE(town.registry->answer_vanished(call, {ResidentId("300"), missing, VanishedOutcome::keep, {}}));
  REQUIRE(town.registry->protect(call, {ResidentId("1"), {}, {}, {}, {}}));
  REQUIRE(town.registry->protect(call, {ResidentId("2"), {}, {}, {}, {}}));
  REQUIRE(town.registry->lift_protection(call, {ResidentId("2"), {}}));
  const auto connection = town.town->journal().reader();
  const auto differs = journal::check_order_does_not_matter(
      {&town.view()}, journal::all_facts(*connection), 7,
      journal::all_blobs(*connection, town.town->journal_options().town_key));
  CHECK_MESSAGE(!differs, differs.value_or(""));
}

TEST_CASE("registry: two files for one day that do not know of each other are a question") {
  TestRegistry town;
  town.imported(town_of(3));
  // As if another node had imported it and its facts had come by sync.
  api::Call call = town.call();
  const auto connection = town.town->journal().reader();
  const FactId fact_id = town.registry->snapshots(call)->snapshots.front().fact;
  SnapshotTaken other = *journal::fact(*connection, fact_id)->as<SnapshotTaken>();
  other.snapshot = town.town->env().random.id<SnapshotId>();
  other.protections.push_back({ResidentId("2"), {}, {}, "他の端末の印"});
  journal::Batch batch;
  batch.drafts.push_back(journal::draft(journal::Stream::ordinary, std::string(kSnapshotTaken),
                                        {about(other.snapshot)}, GrantId{}, other));
  REQUIRE(town.town->journal().append(std::move(batch)));
  CHECK(town.registry->questions(call, {})->disputed.size() == 2);
  // Whichever of them counts, a mark of either protects.
  CHECK_FALSE(town.registry->output_filter(town.call_of_shelter().actor, town.town->today()).may_show("2"));
  // Another file for that day that knows of both settles it.
  town.imported(town_of(2));
  CHECK(town.registry->questions(call, {})->disputed.empty());
}

TEST_CASE("registry: mended lines are added to their snapshot") {
  TestRegistry town;
  const ImportReport report =
      town.imported("id,name,birth_date\n5,戊,x\n1,甲,1948-03-11\n3,丙,1948-03-11\n,丁,\n2,乙,\n");
  CHECK(report.counts.set_aside == 2);
  ImportRequest request;
  request.mends = report.snapshot;
  const auto mended = town.import("id,name,birth_date\n5,戊,1950-01-01\n4,丁,\n1,甲,1948-03-11\n", request);
  REQUIRE_MESSAGE(mended, mended.error().in(Language::english));
  CHECK(mended->snapshot == report.snapshot);
  CHECK(mended->counts.people == 5);
  CHECK(mended->counts.set_aside == 1);
  REQUIRE(mended->errors.size() == 1);
  CHECK(mended->errors[0].line == 4);
  CHECK(town.exported("simple") ==
        "id,name,birth_date\n1,甲,1948-03-11\n3,丙,1948-03-11\n2,乙,\n5,戊,1950-01-01\n4,丁,\n");
  CHECK(town.import("id,name,birth_date\n5,戊,1950-01-01\n4,丁,\n1,甲,1948-03-11\n", request)->unchanged);
  api::Call call = town.call();
  CHECK(town.registry->snapshots(call)->snapshots.size() == 2);
  const std::string before = town.dump();
  REQUIRE(town.town->journal().rebuild(no_progress()));
  CHECK(town.dump() == before);
}

}  // namespace sonae::registry
