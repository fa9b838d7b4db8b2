#include "text/name.h"

#include <algorithm>
#include <array>
#include <vector>

#include "text/kana.h"
#include "text/numerals.h"
#include "text/script.h"
#include "text/utf8.h"

namespace sonae::text {

namespace {

using Text = std::u32string;
using View = std::u32string_view;

bool is_space(char32_t c) {
  return c == U' ' || c == U'　' || c == U'\t' || c == 0xA0 || c == U'\n' || c == U'\r';
}

View trimmed(View text) {
  while (!text.empty() && is_space(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && is_space(text.back()))
    text.remove_suffix(1);
  return text;
}

void join(std::string& to, View more) {
  more = trimmed(more);
  if (more.empty()) return;
  if (!to.empty()) to += ' ';
  to += to_utf8(more);
}

// Removes any of the words at the front, longest first, and what commonly follows such a label.
template <std::size_t N>
bool take_label(View& text, const std::array<View, N>& words) {
  for (const View word : words) {
    if (!text.starts_with(word)) continue;
    text.remove_prefix(word.size());
    while (!text.empty() && (is_space(text.front()) || View(U":：・=＝").find(text.front()) != View::npos))
      text.remove_prefix(1);
    return true;
  }
  return false;
}

constexpr std::array<View, 5> kFormer = {U"旧姓", U"旧氏", U"旧名", U"元姓", U"旧"};
constexpr std::array<View, 4> kEveryday = {U"通称名", U"通称", U"通名", U"愛称"};
constexpr std::array<View, 6> kReading = {U"フリガナ", U"ふりがな", U"カナ", U"かな", U"読み", U"ヨミ"};

// What a remark in brackets, or one that stands alone, is about.
void remark(View text, WrittenName& name) {
  text = trimmed(text);
  if (text.empty()) return;
  View rest = text;
  if (take_label(rest, kFormer) && !rest.empty()) {
    join(name.former_family, rest);
  } else if (rest = text; take_label(rest, kEveryday) && !rest.empty()) {
    join(name.everyday_name, rest);
  } else if (rest = text; take_label(rest, kReading) && is_kana_only(to_utf8(rest))) {
    join(name.kana, rest);
  } else if (is_kana_only(to_utf8(text)) && name.kana.empty()) {
    join(name.kana, text);
  } else {
    join(name.note, text);
  }
}

// Takes the brackets out of the text, each to its place. An unclosed bracket reaches to the end.
void take_brackets(Text& text, WrittenName& name) {
  constexpr View kOpen = U"(（[［〔【「『<＜《";
  constexpr View kClose = U")）]］〕】」』>＞》";
  for (;;) {
    const std::size_t open = text.find_first_of(kOpen);
    if (open == Text::npos) return;
    const std::size_t close = std::min(text.find_first_of(kClose, open), text.size());
    remark(View(text).substr(open + 1, close - open - 1), name);
    // A space in its place: what stood on both sides were parts of their own.
    text.replace(open, close - open + 1, U" ");
  }
}

// "他2名", "ほか３人", "外二名" at the end.
void take_others(Text& text, WrittenName& name) {
  for (const View word : {View(U"他"), View(U"ほか"), View(U"外"), View(U"その他")}) {
    const std::size_t at = text.rfind(word);
    if (at == Text::npos || at == 0) continue;
    std::size_t end = at + word.size();
    while (end < text.size() && is_space(text[end]))
      ++end;
    const auto number = read_numeral(text, end);
    if (!number || end >= text.size() || (text[end] != U'名' && text[end] != U'人')) continue;
    if (!trimmed(View(text).substr(end + 1)).empty()) continue;
    join(name.others, View(text).substr(at));
    text.erase(at);
    return;
  }
}

struct Title {
  View word;
  std::size_t least;  // characters that must remain for it to be a title: 君 and 氏 end names too
};
constexpr std::array<Title, 16> kTitles = {{{U"さん", 1},
                                            {U"サン", 2},
                                            {U"さま", 1},
                                            {U"様", 1},
                                            {U"ちゃん", 1},
                                            {U"チャン", 2},
                                            {U"くん", 1},
                                            {U"クン", 2},
                                            {U"先生", 1},
                                            {U"夫人", 1},
                                            {U"殿", 2},
                                            {U"どの", 2},
                                            {U"君", 2},
                                            {U"氏", 2},
                                            {U"御中", 1},
                                            {U"ｻﾝ", 2}}};

bool take_title(View& text, std::string& title) {
  text = trimmed(text);
  for (const Title& known : kTitles) {
    if (!text.ends_with(known.word) ||
        trimmed(text.substr(0, text.size() - known.word.size())).size() < known.least)
      continue;
    title = to_utf8(known.word);
    text.remove_suffix(known.word.size());
    text = trimmed(text);
    return true;
  }
  return false;
}

// "佐藤さんの孫", "山田様方の母", "鈴木さん宅の子": the title says where the other person's name ends.
bool take_relative(View text, WrittenName& name) {
  for (const Title& known : kTitles) {
    const std::size_t at = text.find(known.word);
    if (at == View::npos || at < known.least) continue;
    View rest = text.substr(at + known.word.size());
    for (const View house : {View(U"宅"), View(U"方"), View(U"家"), View(U"ち"), View(U"とこ")})
      if (rest.starts_with(house)) rest.remove_prefix(house.size());
    if (rest.size() < 2 || rest.front() != U'の') continue;
    name.title = to_utf8(known.word);
    name.relative_of = to_utf8(trimmed(text.substr(0, at)));
    name.relation = to_utf8(trimmed(rest.substr(1)));
    return true;
  }
  return false;
}

std::vector<Text> parts_of(View text) {
  std::vector<Text> parts;
  Text part;
  for (const char32_t c : text) {
    if (!is_space(c)) {
      part.push_back(c);
    } else if (!part.empty()) {
      parts.push_back(std::move(part));
      part.clear();
    }
  }
  if (!part.empty()) parts.push_back(std::move(part));
  return parts;
}

bool has_kanji(View text) {
  return std::any_of(text.begin(), text.end(), is_kanji);
}
bool is_latin_capitals(View text) {
  return text.size() >= 2 && std::all_of(text.begin(), text.end(), [](char32_t c) {
           return (c >= U'A' && c <= U'Z') || c == U'-' || c == U'\'' || (c >= U'Ａ' && c <= U'Ｚ');
         });
}
bool is_latin(View text) {
  return !text.empty() && ((text.front() | 0x20) >= U'a' && (text.front() | 0x20) <= U'z');
}

// Takes a reading off the end: 山田 太郎 ヤマダ タロウ, 山田 太郎 ヤマダタロウ, 山田太郎 ヤマダタロウ; but
// 佐藤 さくら has its given name in kana.
void take_kana_parts(std::vector<Text>& parts, WrittenName& name) {
  if (parts.size() < 2 || !name.kana.empty() || !has_kanji(parts.front())) return;
  std::size_t kana = 0;
  while (kana < parts.size() && is_kana_only(to_utf8(parts[parts.size() - 1 - kana])))
    ++kana;
  const std::size_t before = parts.size() - kana;
  const bool whole_name_before = before >= 2 || (before == 1 && parts.front().size() >= 4);
  const std::size_t taken = whole_name_before ? kana : before == 1 && kana >= 3 ? kana - 1 : 0;
  for (std::size_t i = parts.size() - taken; i < parts.size(); ++i)
    join(name.kana, parts[i]);
  parts.resize(parts.size() - taken);
}

// A label that stands in the text without brackets: 山田太郎 旧姓鈴木
void take_labelled_parts(std::vector<Text>& parts, WrittenName& name) {
  for (std::size_t i = 1; i < parts.size(); ++i) {
    View rest = parts[i];
    if (!take_label(rest, kFormer) && !take_label(rest, kEveryday)) continue;
    if (rest.empty() && i + 1 == parts.size()) continue;  // a given name of one character
    Text text = parts[i];
    if (rest.empty()) text += parts[i + 1];
    remark(text, name);
    const auto first = parts.begin() + static_cast<std::ptrdiff_t>(i);
    parts.erase(first, first + (rest.empty() ? 2 : 1));
    --i;
  }
}

void arrange(std::vector<Text>& parts, bool comma, WrittenName& name) {
  if (parts.empty()) return;
  if (parts.size() == 1) {
    name.whole = to_utf8(parts[0]);
    name.one_part_only = parts[0].size() <= 2 && has_kanji(parts[0]);
    return;
  }
  const bool family_last = !comma && is_latin(parts.front()) && !is_latin_capitals(parts.front()) &&
                           is_latin_capitals(parts.back());
  if (family_last) {
    name.given_name_first = true;
    std::rotate(parts.begin(), parts.end() - 1, parts.end());
  }
  for (const Text& part : parts)
    join(name.whole, part);
  name.family = to_utf8(parts.front());
  for (std::size_t i = 1; i < parts.size(); ++i)
    join(name.given, parts[i]);
}

}  // namespace

WrittenName parse_name(std::string_view written) {
  WrittenName name;
  Text text = to_characters(written);
  take_brackets(text, name);
  take_others(text, name);
  // A number or a bullet before the name: "3. 山田太郎", "・山田太郎".
  std::size_t start = 0;
  constexpr View kBullets = U".．)・*＊●○◎■□①②③④⑤⑥⑦⑧⑨⑩-";
  while (start < text.size() &&
         (is_space(text[start]) || (text[start] >= U'0' && text[start] <= U'9') ||
          (text[start] >= U'０' && text[start] <= U'９') || kBullets.find(text[start]) != View::npos))
    ++start;
  View rest = trimmed(View(text).substr(start));
  if (rest.empty()) rest = trimmed(text);

  if (const std::size_t slash = rest.find_first_of(U"/／"); slash != View::npos) {
    const View after = trimmed(rest.substr(slash + 1));
    if (name.kana.empty() && is_kana_only(to_utf8(after))) {
      name.kana = to_utf8(after);
    } else {
      join(name.note, after);
    }
    rest = trimmed(rest.substr(0, slash));
  }
  if (take_relative(rest, name)) return name;
  take_title(rest, name.title);

  const bool comma = rest.find_first_of(U",，、") != View::npos;
  Text plain(rest);
  for (char32_t& c : plain)
    if (c == U',' || c == U'，' || c == U'、') c = U' ';
  std::vector<Text> parts = parts_of(plain);
  if (parts.size() > 1 && parts.front() == U"故") {
    join(name.note, parts.front());
    parts.erase(parts.begin());
  }
  take_labelled_parts(parts, name);
  take_kana_parts(parts, name);
  // 佐藤様 太郎: a title behind the family name.
  if (parts.size() > 1 && name.title.empty()) {
    View first = parts.front();
    if (take_title(first, name.title)) parts.front() = Text(first);
  }
  arrange(parts, comma, name);
  return name;
}

}  // namespace sonae::text
