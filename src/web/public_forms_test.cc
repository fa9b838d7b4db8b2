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
const text::Tongues& tongues() {
  static const auto opened = text::Tongues::open(real_env(), SONAE_DATA_DIR).value();
  return opened;
}
const FormTongue kEnglish{tongues(), "en", "/safety"};
}  // namespace

TEST_CASE("public forms: when it is too busy a page says so in both languages, and when to come back") {
  const Response busy = form_busy("claim.make", "name=a", "20", kEnglish);
  CHECK(busy.status == 503);
  CHECK(field_of(busy, "Retry-After") == "20");
  CHECK(field_of(busy, "Content-Type") == "text/html; charset=utf-8");
  CHECK(field_of(busy, "Cache-Control") == "no-store");
  CHECK(busy.body.find("20 秒ほど待ってから") != std::string::npos);
  CHECK(busy.body.find("nothing was sent") != std::string::npos);
}

TEST_CASE(
    "public forms: the page that says to come back holds what was typed, as text and as often as it was "
    "sent") {
  const std::string body = "tongue=vi&name=%E6%BD%AE%22%3E%3Cb%3E&consent=family&consent=anyone&message=";
  const std::string page = form_busy("claim.make", body, "20", {tongues(), "vi", "/safety/vi"}).body;
  CHECK(page.find("<form method=\"post\" action=\"/safety/claim.make\">") != std::string::npos);
  for (const std::string_view held :
       {"name=\"tongue\" value=\"vi\"", "name=\"name\" value=\"潮&quot;&gt;&lt;b&gt;\"",
        "name=\"consent\" value=\"family\"", "name=\"consent\" value=\"anyone\"",
        "name=\"message\" value=\"\""})
    CHECK(page.find(held) != std::string::npos);
  CHECK(page.find("<b>") == std::string::npos);
  CHECK(form_busy("claim.make", "name=%", "20", kEnglish).body.find("<form") == std::string::npos);
}

TEST_CASE("public forms: answers and errors are shown as text, whatever stands in them") {
  const Response told =
      form_answer(json_answer(json::object{{"told", true}, {"words", "<b>&\""}, {"easy", "x"}}), kEnglish);
  CHECK(told.status == 200);
  CHECK(told.body.find("&lt;b&gt;&amp;&quot;") != std::string::npos);
  const Response claim = form_answer(json_answer(json::object{{"claim", "abcdefghijklmnop"}}), kEnglish);
  CHECK(claim.body.find("Number: abcdefgh<") != std::string::npos);
  const Response wrong = form_answer(
      error_answer(Error{ErrorCode::too_many, {"お待ちください", "Wait"}, {}, {}}, Language::japanese),
      kEnglish);
  CHECK(wrong.status == 429);
  CHECK(wrong.body.find("お待ちください") != std::string::npos);
  CHECK(form_operation("/safety/claim.make") == "claim.make");
  CHECK(form_operation("/safety/subscription.make") == "subscription.make");
  CHECK(form_operation("/safety/claim.list").empty());
  CHECK(form_operation("claim.make").empty());
}

TEST_CASE("public forms: an address goes with the wish to be told, and with no question") {
  const FormTongue in{tongues(), "vi", "/safety/vi"};
  const std::string body = "tongue=vi&name=%E6%BD%AE%E5%B4%8E&relation=family&to=meg%40example.jp";
  const json::object told = form_input("subscription.make", body, in)->as_object();
  CHECK(told.at("to") == json::value(json::object{{"channel", "mail"}, {"to", "meg@example.jp"}}));
  CHECK(told.at("language") == json::value("vi"));
  CHECK(told.at("name") == json::value("潮崎"));
  CHECK_FALSE(told.contains("tongue"));
  const json::object asked = form_input("inquiry.ask_publicly", body, in)->as_object();
  CHECK_FALSE(asked.contains("to"));
  CHECK(form_input("subscription.make", "name=x", in)->at("to").at("channel") == json::value("sms"));
  CHECK(form_input("claim.make", "consent=family&consent=anyone", in)->at("consent") ==
        json::value(json::array{"family", "anyone"}));
  CHECK_FALSE(form_input("claim.make", "name=%zz", in));

  const Response kept = form_answer(json_answer(json::object{{"subscription", "abcdefghijklmnop"}}), in);
  CHECK(kept.body.find("番号: abcdefghijklmnop") != std::string::npos);
  CHECK(kept.body.find(tongues().say("vi", "safety.subscribed")) != std::string::npos);
}

TEST_CASE("public forms: the tongue of the page, else of the browser, else English beside the Japanese") {
  Request request;
  CHECK(form_tongue(tongues(), request).name == "en");
  request.fields.emplace_back("Accept-Language", "ko-KR, en;q=0.5");
  CHECK(form_tongue(tongues(), request).name == "ko");
  request.body = "name=x&tongue=vi";
  CHECK(form_tongue(tongues(), request).name == "vi");
  CHECK(form_tongue(tongues(), request).path == "/safety/vi");
  request.body = "tongue=../x";
  CHECK(form_tongue(tongues(), request).path == "/safety");

  const json::array said{json::object{{"key", "said.well"}, {"value", ""}},
                         json::object{{"key", "said.in_shelter"}, {"value", "<大島>"}}};
  const Response answered =
      json_answer(json::object{{"told", true}, {"words", "x"}, {"easy", "y"}, {"said", said}});
  for (const std::string& tongue : tongues().all()) {
    if (tongue == "ja" || tongue == "easy") continue;
    CAPTURE(tongue);
    const FormTongue in{tongues(), tongue, "/safety/" + tongue};
    const Response told = form_answer(answered, in);
    CHECK(told.body.find("ご無事です。避難所「&lt;大島&gt;」におられます。") != std::string::npos);
    CHECK(told.body.find(tongues().say(tongue, "said.well")) != std::string::npos);
    CHECK(told.body.find("lang=\"" + std::string(text::Tongues::tag(tongue)) + "\"") != std::string::npos);
    CHECK(told.body.find("href=\"/safety/" + tongue + "\"") != std::string::npos);
    const std::string busy = form_busy("claim.make", "name=a", "20", in).body;
    CHECK(busy.find("20") != std::string::npos);
    CHECK(busy.find("{seconds}") == std::string::npos);
    CHECK(busy.find(tongues().say(tongue, "safety.again")) != std::string::npos);
  }
}

}  // namespace sonae::web
