// The decision table row by row, as 災害対策基本法 86条の15 is remembered (data/inquiry/SOURCE.txt).
#include "town/inquiry/disclosure.h"

#include <doctest/doctest.h>

using namespace sonae;
using namespace sonae::inquiry;
using reception::Audience;

namespace {

Disclosure table() {
  auto opened = Disclosure::open(real_env(), SONAE_DATA_DIR, "/nonexistent");
  REQUIRE_MESSAGE(opened, opened.error().in(Language::english));
  return *opened;
}
reception::Entry entry(std::vector<reception::Consent> consent) {
  reception::Entry one;
  one.received.emplace();
  one.received->consent = std::move(consent);
  return one;
}
std::string told(Relation relation, Proof proof, std::vector<reception::Consent> consent = {}) {
  std::string all;
  for (const Item item : table().told(Asker{"", "", "", relation, proof}, entry(std::move(consent))))
    all += std::string(all.empty() ? "" : " ") + boost::describe::enum_to_string(item, "");
  return all;
}

constexpr const char* kAll = "held condition whereabouts contact other";

}  // namespace

TEST_CASE("disclosure: each relation with its proof, where the person said nothing") {
  CHECK(told(Relation::self, Proof::document) == kAll);
  CHECK(told(Relation::family, Proof::document) == kAll);
  CHECK(told(Relation::relative, Proof::callback) == "held condition");
  CHECK(told(Relation::relative, Proof::document) == "held condition");
  CHECK(told(Relation::workplace, Proof::callback) == "held condition");
  CHECK(told(Relation::acquaintance, Proof::none) == "held");
  CHECK(told(Relation::municipality, Proof::callback) == "held");
}

TEST_CASE("disclosure: without the proof everybody is an acquaintance") {
  for (const Relation relation : {Relation::self, Relation::family, Relation::relative, Relation::workplace,
                                  Relation::municipality, Relation::acquaintance})
    CHECK(told(relation, Proof::none) == "held");
  CHECK(told(Relation::family, Proof::callback) == "held");
  CHECK(told(Relation::self, Proof::callback) == "held");
}

TEST_CASE("disclosure: consent goes further, item by item") {
  const std::vector<reception::Consent> friends{{Audience::acquaintances, true}};
  CHECK(told(Relation::relative, Proof::callback, friends) == "held condition whereabouts contact");
  CHECK(told(Relation::workplace, Proof::callback, friends) == "held condition whereabouts contact");
  CHECK(told(Relation::acquaintance, Proof::none, friends) == "held condition whereabouts");
  CHECK(told(Relation::acquaintance, Proof::none, {{Audience::anyone, true}}) ==
        "held condition whereabouts");
  CHECK(told(Relation::municipality, Proof::callback, {{Audience::municipalities, true}}) ==
        "held condition whereabouts contact");
  CHECK(told(Relation::acquaintance, Proof::none, {{Audience::family, true}}) == "held");
}

TEST_CASE("disclosure: who refused is as unknown; what was said to the audience goes before everyone") {
  CHECK(told(Relation::family, Proof::document, {{Audience::family, false}}).empty());
  CHECK(told(Relation::family, Proof::none, {{Audience::acquaintances, false}}).empty());
  CHECK(
      told(Relation::relative, Proof::callback, {{Audience::acquaintances, false}, {Audience::anyone, true}})
          .empty());
  CHECK(told(Relation::self, Proof::document, {{Audience::family, false}}) == kAll);
}

TEST_CASE("disclosure: a table with a hole, a repeated or an unreadable row is refused with its line") {
  Bytes whole = real_env().disk.read_all(std::string(SONAE_DATA_DIR) + "/inquiry/disclosure.tsv").value();
  CHECK(Disclosure::parse(whole, "t.tsv"));
  const std::string row = "self\theld\ttold\t-\tdocument\n";
  CHECK(Disclosure::parse(whole + row, "t.tsv").error().where.starts_with("t.tsv:"));
  CHECK(Disclosure::parse("self\theld\tmaybe\t-\tdocument\n", "t.tsv").error().where == "t.tsv:1");
  CHECK(Disclosure::parse("self\theld\tconsent\t-\tdocument\n", "t.tsv").error().where == "t.tsv:1");
  Bytes hole = whole;
  hole.erase(hole.find(row), row.size());
  CHECK(Disclosure::parse(hole, "t.tsv").error().where == "t.tsv");
}
