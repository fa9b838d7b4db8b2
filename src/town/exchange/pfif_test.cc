// PFIF: third-party files, round trips, hostile files.
#include "town/exchange/pfif.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <array>

#include "base/env.h"
#include "town/exchange/pfif_reader.h"
#include "town/exchange/pfif_writer.h"

namespace sonae::exchange::pfif {

namespace {

struct Read {
  std::vector<Record> records;
  std::vector<std::uint64_t> lines;
  Status status;
};

Read all_of(BytesView content) {
  Read all;
  all.status = read(content, [&](Record record, std::uint64_t line) -> Status {
    all.records.push_back(std::move(record));
    all.lines.push_back(line);
    return {};
  });
  return all;
}

// A third-party file, where the shared files are beside this directory.
std::optional<Bytes> shared_file(const std::string& name) {
  for (const char* const up : {"/../shared/data/pfif/", "/../../shared/data/pfif/"})
    if (auto content = real_env().disk.read_all(std::string(SONAE_SOURCE_DIR) + up + name)) return *content;
  return std::nullopt;
}

std::string wrapped(std::string_view inside) {
  return "<pfif:pfif xmlns:pfif=\"http://zesty.ca/pfif/1.4\">" + std::string(inside) + "</pfif:pfif>";
}

// Texts that XML can carry, as the reader hands them out: without white space around them.
rc::Gen<std::string> some_text() {
  return rc::gen::map(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 12)),
                      [](const std::vector<int>& which) {
                        constexpr std::array<std::string_view, 12> kPieces{"串", "本", "a",  "&",  "<", ">",
                                                                           "\"", "'",  "\r", "\n", " ", "𠮷"};
                        std::string text = "x";
                        for (const int one : which)
                          text += kPieces[static_cast<std::size_t>(one)];
                        return text + "y";
                      });
}

rc::Gen<Record> some_record(Kind kind) {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(fields_of(kind).size(), some_text()),
                      [kind](const std::vector<std::string>& texts) {
                        Record record{kind, {}};
                        for (std::size_t i = 0; i < texts.size(); ++i)
                          if (texts[i].size() % 3 != 0) record.set(fields_of(kind)[i], texts[i]);
                        return record;
                      });
}

}  // namespace

TEST_CASE("a third party's file of PFIF 1.4 comes in with every field") {
  const auto content = shared_file("personfinder_tests/test.pfif-1.4.xml");
  if (!content) return;
  Read all = all_of(*content);
  REQUIRE(all.status);
  REQUIRE(all.records.size() == 5);
  const Record& person = all.records[0];
  CHECK(person.kind == Kind::person);
  CHECK(person.id() == "test.google.com/person.21009");
  CHECK(person.at("full_name") == "_test_full_name1\n_test_full_name2");
  CHECK(person.at("home_city") == "_test_home_city");  // white space around it is stripped
  CHECK(person.at("profile_urls") == "_test_profile_url1\n_test_profile_url2");
  CHECK(check(all.records[0]).empty());
  const Record& note = all.records[1];
  CHECK(note.at("linked_person_record_id") == "test.google.com/person.999");
  CHECK(note.at("author_made_contact") == "false");
  CHECK(note.at("status") == "believed_missing");
  CHECK(note.at("photo_url") == "_test_note_photo_url");
  CHECK(check(all.records[1]).empty());
  // The third note names neither its person nor its author: the one is known, the other is missed.
  Record& third = all.records[3];
  CHECK(third.at("person_record_id") == "test.google.com/person.21009");
  const auto problems = check(third);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].field == "author_name");
  CHECK_FALSE(problems[0].refused);
}

TEST_CASE("older versions become 1.4") {
  const auto content = shared_file("personfinder_tests/test.pfif-1.1.xml");
  if (!content) return;
  const Read all = all_of(*content);
  REQUIRE(all.status);
  REQUIRE(all.records.size() == 3);
  CHECK(all.records[0].at("full_name") == "_test_first_name _test_last_name");
  CHECK(all.records[0].at("home_postal_code") == "_test_home_zip");
  CHECK(all.records[0].at("description") == "_test_description");
  CHECK(all.records[1].at("author_made_contact") == "true");
}

TEST_CASE("every third-party file is read") {
  for (const char* const name : {"test.pfif-1.2.xml", "test.pfif-1.2-note.xml", "test.pfif-1.2-source.xml",
                                 "test.pfif-1.2-believed-dead.xml", "test.pfif-1.2-notification.xml",
                                 "test.pfif-1.2-badrecord.xml", "global-test.pfif-1.2-source.xml"}) {
    const auto content = shared_file(std::string("personfinder_tests/") + name);
    if (!content) return;
    Read all = all_of(*content);
    CHECK_MESSAGE(all.status, name);
    CHECK_FALSE(all.records.empty());
    for (Record& record : all.records)
      for (const Problem& problem : check(record))
        CHECK_MESSAGE(!problem.refused, std::string(name), " ", problem.field);
  }
}

