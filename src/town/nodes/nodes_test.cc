#include "town/nodes/nodes.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <set>

#include "journal/fork.h"
#include "journal/reading.h"
#include "journal/testing.h"
#include "journal/verify.h"
#include "town/node_key.h"
#include "town/nodes/admission.h"
#include "town/nodes/requests.h"

using namespace sonae;
using journal::Stream;

namespace {

// A node of a town in the real world: its directory, its keys, its operations.
struct Machine {
  std::string path;
  std::unique_ptr<journal::View> access_view = access::make_view(), nodes_view = nodes::make_view();
  std::unique_ptr<town::Town> town;
  std::unique_ptr<access::Access> access;
  std::unique_ptr<nodes::Nodes> nodes;
  api::Catalogue operations;

  explicit Machine(std::string directory) : path(std::move(directory)) { open(); }
  std::vector<journal::View*> views() { return {access_view.get(), nodes_view.get()}; }
  void open() {
    nodes.reset();
    access.reset();
    town.reset();
    operations = {};
    auto opened =
        town::Town::open(real_env(), {SONAE_DATA_DIR, path + ".keys"}, path, views(), &nodes::admission());
    REQUIRE_MESSAGE(opened, opened.error().in(Language::english));
    town = std::move(*opened);
    access = std::make_unique<access::Access>(*town);
    nodes = std::make_unique<nodes::Nodes>(*town, *access);
    REQUIRE(nodes->introduce_itself({}));
    REQUIRE(nodes->tell_trusted());
    nodes->add_operations(operations);
    access->add_operations(operations);
  }
  NodeId id() const { return town->journal().node(); }
  Result<json::value> run(std::string_view operation, const std::string& input) {
    const auto actor = access->actor("root");
    if (!actor) return std::unexpected(actor.error());
    api::Call call;
    call.actor = *actor;
    call.purpose = "test";
    return operations.invoke(operation, call, *parse_json(input));
  }
  Status open_account(const std::string& login) {
    const auto done =
        run("access.open_account", R"({"login":")" + login + R"(","name":"x","role":"viewer"})");
    if (!done) return std::unexpected(done.error());
    return {};
  }
  bool has(const std::string& login) const { return access->actor(login).has_value(); }
  std::string dump() {
    std::string text;
    const auto connection = town->journal().reader();
    journal::dump(*connection, town->views(), [&](std::string_view line) { text.append(line) += '\n'; });
    return text;
  }
  bool sound() {
    const auto report = journal::verify(real_env(), town->database(), town->journal_options(), town->views(),
                                        {}, no_progress());
    REQUIRE(report);
    for (const auto& one : report->findings)
      MESSAGE(one.place << ": " << one.what.english);
    return report->sound();
  }
};

// Hands over everything that one has; the streams in this order.
void carry(Machine& from, Machine& to,
           const std::vector<Stream>& order = {Stream::urgent, Stream::ordinary, Stream::access,
                                               Stream::restricted}) {
  const auto reader = from.town->journal().reader();
  for (const Stream stream : order)
    for (const journal::LogHere& log : journal::logs_here(*reader)) {
      if (log.log.stream != stream) continue;
      std::uint64_t first = 0;
      while (auto range =
                 journal::read_range(*reader, log.log, first, 2, from.town->journal_options().town_key)) {
        first += range->entries.size();
        const Status stored = to.town->journal().ingest(*range);
        if (!stored) MESSAGE(stored.error().in(Language::english));
        CHECK(stored);
      }
    }
  CHECK(to.nodes->tell());
}

// An image of a machine: directory and key. (Both have the same device and inode numbers in the real world;
// here the key is named after the copy's.)
std::string image_of(Machine& machine, const std::string& copy) {
  const std::string town = machine.town->profile().id.text();
  machine.nodes.reset();
  machine.access.reset();
  machine.town.reset();
  std::filesystem::copy(machine.path, copy, std::filesystem::copy_options::recursive);
  std::filesystem::create_directories(copy + ".keys");
  const auto status = real_env().disk.status(copy);
  char name[64];
  std::snprintf(name, sizeof name, "-%llx-%llx.json", static_cast<unsigned long long>(status->device),
                static_cast<unsigned long long>(status->inode));
  for (const auto& file : std::filesystem::directory_iterator(machine.path + ".keys"))
    if (file.path().extension() == ".json")
      std::filesystem::copy_file(file.path(), copy + ".keys/" + town + name);
  machine.open();
  return copy;
}

// The directory alone: who works in the copy is a new node.
std::string copy_of(Machine& machine, const std::string& copy) {
  machine.nodes.reset();
  machine.access.reset();
  machine.town.reset();
  std::filesystem::copy(machine.path, copy, std::filesystem::copy_options::recursive);
  machine.open();
  return copy;
}

// As `sonae node renew`.
void renew(Machine& machine) {
  const TownId town = machine.town->profile().id;
  machine.nodes.reset();
  machine.access.reset();
  machine.town.reset();
  const auto old = town::find_or_make_node_key(real_env(), machine.path + ".keys", town, machine.path);
  REQUIRE(old);
  REQUIRE(town::replace_node_key(real_env(), *old));
  machine.open();
}

// Where each fact about nodes stands that is here, in whichever history of a forked log.
std::set<std::string> governing(Machine& machine) {
  std::set<std::string> all;
  for (const journal::PlacedFact& placed : journal::governing_facts(*machine.town->journal().reader()))
    all.insert(placed.log.node.text() + " " + std::to_string(placed.position) + " " +
               placed.fact.header.id.text());
  return all;
}

// Another directory of the same town, as a laptop that joined has it.
void found_apart(Machine& founder, const std::string& path) {
  town::TownProfile profile = founder.town->profile();
  REQUIRE(town::make_directory(real_env(), path, profile));
}

struct TwoMachines {
  journal::TemporaryDirectory root;
  std::unique_ptr<Machine> hall, laptop;
  TwoMachines() {
    REQUIRE(town::Town::init(real_env(), root.path() + "/hall", "304280", "串本町", true));
    hall = std::make_unique<Machine>(root.path() + "/hall");
    REQUIRE(hall->access->enrol_first("root", "root"));
    found_apart(*hall, root.path() + "/laptop");
    laptop = std::make_unique<Machine>(root.path() + "/laptop");
    carry(*hall, *laptop);
  }
  // One more machine, enrolled at the hall.
  std::unique_ptr<Machine> joins(const std::string& name) {
    found_apart(*hall, root.path() + "/" + name);
    auto made = std::make_unique<Machine>(root.path() + "/" + name);
    carry(*hall, *made);
    REQUIRE(hall->run("nodes.enrol", enrol(*made)));
    return made;
  }
  std::string enrol_laptop() const { return enrol(*laptop); }
  static std::string enrol(const Machine& machine) {
    return R"({"node":")" + machine.id().text() + R"(","name":"第一小","public_key":")" +
           to_base64(machine.town->journal().node_public_key().bytes()) + R"("})";
  }
};

}  // namespace

