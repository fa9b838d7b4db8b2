// Exchange in a whole town. All people are fictional.
#include "town/exchange/exchange.h"

#include <doctest/doctest.h>

#include "journal/testing.h"
#include "journal/verify.h"
#include "town/exchange/pfif_reader.h"
#include "town/exchange/testing.h"
#include "town/inquiry/inquiry.h"

namespace sonae::exchange {

namespace {

// A person with a note; `more` are further fields of the person.
std::string pfif_of(const std::string& id, const std::string& name, const std::string& source_date,
                    const std::string& more = "", const std::string& status = "believed_alive") {
  return "<pfif:person><pfif:person_record_id>other.example/" + id +
         "</pfif:person_record_id><pfif:source_date>" + source_date + "</pfif:source_date><pfif:full_name>" +
         name + "</pfif:full_name>" + more + "<pfif:note><pfif:note_record_id>other.example/note." + id +
         "</pfif:note_record_id><pfif:author_name>友人</pfif:author_name><pfif:source_date>" + source_date +
         "</pfif:source_date><pfif:text>会いました</pfif:text><pfif:status>" + status +
         "</pfif:status></pfif:note></pfif:person>";
}
std::string wrapped(const std::string& inside) {
  return "<pfif:pfif xmlns:pfif=\"http://zesty.ca/pfif/1.4\">" + inside + "</pfif:pfif>";
}
constexpr const char* kThen = "2026-03-11T06:00:00Z";
constexpr const char* kLater = "2026-03-12T06:00:00Z";

}  // namespace

TEST_CASE("exchange: who said that anyone may know is published; who did not, is protected or dead is not") {
  TestTown town;
  town.receive("浜口 ツル", "1931-01-15", {reception::Audience::anyone});
  town.receive("渡邉 健太", "1985-12-24", {reception::Audience::family});
  town.receive("岩谷 花", "1992-05-05", {reception::Audience::anyone});
  town.receive("潮崎 一郎", "1948-03-11", {reception::Audience::anyone}, reception::Condition::dead);
  town.protect("1006");  // 岩谷 花

  const Bytes file = town.exported("exchange.export", json::object{});
  const auto records = records_in(file);
  REQUIRE(records.size() == 2);
  CHECK(records[0].at("full_name") == "浜口 ツル");
  CHECK(records[0].at("home_city") == "串本町");
  CHECK(records[0].at("home_street").empty());
  CHECK(pfif::domain_of(records[0].id()) == "304280.sonae.invalid");
  CHECK(records[1].at("status") == "believed_alive");
  CHECK(records[1].at("last_known_location") == "大島小学校");
  CHECK(records[1].at("phone_of_found_person").empty());
  CHECK(file.find("岩谷") == Bytes::npos);
  for (pfif::Record record : records)
    CHECK(pfif::check(record).empty());
}

TEST_CASE("exchange: consent taken back leaves a placeholder in the feed, a protection at once") {
  TestTown town;
  const EntryId entry = town.receive("浜口 ツル", "1931-01-15", {reception::Audience::anyone});
  town.receive("渡邉 健太", "1985-12-24", {reception::Audience::anyone});
  const std::string key = town.enrol({Right::read});
  auto feed = town.feed(key);
  REQUIRE(feed.size() == 4);

  town.withdraw(entry);
  town.protect("1003");  // 渡邉 健太
  town.run<UpkeepReport>("exchange.upkeep", api::Nothing{});
  feed = town.feed(key);
  REQUIRE(feed.size() == 2);
  for (pfif::Record& record : feed) {
    CHECK(pfif::is_placeholder(record));
    CHECK(pfif::check(record).empty());
    CHECK(record.at("source_date") == record.at("entry_date"));
  }
  CHECK(town.feed(key, pfif::Kind::note).empty());
}

TEST_CASE("exchange: a file comes in, a newer one replaces it, an older one does not") {
  TestTown town;
  const auto first = town.import(
      wrapped(pfif_of("p1", "山田 花子", kThen) + pfif_of("p2", "X", "yesterday") + "<pfif:person/>"));
  CHECK(first.persons == 3);
  CHECK(first.taken == 2);
  CHECK(first.refused == 3);  // p2, its note, and the one without anything
  REQUIRE_FALSE(first.problems.empty());
  CHECK(first.problems[0].record == "other.example/p2");
  CHECK(first.problems[0].field == "source_date");
  CHECK(first.problems[0].line == 1);

  CHECK(town.import(wrapped(pfif_of("p1", "山田 花子", kThen))).same == 2);
  CHECK(town.import(wrapped(pfif_of("p1", "山田 華子", kLater))).taken == 2);
  const auto list = town.run<ReceivedList>("exchange.records", RecordsRequest{"山田", {}, {}}).value();
  REQUIRE(list.total == 1);
  CHECK(list.records[0].person.at("full_name") == "山田 華子");
  REQUIRE(list.records[0].notes.size() == 1);
  CHECK(list.records[0].source == "persons.xml");
  CHECK(town.run<ReceivedList>("exchange.records", RecordsRequest{"鈴木", {}, {}}).value().total == 0);
}

TEST_CASE("exchange: our own domain cannot be written from outside") {
  TestTown town;
  const auto report = town.import(
      wrapped("<pfif:person><pfif:person_record_id>304280.sonae.invalid/person.x</pfif:person_record_id>"
              "<pfif:source_date>2026-03-11T06:00:00Z</pfif:source_date><pfif:full_name>X</pfif:full_name></"
              "pfif:person>"));
  CHECK(report.refused == 1);
}

TEST_CASE("exchange: expiry erases and leaves a placeholder; deletion travels") {
  TestTown town;
  const std::string expiry = to_rfc3339(Instant{real_env().clock.now().milliseconds + 1500});
  town.import(
      wrapped(pfif_of("p1", "山田 花子", kThen, "<pfif:expiry_date>" + expiry + "</pfif:expiry_date>") +
              pfif_of("p2", "佐藤 次郎", kThen)));
  const std::string key = town.enrol({Right::read, Right::read_received, Right::search});
  CHECK(town.feed(key).size() == 4);

  // The home repository deletes p2.
  const auto deleted = town.import(wrapped(
      "<pfif:person><pfif:person_record_id>other.example/p2</pfif:person_record_id><pfif:source_date>" +
      std::string(kLater) + "</pfif:source_date><pfif:expiry_date>" + kLater +
      "</pfif:expiry_date></pfif:person>"));
  CHECK(deleted.ended == 1);
  while (real_env().clock.now() <= parse_rfc3339(expiry).value())
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  // Expired though nobody has recorded it: it is not given away any more.
  auto feed = town.feed(key);
  REQUIRE(feed.size() == 2);
  const auto upkeep = town.run<UpkeepReport>("exchange.upkeep", api::Nothing{}).value();
  CHECK(upkeep.expired == 1);
  CHECK(upkeep.erased == 2);  // the person and the note
  feed = town.feed(key);
  REQUIRE(feed.size() == 2);
  for (pfif::Record& record : feed) {
    CHECK(pfif::is_placeholder(record));
    CHECK(pfif::check(record).empty());
  }
  for (const pfif::Record& record : feed) {
    // The date of its home's last word, so that an extension made before the expiry is still the newer state.
    CHECK(parse_rfc3339(record.at("source_date")).value() ==
          parse_rfc3339(record.id() == "other.example/p1" ? kThen : kLater).value());
    CHECK(parse_rfc3339(record.at("entry_date")).value() > parse_rfc3339(kLater).value());
  }
  // Nothing of them is left in any table.
  const auto connection = town.town->journal().reader();
  std::int64_t bodies = 0;
  const auto rows = connection->query("SELECT body FROM journal_entry WHERE body IS NOT NULL");
  while (rows->next()) {
    ++bodies;
    CHECK(rows->bytes(0).find("山田") == BytesView::npos);
    CHECK(rows->bytes(0).find("佐藤") == BytesView::npos);
  }
  CHECK(bodies > 0);
  CHECK(town.found(key, "山田").empty());
  // What ended comes back only with a later state of it.
  CHECK(town.import(wrapped(pfif_of("p2", "佐藤 次郎", kThen))).same == 2);
  CHECK(town.import(wrapped(pfif_of("p2", "佐藤 次郎", "2099-01-01T00:00:00Z"))).taken == 2);
  CHECK(town.import(wrapped(pfif_of("p1", "山田 花子", kThen))).same == 2);
  CHECK(town.import(wrapped(pfif_of("p1", "山田 花子", kLater))).taken == 2);
}

TEST_CASE("exchange: pages follow each other over ours and those of others, either way round") {
  TestTown town;
  std::string content;
  for (const char* const id : {"a", "b", "c"})
    content += pfif_of(id, "山田 花子", kThen);
  town.import(wrapped(content));
  town.receive("浜口 ツル", "1931-01-15", {reception::Audience::anyone});
  town.run<UpkeepReport>("exchange.upkeep", api::Nothing{});
  town.import(wrapped(pfif_of("d", "佐藤 次郎", kThen)));
  const std::string key = town.enrol({Right::read, Right::read_received}), ours = town.enrol({Right::read});

  const auto ids_of = [&](const json::object& request) {
    std::vector<std::string> ids;
    for (const pfif::Record& record : records_in(town.given(request)))
      ids.push_back(record.id());
    return ids;
  };
  // By the links, from the oldest.
  const auto followed = [&](const std::string& with, const char* kind, int at_once) {
    std::vector<std::string> ids;
    json::object request{{"key", with}, {"kind", kind}, {"max_results", at_once}, {"omit_notes", true}};
    request["min_entry_date"] = "2000-01-01T00:00:00Z";
    for (int page = 0; page < 20; ++page) {
      const Bytes xml = town.given(request);
      for (const pfif::Record& record : records_in(xml))
        ids.push_back(record.id());
      const std::size_t next = xml.find("&amp;after=");
      if (next == Bytes::npos) return ids;
      std::string after;
      for (std::size_t at = next + 11; xml[at] != '"'; ++at) {
        const bool escaped = xml[at] == '%';
        after += escaped ? static_cast<char>(std::stoi(xml.substr(at + 1, 2), nullptr, 16)) : xml[at];
        if (escaped) at += 2;
      }
      request["after"] = after;
    }
    FAIL("the links never end");
    return ids;
  };
  for (const char* const kind : {"person", "note"}) {
    CAPTURE(kind);
    const auto all = followed(key, kind, 200);
    REQUIRE(all.size() == 5);
    CHECK(std::set(all.begin(), all.end()).size() == 5);
    CHECK(all[4].starts_with("other.example/"));  // came in after ours
    for (const int at_once : {1, 2, 3, 5})
      CHECK(followed(key, kind, at_once) == all);
    CHECK(followed(ours, kind, 1) == std::vector{all[3]});
    const auto newest = ids_of({{"key", key}, {"kind", kind}, {"omit_notes", true}});
    CHECK(newest == std::vector(all.rbegin(), all.rend()));
    CHECK(ids_of({{"key", key}, {"kind", kind}, {"omit_notes", true}, {"skip", 3}, {"max_results", 1}}) ==
          std::vector{all[1]});
  }
  CHECK(ids_of({{"key", key}, {"kind", "note"}, {"person_record_id", "other.example/b"}}).size() == 1);
}

TEST_CASE("exchange: partners do what their rights say, until they are revoked") {
  TestTown town;
  town.receive("浜口 ツル", "1931-01-15", {reception::Audience::anyone});
  town.import(wrapped(pfif_of("p1", "山田 花子", kThen)));
  const std::string reader = town.enrol({Right::read, Right::search});
  CHECK(town.feed(reader).size() == 2);  // ours only
  CHECK(town.found(reader, "濱口ツル").size() == 2);
  CHECK(town.found(reader, "はまぐち").size() == 2);
  CHECK(town.found(reader, "山田").empty());
  CHECK(town.by_nobody("exchange.read", json::object{{"key", reader}, {"id", "other.example/p1"}})
            .error()
            .code == ErrorCode::not_found);
  const auto written = town.write(reader, wrapped(pfif_of("p9", "高橋", kThen)));
  CHECK(written.error().code == ErrorCode::forbidden);
  CHECK(town.by_nobody("exchange.feed", json::object{{"key", "wrong"}, {"kind", "person"}}).error().code ==
        ErrorCode::unauthenticated);

  PersonId partner;
  const std::string writer = town.enrol({Right::write, Right::read, Right::read_received}, &partner);
  const auto report = town.write(writer, wrapped(pfif_of("p9", "高橋", kThen))).value();
  CHECK(report.taken == 2);
  const auto strange = town.write(writer,
                                  "<pfif:pfif xmlns:pfif=\"http://zesty.ca/pfif/1.4\"><pfif:person>"
                                  "<pfif:person_record_id>third.example/p</pfif:person_record_id>"
                                  "<pfif:source_date>2026-03-11T06:00:00Z</pfif:source_date>"
                                  "<pfif:full_name>X</pfif:full_name></pfif:person></pfif:pfif>");
  CHECK(strange.value().refused == 1);
  CHECK(town.feed(writer).size() == 6);

  const auto renewed = town.run<EnrolAnswer>("exchange.renew_key", PartnerRequest{partner}).value();
  CHECK(town.by_nobody("exchange.feed", json::object{{"key", writer}, {"kind", "person"}}).error().code ==
        ErrorCode::unauthenticated);
  CHECK(town.feed(renewed.key).size() == 6);
  REQUIRE(town.invoke("exchange.revoke_partner", json::object{{"partner", partner.text()}}));
  CHECK(
      town.by_nobody("exchange.feed", json::object{{"key", renewed.key}, {"kind", "person"}}).error().code ==
      ErrorCode::unauthenticated);
  // Each look of theirs is recorded under their name.
  const auto looks = town.invoke("access.looks", json::object{});
  REQUIRE(looks);
  CHECK(to_text(*looks).find("exchange.feed") != std::string::npos);
  CHECK(to_text(*looks).find("連携先の例") != std::string::npos);
}

TEST_CASE("exchange: a received record with the name of a protected person is not passed on") {
  TestTown town;
  town.protect("1006");  // 岩谷 花
  town.import(wrapped(pfif_of("p1", "岩谷　花", kThen) + pfif_of("p2", "佐藤 次郎", kThen)));
  const std::string key = town.enrol({Right::read, Right::read_received, Right::search});
  CHECK(town.feed(key).size() == 2);
  CHECK(town.feed(key, pfif::Kind::note).size() == 1);
  CHECK(town.found(key, "岩谷").empty());
}

TEST_CASE("exchange: the feed is paged in the order of entry, and nothing is missed or doubled") {
  TestTown town;
  std::string inside;
  for (int i = 0; i < 45; ++i)
    inside += pfif_of("p" + std::to_string(i), "山田 " + std::to_string(i), kThen);
  town.import(wrapped(inside));
  const std::string key = town.enrol({Right::read, Right::read_received});
  std::set<std::string> seen;
  for (int skip = 0; skip < 45; skip += 10)
    for (const pfif::Record& record : town.feed(key, pfif::Kind::person, "2000-01-01T00:00:00Z", skip))
      if (record.kind == pfif::Kind::person) CHECK(seen.insert(record.id()).second);
  CHECK(seen.size() == 45);
  CHECK(town.feed(key, pfif::Kind::person, "2090-01-01T00:00:00Z").empty());
  json::object request{{"key", key}, {"kind", "note"}, {"person_record_id", "other.example/p7"}};
  CHECK(records_in(town.given(request)).size() == 1);
}

TEST_CASE("exchange: a record is tied to a resident by a person, and the tie taken back") {
  TestTown town;
  town.import(wrapped(pfif_of("p1", "渡邉 健太", kThen)));
  const auto told = [&] { return town.told("渡邉 健太 1985-12-24"); };
  CHECK(told() == false);
  REQUIRE(town.run<Recorded>("exchange.tie",
                             TieRequest{"other.example/p1", ResidentId("1003"), "生年月日が同じ"}));
  CHECK(told());
  CHECK(town.run<Recorded>("exchange.tie", TieRequest{"other.example/p1", ResidentId("1003"), ""})
            .error()
            .code == ErrorCode::conflict);
  const auto list = town.run<ReceivedList>("exchange.records", RecordsRequest{}).value();
  REQUIRE(list.records.size() == 1);
  REQUIRE(list.records[0].tie);
  REQUIRE(town.run<Recorded>("exchange.untie", UntieRequest{"other.example/p1", "別人"}));
  CHECK(told() == false);
  CHECK_FALSE(town.run<ReceivedList>("exchange.records", RecordsRequest{}).value().records[0].tie);
}

TEST_CASE("exchange: the views do not depend on the order of the facts, and the journal is sound") {
  TestTown town;
  town.receive("浜口 ツル", "1931-01-15", {reception::Audience::anyone});
  town.enrol({Right::read});
  town.import(wrapped(pfif_of("p1", "山田 花子", kThen) + pfif_of("p2", "佐藤 次郎", kThen)));
  town.import(wrapped(pfif_of("p1", "山田 華子", kLater)));
  town.run<UpkeepReport>("exchange.upkeep", api::Nothing{});
  town.import(wrapped(
      "<pfif:person><pfif:person_record_id>other.example/p2</pfif:person_record_id><pfif:source_date>" +
      std::string(kLater) + "</pfif:source_date><pfif:expiry_date>" + kLater +
      "</pfif:expiry_date></pfif:person>"));
  const auto facts = journal::all_facts(*town.town->journal().reader());
  const auto wrong = journal::check_order_does_not_matter(town.town->views(), facts, 7);
  CHECK_MESSAGE(!wrong, wrong.value_or(""));
  const auto report = journal::verify(real_env(), town.town->database(), town.town->journal_options(),
                                      town.town->views(), {}, no_progress());
  REQUIRE(report);
  CHECK(report->findings.empty());
  CHECK(report->erased == 2);
}

TEST_CASE("exchange: only addresses that keep the key secret are taken for towns") {
  TestTown town;
  const auto enrolled =
      town.run<EnrolAnswer>("exchange.enrol_partner",
                            EnrolRequest{"となり町", PartnerKind::municipality, {}, {Right::ask}, {}})
          .value();
  for (const char* const bad : {"http://town.example", "ftp://x", "https://", "https://a b",
                                "http://127.0.0.1.example/", "https://user@town.example", ""})
    CHECK_MESSAGE(
        town.invoke("exchange.reach_town", to_json(ReachRequest{enrolled.partner, bad, "k"})).error().code ==
            ErrorCode::invalid_input,
        bad);
  REQUIRE(town.invoke("exchange.reach_town",
                      to_json(ReachRequest{enrolled.partner, "https://town.example:8443", "their key"})));
  // The key stands nowhere in the clear.
  const auto rows = town.town->journal().reader()->query("SELECT body FROM journal_entry");
  while (rows->next())
    CHECK(rows->bytes(0).find("their key") == BytesView::npos);
  CHECK(town.run<PartnerList>("exchange.partners", api::Nothing{}).value().partners[0].url ==
        "https://town.example:8443");
}

}  // namespace sonae::exchange