TEST_CASE("bad fields are named, with what was expected") {
  Record person{Kind::person, {}};
  person.fields = {{"person_record_id", "no-domain"},
                   {"source_date", "yesterday"},
                   {"full_name", "串本 花子"},
                   {"sex", "f"},
                   {"age", "forty"},
                   {"date_of_birth", "1970-02-30"},
                   {"home_country", "Japan"}};
  const auto problems = check(person);
  CHECK(problems.size() == 6);
  CHECK(std::ranges::count_if(problems, &Problem::refused) == 2);
  CHECK(person.at("sex").empty());
  CHECK(person.at("full_name") == "串本 花子");
}

TEST_CASE("a placeholder needs its dates only") {
  Record record = placeholder_of("a.example/person.1", Instant{1000}, Instant{2000}, Instant{3000});
  CHECK(is_placeholder(record));
  CHECK(check(record).empty());
  record.set("full_name", "x");
  CHECK_FALSE(is_placeholder(record));
}

TEST_CASE("dates are UTC and whole") {
  CHECK(read_date("2011-03-11T05:46:00Z"));
  CHECK(read_date("2011-03-11T05:46:00.123Z"));
  for (const char* const bad : {"2011-03-11T05:46:00+09:00", "2011-03-11", "2011-13-11T05:46:00Z", "Z", ""})
    CHECK_FALSE(read_date(bad));
}

TEST_CASE("document types, entities and what is no PFIF are refused") {
  for (const std::string& bad :
       {std::string("<!DOCTYPE x [<!ENTITY a \"b\">]>") + wrapped(""),
        std::string("<!DOCTYPE x SYSTEM \"file:///etc/passwd\">") + wrapped(""), std::string("<a/>"),
        std::string(""), wrapped("<pfif:person><pfif:person/></pfif:person>"),
        wrapped("<pfif:person><pfif:full_name><pfif:sex/></pfif:full_name></pfif:person>"),
        wrapped("<pfif:person>&a;</pfif:person>"), wrapped("<pfif:person>"),
        wrapped("<pfif:person><pfif:full_name>" + std::string(70'000, 'x') +
                "</pfif:full_name></pfif:person>")}) {
    const Read all = all_of(bad);
    REQUIRE_FALSE(all.status);
    CHECK(all.status.error().code == ErrorCode::invalid_input);
  }
  std::string deep;
  for (int i = 0; i < 40; ++i)
    deep += "<a>";
  CHECK_FALSE(all_of(deep).status);
}

TEST_CASE("what the taker refuses ends the reading") {
  const Status status =
      read(wrapped("<pfif:person/><pfif:person/>"),
           [](const Record&, std::uint64_t) -> Status { return fail(ErrorCode::cancelled, {}); });
  REQUIRE_FALSE(status);
  CHECK(status.error().code == ErrorCode::cancelled);
}

TEST_CASE("what is written is read back the same, in a file and in a feed, in any pieces") {
  CHECK(rc::check([] {
    const Record person = *some_record(Kind::person);
    std::vector<Record> notes = *rc::gen::container<std::vector<Record>>(some_record(Kind::note));
    for (Record& note : notes)
      note.set("person_record_id", "a.example/person.1");
    Bytes file(kBegin);
    write_person(file, person, notes);
    file += kEnd;
    Bytes feed;
    begin_feed(feed, {"title", "https://a.example/?a=1&b=2", "https://a.example/next", Instant{}});
    write_person_entry(feed, person, notes);
    feed += kFeedEnd;
    Record expected = person;
    if (expected.at("full_name").empty()) {
      const std::string &given = person.at("given_name"), &family = person.at("family_name");
      expected.set("full_name", given + (given.empty() || family.empty() ? "" : " ") + family);
    }
    std::vector<Record> records{expected};
    records.insert(records.end(), notes.begin(), notes.end());
    for (const Bytes& content : {file, feed}) {
      RC_ASSERT(all_of(content).records == records);
      std::vector<Record> in_pieces;
      Reader reader([&](Record record, std::uint64_t) -> Status {
        in_pieces.push_back(std::move(record));
        return {};
      });
      const auto size = static_cast<std::size_t>(*rc::gen::inRange(1, 64));
      for (std::size_t at = 0; at < content.size(); at += size)
        RC_ASSERT(reader.feed(BytesView(content).substr(at, size)));
      RC_ASSERT(reader.finish());
      RC_ASSERT(in_pieces == records);
    }
  }));
}

}  // namespace sonae::exchange::pfif
