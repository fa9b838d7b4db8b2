#include "town/node_key.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "base/fake_env.h"
#include "journal/testing.h"
#include "journal/testing_view.h"
#include "town/town.h"

using namespace sonae;
namespace fs = std::filesystem;

namespace {

// Opens the town, appends a few facts, closes it; the node that did.
NodeId work(const std::string& root, const std::string& directory) {
  auto town = town::Town::open(real_env(), {SONAE_DATA_DIR, root + "/keys"}, directory, {});
  REQUIRE_MESSAGE(town, town.error().in(Language::english));
  for (int i = 0; i < 3; ++i) {
    journal::Batch batch;
    batch.drafts.push_back(
        journal::draft(journal::Stream::ordinary, "test.said", {{"page", "1"}}, {}, TownId{}));
    REQUIRE((*town)->journal().append(std::move(batch)));
  }
  return (*town)->journal().node();
}

}  // namespace

TEST_CASE("node key: the same directory goes on as the same node") {
  const journal::TemporaryDirectory root;
  REQUIRE(town::Town::init(real_env(), root.path() + "/a", "304280", "串本町", true));
  const NodeId first = work(root.path(), root.path() + "/a");
  CHECK(work(root.path(), root.path() + "/a") == first);
}

TEST_CASE("node key: a copied directory is another node") {
  const journal::TemporaryDirectory root;
  REQUIRE(town::Town::init(real_env(), root.path() + "/a", "304280", "串本町", true));
  const NodeId first = work(root.path(), root.path() + "/a");
  fs::copy(root.path() + "/a", root.path() + "/b", fs::copy_options::recursive);
  CHECK(work(root.path(), root.path() + "/b") != first);
  CHECK(work(root.path(), root.path() + "/a") == first);
}

TEST_CASE("node key: an older copy is known by what was noted before the machine was killed") {
  const journal::TemporaryDirectory root;
  const std::string directory = root.path() + "/a";
  REQUIRE(town::Town::init(real_env(), directory, "304280", "串本町", true));
  const NodeId first = work(root.path(), directory);
  fs::copy(directory, root.path() + "/copy", fs::copy_options::recursive);
  {
    auto town = town::Town::open(real_env(), {SONAE_DATA_DIR, root.path() + "/keys"}, directory, {});
    REQUIRE(town);
    REQUIRE((*town)->journal().append({{journal::note("page", "said after the copy")}, {}, {}}));
    REQUIRE((*town)->note_logs());
    // What a killed machine leaves behind.
    fs::copy(root.path() + "/keys", root.path() + "/keys-then", fs::copy_options::recursive);
  }
  for (const auto& [from, to] : {std::pair("/copy", "/a"), std::pair("/keys-then", "/keys")})
    for (const auto& file : fs::directory_iterator(root.path() + from))
      fs::copy(file.path(), fs::path(root.path() + to) / file.path().filename(),
               fs::copy_options::overwrite_existing | fs::copy_options::recursive);
  for (const char* const name : {"/town.db-wal", "/town.db-shm"})
    fs::remove(directory + name);
  CHECK(work(root.path(), directory) != first);
}

TEST_CASE(
    "node key: an older copy put back into the directory goes on as another node, and the old key is kept") {
  const journal::TemporaryDirectory root;
  const std::string directory = root.path() + "/a";
  REQUIRE(town::Town::init(real_env(), directory, "304280", "串本町", true));
  const NodeId first = work(root.path(), directory);
  fs::copy(directory + "/town.db", root.path() + "/copy.db");
  CHECK(work(root.path(), directory) == first);
  for (const char* const name : {"/town.db-wal", "/town.db-shm"})
    fs::remove(directory + name);
  fs::copy_file(root.path() + "/copy.db", directory + "/town.db", fs::copy_options::overwrite_existing);
  const NodeId second = work(root.path(), directory);
  CHECK(second != first);
  CHECK(work(root.path(), directory) == second);
  const auto keys = real_env().disk.list(root.path() + "/keys");
  CHECK(std::count_if(keys->begin(), keys->end(),
                      [](const std::string& name) { return name.ends_with(".old"); }) == 1);
}

TEST_CASE("node key: how far the logs have come is noted on a full disk too") {
  FakeClock clock;
  SeededRandom random{1};
  MemoryDisk disk;
  Env env{clock, random, disk};
  journal::TestTown town;
  REQUIRE(disk.make_directories("/town"));
  const TownId id = town.options().town;
  REQUIRE(town::adopt_node_key(env, "/keys", id, "/town", town.options().node_key));
  const auto noted = [&] { return town::find_or_make_node_key(env, "/keys", id, "/town").value(); };
  disk.set_capacity((std::uint64_t{1} << 40) - *disk.free_bytes("/keys"));  // nothing more
  for (int i = 1; i < 12; ++i) {
    REQUIRE(town.journal().append({{journal::note("page", "text")}, {}, {}}));
    town::NodeKey key = noted();
    REQUIRE(town::note_heads(env, key, journal::heads(*town.journal().reader(), town.journal().node())));
    REQUIRE(noted().heads.size() == 1);
    CHECK(noted().heads[0].size == static_cast<std::uint64_t>(i));
  }
}