TEST_CASE("nodes: what an unknown node wrote waits, and counts everywhere once somebody vouches for it") {
  TwoMachines two;
  REQUIRE(two.laptop->open_account("hanako"));
  carry(*two.laptop, *two.hall);
  CHECK_FALSE(two.hall->has("hanako"));
  CHECK(two.hall->sound());
  const auto waiting = two.hall->run("nodes.quarantine", "{}");
  REQUIRE(waiting);
  CHECK(waiting->at("open").to_number<int>() >= 1);
  CHECK_FALSE(two.hall->nodes->may_exchange(two.laptop->town->journal().node_public_key()));

  REQUIRE(two.hall->run("nodes.enrol", two.enrol_laptop()));
  CHECK(two.hall->has("hanako"));
  CHECK(two.hall->sound());
  CHECK(two.hall->nodes->may_exchange(two.laptop->town->journal().node_public_key()));
  carry(*two.hall, *two.laptop);
  CHECK(two.hall->dump() == two.laptop->dump());
  CHECK(two.laptop->sound());
}

TEST_CASE("nodes: what waits is listed alike, in whatever order it came") {
  TwoMachines two;
  REQUIRE(two.laptop->open_account("hanako"));
  found_apart(*two.hall, two.root.path() + "/third");
  Machine third(two.root.path() + "/third");
  carry(*two.hall, third);
  const auto laptop_to = [&](Machine& to, const std::vector<Stream>& order) {
    const auto reader = two.laptop->town->journal().reader();
    for (const Stream stream : order)
      if (const auto range = journal::read_range(*reader, {two.laptop->id(), stream}, 0, 100,
                                                 two.laptop->town->journal_options().town_key))
        REQUIRE(to.town->journal().ingest(*range));
  };
  laptop_to(*two.hall, {Stream::urgent, Stream::ordinary, Stream::access, Stream::restricted});
  laptop_to(third, {Stream::restricted, Stream::access, Stream::ordinary, Stream::urgent});
  const auto here = nodes::quarantine(*two.hall->nodes), there = nodes::quarantine(*third.nodes);
  CHECK(here.stretches.size() > 1);
  CHECK(to_text(to_json(here)) == to_text(to_json(there)));
}

