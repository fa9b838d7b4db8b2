// What is erased at one node is erased at all, over lines and sticks, and no old stick brings it back. All
// people are fictional.
#include <chrono>
#include <thread>

#include "sync/bundle.h"
#include "sync/test_nodes.h"

using namespace sonae;
using sync::TestNode;
using sync::TownOfTwo;

namespace {

constexpr const char* kName = "潮崎一郎";

struct KeptOutput final : api::OutputFile {
  Bytes bytes;
  Status write(BytesView piece) override {
    bytes += piece;
    return {};
  }
};

Bytes stick(TestNode& from, TestNode& to) {
  api::Call call;
  call.actor = *from.service->access().actor("root");
  KeptOutput output;
  call.output = &output;
  sync::BundleExport request;
  request.to = {to.service->town().journal().node().text()};
  REQUIRE(from.service->operations().invoke("sync.export_bundle", call, to_json(request)));
  return output.bytes;
}

struct Forgetting : TownOfTwo {
  std::string entry;
  Forgetting() {
    laptop.must("reception.import", R"({"shelter":"串本小学校"})",
                api::InputFile{"list.csv", "氏名,年齢\n潮崎一郎,70\n田中実,30\n"});
    const json::value entries = laptop.must("reception.entries", R"({"order":"by_name"})").at("entries");
    for (const json::value& one : entries.as_array())
      if (to_text(one).find(kName) != std::string::npos) entry = one.at("entry").as_string();
    REQUIRE(!entry.empty());
    laptop.must("reception.change", R"({"entry":")" + entry +
                                        R"(","change":"aaaaaaaaaaaaaaaaaaaaaaaaaa","seen":[],)"
                                        R"("contact":{"phone":"0735-00-0001","mail":"","note":""}})");
  }
  std::string about() const { return R"({"subjects":["entry:)" + entry + R"("])"; }
  json::value erase(TestNode& at) {
    return at.must("erasure.erase", about() + R"(,"rule":"保存期間 1年","because":"期限が過ぎた"})");
  }
  bool knows(TestNode& node) {
    const auto connection = node.service->town().journal().reader();
    const auto row = connection->query("SELECT body FROM journal_entry WHERE body IS NOT NULL");
    bool found = false;
    while (row->next())
      found = found || (row->bytes(0).find(kName) != BytesView::npos &&
                        row->bytes(0).find("\"entry\"") != BytesView::npos);
    return found || node.dump().find(kName) != std::string::npos;
  }
  bool sound(TestNode& node) {
    town::Town& town = node.service->town();
    const auto report =
        journal::verify(real_env(), town.database(), town.journal_options(), town.views(), {}, no_progress());
    REQUIRE(report);
    for (const auto& one : report->findings)
      MESSAGE(one.place << ": " << one.what.english);
    return report->sound();
  }
};

}  // namespace

TEST_CASE("erasure: ordered at the hall, it is gone at the laptop, and views are the same") {
  Forgetting town;
  town.laptop.exchange(town.hall);
  CHECK(town.knows(town.hall));
  const json::value preview = town.hall.must("erasure.preview", town.about() + "}");
  CHECK(preview.at("facts").to_number<int>() >= 2);
  CHECK(to_text(preview.at("also_about")).find("sheet:") != std::string::npos);
  CHECK(town.erase(town.hall).at("facts") == preview.at("facts"));
  CHECK_FALSE(town.knows(town.hall));
  CHECK(town.knows(town.laptop));
  town.laptop.exchange(town.hall);
  CHECK_FALSE(town.knows(town.laptop));
  CHECK(town.laptop.dump() == town.hall.dump());
  CHECK(town.sound(town.hall));
  CHECK(town.sound(town.laptop));
  // Who erased what kind by which rule stays; a second time there is nothing left.
  const std::string orders = to_text(town.laptop.must("erasure.orders"));
  CHECK(orders.find("reception.entry_written") != std::string::npos);
  CHECK(orders.find("保存期間 1年") != std::string::npos);
  CHECK(orders.find(kName) == std::string::npos);
  CHECK(town.hall.must("erasure.preview", town.about() + "}").at("facts") == 0);
}

