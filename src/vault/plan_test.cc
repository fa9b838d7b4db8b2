#include "vault/plan.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace sonae;
using namespace sonae::vault;

namespace {
constexpr std::int64_t kMinute = 60'000, kHour = 60 * kMinute, kDay = 24 * kHour;
Instant at(const char* text) {
  return *parse_rfc3339(text);
}
}  // namespace

TEST_CASE("plan: targets, other systems, proofs and who is told are read") {
  const auto plan = parse_plan(R"(
    tell = ["bousai@town.example"]
    [[target]]
    name = "庁舎のディスク"
    to = "/mnt/backup"
    every = "1h"
    keep = 720
    proven_within = "30h"
    provers = ["abc"]
    [[target]]
    name = "県のデータセンター"
    to = "sftp://sonae@dc.example/town"
    reach = "remote"
    at = "02:30"
    late_after = "2d"
    [[system]]
    name = "財務会計"
    repository = "/mnt/backup/restic"
    password_file = "/etc/sonae/restic"
    dump = "pg_dump zaimu"
    at = "03:00"
    priority = 3
    [[target]]
    name = "回線の先"
    to = "sftp://sonae@far.example/town"
    every = "10m"
    without = ["looks"]
    [[proof]]
    of = "/mnt/backup"
    identity_file = "/srv/proving.key"
    at = "04:00"
    systems = true
  )",
                               "backup.toml");
  REQUIRE_MESSAGE(plan, plan.error().in(Language::english));
  REQUIRE(plan->targets.size() == 3);
  CHECK(plan->targets[1].looks);
  CHECK_FALSE(plan->targets[2].looks);
  CHECK(plan->targets[0].when.every_ms == kHour);
  CHECK(plan->targets[0].when.late_after_ms == 2 * kHour + 15 * kMinute);
  CHECK(plan->targets[0].keep == 720);
  CHECK(plan->targets[0].proven_within_ms == 30 * kHour);
  CHECK(plan->targets[1].reach == Reach::remote);
  CHECK(plan->targets[1].when.at_minutes == 150);
  CHECK(plan->targets[1].when.late_after_ms == 2 * kDay);
  CHECK(plan->systems[0].dump == "pg_dump zaimu");
  CHECK(plan->systems[0].priority == 3);
  CHECK(plan->proofs[0].systems);
  CHECK(plan->tell.front() == "bousai@town.example");
}

TEST_CASE("plan: what is wrong is named") {
  const auto refused = [](const char* toml) { return parse_plan(toml, "plan").error().where; };
  CHECK(refused("[[target]]\nname = \"a\"\nto = \"/b\"\nevery = \"1h\"\nkep = 3") == "plan target 1.kep");
  CHECK(refused("[[target]]\nname = \"a\"\nto = \"/b\"") == "plan target 1");
  CHECK(refused("[[target]]\nname = \"a\"\nto = \"/b\"\nevery = \"1h\"\nat = \"02:30\"") == "plan target 1");
  CHECK(refused("[[target]]\nname = \"a\"\nto = \"/b\"\nevery = \"1 hour\"") == "plan target 1.every");
  CHECK(refused("[[target]]\nname = \"a\"\nto = \"/b\"\nat = \"24:00\"") == "plan target 1.at");
  CHECK(refused("[[target]]\nto = \"/b\"\nevery = \"1h\"") == "plan target 1.name");
  CHECK(refused("[target]\nto = \"/b\"") == "plan target");
  CHECK(refused("[[system]]\nname=\"a\"\nrepository=\"/r\"\npassword_file=\"/p\"\nevery=\"1h\"") ==
        "plan system 1.paths");
  for (const char* const part : {"urgent", "ordinary", "restricted", "registry", "blobs"})
    CHECK(parse_plan("[[target]]\nname = \"a\"\nto = \"/b\"\nevery = \"1h\"\nwithout = [\"" +
                         std::string(part) + "\"]",
                     "plan")
              .error()
              .where == "plan target 1.without");
  CHECK(refused("tell = [\"nobody\"]") == "plan.tell");
  CHECK(refused("every = \"1h\"") == "plan.every");
  CHECK(refused("[[target\n") == "plan:1");
  CHECK(parse_plan("", "plan")->empty());
}

TEST_CASE("schedule: the next run comes after the last, at its time, sooner after a failure") {
  CHECK(next_due(every(kHour), {}, 0) == Instant{});
  CHECK(next_due(every(kHour), at("2026-11-21T00:00:00Z"), 0) == at("2026-11-21T01:00:00Z"));
  CHECK(next_due(every(kHour), at("2026-11-21T00:00:00Z"), 1) == at("2026-11-21T00:05:00Z"));
  CHECK(next_due(every(kHour), at("2026-11-21T00:00:00Z"), 9) == at("2026-11-21T01:00:00Z"));
  CHECK(next_due(every(2 * kMinute), at("2026-11-21T00:00:00Z"), 3) == at("2026-11-21T00:02:00Z"));
  // 02:30 in Japan is 17:30 UTC of the day before.
  CHECK(next_due(daily_at(150), at("2026-11-20T17:30:00Z"), 0) == at("2026-11-21T17:30:00Z"));
  CHECK(next_due(daily_at(150), at("2026-11-20T17:29:59Z"), 0) == at("2026-11-20T17:30:00Z"));
  CHECK(next_due(daily_at(150), at("2026-11-20T17:31:00Z"), 2) == at("2026-11-20T17:41:00Z"));
  CHECK(is_due(daily_at(150), at("2030-01-01T00:00:00Z"), 0, at("2026-11-20T17:30:00Z")));
}

TEST_CASE("schedule: it is always due again within its period, and never at the moment of its last run") {
  rc::check([] {
    const auto minutes = *rc::gen::inRange<std::int64_t>(0, 1440);
    const Instant last{*rc::gen::inRange<std::int64_t>(0, 4'000'000'000'000)};
    const auto failures = *rc::gen::inRange<std::int64_t>(0, 100);
    for (const Schedule& schedule : {daily_at(minutes), every((minutes + 1) * kMinute)}) {
      const Instant next = next_due(schedule, last, failures);
      RC_ASSERT(next > last);
      RC_ASSERT(next.milliseconds <= last.milliseconds + kDay);
      RC_ASSERT(is_due(schedule, last, failures, next));
      RC_ASSERT(!is_due(schedule, last, failures, last));
    }
  });
}