TEST_CASE("nodes: what a revoked node wrote later is taken out again, and let in by a judgement") {
  TwoMachines two;
  REQUIRE(two.hall->run("nodes.enrol", two.enrol_laptop()));
  carry(*two.hall, *two.laptop);
  REQUIRE(two.laptop->open_account("before"));
  carry(*two.laptop, *two.hall);
  REQUIRE(two.hall->has("before"));

  // A third node gets what is written after the last accepted position before it hears of the revocation.
  found_apart(*two.hall, two.root.path() + "/third");
  Machine third(two.root.path() + "/third");
  carry(*two.hall, third);
  REQUIRE(two.hall->run("nodes.revoke", R"({"node":")" + two.laptop->id().text() + R"(","because":"盗難"})"));
  REQUIRE(two.laptop->open_account("after"));
  carry(*two.laptop, third);
  CHECK(third.has("after"));
  carry(*two.laptop, *two.hall);
  CHECK_FALSE(two.hall->has("after"));
  CHECK(two.hall->has("before"));
  carry(*two.hall, third, {Stream::access, Stream::restricted, Stream::ordinary, Stream::urgent});
  CHECK_FALSE(third.has("after"));
  CHECK(third.has("before"));
  CHECK(third.sound());
  CHECK(two.hall->sound());

  // The revoked node hears of it, and can write nothing more.
  carry(*two.hall, *two.laptop);
  CHECK_FALSE(two.laptop->has("after"));
  CHECK(two.laptop->open_account("never").error().code == ErrorCode::forbidden);

  const auto rows = two.hall->run("nodes.quarantine", "{}");
  REQUIRE(rows);
  for (const json::value& row : rows->at("stretches").as_array()) {
    if (row.at("stream").as_string() != "ordinary" || row.at("node").as_string() != two.laptop->id().text())
      continue;
    REQUIRE(two.hall->run("nodes.judge", R"({"node":")" + two.laptop->id().text() +
                                             R"(","stream":"ordinary","first":)" + to_text(row.at("first")) +
                                             R"(,"next":)" + to_text(row.at("next")) +
                                             R"(,"accepted":true,"because":"本人に確かめた"})"));
  }
  CHECK(two.hall->has("after"));
  carry(*two.hall, *two.laptop);
  CHECK(two.laptop->has("after"));
  CHECK(two.hall->sound());
}

TEST_CASE("nodes: two nodes that revoke each other come out the same on both") {
  TwoMachines two;
  REQUIRE(two.hall->run("nodes.enrol", two.enrol_laptop()));
  carry(*two.hall, *two.laptop);
  REQUIRE(two.laptop->run("nodes.revoke", R"({"node":")" + two.hall->id().text() + R"(","because":"a"})"));
  REQUIRE(two.hall->run("nodes.revoke", R"({"node":")" + two.laptop->id().text() + R"(","because":"b"})"));
  carry(*two.laptop, *two.hall);
  carry(*two.hall, *two.laptop);
  CHECK(two.hall->dump() == two.laptop->dump());
  CHECK(two.hall->nodes->find(two.hall->id())->standing == nodes::Standing::enrolled);
}

