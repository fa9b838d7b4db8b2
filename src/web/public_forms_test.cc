// The pages that answer forms sent without JavaScript.
#include "web/public_forms.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "web/answers.h"

namespace sonae::web {

namespace {
std::string field_of(const Response& response, std::string_view name) {
  for (const auto& [field, value] : response.fields)
    if (field == name) return value;
  return {};
}
}  // namespace

TEST_CASE("public forms: when it is too busy a page says so in both languages, and when to come back") {
  const Response busy = form_busy("20");
  CHECK(busy.status == 503);
  CHECK(field_of(busy, "Retry-After") == "20");
  CHECK(field_of(busy, "Content-Type") == "text/html; charset=utf-8");
  CHECK(field_of(busy, "Cache-Control") == "no-store");
  CHECK(busy.body.find("20 秒ほど待ってから") != std::string::npos);
  CHECK(busy.body.find("nothing was sent") != std::string::npos);
}

TEST_CASE("public forms: answers and errors are shown as text, whatever stands in them") {
  const Response told =
      form_answer(json_answer(json::object{{"told", true}, {"words", "<b>&\""}, {"easy", "x"}}));
  CHECK(told.status == 200);
  CHECK(told.body.find("&lt;b&gt;&amp;&quot;") != std::string::npos);
  const Response claim = form_answer(json_answer(json::object{{"claim", "abcdefghijklmnop"}}));
  CHECK(claim.body.find("Number: abcdefgh<") != std::string::npos);
  const Response wrong = form_answer(
      error_answer(Error{ErrorCode::too_many, {"お待ちください", "Wait"}, {}, {}}, Language::japanese));
  CHECK(wrong.status == 429);
  CHECK(wrong.body.find("お待ちください") != std::string::npos);
  CHECK(form_operation("/safety/claim.make") == "claim.make");
  CHECK(form_operation("/safety/claim.list").empty());
}

}  // namespace sonae::web
