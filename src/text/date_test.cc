#include "text/date.h"

#include <doctest/doctest.h>

using namespace sonae;
using namespace sonae::text;

namespace {
constexpr Date kToday{2026, 11, 21};
std::string read(const std::string& written) {
  const auto parsed = parse_date(written, kToday);
  return parsed ? to_text(parsed->date) : "-";
}
}  // namespace

TEST_CASE("the notations of one day") {
  for (const std::string& written : std::initializer_list<std::string>{"昭和23年3月11日",
                                                                       "S23.3.11",
                                                                       "s23/3/11",
                                                                       "㍼23・3・11",
                                                                       "昭23.3.11",
                                                                       "昭和廿三年三月十一日",
                                                                       "昭和二十三年三月十一日",
                                                                       "昭和二三年三月一一日",
                                                                       "19480311",
                                                                       "1948-3-11",
                                                                       "1948/3/11",
                                                                       "1948.3.11",
                                                                       "１９４８年３月１１日",
                                                                       "Ｓ２３．３．１１",
                                                                       "3230311",
                                                                       "S230311",
                                                                       "昭和230311",
                                                                       "昭和 23 年 3 月 11 日",
                                                                       "1948年(昭和23年)3月11日",
                                                                       "昭和23年3月11日生",
                                                                       "1948-03-11T00:00:00",
                                                                       "1948/3/11 0:00",
                                                                       "西暦1948年3月11日",
                                                                       "一九四八年三月十一日",
                                                                       "昭和23年3月11日（木）",
                                                                       "S23-03-11",
                                                                       "昭和２３年０３月１１日",
                                                                       "昭和23.3.11",
                                                                       "11/3/1948 "}) {
    CAPTURE(written);
    if (written == "11/3/1948 ") {
      CHECK(read(written) == "-");  // 11 March or 3 November
    } else {
      CHECK(read(written) == "1948-03-11");
    }
  }
}

TEST_CASE("first years and the ends of eras") {
  CHECK(read("平成元年1月8日") == "1989-01-08");
  CHECK(read("令和元.5.1") == "2019-05-01");
  CHECK(read("R1.5.1") == "2019-05-01");
  CHECK(read("昭和64年1月7日") == "1989-01-07");
  CHECK_FALSE(parse_date("昭和64年1月7日", kToday)->era_and_year_disagree);
  CHECK(parse_date("昭和64年1月8日", kToday)->era_and_year_disagree);
  CHECK(parse_date("平成元年1月7日", kToday)->era_and_year_disagree);
  CHECK_FALSE(parse_date("大正15年12月25日", kToday)->era_and_year_disagree);
  CHECK_FALSE(parse_date("昭和元年12月25日", kToday)->era_and_year_disagree);
  CHECK(parse_date("昭和元年12月24日", kToday)->era_and_year_disagree);
  CHECK_FALSE(parse_date("昭和64年", kToday)->era_and_year_disagree);
  CHECK(parse_date("昭和65年", kToday)->era_and_year_disagree);
  CHECK(read("明治5年11月30日") == "1872-11-30");
  CHECK(read("明治4年2月30日") == "1871-02-30");  // lunar
}

TEST_CASE("dates of which parts are unknown") {
  CHECK(read("昭和23年") == "1948-00-00");
  CHECK(read("昭和23年3月") == "1948-03-00");
  CHECK(read("昭和23年月日不詳") == "1948-00-00");
  CHECK(read("昭和23年3月日不詳") == "1948-03-00");
  CHECK(read("昭和23年3月不詳日") == "1948-03-00");
  CHECK(read("昭和23年不明") == "1948-00-00");
  CHECK(read("年不詳3月11日") == "0000-03-11");
  CHECK(read("19480300") == "1948-03-00");
  CHECK(read("19480000") == "1948-00-00");
  CHECK(read("3230000") == "1948-00-00");
  CHECK(read("3月3日生") == "0000-03-03");
  CHECK(read("不詳") == "0000-00-00");
  CHECK(read("") == "0000-00-00");
  CHECK(read("年月日不詳") == "0000-00-00");
  CHECK(read("昭和23年3月上旬") == "1948-03-00");
  CHECK(parse_date("昭和23年頃", kToday)->about);
  CHECK(read("昭和23年頃") == "1948-00-00");
}

TEST_CASE("what cannot be read, and days that are not there") {
  for (const std::string& written : std::initializer_list<std::string>{
           "75歳", "昭和", "山田", "2/30", "昭和23年2月30日", "1948-13-01", "昭和23年13月", "123456789",
           "1/2/3/4", "293400", "29340101", "昭和23年3月11日と12日", "48"}) {
    CAPTURE(written);
    CHECK(read(written) == "-");
  }
}

TEST_CASE("two-digit years are guessed and said to be") {
  CHECK(parse_date("48.3.11", kToday)->two_digit_year);
  CHECK(read("48.3.11") == "1948-03-11");
  CHECK(read("20.3.11") == "2020-03-11");
}

TEST_CASE("ages") {
  CHECK(age_on({1948, 3, 11}, {2026, 3, 10}) == 77);
  CHECK(age_on({1948, 3, 11}, {2026, 3, 11}) == 78);
  CHECK(age_on({2000, 2, 29}, {2023, 2, 28}) == 22);
  CHECK(age_on({2000, 2, 29}, {2023, 3, 1}) == 23);
  const auto range = ages_on({1948, 0, 0}, {2026, 6, 1});
  REQUIRE(range);
  CHECK(range->least == 77);
  CHECK(range->most == 78);
  CHECK_FALSE(ages_on({0, 3, 3}, {2026, 6, 1}));
}

TEST_CASE("dates for people") {
  CHECK(to_japanese_era({1948, 3, 11}) == "昭和23年3月11日");
  CHECK(to_japanese_era({2019, 5, 1}) == "令和元年5月1日");
  CHECK(to_japanese_era({1948, 0, 0}) == "昭和23年月日不詳");
  CHECK(to_japanese_era({1948, 3, 0}) == "昭和23年3月日不詳");
  CHECK(to_japanese_era({}) == "年月日不詳");
  CHECK(parse_partial_text("1948-03-00")->month == 3);
  CHECK_FALSE(parse_partial_text("1948-02-30"));
}
