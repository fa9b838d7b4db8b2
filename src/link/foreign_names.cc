#include "link/foreign_names.h"

#include <array>
#include <string_view>
#include <unordered_map>

#include "link/characters.h"
#include "text/kana.h"

namespace sonae::link {
namespace {

// Character, Japanese reading, Chinese, Korean, as registers write them in katakana; a stroke where the
// character is not in use. A table of our own: frequent family names, then what given names are made of.
constexpr std::string_view kFamilyNames =
    "王 オウ ワン ワン\n李 リ リー イ\n張 チョウ チャン チャン\n劉 リュウ リウ ユ\n陳 チン チェン チン\n"
    "楊 ヨウ ヤン ヤン\n趙 チョウ ジャオ チョ\n黄 コウ ホアン ファン\n周 シュウ ジョウ チュ\n呉 ゴ ウー オ\n"
    "徐 ジョ シュー ソ\n孫 ソン スン ソン\n胡 コ フー ホ\n朱 シュ ジュー チュ\n高 コウ ガオ コ\n"
    "林 リン リン イム\n何 カ ホー ハ\n郭 カク グオ クァク\n馬 バ マー マ\n羅 ラ ルオ ナ\n梁 リョウ リアン "
    "ヤン\n"
    "宋 ソウ ソン ソン\n鄭 テイ ジョン チョン\n謝 シャ シエ サ\n韓 カン ハン ハン\n唐 トウ タン タン\n"
    "馮 フウ フォン プン\n于 ウ ユー ウ\n董 トウ ドン トン\n蕭 ショウ シャオ ソ\n程 テイ チョン チョン\n"
    "曹 ソウ ツァオ チョ\n袁 エン ユエン ウォン\n鄧 トウ ドン トゥン\n許 キョ シュー ホ\n傅 フ フー プ\n"
    "沈 シン シェン シム\n曾 ソ ツォン チュン\n彭 ホウ ポン ペン\n呂 ロ リュー ヨ\n蘇 ソ スー ソ\n盧 ロ ルー "
    "ノ\n"
    "蒋 ショウ ジアン チャン\n蔡 サイ ツァイ チェ\n魏 ギ ウェイ ウィ\n丁 テイ ディン チョン\n金 キン ジン "
    "キム\n"
    "朴 ボク プー パク\n崔 サイ ツイ チェ\n姜 キョウ ジアン カン\n尹 イン イン ユン\n申 シン シェン シン\n"
    "安 アン アン アン\n洪 コウ ホン ホン\n全 ゼン チュエン チョン\n権 ケン チュエン クォン\n柳 リュウ リウ "
    "ユ\n"
    "白 ハク バイ ペク\n文 ブン ウェン ムン\n裵 ハイ ペイ ペ\n河 カ ホー ハ\n南 ナン ナン ナム\n車 シャ "
    "チャー チャ\n"
    "陸 リク ルー ユク\n楚 ソ チュー チョ\n方 ホウ ファン パン\n石 セキ シー ソク\n成 セイ チョン ソン\n";
constexpr std::string_view kGivenNames =
    "小 ショウ シャオ ソ\n明 メイ ミン ミョン\n偉 イ ウェイ ウィ\n芳 ホウ ファン バン\n静 セイ ジン ジョン\n"
    "建 ケン ジエン ゴン\n国 コク グオ グク\n麗 レイ リー リョ\n華 カ ホワ ファ\n秀 シュウ シウ ス\n英 エイ "
    "イン ヨン\n"
    "志 シ ジー チ\n強 キョウ チアン ガン\n海 カイ ハイ ヘ\n燕 エン イエン ヨン\n雪 セツ シュエ ソル\n梅 "
    "バイ メイ メ\n"
    "俊 シュン ジュン ジュン\n傑 ケツ ジエ ゴル\n玉 ギョク ユー オク\n蘭 ラン ラン ラン\n暁 ギョウ シャオ "
    "ヒョ\n"
    "東 トウ ドン トン\n洙 シュ ジュー ス\n美 ビ メイ ミ\n淑 シュク シュー スク\n民 ミン ミン ミン\n恵 ケイ "
    "フイ ヘ\n"
    "珍 チン ジェン ジン\n正 セイ ジョン ジョン\n雄 ユウ ション ウン\n順 ジュン シュン スン\n子 シ ズー "
    "ジャ\n"
    "賢 ケン シエン ヒョン\n勲 クン シュン フン\n哲 テツ ジョー チョル\n銀 ギン イン ウン\n珠 シュ ジュー "
    "ジュ\n"
    "平 ヘイ ピン ピョン\n軍 グン ジュン グン\n勇 ユウ ヨン ヨン\n紅 コウ ホン ホン\n春 シュン チュン "
    "チュン\n"
    "花 カ ホワ ファ\n鳳 ホウ フォン ボン\n龍 リュウ ロン ヨン\n飛 ヒ フェイ ビ\n光 コウ グアン グァン\n"
    "大 ダイ ダー テ\n永 エイ ヨン ヨン\n福 フク フー ボク\n貴 キ グイ グィ\n栄 エイ ロン ヨン\n慶 ケイ チン "
    "ギョン\n"
    "寿 ジュ ショウ ス\n徳 トク ドー ドク\n仁 ジン レン イン\n義 ギ イー ウィ\n智 チ ジー ジ\n信 シン シン "
    "シン\n"
    "佳 カ ジア ガ\n慧 ケイ フイ ヘ\n敏 ビン ミン ミン\n娟 エン ジュエン ヨン\n婷 テイ ティン ジョン\n"
    "玲 レイ リン リョン\n霞 カ シア ハ\n雲 ウン ユン ウン\n月 ゲツ ユエ ウォル\n星 セイ シン ソン\n宇 ウ "
    "ユー ウ\n"
    "浩 コウ ハオ ホ\n博 ハク ボー パク\n文 ブン ウェン ムン\n武 ブ ウー ム\n林 リン リン リム\n金 キン ジン "
    "グム\n"
    "成 セイ チョン ソン\n泰 タイ タイ テ\n相 ソウ シアン サン\n在 ザイ ザイ ジェ\n鎮 チン ジェン ジン\n"
    "鐘 ショウ ジョン ジョン\n炳 ヘイ ビン ビョン\n基 キ ジー ギ\n元 ゲン ユエン ウォン\n善 ゼン シャン "
    "ソン\n"
    "京 キョウ ジン ギョン\n貞 テイ ジェン ジョン\n姫 キ ジー ヒ\n愛 アイ アイ エ\n蓮 レン リエン ヨン\n"
    "香 コウ シアン ヒャン\n琴 キン チン グム\n思 シ スー サ\n佩 ハイ ペイ ペ\n欣 キン シン フン\n怡 イ イー "
    "イ\n"
    "宏 コウ ホン フェン\n豪 ゴウ ハオ ホ\n威 イ ウェイ ウィ\n凱 ガイ カイ ゲ\n鵬 ホウ ポン ブン\n剛 ゴウ "
    "ガン ガン\n"
    "磊 ライ レイ ヌェ\n洋 ヨウ ヤン ヤン\n濤 トウ タオ ト\n超 チョウ チャオ チョ\n斌 ヒン ビン ビン\n丹 "
    "タン ダン ダン\n"
    "莉 リ リー リ\n娜 ダ ナー ナ\n倩 セン チエン チョン\n瑞 ズイ ルイ ソ\n智 チ ジー ジ\n太 タイ タイ テ\n";

constexpr std::size_t kLanguages = 3;
using Readings = std::array<std::string_view, kLanguages>;
using Table = std::unordered_map<char32_t, Readings>;

Table parse(std::string_view text) {
  Table table;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(line.size() + 1);
    const char32_t character = next_character(line);
    Readings readings;
    for (std::string_view& reading : readings) {
      line.remove_prefix(1);
      reading = line.substr(0, line.find(' '));
      line.remove_prefix(reading.size());
    }
    table.emplace(character, readings);
  }
  return table;
}
const Table& family_readings() {
  static const Table table = parse(kFamilyNames);
  return table;
}
const Table& given_readings() {
  static const Table table = parse(kGivenNames);
  return table;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t from = 0;
  const auto end_word = [&](std::size_t to) {
    if (to > from) words.push_back(text.substr(from, to - from));
  };
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t at = text.size() - rest.size();
    const char32_t c = next_character(rest);
    if (c != ' ' && c != U'　' && c != U'・' && c != ',') continue;
    end_word(at);
    from = text.size() - rest.size();
  }
  end_word(text.size());
  return words;
}