TEST_CASE("nodes: two machines from one image are found out, and what both wrote can be taken over") {
  TwoMachines two;
  REQUIRE(two.hall->run("nodes.enrol", two.enrol_laptop()));
  carry(*two.hall, *two.laptop);
  REQUIRE(two.laptop->open_account("common"));
  const std::string copy = image_of(*two.laptop, two.root.path() + "/clone");
  Machine clone(copy);
  REQUIRE(clone.id() == two.laptop->id());
  REQUIRE(two.laptop->open_account("on-laptop"));
  REQUIRE(clone.open_account("on-clone"));

  carry(*two.laptop, *two.hall);
  CHECK(two.hall->has("on-laptop"));
  carry(clone, *two.hall);
  const auto forks = two.hall->run("nodes.forks", "{}");
  REQUIRE(forks);
  CHECK(forks->at("forks").as_array().size() >= 1);
  CHECK(two.hall->has("common"));
  CHECK_FALSE(two.hall->has("on-laptop"));
  CHECK_FALSE(two.hall->has("on-clone"));
  CHECK(two.hall->sound());
  const auto taken =
      two.hall->run("nodes.take_over", R"({"node":")" + clone.id().text() +
                                           R"(","stream":"ordinary","because":"両方とも確か"})");
  REQUIRE_MESSAGE(taken, taken.error().in(Language::english));
  CHECK(two.hall->has("on-laptop"));
  CHECK(two.hall->has("on-clone"));
  carry(*two.hall, clone);
  carry(*two.hall, *two.laptop);
  CHECK(two.laptop->has("on-clone"));
  CHECK(clone.has("on-laptop"));
  CHECK(clone.sound());
}

TEST_CASE(
    "nodes: what one of two machines from one image said of others counts nowhere, whichever came first") {
  TwoMachines two;
  REQUIRE(two.hall->run("nodes.enrol", two.enrol_laptop()));
  const auto other = two.joins("other"), third = two.joins("third");
  carry(*two.hall, *two.laptop);
  carry(*two.hall, *other);
  Machine clone(image_of(*two.hall, two.root.path() + "/clone"));
  REQUIRE(clone.id() == two.hall->id());
  REQUIRE(clone.run("nodes.revoke", R"({"node":")" + third->id().text() + R"(","because":"紛失"})"));
  REQUIRE(two.hall->run("nodes.rename", R"({"node":")" + third->id().text() + R"(","name":"x"})"));
  carry(*two.hall, *two.laptop);
  carry(clone, *two.laptop);
  carry(clone, *other);
  carry(*two.hall, *other);
  for (Machine* const machine : {two.laptop.get(), other.get()})
    CHECK(machine->nodes->find(third->id())->standing == nodes::Standing::enrolled);
}

TEST_CASE("nodes: both histories of a forked log govern, whichever came first") {
  TwoMachines two;
  REQUIRE(two.hall->run("nodes.enrol", two.enrol_laptop()));
  const auto other = two.joins("other");
  carry(*two.hall, *two.laptop);
  carry(*two.hall, *other);
  Machine clone(image_of(*two.laptop, two.root.path() + "/clone"));
  const auto rename = [](Machine& at, const std::string& name) {
    REQUIRE(at.run("nodes.rename", R"({"node":")" + at.id().text() + R"(","name":")" + name + R"("})"));
  };
  rename(*two.laptop, "x");
  rename(clone, "y");
  carry(*two.laptop, *other);
  carry(clone, *other);
  carry(clone, *two.hall);
  carry(*two.laptop, *two.hall);
  // What each of the two tells of the fork itself.
  carry(*other, *two.hall);
  carry(*two.hall, *other);
  CHECK(governing(*two.hall) == governing(*other));
  CHECK(two.hall->dump() == other->dump());
}

