#include "vault/plan_change.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/fake_env.h"
#include "vault/backup_state.h"
#include "vault/plan.h"

using namespace sonae;
using namespace sonae::vault;

namespace {

constexpr const char* kText = R"(# The plan of the hall.
tell = ["bousai@town.example"]

# near, every hour
[[target]]
name = "庁舎のディスク"   # the grey one
to = "/mnt/backup"
# kept for a month
every = "1h"
keep = 720

# far
[[target]]
name = "県"
to = "sftp://sonae@dc.example/town"
at = "02:30"

[[system]]
name = "財務会計"
repository = "/mnt/restic"
password_file = "/etc/sonae/restic"
dump = "pg_dump zaimu"
at = "03:00"
)";

TargetForm target_at(const std::string& name, const std::string& to, const std::string& every) {
  TargetForm form;
  form.name = name;
  form.to = to;
  form.every = every;
  return form;
}

struct Planned {
  FakeClock clock;
  SeededRandom random{1};
  MemoryDisk disk;
  Env env{clock, random, disk};

  explicit Planned(const std::string& text = kText) {
    REQUIRE(disk.make_directories("/town"));
    if (!text.empty()) REQUIRE(disk.write_whole("/town/backup.toml", text));
  }
  std::string text() { return *disk.read_all("/town/backup.toml"); }
  PlanForm form() { return *plan_form(env, "/town"); }
  Status change(PlanTable table, PlanChange change) {
    if (change.seen.empty()) change.seen = form().seen;
    return change_plan(env, "/town", table, change, [this](const PlanDifference& what) -> Status {
      recorded.push_back(to_text(to_json(what)));
      return {};
    });
  }
  std::uint64_t used() { return (std::uint64_t{1} << 40) - *disk.free_bytes("/town"); }

  std::vector<std::string> recorded;
};

}  // namespace

TEST_CASE("plan change: what stands in the file is shown, other systems and guests by name alone") {
  Planned planned;
  const PlanForm form = planned.form();
  REQUIRE(form.targets.size() == 2);
  CHECK(form.targets[0].every == "1h");
  CHECK(form.targets[0].keep == 720);
  CHECK(form.in_file_only == std::vector<std::string>{"財務会計"});
  CHECK(to_text(to_json(form)).find("pg_dump") == std::string::npos);
  CHECK(to_text(to_json(form)).find("password") == std::string::npos);
  CHECK(Planned("").form().targets.empty());
}

