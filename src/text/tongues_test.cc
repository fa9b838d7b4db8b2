// The tables of what people read.
#include "text/tongues.h"

#include <doctest/doctest.h>

#include "base/env.h"

using namespace sonae;
using namespace sonae::text;

TEST_CASE("tongues: the product's nine tables say what is asked for, with its value") {
  const auto tongues = Tongues::open(real_env(), SONAE_DATA_DIR);
  REQUIRE_MESSAGE(tongues, tongues.error().in(Language::english));
  CHECK(tongues->all().size() >= 9);
  CHECK(tongues->say("ja", "said.well") == "ご無事です。");
  CHECK(tongues->say("en", "said.contact", "0735-00-0001") == "The contact is 0735-00-0001.");
  CHECK(tongues->say("zh", "said.in_shelter", "大島{value}").find("大島{value}") != std::string::npos);
  CHECK(tongues->say("xx", "said.well").empty());
  CHECK(tongues->say("en", "no.such").empty());
  CHECK(Tongues::tag("zh") == "zh-Hans");
}

TEST_CASE("tongues: what a program prefers, among those there are") {
  const auto tongues = Tongues::open(real_env(), SONAE_DATA_DIR).value();
  CHECK(tongues.preferred("ko-KR,ko;q=0.9,en;q=0.8") == "ko");
  CHECK(tongues.preferred("fr, vi;q=0.3, pt-BR;q=0.7") == "pt");
  CHECK(tongues.preferred("fil") == "tl");
  CHECK(tongues.preferred("zh-Hant-TW") == "zh");
  CHECK(tongues.preferred("en;q=0,ne") == "ne");
  CHECK(tongues.preferred("easy").empty());
  for (const char* const odd : {"", ",", ";q=", "fr", "*", "ko;q=x"}) {
    CAPTURE(odd);
    CHECK(tongues.preferred(odd).size() <= 2);
  }
  CHECK(Tongues().preferred("ko").empty());
}

TEST_CASE("tongues: in which a message is written, where it can be told") {
  const auto tongues = Tongues::open(real_env(), SONAE_DATA_DIR).value();
  for (const auto& [text, tongue] : {
           std::pair("潮崎一郎です。無事です。大島小学校にいます", "ja"),
           {"しおざき いちろう", "ja"},
           {"Name: SHIOZAKI Ichiro\nBirth date: 1948-03-11\nPhone: 0735620001", "en"},
           {"I am safe. My name is Maria", "en"},
           {"我很平安，我在大島小学校。王小明", "zh"},
           {"姓名：王小明 电话 09012345678", "zh"},
           {"무사합니다. 大島小学校에 있습니다. 김민수", "ko"},
           {"Nome: Maria Santos. Estou bem, no abrigo Oshima", "pt"},
           {"Tôi là NGUYEN THI MAI, tôi ở 大島小学校, bình an", "vi"},
           {"toi la Nguyen Thi Mai, binh an", "vi"},
           {"Ligtas ako at ang pamilya ko, nasa くしもと kami", "tl"},
           {"म सकुशल छु। नाम: राम बहादुर", "ne"},
           // Nobody can tell: names and dates stand in all of them.
           {"潮崎一郎 昭和23年3月11日 0735-62-0001", ""},
           {"NGUYEN THI MAI 1990-01-02", ""},
           {"Maria Santos", ""},
           {"ok", ""},
           {"", ""},
           {"\xFF\xFE", ""},
       }) {
    CAPTURE(text);
    CHECK(tongues.recognised(text) == tongue);
  }
  CHECK(Tongues().recognised("무사합니다").empty());
}

TEST_CASE("tongues: sentences stand one after the other as the language writes them") {
  std::string ja, vi;
  for (const char* const one : {"一。", "", "二。"}) {
    add_sentence(ja, "ja", one);
    add_sentence(vi, "vi", one);
  }
  CHECK(ja == "一。二。");
  CHECK(vi == "一。 二。");
}
