#include "web/url.h"

#include <doctest/doctest.h>

using namespace sonae;

TEST_CASE("url: percent-encoding goes and comes") {
  CHECK(web::percent_encode("串本 a/b") == "%E4%B8%B2%E6%9C%AC%20a%2Fb");
  CHECK(*web::percent_decode("%E4%B8%B2%e6%9c%ac+a") == "串本+a");
  CHECK_FALSE(web::percent_decode("%E"));
  CHECK_FALSE(web::percent_decode("%zz"));
}

TEST_CASE("url: query members in order, plus is a space") {
  const auto members = *web::query_members("a=1&b=x+y&&c&d=%26");
  REQUIRE(members.size() == 4);
  CHECK(members[1].second == "x y");
  CHECK(members[2] == std::pair<std::string, std::string>("c", ""));
  CHECK(members[3].second == "&");
  CHECK_FALSE(web::query_members("a=%"));
}

TEST_CASE("url: cookies and languages") {
  web::Request request;
  request.fields = {{"cookie", "a=1; sonae_session=xyz;b=2"}, {"Accept-Language", "en-US,ja;q=0.5"}};
  CHECK(web::cookie(request, "sonae_session") == "xyz");
  CHECK(web::cookie(request, "b") == "2");
  CHECK(web::cookie(request, "session").empty());
  CHECK(web::language_of(request) == Language::english);
  request.fields[0].value = "sonae_language=easy";
  CHECK(web::language_of(request) == Language::japanese);
  CHECK(web::language_of({}) == Language::japanese);
}

TEST_CASE("url: any file name in a header") {
  CHECK(web::attachment("未確認\"\r\n.csv") ==
        "attachment; filename=\"____________.csv\"; "
        "filename*=UTF-8''%E6%9C%AA%E7%A2%BA%E8%AA%8D%22%0D%0A.csv");
}
