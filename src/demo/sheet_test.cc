#include "demo/sheet.h"

#include <doctest/doctest.h>

#include <map>
#include <set>

#include "base/csv.h"
#include "demo/kana.h"
#include "demo/test_town.h"

using namespace sonae;
using namespace sonae::demo;

namespace {

std::vector<Sheet> lists(const TownOptions& town, const ListOptions& options) {
  return make_lists(test_names(), test_places(), town, options);
}

std::map<std::string, Resident> people_of(const TownOptions& options) {
  std::map<std::string, Resident> people;
  Town town = test_town(options);
  while (const Household* const household = town.next())
    for (const Resident& resident : *household)
      people.emplace(resident.id, resident);
  return people;
}

// The cells of each line.
std::map<std::uint64_t, std::vector<std::string>> lines_of(const Sheet& sheet) {
  std::map<std::uint64_t, std::vector<std::string>> lines;
  CsvReader reader(sheet.csv);
  while (*reader.next())
    lines[reader.line()].assign(reader.cells().begin(), reader.cells().end());
  return lines;
}

}  // namespace

TEST_CASE("lists without haste or error are the registry's own rows") {
  const TownOptions options{.seed = 21, .residents = 4'000};
  const std::map<std::string, Resident> people = people_of(options);
  std::set<std::string> on_lists;
  for (const Sheet& sheet : lists(options, {.severity = 0})) {
    const auto lines = lines_of(sheet);
    CHECK(lines.at(1) ==
          std::vector<std::string>{"name", "kana", "sex", "birth_date", "address", "phone", "note"});
    for (const Entry& entry : sheet.entries) {
      REQUIRE(entry.who == Who::resident);
      const Resident& resident = people.at(entry.resident_id);
      CHECK(entry.named);
      CHECK(entry.index == 0);
      CHECK(lines.at(entry.line) ==
            std::vector<std::string>{full_name(resident), full_kana(resident),
                                     resident.sex == Sex::male ? "男" : "女", iso_birth(resident),
                                     full_address(resident.address), resident.phone, ""});
      CHECK(on_lists.insert(resident.id).second);  // everybody once
    }
  }
  Town town = test_town(options);
  std::size_t at_shelters = 0;
  while (const Household* const household = town.next())
    for (const Stay& stay : stays_of(test_places(), options, *household))
      at_shelters += stay.where == Whereabouts::at_shelter;
  CHECK(on_lists.size() == at_shelters);
}

TEST_CASE("the truth names the line that a person stands on, and what the line says") {
  const TownOptions options{.seed = 22};
  const std::map<std::string, Resident> people = people_of(options);
  int named = 0, counted = 0, strangers = 0, moved_out = 0, seen = 0, without_kana = 0, without_phone = 0;
  std::map<std::string, int> times;
  for (const Sheet& sheet : lists(options, {})) {
    const auto lines = lines_of(sheet);
    std::uint64_t line = 0;
    std::uint32_t index = 0;
    for (const Entry& entry : sheet.entries) {
      CAPTURE(sheet.shelter);
      CAPTURE(entry.line);
      const bool follows = entry.line > line || (entry.line == line && entry.index == index + 1);
      CHECK(follows);
      line = entry.line;
      index = entry.index;
      REQUIRE(lines.contains(entry.line));
      CHECK((entry.who == Who::resident) == !entry.resident_id.empty());
      if (entry.who == Who::resident) {
        REQUIRE(people.contains(entry.resident_id));
        ++times[entry.resident_id];
      }
      (entry.named ? named : counted)++;
      strangers += entry.who == Who::visitor;
      moved_out += entry.who == Who::moved_out;
      CHECK(entry.named == !entry.written.name.empty());
      without_kana += entry.written.kana.empty();
      without_phone += entry.written.phone.empty();
      for (const std::string& cell : lines.at(entry.line))
        seen += entry.named && cell == entry.written.name;
    }
  }
  const int all = named + counted;
  CHECK(all > 3'000);
  CHECK(seen > all / 2);  // the others stand on a family's line, or under a mark
  CHECK(counted > 0);
  CHECK(strangers > all * 15 / 1000);
  CHECK(strangers < all * 60 / 1000);
  CHECK(moved_out > all * 3 / 1000);
  CHECK(moved_out < all * 20 / 1000);
  CHECK(without_kana > all * 3 / 10);
  CHECK(without_phone > all * 5 / 10);
  int twice = 0;
  for (const auto& [id, count] : times)
    twice += count > 1;
  CHECK(twice > all * 8 / 1000);
  CHECK(twice < all * 40 / 1000);
}

TEST_CASE("no telephone number on a list exists") {
  for (const Sheet& sheet : lists({.seed = 23, .residents = 5'000}, {.severity = 3}))
    for (const Entry& entry : sheet.entries) {
      std::string digits;
      for (const std::string_view character : characters_of(entry.written.phone)) {
        if (character.size() == 3) digits += static_cast<char>(character[2] - '\x90' + '0');  // full width
        if (character.size() == 1 && character != "-") digits += character;
      }
      std::erase(digits, static_cast<char>('\x8D' - '\x90' + '0'));  // －
      const bool not_assigned = digits.empty() || digits.starts_with("07350") || digits.starts_with("0900") ||
                                digits.starts_with("0800") || digits.starts_with("0700");
      CHECK(not_assigned);
    }
}

TEST_CASE("the same seed gives the same lists, another others; and so many as asked for") {
  const TownOptions options{.seed = 24, .residents = 3'000};
  const std::vector<Sheet> one = lists(options, {});
  const std::vector<Sheet> again = lists(options, {});
  REQUIRE(one.size() == again.size());
  for (std::size_t i = 0; i < one.size(); ++i)
    CHECK(one[i].csv == again[i].csv);
  const TownOptions other{.seed = 25, .residents = 3'000};
  CHECK(lists(other, {}).front().csv != one.front().csv);

  std::size_t persons = 0;
  for (const Sheet& sheet : lists({.seed = 26, .residents = 100'000}, {.persons = 3'000}))
    persons += sheet.entries.size();
  CHECK(persons > 2'400);
  CHECK(persons < 3'600);
}
