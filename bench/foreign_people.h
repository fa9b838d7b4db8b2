// Foreign residents of made towns: names as registers have them (Latin letters or kanji, with a reading), the
// other readings under which they are known, and everyday names (通称). Made up from frequent names.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace sonae::bench {

enum class Origin : unsigned char { japan, vietnam, china, korea, elsewhere };

struct ForeignName {
  std::string family, given, family_kana, given_kana;
  std::string family_also, given_also;  // another reading: 王 as オウ, not ワン
};

// `pick(n)` gives a number below n.
template <class Pick>
ForeignName foreign_name(Origin origin, int sex, Pick&& pick) {
  using Two = std::array<const char*, 2>;
  using Three = std::array<const char*, 3>;
  const auto of = [&](const auto& all) -> const auto& {
    return all[static_cast<std::size_t>(pick(all.size()))];
  };
  if (origin == Origin::vietnam) {
    static const std::vector<Two> kFamily = {{"NGUYEN", "グエン"}, {"NGUYEN", "グエン"}, {"NGUYEN", "グエン"},
                                             {"TRAN", "チャン"},   {"LE", "レ"},         {"PHAM", "ファム"},
                                             {"HOANG", "ホアン"},  {"VU", "ヴ"},         {"DANG", "ダン"},
                                             {"BUI", "ブイ"},      {"DO", "ド"},         {"NGO", "ゴ"}};
    static const std::vector<Two> kMan = {
        {"VAN", "ヴァン"}, {"DUC", "ドゥック"}, {"HUU", "フー"}, {"MINH", "ミン"}};
    static const std::vector<Two> kWoman = {
        {"THI", "ティ"}, {"THI", "ティ"}, {"NGOC", "ゴック"}, {"THU", "トゥ"}};
    static const std::vector<Two> kManGiven = {
        {"NAM", "ナム"},     {"HUNG", "フン"},   {"DUNG", "ズン"},    {"TUAN", "トゥアン"},
        {"HAI", "ハイ"},     {"LONG", "ロン"},   {"QUANG", "クアン"}, {"THANH", "タイン"},
        {"KHANH", "カイン"}, {"PHUC", "フック"}, {"SON", "ソン"},     {"TRUNG", "チュン"}};
    static const std::vector<Two> kWomanGiven = {{"MAI", "マイ"},     {"HUONG", "フオン"}, {"LAN", "ラン"},
                                                 {"HOA", "ホア"},     {"THUY", "トゥイ"},  {"LINH", "リン"},
                                                 {"TRANG", "チャン"}, {"ANH", "アイン"},   {"NGA", "ガー"},
                                                 {"HANH", "ハイン"},  {"YEN", "イエン"},   {"THAO", "タオ"}};
    const Two family = of(kFamily), middle = of(sex == 1 ? kMan : kWoman),
              given = of(sex == 1 ? kManGiven : kWomanGiven);
    return {family[0], std::string(middle[0]) + " " + given[0],
            family[1], std::string(middle[1]) + " " + given[1],
            "",        ""};
  }
  if (origin == Origin::china || origin == Origin::korea) {
    const bool china = origin == Origin::china;
    static const std::vector<Three> kChinese = {
        {"王", "ワン", "オウ"},     {"李", "リー", "リ"},     {"張", "チャン", "チョウ"},
        {"劉", "リウ", "リュウ"},   {"陳", "チェン", "チン"}, {"楊", "ヤン", "ヨウ"},
        {"趙", "ジャオ", "チョウ"}, {"黄", "ホアン", "コウ"}, {"周", "ジョウ", "シュウ"},
        {"呉", "ウー", "ゴ"},       {"徐", "シュー", "ジョ"}, {"孫", "スン", "ソン"},
        {"林", "リン", "リン"},     {"郭", "グオ", "カク"}};
    static const std::vector<Three> kKorean = {
        {"金", "キム", "キン"},   {"李", "イ", "リ"},       {"朴", "パク", "ボク"},
        {"崔", "チェ", "サイ"},   {"鄭", "チョン", "テイ"}, {"姜", "カン", "キョウ"},
        {"趙", "チョ", "チョウ"}, {"尹", "ユン", "イン"},   {"張", "チャン", "チョウ"},
        {"林", "イム", "リン"},   {"呉", "オ", "ゴ"},       {"申", "シン", "シン"}};
    static const std::vector<Three> kChineseGiven = {{"小明", "シャオミン", "ショウメイ"},
                                                     {"偉", "ウェイ", "イ"},
                                                     {"芳", "ファン", "ホウ"},
                                                     {"静", "ジン", "セイ"},
                                                     {"建国", "ジエングオ", "ケンコク"},
                                                     {"麗華", "リーホワ", "レイカ"},
                                                     {"秀英", "シウイン", "シュウエイ"},
                                                     {"志強", "ジーチアン", "シキョウ"},
                                                     {"海燕", "ハイイエン", "カイエン"},
                                                     {"雪梅", "シュエメイ", "セツバイ"},
                                                     {"文", "ウェン", "ブン"},
                                                     {"俊傑", "ジュンジエ", "シュンケツ"},
                                                     {"玉蘭", "ユーラン", "ギョクラン"},
                                                     {"暁東", "シャオドン", "ギョウトウ"}};
    static const std::vector<Three> kKoreanGiven = {
        {"英洙", "ヨンス", "エイシュ"},     {"美淑", "ミスク", "ビシュク"},
        {"成民", "ソンミン", "セイミン"},   {"恵珍", "ヘジン", "ケイチン"},
        {"正雄", "チョンウン", "マサオ"},   {"順子", "スンジャ", "ジュンコ"},
        {"東賢", "トンヒョン", "トウケン"}, {"秀賢", "スヒョン", "シュウケン"},
        {"志勲", "チフン", "シクン"},       {"明子", "ミョンジャ", "アキコ"},
        {"哲洙", "チョルス", "テツシュ"},   {"銀珠", "ウンジュ", "ギンシュ"}};
    const Three family = of(china ? kChinese : kKorean), given = of(china ? kChineseGiven : kKoreanGiven);
    return {family[0], given[0], family[1], given[1], family[2], given[2]};
  }
  static const std::vector<Two> kFamily = {
      {"SANTOS", "サントス"},    {"REYES", "レイエス"},      {"CRUZ", "クルス"},
      {"GARCIA", "ガルシア"},    {"SHRESTHA", "シュレスタ"}, {"TAMANG", "タマン"},
      {"SILVA", "シルバ"},       {"OLIVEIRA", "オリベイラ"}, {"SMITH", "スミス"},
      {"JOHNSON", "ジョンソン"}, {"RAHMAN", "ラーマン"},     {"KHAN", "カーン"}};
  static const std::vector<Two> kMan = {
      {"JOSE", "ホセ"},   {"JUAN", "フアン"},      {"RAM", "ラム"}, {"CARLOS", "カルロス"},
      {"JOHN", "ジョン"}, {"MICHAEL", "マイケル"}, {"ALI", "アリ"}, {"DAVID", "デイビッド"}};
  static const std::vector<Two> kWoman = {{"MARIA", "マリア"},
                                          {"ANA", "アナ"},
                                          {"SITA", "シタ"},
                                          {"JENNIFER", "ジェニファー"},
                                          {"MARY JANE", "メアリー ジェーン"},
                                          {"SARAH", "サラ"},
                                          {"GRACE", "グレース"},
                                          {"ROSE", "ローズ"}};
  const Two family = of(kFamily), given = of(sex == 1 ? kMan : kWoman);
  return {family[0], given[0], family[1], given[1], "", ""};
}

}  // namespace sonae::bench