TEST_CASE("nodes: whom a directory trusts by itself it vouches for, so that all who know it see the same") {
  TwoMachines two;
  // A copy of the hall's directory works as a new node; nobody vouches for it.
  Machine copy(copy_of(*two.hall, two.root.path() + "/copy"));
  const NodeId before = copy.id();
  REQUIRE(copy.open_account("on-copy"));
  // Its machine is copied whole, and gets a new key when that is found out.
  Machine clone(image_of(copy, two.root.path() + "/clone"));
  REQUIRE(clone.id() == before);
  REQUIRE(clone.open_account("on-clone"));
  REQUIRE(copy.open_account("on-copy-later"));
  carry(clone, copy);
  renew(copy);
  REQUIRE(copy.id() != before);
  CHECK(copy.has("on-copy"));
  carry(copy, *two.hall);
  carry(clone, *two.hall);
  CHECK_FALSE(two.hall->has("on-copy"));
  const auto forked = two.hall->nodes->find(before);
  REQUIRE(forked);
  CHECK(forked->forked);
  CHECK(forked->standing == nodes::Standing::unknown);

  REQUIRE(two.hall->run("nodes.enrol", TwoMachines::enrol(copy)));
  carry(*two.hall, copy);
  CHECK(two.hall->has("on-copy"));
  CHECK(copy.has("on-copy"));
  CHECK_FALSE(two.hall->has("on-clone"));
  CHECK_FALSE(copy.has("on-clone"));
  CHECK(two.hall->nodes->find(before)->standing == nodes::Standing::enrolled);
  CHECK(two.hall->dump() == copy.dump());
  CHECK(copy.sound());
  // It is said once.
  const std::size_t facts = governing(copy).size();
  CHECK(copy.nodes->tell());
  copy.open();
  CHECK(governing(copy).size() == facts);
}

TEST_CASE("nodes: who was revoked by a node that was revoked itself is shown as revoked, not as unknown") {
  TwoMachines two;
  // Of two revocations neither of which knows of the other, that of the lower number is applied first.
  auto one = two.joins("one"), other = two.joins("other");
  if (other->id() < one->id()) std::swap(one, other);
  const auto lost = two.joins("lost");
  carry(*two.hall, *one);
  carry(*two.hall, *other);
  REQUIRE(one->run("nodes.revoke", R"({"node":")" + lost->id().text() + R"(","because":"紛失"})"));
  REQUIRE(
      other->run("nodes.revoke", R"({"node":")" + one->id().text() + R"(","because":"盗難","accepted":[]})"));
  carry(*one, *two.hall);
  carry(*other, *two.hall);
  // The limit stays, though the revocation itself is in quarantine: an enrolment would change nothing.
  CHECK(two.hall->nodes->find(lost->id())->standing == nodes::Standing::revoked);
  const auto enrolled = two.hall->run("nodes.enrol", TwoMachines::enrol(*lost));
  REQUIRE_FALSE(enrolled);
  CHECK(enrolled.error().code == ErrorCode::conflict);
}

TEST_CASE("nodes: a restored hall works at once, and others take it in when they vouch for it") {
  TwoMachines two;
  REQUIRE(two.hall->run("nodes.enrol", two.enrol_laptop()));
  carry(*two.hall, *two.laptop);
  const std::string restored_path = two.root.path() + "/restored";
  two.hall->nodes.reset();
  two.hall->access.reset();
  two.hall->town.reset();
  std::filesystem::copy(two.hall->path, restored_path, std::filesystem::copy_options::recursive);
  Machine restored(restored_path);
  REQUIRE(restored.open_account("later"));
  CHECK(restored.has("later"));
  carry(restored, *two.laptop);
  CHECK_FALSE(two.laptop->has("later"));
  CHECK(two.laptop->nodes->find(restored.id())->standing == nodes::Standing::unknown);
  REQUIRE(
      two.laptop->run("nodes.enrol", R"({"node":")" + restored.id().text() + R"(","name":"新しい役場"})"));
  CHECK(two.laptop->has("later"));
  carry(*two.laptop, restored);
  CHECK(restored.dump() == two.laptop->dump());
}
