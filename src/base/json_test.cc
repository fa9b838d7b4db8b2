#include "base/json_text.h"

#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <cmath>

using namespace sonae;

namespace {

enum class Sex { male, female };
BOOST_DESCRIBE_ENUM(Sex, male, female)

struct Base {
  std::string name;
};
BOOST_DESCRIBE_STRUCT(Base, (), (name))

struct Person : Base {
  std::optional<Date> birth_date;
  Sex sex = Sex::male;
  double temperature = 0;
  std::vector<FactId> facts;
  std::map<std::string, int> needs;
};
BOOST_DESCRIBE_STRUCT(Person, (Base), (birth_date, sex, temperature, facts, needs))

}  // namespace

TEST_CASE("JSON: a described struct goes out and comes back") {
  Person person;
  person.name = "串本 花子";
  person.sex = Sex::female;
  person.temperature = 35.1;
  person.facts = {*FactId::from_bytes("0123456789abcdef")};
  person.needs["wheelchair"] = 1;
  const std::string text = to_text(to_json(person));
  CHECK(
      text ==
      R"({"name":"串本 花子","sex":"female","temperature":35.1,"facts":["gaytemzugu3doobzmfrggzdfmy"],"needs":{"wheelchair":1}})");
  const auto back = from_json_text<Person>(text);
  REQUIRE(back);
  CHECK(read_json_text<Person>(text)->facts == person.facts);
  CHECK(to_json_text(person) == text);
  person.needs["\"\n"] = -7;
  person.temperature = 36;
  const std::vector<std::optional<Person>> two{person, std::nullopt};
  CHECK(to_json_text(two) == to_text(to_json(two)));
  CHECK(back->name == person.name);
  CHECK(back->facts == person.facts);
  CHECK_FALSE(back->birth_date);
}

TEST_CASE("JSON: text that is written directly is the text of the value") {
  Person person;
  CHECK(to_json_text(person) == to_text(to_json(person)));
  person.name = "\"串本\"\n\\\x01";
  person.birth_date = *parse_iso_date("1948-05-03");
  person.facts = {*FactId::from_bytes("0123456789abcdef"), *FactId::from_bytes("fedcba9876543210")};
  person.needs = {{"", -1}, {"wheel\tchair", 2'000'000'000}};
  for (const double number : {0.0, -0.0, 3.0, 35.1, 1e300, -1e-7, 1.0 / 3, std::nan(""), HUGE_VAL}) {
    person.temperature = number;
    const std::vector<Person> several{person, Person{}};
    CHECK(to_json_text(several) == to_text(to_json(several)));
  }
  const std::vector<std::optional<bool>> truths{true, std::nullopt, false};
  CHECK(to_json_text(truths) == "[true,null,false]");
  CHECK(to_json_text(to_json(person)) == to_text(to_json(person)));
  for (const std::int64_t number : {INT64_MIN, std::int64_t{-1}, std::int64_t{0}, INT64_MAX})
    CHECK(to_json_text(number) == std::to_string(number));
}

TEST_CASE("JSON: errors name the member; unknown members are accepted") {
  auto error = [](std::string_view text) {
    const auto person = from_json_text<Person>(text);
    REQUIRE_FALSE(person);
    return person.error().where;
  };
  CHECK(error(R"({"sex":"male","temperature":1})") == "name");
  CHECK(error(R"({"name":"x","sex":"other","temperature":1})") == "sex");
  CHECK(error(R"({"name":"x","sex":"male","temperature":1,"facts":["a","b"]})") == "facts[0]");
  CHECK(error(R"({"name":"x","sex":"male","temperature":1,"birth_date":"2026-02-30"})") == "birth_date");
  CHECK(from_json_text<Person>(R"({"name":"x","sex":"male","temperature":1,"later":true})"));
  CHECK_FALSE(parse_json("{} x"));
  CHECK_FALSE(parse_json(std::string(100, '[')));
}

TEST_CASE("JSON: numbers are written in their shortest form") {
  CHECK(to_text(json::value(35.1)) == "35.1");
  CHECK(to_text(json::value(2.0)) == "2.0");
  CHECK(to_text(json::value(1e300)) == "1e+300");
}

TEST_CASE("JSON: every byte that must be escaped is, as Boost.JSON does, and comes back") {
  std::string all = "津波「〃」\xf0\xa0\xae\xb7";
  for (int byte = 0; byte < 128; ++byte)
    all += static_cast<char>(byte);
  const json::value value(json::object{{all, json::array{all, "", 1, -5, true, nullptr}}});
  CHECK(to_text(value) == json::serialize(value));
  CHECK(parse_json(to_text(value)) == value);
  CHECK(parse_json('"' + std::string(5000, 'x') + '"')->as_string().size() == 5000);
}
