#include "demo/kana.h"

#include <array>
#include <utility>

namespace sonae::demo {

namespace {

constexpr std::string_view kFull =
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンァィゥェォャ"
    "ュョッー　";
constexpr std::string_view kHalf = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｧｨｩｪｫｬｭｮｯｰ ";
constexpr std::string_view kVoiced = "ガギグゲゴザジズゼゾダヂヅデドバビブベボヴ";
constexpr std::string_view kUnvoiced = "カキクケコサシスセソタチツテトハヒフヘホウ";
constexpr std::string_view kHalfVoiced = "パピプペポ";
constexpr std::string_view kPlain = "ハヒフヘホ";

// The character of `to` that stands where `character` stands in `from`; empty where it does not.
std::string_view counterpart(std::string_view from, std::string_view to, std::string_view character) {
  static constexpr std::size_t kBytes = 3;  // of every kana in UTF-8
  const std::size_t at = from.find(character);
  if (at == std::string_view::npos || character.size() != kBytes) return {};
  return to.substr(at, std::min(kBytes, to.size() - at));
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 18> kMisheard = {{
    {"ダ", "タ"},
    {"ザ", "サ"},
    {"ガ", "カ"},
    {"バ", "ハ"},
    {"タ", "ダ"},
    {"サ", "ザ"},
    {"カ", "ガ"},
    {"ジ", "ヂ"},
    {"ズ", "ヅ"},
    {"ヅ", "ズ"},
    {"ョウ", "ョ"},
    {"ュウ", "ュ"},
    {"オオ", "オウ"},
    {"ロウ", "ロー"},
    {"ョ", "ヨ"},
    {"ュ", "ユ"},
    {"ッ", "ツ"},
    {"シ", "ス"},
}};

}  // namespace

std::vector<std::string_view> characters_of(std::string_view text) {
  std::vector<std::string_view> characters;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    characters.push_back(text.substr(at, bytes));
    at += bytes;
  }
  return characters;
}

std::string in_hiragana(std::string_view katakana) {
  std::string text;
  for (const std::string_view character : characters_of(katakana)) {
    text += character;
    if (character < "ァ" || character > "ヶ" || character.size() != 3) continue;
    // Hiragana lie 0x60 below in Unicode; written out in the three bytes of UTF-8.
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
    const unsigned code = ((byte(0) & 0x0Fu) << 12 | (byte(1) & 0x3Fu) << 6 | (byte(2) & 0x3Fu)) - 0x60;
    text.resize(text.size() - 3);
    text += static_cast<char>(0xE0 | code >> 12);
    text += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    text += static_cast<char>(0x80 | (code & 0x3F));
  }
  return text;
}

std::string in_half_width(std::string_view katakana) {
  std::string text;
  for (const std::string_view character : characters_of(katakana)) {
    std::string_view plain = counterpart(kVoiced, kUnvoiced, character);
    std::string_view mark = plain.empty() ? "" : "ﾞ";
    if (plain.empty()) {
      plain = counterpart(kHalfVoiced, kPlain, character);
      if (!plain.empty()) mark = "ﾟ";
    }
    const std::string_view half = counterpart(kFull, kHalf, plain.empty() ? character : plain);
    text += half.empty() ? character : half;
    text += mark;
  }
  return text;
}

std::string in_full_width(std::string_view digits_and_hyphens) {
  std::string text;
  for (const char c : digits_and_hyphens) {
    if (c >= '0' && c <= '9') {
      text += "\xEF\xBC";  // U+FF10 ..
      text += static_cast<char>(0x90 + (c - '0'));
    } else if (c == '-') {
      text += "－";
    } else {
      text += c;
    }
  }
  return text;
}

bool mishear(Dice& dice, std::string& katakana) {
  std::vector<std::pair<std::string_view, std::string_view>> choices;
  for (const auto& choice : kMisheard)
    if (katakana.find(choice.first) != std::string::npos) choices.push_back(choice);
  if (choices.empty()) return false;
  const auto [from, to] = dice.one_of(choices);
  katakana.replace(katakana.find(from), from.size(), to);
  return true;
}

}  // namespace sonae::demo
