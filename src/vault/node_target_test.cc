// Another node as a target, over TLS on 127.0.0.1: who may write, who may read, what it refuses.
#include "vault/node_target.h"

#include <doctest/doctest.h>

#include <fstream>

#include "vault/node_request.h"
#include "vault/node_storage.h"
#include "vault/test_town.h"

using namespace sonae;
using namespace sonae::vault;

namespace {

// A neighbour's machine that keeps the town's backups.
struct Neighbour {
  TestNode node;
  NodeStorage storage;
  std::string folder;
  std::string where;  // as a target of the town

  Neighbour(TownWithKey& town, const std::string& limits = "limit_gb = 1\n")
      : node(town.root.path() + "/neighbour"),
        storage(real_env(), node.path),
        folder(town.root.path() + "/guests") {
    REQUIRE(real_env().disk.make_directories(folder));
    REQUIRE(town::Town::init(real_env(), node.path, "304280", "隣町", true));
    auto opened = service::TownService::open(real_env(), node.places, node.path);
    REQUIRE(opened);
    node.service = std::move(*opened);
    node.sync = std::make_unique<sync::Sync>(*node.service);
    storage.answer_at(*node.sync);
    const auto port = node.sync->listen("127.0.0.1:0");
    REQUIRE(port);
    const std::string id = town.hall.service->town().profile().id.text();
    where = "node://127.0.0.1:" + std::to_string(*port) + "/" + node.service->town().journal().node().text() +
            "/" + id;
    std::ofstream(node.path + "/backup.toml")
        << "[[guest]]\nname = \"串本町\"\ntown = \"" << id << "\"\nnodes = [\""
        << town.hall.service->town().journal().node().text() << "\"]\nfolder = \"" << folder << "\"\n"
        << limits;
    town.place = where;
  }
  ~Neighbour() { node.sync.reset(); }
};

}  // namespace

TEST_CASE("node target: a neighbour keeps what it cannot read; three sheets bring it back from there") {
  TownWithKey town;
  town.receive("第一小", 30);
  Neighbour neighbour(town);
  const BackupReport first = town.backup();
  CHECK(first.facts > 30);
  CHECK(town.backup().objects == 0);
  CHECK(real_env().disk.list(neighbour.folder + "/objects")->size() == 2 * first.objects);
  // A bare machine has no node's key, only the shares.
  const JoinedKey joined = town.opened();
  const auto target = *open_target(real_env(), town.place, {nullptr, &joined.identity});
  const std::string directory = town.root.path() + "/restored";
  const auto report = restore(real_env(), {SONAE_DATA_DIR, directory + ".keys"}, *target, directory,
                              {joined.identity, &joined}, {}, no_progress());
  REQUIRE_MESSAGE(report, report.error().in(Language::english));
  CHECK(report->whole());
  CHECK(target->write("objects/x.age", "x").error().code == ErrorCode::forbidden);
  CHECK(target->remove(first.manifest).error().code == ErrorCode::forbidden);
}

TEST_CASE("node target: strangers neither read nor write, and nobody gets out of the folder") {
  TownWithKey town;
  Neighbour neighbour(town);
  town.backup();
  const auto stranger = *open_target(real_env(), town.place);
  CHECK(stranger->list("objects").error().code == ErrorCode::forbidden);
  CHECK(stranger->write("objects/x", "x").error().code == ErrorCode::forbidden);
  const AgeIdentity other = AgeIdentity::from_secret(real_env().random.bytes(32));
  const auto other_key = *open_target(real_env(), town.place, {nullptr, &other});
  CHECK(other_key->list("manifests").error().code == ErrorCode::forbidden);

  const auto own = *open_own_target(real_env(), town.hall.places, town.hall.path, town.place);
  for (const char* const name : {"objects/../../town.json", "secrets/x", "objects/", "objects/.x", "x"})
    CHECK_FALSE(own->write(name, "x"));
  CHECK(own->read("objects/none.age").error().code == ErrorCode::not_found);
  const std::size_t node = town.place.find('/', 7) + 1;
  std::string wrong = town.place;
  wrong[node] = wrong[node] == 'a' ? 'b' : 'a';
  const auto elsewhere = *open_own_target(real_env(), town.hall.places, town.hall.path, wrong);
  CHECK(elsewhere->list("objects").error().what.english == "Another machine answers there");
  CHECK(open_target(real_env(), "node://127.0.0.1:1/x/y").error().code == ErrorCode::invalid_input);
}

TEST_CASE(
    "node target: large objects pass, a limit is a full target, and a connection that ended is opened anew") {
  TownWithKey town;
  Neighbour neighbour(town);
  const auto own = *open_own_target(real_env(), town.hall.places, town.hall.path, town.place);
  const Bytes large(40'000'000, 'l');
  REQUIRE(own->write("objects/large.age", large));
  const bool same = own->read("objects/large.age").value() == large;
  CHECK(same);
  std::ofstream(neighbour.folder + "/objects/other")
      .seekp(999'000'000)
      .put('x');  // takes no room on the disk
  const auto fresh = *open_own_target(real_env(), town.hall.places, town.hall.path, town.place);
  CHECK(fresh->write("objects/more.age", large).error().code == ErrorCode::disk_full);
  REQUIRE(real_env().disk.rename(neighbour.folder, neighbour.folder + ".away"));
  CHECK(fresh->list("objects").error().code == ErrorCode::not_found);
}

TEST_CASE("node target: a request is read, or is none") {
  const auto read = read_node_request("PUT /sonae/vault/town/objects/a.age HTTP/1.1");
  REQUIRE(read);
  CHECK(read->method == "PUT");
  CHECK(read->town == "town");
  CHECK(is_name_at_target(read->name));
  for (const char* const line : {"", "GET", "GET ", "GET x /sonae/vault/town/objects/",
                                 "GET /sonae/vault/town", "GET /sonae/sync HTTP/1.1"})
    CHECK_FALSE(read_node_request(line));
  for (const char* const name :
       {"", "objects", "objects/", "objects/../x", "objects/a/b", "secrets/a", "objects/.a"})
    CHECK_FALSE(is_name_at_target(name));
  CHECK(is_folder_of_target("manifests/"));
  CHECK_FALSE(is_folder_of_target("/"));
}