TEST_CASE("plan change: a target is changed, and the rest of the file stays to the byte") {
  Planned planned;
  TargetForm target = planned.form().targets[0];
  target.every = "15m";
  target.provers = {"abc", ""};
  target.without = {"looks"};
  REQUIRE(planned.change(PlanTable::target, {"", "/mnt/backup", target, {}}));
  const std::string text = planned.text();
  CHECK(text.starts_with(
      "# The plan of the hall.\ntell = [\"bousai@town.example\"]\n\n# near, every hour\n[[target]]\n"));
  CHECK(text.find("# kept for a month\n\n# far\n[[target]]\nname = \"県\"\n") != std::string::npos);
  CHECK(text.ends_with("dump = \"pg_dump zaimu\"\nat = \"03:00\"\n"));
  const Plan plan = *parse_plan(text, "plan");
  CHECK(plan.targets[0].when.every_ms == 15 * 60'000);
  CHECK(plan.targets[0].provers == std::vector<std::string>{"abc"});
  CHECK_FALSE(plan.targets[0].looks);
  CHECK(plan.targets[0].keep == 720);
}

TEST_CASE(
    "plan change: one is added to no plan at all, one is removed with its comment and what it remembered") {
  Planned empty("");
  REQUIRE(empty.change(PlanTable::target, {"", "", target_at("a \"b\" \\", "/c", "1d"), {}}));
  CHECK(parse_plan(empty.text(), "plan")->targets[0].name == "a \"b\" \\");
  ProofForm proof;
  proof.of = "/c";
  proof.identity_file = "/k";
  proof.at = "04:00";
  proof.systems = true;
  REQUIRE(empty.change(PlanTable::proof, {"", "", {}, proof}));
  CHECK(parse_plan(empty.text(), "plan")->proofs[0].systems);
  REQUIRE(empty.change(PlanTable::proof, {"", "/c", {}, {}}));
  CHECK(parse_plan(empty.text(), "plan")->proofs.empty());

  Planned planned;
  REQUIRE(note_failure(planned.env, "/town", Kind::town, "/mnt/backup",
                       {ErrorCode::disk_full, {"x", "x"}, {}, {}}));
  REQUIRE(planned.change(PlanTable::target, {"", "/mnt/backup", {}, {}}));
  CHECK(planned.text().find("near, every hour") == std::string::npos);
  CHECK(planned.text().find("# far\n[[target]]\nname = \"県\"") != std::string::npos);
  CHECK(read_backup_state(planned.env, "/town")->targets.empty());
}

TEST_CASE(
    "plan change: what the parser refuses is not written, and is named; nobody writes over another's "
    "change") {
  Planned planned;
  const auto refused = [&](const TargetForm& target) {
    const Status done = planned.change(PlanTable::target, {"", "/mnt/backup", target, {}});
    REQUIRE_FALSE(done);
    return done.error().where;
  };
  const TargetForm good = planned.form().targets[0];
  TargetForm bad = good;
  bad.every = "1 hour";
  CHECK(refused(bad) == "backup.toml target 1.every");
  bad = good;
  bad.at = "02:00";
  CHECK(refused(bad) == "backup.toml target 1");
  bad = good;
  bad.without = {"registry"};
  CHECK(refused(bad) == "backup.toml target 1.without");
  bad = good;
  bad.name = "two\nlines";
  CHECK(refused(bad) == "backup.toml target.name");
  bad = good;
  bad.to = "sftp://sonae@dc.example/town";
  CHECK(refused(bad) == "backup.toml target 県");
  CHECK(planned.change(PlanTable::target, {"", "/nowhere", good, {}}).error().code == ErrorCode::not_found);
  CHECK(planned.change(PlanTable::target, {"old", "/mnt/backup", good, {}}).error().code ==
        ErrorCode::conflict);
  CHECK(planned.change(PlanTable::proof, {"", "", {}, {}}).error().code == ErrorCode::invalid_input);
  CHECK(planned.text() == kText);
  Planned broken("[[target\n");
  CHECK(plan_form(broken.env, "/town").error().where == "backup.toml:1");
}

TEST_CASE("plan change: which entry changes, and how, is told before anything is written") {
  Planned planned;
  TargetForm target = planned.form().targets[0];
  target.every = "15m";
  target.provers = {"abc"};
  target.keep = std::nullopt;
  REQUIRE(planned.change(PlanTable::target, {"", "/mnt/backup", target, {}}));
  REQUIRE(planned.change(PlanTable::target, {"", "sftp://sonae@dc.example/town", {}, {}}));
  REQUIRE(planned.change(PlanTable::target, {"", "", target_at("usb", "/media/usb", "1d"), {}}));
  REQUIRE(planned.recorded.size() == 3);
  CHECK(planned.recorded[0].starts_with(R"({"before":"/mnt/backup","after":"/mnt/backup","keys":[)"));
  CHECK(planned.recorded[0].find(R"({"key":"every","before":"\"1h\"","after":"\"15m\""})") !=
        std::string::npos);
  CHECK(planned.recorded[0].find(R"({"key":"keep","before":"720","after":""})") != std::string::npos);
  CHECK(planned.recorded[0].find(R"({"key":"provers","before":"","after":"[\"abc\"]"})") !=
        std::string::npos);
  CHECK(planned.recorded[0].find("name") == std::string::npos);
  CHECK(planned.recorded[1].starts_with(R"({"before":"sftp://sonae@dc.example/town","after":"","keys":[)"));
  CHECK(planned.recorded[2].starts_with(R"({"before":"","after":"/media/usb","keys":[)"));

  const std::string before = planned.text();
  const auto refusing = [](const PlanDifference&) -> Status { return fail(ErrorCode::disk_full, {}); };
  CHECK_FALSE(change_plan(planned.env, "/town", PlanTable::target,
                          {planned.form().seen, "/media/usb", {}, {}}, refusing));
  CHECK(planned.text() == before);
}

TEST_CASE("plan change: on a full disk the old plan stays whole, with what its runs remember") {
  Planned planned;
  const TargetForm target = target_at("usb", "/media/usb", "1d");
  planned.disk.set_capacity(planned.used());
  const Status refused = planned.change(PlanTable::target, {"", "", target, {}});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::disk_full);
  CHECK(planned.text() == kText);
  CHECK(planned.recorded.empty());  // nobody is said to have changed anything

  // There is room for the plan, and none for forgetting how the runs of what went were.
  planned.disk.set_capacity(std::uint64_t{1} << 40);
  for (int i = 0; i < 20; ++i)
    REQUIRE(note_failure(planned.env, "/town", Kind::town, i == 0 ? "/mnt/backup" : std::to_string(i),
                         {ErrorCode::io_failure, {"x", "x"}, {}, {}}));
  planned.disk.set_capacity(planned.used() + std::string(kText).size());
  const Status half = planned.change(PlanTable::target, {"", "/mnt/backup", {}, {}});
  REQUIRE_FALSE(half);
  CHECK(half.error().code == ErrorCode::disk_full);
  CHECK(planned.text() == kText);
  CHECK_FALSE(planned.disk.status("/town/backup.toml.next"));
  CHECK(read_backup_state(planned.env, "/town")->targets.size() == 20);
}

TEST_CASE("plan change: what is put in comes out again, whatever its texts") {
  CHECK(rc::check([](const std::string& name, const std::string& place) {
    const auto plain = [](std::string text) {
      std::erase_if(text, [](char c) { return c < 0x20 || c > 0x7e; });
      return "x" + text;
    };
    Planned planned;
    TargetForm target = target_at(plain(name), "/" + plain(place), "2h");
    target.keep = 3;
    RC_ASSERT(planned.change(PlanTable::target, {"", "", target, {}}).has_value());
    const TargetForm back = planned.form().targets.back();
    RC_ASSERT(to_json(back) == to_json(target));
    RC_ASSERT(planned.change(PlanTable::target, {"", target.to, {}, {}}).has_value());
    RC_ASSERT(planned.text() == std::string(kText) + "\n");
  }));
}
