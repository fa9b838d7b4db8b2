#include "link/search.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "link/index.h"
#include "link/search_words.h"
#include "link/test_town.h"

using namespace sonae;
using namespace sonae::link;

namespace {

Registry town_of(int residents) {
  RegistryBuilder builder(test_context());
  for (int i = 0; i < residents; ++i) {
    const Stranger person = stranger(i);
    builder.add(person.record());
  }
  return builder.finish();
}

std::vector<std::string> ids(const std::vector<Found>& found) {
  std::vector<std::string> result;
  for (const Found& f : found)
    result.emplace_back(f.resident);
  std::ranges::sort(result);
  return result;
}

}  // namespace

TEST_CASE("what is found is what looking through everybody finds") {
  const Registry registry = town_of(3000);
  const Search search(registry);
  for (const std::string_view typed :
       {"佐",      "佐藤",      "さ",    "さとう",         "サトウ ミサキ", "sato",      "yam",
        "美咲",    "佐藤 美",   "1948",  "S23.3.11",       "高富",          "高富 田中", "1950-07-02",
        "0735-61", "田中 1960", "す ひ", "ナカムラサチコ", "佐藤ミサ",      "佐藤みさき"}) {
    CAPTURE(typed);
    const auto words = read_words(registry.context(), registry.index().places(), typed);
    std::vector<std::string> expected;
    for (std::uint32_t slot = 0; slot < registry.index().slots(); ++slot) {
      const Features& f = registry.index().features(slot);
      if (std::ranges::all_of(words, [&](const Meanings& word) {
            return std::ranges::any_of(word, [&](const Meaning& m) { return m.met_by(f); });
          }))
        expected.emplace_back(registry.index().id(slot));
    }
    std::ranges::sort(expected);
    CHECK(ids(search.find(typed, {.limit = 5000, .allowed = {}})) == expected);
    if (typed != std::string_view("S23.3.11") && typed != std::string_view("1950-07-02"))
      CHECK(!expected.empty());
  }
}

TEST_CASE("who may not be shown is not found, and does not take another's place") {
  const Registry registry = town_of(3000);
  const Search search(registry);
  const auto all = search.find("さとう", {.limit = 10, .allowed = {}});
  REQUIRE(all.size() == 10);
  const std::string hidden(all[3].resident);
  const auto some =
      search.find("さとう", {.limit = 10, .allowed = [&](std::string_view id) { return id != hidden; }});
  CHECK(some.size() == 10);
  CHECK(std::ranges::none_of(some, [&](const Found& f) { return f.resident == hidden; }));
}

TEST_CASE("changes since the orders were made are found, and those who are gone are not") {
  Registry registry = town_of(500);
  Search search(registry);
  Record newcomer;
  newcomer.id = "new";
  newcomer.name = "凪 みなと";
  newcomer.kana = "ナギ ミナト";
  registry.put(newcomer);
  search.refresh();
  CHECK(ids(search.find("なぎ")) == std::vector<std::string>{"new"});
  CHECK(ids(search.find("new")) == std::vector<std::string>{"new"});
  registry.remove("new");
  search.refresh();
  CHECK(search.find("なぎ").empty());
  CHECK(search.find("").empty());
  CHECK(search.find(std::string(100000, 'x')).empty());
}