TEST_CASE(
    "erasure: a stick made before and read after does not bring it back, nor does one that brings the order "
    "late") {
  Forgetting town;
  const Bytes before = stick(town.laptop, town.hall);
  town.erase(town.laptop);
  const Bytes after = stick(town.laptop, town.hall);
  SUBCASE("in the order in which they were made") {
    town.hall.must("sync.import_bundle", "{}", api::InputFile{"b", before});
    CHECK(town.knows(town.hall));
    town.hall.must("sync.import_bundle", "{}", api::InputFile{"b", after});
  }
  SUBCASE("the old one last, twice") {
    town.hall.must("sync.import_bundle", "{}", api::InputFile{"b", after});
    town.hall.must("sync.import_bundle", "{}", api::InputFile{"b", before});
    town.hall.must("sync.import_bundle", "{}", api::InputFile{"b", before});
  }
  CHECK_FALSE(town.knows(town.hall));
  town.laptop.exchange(town.hall);
  CHECK(town.laptop.dump() == town.hall.dump());
  CHECK(town.sound(town.hall));
}

TEST_CASE("erasure: a change written by who did not know is shown, and can be erased too") {
  Forgetting town;
  town.laptop.exchange(town.hall);
  town.erase(town.hall);
  // Later by the clock, of which both have the same here.
  std::this_thread::sleep_for(std::chrono::milliseconds(2));
  town.laptop.must("reception.change", R"({"entry":")" + town.entry +
                                           R"(","change":"aaaaaaaaaaaaaaaaaaaaaaaaae","seen":[],)"
                                           R"("condition":{"condition":"well","note":""}})");
  town.laptop.exchange(town.hall);
  CHECK(town.laptop.dump() == town.hall.dump());
  const json::value orders = town.hall.must("erasure.orders");
  CHECK(orders.at("orders").at(0).at("came_later").to_number<int>() >= 1);
  town.erase(town.laptop);
  town.laptop.exchange(town.hall);
  CHECK(town.hall.must("erasure.preview", town.about() + "}").at("facts") == 0);
  CHECK(town.laptop.dump() == town.hall.dump());
  CHECK(town.sound(town.hall));
}

TEST_CASE("erasure: a rule and a reason are asked for; the registry in use stays") {
  TownOfTwo town;
  CHECK_FALSE(town.hall.run("erasure.erase", R"({"subjects":["entry:x"],"rule":"","because":"y"})"));
  CHECK_FALSE(town.hall.run("erasure.erase", R"({"subjects":["entry:x"],"rule":"x","because":"y"})"));
  const auto import = [&](const std::string& day, const std::string& name) {
    town.hall.must("registry.import", R"({"layout":"simple","as_of":")" + day + R"("})",
                   api::InputFile{"r.csv",
                                  "id,household_id,name,kana,sex,birth_date,postcode,address,phone\n"
                                  "1001,H1," +
                                      name + ",シオザキ,男,1948-03-11,,串本100,\n"});
  };
  import("2026-03-10", "昔の名");
  const auto connection = town.hall.service->town().journal().reader();
  const auto snapshot = [&](const char* which) {
    const auto row = connection->query("SELECT snapshot FROM registry_snapshot ORDER BY as_of " +
                                       std::string(which) + " LIMIT 1");
    REQUIRE(row->next());
    return "snapshot:" + row->id<RandomId<struct SnapshotTag>>(0).text();
  };
  const auto erase = [&](const std::string& subject) {
    return town.hall.run("erasure.erase", R"({"subjects":[")" + subject + R"("],"rule":"x","because":"y"})");
  };
  CHECK(erase(snapshot("ASC")).error().code == ErrorCode::conflict);
  import("2026-03-11", "今の名");
  const auto blobs = [&] {
    const auto row = connection->query("SELECT COUNT(*) FROM journal_blob");
    return row->next() ? row->integer(0) : 0;
  };
  const std::int64_t all = blobs();
  CHECK(erase(snapshot("ASC")));
  CHECK(blobs() < all);
  CHECK(erase(snapshot("DESC")).error().code == ErrorCode::conflict);
  town.laptop.exchange(town.hall);
  CHECK(town.laptop.dump() == town.hall.dump());
  town::Town& hall = town.hall.service->town();
  CHECK(journal::verify(real_env(), hall.database(), hall.journal_options(), hall.views(), {}, no_progress())
            ->sound());
}
