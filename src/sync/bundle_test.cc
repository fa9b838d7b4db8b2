#include "sync/bundle.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <random>

#include "base/bech32.h"
#include "sync/test_nodes.h"

using namespace sonae;
using sync::TestNode;
using sync::TownOfTwo;

namespace {

struct KeptOutput final : api::OutputFile {
  Bytes bytes;
  Status write(BytesView piece) override {
    bytes += piece;
    return {};
  }
};

struct Exported {
  Bytes file;
  sync::BundleExported answer;
};

Result<Exported> try_export(TestNode& from, const sync::BundleExport& request) {
  api::Call call;
  call.actor = *from.service->access().actor("root");
  KeptOutput output;
  call.output = &output;
  const json::value answer =
      TRY(from.service->operations().invoke("sync.export_bundle", call, to_json(request)));
  return Exported{output.bytes, *from_json<sync::BundleExported>(answer)};
}

NodeId id_of(TestNode& node) {
  return node.service->town().journal().node();
}

Exported exported(TestNode& from, TestNode& to, sync::BundleExport request = {}) {
  request.to = {id_of(to).text()};
  auto done = try_export(from, request);
  REQUIRE_MESSAGE(done, done.error().in(Language::english));
  return std::move(*done);
}

sync::BundleImported imported(TestNode& node, const Bytes& file) {
  return *from_json<sync::BundleImported>(node.must("sync.import_bundle", "{}", api::InputFile{"b", file}));
}

void open_account(TestNode& node, const std::string& login) {
  node.must("access.open_account", R"({"login":")" + login + R"(","name":"花子","role":"shelter"})");
}

std::vector<Bytes> parts(TestNode& from, TestNode& to, std::int64_t most_bytes) {
  std::vector<Bytes> files;
  sync::BundleExport request;
  request.most_bytes = most_bytes;
  for (;;) {
    const Exported part = exported(from, to, request);
    files.push_back(part.file);
    if (part.answer.complete) return files;
    request.since = part.answer.heads;
    request.set = part.answer.set;
    request.part = part.answer.part + 1;
  }
}

}  // namespace

TEST_CASE("bundle: a stick carries both ways, and both nodes know the same") {
  TownOfTwo two;
  open_account(two.hall, "hanako");
  open_account(two.laptop, "taro");
  const Exported out = exported(two.hall, two.laptop);
  const auto taken = imported(two.laptop, out.file);
  CHECK(taken.problems.empty());
  CHECK(taken.missing.empty());
  CHECK(taken.facts > 0);
  CHECK(imported(two.hall, exported(two.laptop, two.hall).file).missing.empty());
  CHECK(two.hall.dump() == two.laptop.dump());
  CHECK(two.laptop.service->access().actor("hanako"));
  CHECK(imported(two.laptop, out.file).facts == 0);  // twice does no harm
}

TEST_CASE("bundle: opened by whom it is for, in the town it is of; written for enrolled nodes only") {
  TownOfTwo two;
  const Exported out = exported(two.hall, two.laptop);
  CHECK(two.hall.run("sync.import_bundle", "{}", api::InputFile{"b", out.file}).error().code ==
        ErrorCode::forbidden);
  journal::TemporaryDirectory elsewhere;
  TestNode stranger{elsewhere.path() + "/town"};
  stranger.found();
  sync::BundleExport request;
  request.to = {id_of(stranger).text()};
  CHECK(try_export(two.hall, request).error().code == ErrorCode::forbidden);
  request.to = {AgeRecipient::of(stranger.service->town().journal().node_public_key())->text()};
  const auto sent = try_export(two.hall, request);
  REQUIRE(sent);
  CHECK(stranger.run("sync.import_bundle", "{}", api::InputFile{"b", sent->file}).error().code ==
        ErrorCode::forbidden);
}

TEST_CASE("bundle: a cut or damaged one gives what is whole, and says what to ask for") {
  TownOfTwo two;
  for (int i = 0; i < 5; ++i)
    open_account(two.hall, "clerk" + std::to_string(i));
  const std::vector<Bytes> small = parts(two.hall, two.laptop, 1);
  REQUIRE(small.size() > 1);
  const auto first = imported(two.laptop, small.front());
  REQUIRE(first.ask);
  CHECK(first.ask->starts_with("sonae bundle export DIR --to " + id_of(two.laptop).text() + " --since "));
  CHECK(first.missing.front().first < first.missing.front().next);
  Bytes cut = small[1];
  cut.resize(cut.size() - 1);
  const auto damaged = two.laptop.run("sync.import_bundle", "{}", api::InputFile{"b", cut});
  CHECK((!damaged || damaged->as_object().contains("damage")));
  for (const Bytes& part : small)
    imported(two.laptop, part);
  CHECK(two.hall.dump() == two.laptop.dump());
}

TEST_CASE("bundle: parts in any order, doubled and dropped, end in the same as one bundle") {
  std::mt19937 dice(7);
  for (int round = 0; round < 4; ++round) {
    TownOfTwo two;
    for (int i = 0; i < 6; ++i)
      open_account(dice() % 2 == 0 ? two.hall : two.laptop, "clerk" + std::to_string(i));
    std::vector<Bytes> carried = parts(two.hall, two.laptop, 1 + static_cast<int>(dice() % 4000));
    carried.push_back(carried[dice() % carried.size()]);
    std::ranges::shuffle(carried, dice);
    if (round % 2 == 1) carried.pop_back();
    for (const Bytes& part : carried)
      imported(two.laptop, part);
    const auto healed = imported(two.laptop, exported(two.hall, two.laptop).file);
    CHECK(healed.missing.empty());
    CHECK(healed.problems.empty());
    imported(two.hall, exported(two.laptop, two.hall).file);
    CHECK(two.hall.dump() == two.laptop.dump());
  }
}

TEST_CASE("bundle: age, tar, zstd and jq read every fact") {
  if (std::system("command -v age tar zstd jq >/dev/null 2>&1") != 0) return;
  TownOfTwo two;
  const AgeIdentity key = AgeIdentity::of(SigningKey::from_seed(Bytes(32, 'k')));
  sync::BundleExport request;
  request.to = {key.recipient().text()};
  const auto sent = try_export(two.hall, request);
  REQUIRE(sent);
  const std::string root = two.root.path();
  std::ofstream(root + "/bundle", std::ios::binary) << sent->file;
  std::string text = to_bech32("age-secret-key-", key.secret());
  std::ranges::transform(text, text.begin(), [](char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  });
  std::ofstream(root + "/key") << text << "\n";
  const std::string script =
      "set -e; cd " + root +
      "; mkdir out; age -d -i key bundle | tar -x -C out; "
      "test $(zstd -dcq out/segments/*.zst | jq -r 'select(.header) | .header | fromjson | .id' | wc -l) "
      "-eq " +
      std::to_string(sent->answer.facts) + "; test $(jq .facts out/end.json) -eq " +
      std::to_string(sent->answer.facts);
  CHECK(std::system(script.c_str()) == 0);
}