// NGUYEN VAN NAM, グエン ヴァン ナム: also NGUYEN NAM, グエン ナム; and the letters by themselves, for a list
// that gives no reading.
void add_latin_forms(std::string_view name, std::string_view kana, std::vector<NameForm>& forms) {
  const auto words = words_of(name), readings = words_of(kana);
  const auto text = [](std::string_view word) { return std::string(word); };
  if (words.size() > 1 && !readings.empty()) {
    NameForm& whole = forms.emplace_back();
    whole.family = words[0];
    for (std::size_t i = 1; i < words.size(); ++i)
      whole.given += (i > 1 ? " " : "") + text(words[i]);
  }
  if (words.size() > 2) forms.push_back({text(words.front()), text(words.back()), "", ""});
  if (readings.size() > 2) forms.push_back({"", "", text(readings.front()), text(readings.back())});
}

// 王 小明 ワン シャオミン: also オウ ショウメイ.
void add_continental_forms(std::string_view family, std::string_view given, std::string_view family_kana,
                           std::vector<NameForm>& forms) {
  std::string_view rest = family;
  const auto found = family_readings().find(next_character(rest));
  if (!rest.empty() || found == family_readings().end()) return;
  const std::string reading = text::to_katakana(family_kana);
  bool foreign = false;  // 林 may be a はやし
  for (const std::string_view one : found->second)
    foreign |= one == reading;
  if (!foreign) return;
  for (std::size_t language = 0; language < kLanguages; ++language) {
    NameForm form{std::string(family), std::string(given), std::string(found->second[language]), ""};
    for (std::string_view left = given; !left.empty();) {
      const auto part = given_readings().find(next_character(left));
      if (part == given_readings().end()) return;
      form.given_kana += part->second[language];
    }
    forms.push_back(std::move(form));
  }
}

}  // namespace

std::vector<NameForm> other_forms(const Record& record) {
  std::vector<NameForm> forms;
  std::string whole, kana;  // only where there are parts to join
  std::string_view name = record.name, reading = record.kana;
  if (name.empty() && !record.family_name.empty())
    name = whole = std::string(record.family_name) + " " + std::string(record.given_name);
  if (name.empty()) return forms;
  const char first = static_cast<char>(name.front() | 32);
  if (first >= 'a' && first <= 'z') {
    if (reading.empty() && !record.family_kana.empty())
      reading = kana = std::string(record.family_kana) + " " + std::string(record.given_kana);
    add_latin_forms(name, reading, forms);
    return forms;
  }
  // One character for the family name: two or three of it and the given name in all.
  if (name.size() > 16 || family_readings().count(peek_character(name)) == 0) return forms;
  const auto words = words_of(name);
  if (words.size() != 2) return forms;
  std::string_view family_kana = record.family_kana;
  if (family_kana.empty()) {
    const auto readings = words_of(reading);
    if (readings.size() != 2) return forms;
    family_kana = readings[0];
  }
  add_continental_forms(words[0], words[1], family_kana, forms);
  return forms;
}

}  // namespace sonae::link
