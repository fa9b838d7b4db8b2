#include "app/render.h"

#include <doctest/doctest.h>

using namespace sonae;

TEST_CASE("render: members by label, lists of objects as a table, empty members left out") {
  const json::value answer =
      *parse_json(R"({"rows":3,"note":"","places":[{"name":"串本","unconfirmed":2},{"name":"大島"}]})");
  CHECK(app::render(answer, Language::english) == "rows  3\nplaces:\n  name  unconfirmed\n  串本  2\n  大島");
}

TEST_CASE("render: wide characters take two columns, half-width kana one") {
  CHECK(app::terminal_width("a串ｱ") == 4);
}
