// What the tests of linkage share: the tables, and any number of residents made up from a number.
#pragma once

#include <cstdlib>
#include <string>
#include <vector>

#include "link/record.h"
#include "text/tables.h"

namespace sonae::link {

inline Context test_context() {
  static const auto tables = text::Tables::open(real_env(), SONAE_DATA_DIR);
  if (!tables) std::abort();
  return {*tables, nullptr, Date{2026, 11, 20}};
}

// A person made up from a number: same number, same person. About 60,000 different names.
struct Stranger {
  std::string id, household, name, kana, address, phone;
  Sex sex = Sex::unknown;
  text::PartialDate birth;

  Record record() const {
    Record r;
    r.id = id;
    r.household = household;
    r.name = name;
    r.kana = kana;
    r.sex = sex;
    r.birth = birth;
    r.address = address;
    r.phone = phone;
    return r;
  }
};

inline Stranger stranger(int number) {
  static const char* const kFamily[][2] = {
      {"佐藤", "サトウ"},   {"鈴木", "スズキ"},   {"高橋", "タカハシ"},   {"田中", "タナカ"},
      {"伊藤", "イトウ"},   {"中村", "ナカムラ"}, {"小林", "コバヤシ"},   {"加藤", "カトウ"},
      {"吉田", "ヨシダ"},   {"山田", "ヤマダ"},   {"佐々木", "ササキ"},   {"松本", "マツモト"},
      {"井上", "イノウエ"}, {"木村", "キムラ"},   {"林", "ハヤシ"},       {"清水", "シミズ"},
      {"阿部", "アベ"},     {"池田", "イケダ"},   {"橋本", "ハシモト"},   {"石川", "イシカワ"},
      {"前田", "マエダ"},   {"岡田", "オカダ"},   {"長谷川", "ハセガワ"}, {"村上", "ムラカミ"}};
  static const char* const kGiven[][3] = {
      {"茂", "シゲル", "1"},     {"清", "キヨシ", "1"},     {"勇", "イサム", "1"},
      {"誠", "マコト", "1"},     {"翔太", "ショウタ", "1"}, {"大輔", "ダイスケ", "1"},
      {"正夫", "マサオ", "1"},   {"和夫", "カズオ", "1"},   {"幸子", "サチコ", "2"},
      {"和子", "カズコ", "2"},   {"節子", "セツコ", "2"},   {"洋子", "ヨウコ", "2"},
      {"恵子", "ケイコ", "2"},   {"陽菜", "ヒナ", "2"},     {"美咲", "ミサキ", "2"},
      {"久美子", "クミコ", "2"}, {"由美子", "ユミコ", "2"}, {"千代", "チヨ", "2"},
      {"健太", "ケンタ", "1"},   {"拓也", "タクヤ", "1"}};
  static const char* const kTowns[] = {"高富", "串本", "潮岬", "出雲", "大島", "須江",
                                       "樫野", "和深", "田並", "有田", "二色", "姫"};
  // Digits of the number in mixed bases, stirred so that neighbours differ.
  auto rest = static_cast<std::uint64_t>(number) * 0x9E3779B97F4A7C15ULL;
  const auto pick = [&](std::uint64_t of) {
    rest ^= rest >> 29;
    rest *= 0xBF58476D1CE4E5B9ULL;
    return (rest >> 33) % of;
  };
  Stranger s;
  const auto* family = kFamily[pick(24)];
  const auto* given = kGiven[pick(20)];
  s.id = "s" + std::to_string(number);
  s.household = "h" + std::to_string(number / 3);
  s.name = std::string(family[0]) + "　" + given[0];
  s.kana = std::string(family[1]) + "　" + given[1];
  s.sex = given[2][0] == '1' ? Sex::male : Sex::female;
  s.birth = {static_cast<std::int16_t>(1930 + pick(90)), static_cast<std::uint8_t>(1 + pick(12)),
             static_cast<std::uint8_t>(1 + pick(28))};
  s.address = std::string("和歌山県東牟婁郡串本町") + kTowns[pick(12)] + std::to_string(1 + pick(2000)) +
              "番地" + std::to_string(1 + pick(9));
  s.phone = "0735-6" + std::to_string(10000 + pick(9999));
  return s;
}

}  // namespace sonae::link
