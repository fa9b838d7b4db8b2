#include "town/node_key.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "journal/testing.h"
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
