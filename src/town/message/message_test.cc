// Messages as people write them. All people are fictional.
#include <doctest/doctest.h>

#include "text/utf8.h"
#include "town/message/answer.h"
#include "town/message/reading.h"

namespace sonae::message {

namespace {

const Date kToday{2026, 11, 21};

const reception::Vocabulary& vocabulary() {
  static const auto tables = text::Tables::open(real_env(), SONAE_DATA_DIR).value();
  static const auto words = reception::Vocabulary::open(real_env(), SONAE_DATA_DIR, {}, tables.get()).value();
  return *words;
}

claim::MakeRequest read(std::string_view text) {
  return read_message(vocabulary(), text, kToday);
}

std::size_t lacks(std::string_view text) {
  const claim::MakeRequest said = read(text);
  claim::Made made;
  made.name = said.name;
  made.birth_date = said.birth_date;
  made.phone = said.phone;
  return missing_of(made, kToday).size();
}

}  // namespace

TEST_CASE("message: labelled lines, in the form that the answer sends") {
  const auto said = read(
      "名前：潮崎一郎\nかな：しおざきいちろう\n生年月日：昭和23年3月11日\n電話：０７３５－６２－０００１\n"
      "いまいる所：大島小学校\n知らせてよい相手（家族・知人・だれでも）：家族と知人\n足をけがしています\n");
  CHECK(said.name == "潮崎一郎");
  CHECK(said.kana == "しおざきいちろう");
  CHECK(said.birth_date == "昭和23年3月11日");
  CHECK(said.phone == "０７３５－６２－０００１");
  CHECK(said.where == "大島小学校");
  CHECK(said.stay == reception::StayKind::shelter);
  CHECK(said.condition == reception::Condition::injured);
  CHECK(said.consent == std::vector{reception::Audience::family, reception::Audience::acquaintances});
}

TEST_CASE("message: the form filled in inside the quotation, and in English") {
  CHECK(read("> 名前：潮崎一郎\n> 電話：0735-62-0001\n").name == "潮崎一郎");
  const auto said =
      read("Name: SHIOZAKI Ichiro\nBirth date: 1948-03-11\nPhone: 0735620001\nWhere: Oshima school\n");
  CHECK(said.name == "SHIOZAKI Ichiro");
  CHECK(said.birth_date == "1948-03-11");
  CHECK(said.stay == reception::StayKind::shelter);
}

TEST_CASE("message: a sentence") {
  for (const char* const text :
       {"潮崎一郎です。昭和23年3月11日生まれ、電話0735-62-0001。無事です。今大島小学校にいます。",
        "潮崎 一郎 昭和23年3月11日 0735-62-0001 無事です 大島小学校にいます",
        "無事です。大島小学校に避難しました\n潮崎一郎\n1948/3/11\n0735-62-0001"}) {
    CAPTURE(text);
    const auto said = read(text);
    CHECK((said.name == "潮崎一郎" || said.name == "潮崎 一郎"));
    CHECK(said.birth_date.find("11") != std::string::npos);
    CHECK(said.where == "大島小学校");
    CHECK(said.stay == reception::StayKind::shelter);
    CHECK(said.condition == reception::Condition::well);
  }
  CHECK(read("潮崎一郎 車中泊です").stay == reception::StayKind::car);
}

TEST_CASE("message: what is no item stays open") {
  CHECK(lacks("無事です") == 3);
  CHECK(read("大島小学校にいます").name.empty());
  CHECK(read("11月21日に避難しました").birth_date.empty());
  CHECK(read("2026年11月21日に避難しました").birth_date.empty());
  CHECK(read("母が行方不明です。潮崎一郎").condition == reception::Condition::well);
  CHECK(lacks("") == 3);
  CHECK(lacks("名前：潮崎一郎\n生年月日：昭和23年\n電話：62") == 2);
  CHECK(is_name(vocabulary(), "潮崎 一郎"));
  CHECK_FALSE(is_name(vocabulary(), "お母さん"));
}

TEST_CASE("message: the answer says what is missing, and nothing of what was written") {
  const auto id = *claim::ClaimId::from_bytes(std::string(16, 'a'));
  const std::vector<Missing> all{Missing::name, Missing::birth_date, Missing::phone};
  const auto tongues = text::Tongues::open(real_env(), SONAE_DATA_DIR).value();
  const std::string letter = answer_words(tongues, "串本町", id, all, Length::letter);
  for (const char* const tongue : {"zh", "ko", "pt", "vi", "tl", "ne"}) {
    CAPTURE(tongue);
    CHECK(letter.find(tongues.say(tongue, "mail.missing")) != std::string::npos);
    const std::string first = answer_words(tongues, "串本町", id, {}, Length::letter, tongue);
    CHECK(first.starts_with(tongues.say(tongue, "safety.received")));
    CHECK(first.find(tongues.say(tongue, "mail.missing")) == std::string::npos);
  }
  CHECK(letter.find("名前、生年月日、電話番号") != std::string::npos);
  CHECK(letter.find("birth date") != std::string::npos);
  CHECK(answer_words(tongues, "串本町", id, {}, Length::letter).find("分からない") == std::string::npos);
  // Whoever answers it and fills nothing in has said nothing.
  CHECK(lacks(letter) == 3);
}

TEST_CASE(
    "message: a note fits into two segments of an SMS in every tongue, and into one where all is said") {
  // 3GPP TS 23.040: 70 characters of UCS-2, or 67 in each segment of several.
  const auto segments = [](std::string_view words) {
    std::size_t units = 0;
    for (const char32_t one : text::to_characters(words))
      units += one > 0xFFFF ? 2 : 1;
    return units <= 70 ? 1 : (units + 66) / 67;
  };
  const auto id = *claim::ClaimId::from_bytes(std::string(16, 'a'));
  const std::vector<Missing> all{Missing::name, Missing::birth_date, Missing::phone};
  const auto tongues = text::Tongues::open(real_env(), SONAE_DATA_DIR).value();
  std::vector<std::string> each = tongues.all();
  each.push_back("");  // cannot be told: in Japanese and English
  for (const std::string& tongue : each) {
    CAPTURE(tongue);
    // 富士河口湖町 has as long a name as towns have, with one more for those that have longer ones.
    const std::string lacks = answer_words(tongues, "富士河口湖町村", id, all, Length::note, tongue),
                      said = answer_words(tongues, "富士河口湖町村", id, {}, Length::note, tongue);
    CHECK_MESSAGE(segments(lacks) <= 2, lacks);
    CHECK_MESSAGE(segments(said) == 1, said);
    CHECK(said.find(id.text().substr(0, 8)) != std::string::npos);
    for (const char* const key : {"form.name", "form.birth", "form.phone"})
      if (!tongue.empty() && tongue != "easy")
        CHECK(lacks.find(tongues.say(tongue, key)) != std::string::npos);
  }
  CHECK(answer_words({}, "串本町", id, all, Length::note, "vi").find("Please also send") !=
        std::string::npos);
}

TEST_CASE("message: in which tongue it is answered") {
  const auto tongues = text::Tongues::open(real_env(), SONAE_DATA_DIR).value();
  CHECK(tongue_of(tongues, "Tôi là Mai, tôi bình an", "ja-JP") == "vi");
  CHECK(tongue_of(tongues, "무사합니다", "") == "ko");
  CHECK(tongue_of(tongues, "無事です", "pt-BR, ja;q=0.5") == "pt");
  CHECK(tongue_of(tongues, "無事です", "ja") == "ja");
  CHECK(tongue_of(tongues, "無事です", "en") == "ja");
  CHECK(tongue_of(tongues, "潮崎一郎", "") == "");
  CHECK(tongue_of(tongues, "潮崎一郎", "en-US") == "en");
}

}  // namespace sonae::message
