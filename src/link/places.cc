#include "link/places.h"

#include <algorithm>
#include <array>
#include <optional>

#include "link/characters.h"
#include "link/keys.h"
#include "text/address.h"
#include "text/fold.h"
#include "text/kana.h"

namespace sonae::link {
namespace {

// The value of one figure, half or full width, or of a kanji numeral; -1 otherwise.
int figure(char32_t c) {
  if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
  if (c >= U'０' && c <= U'９') return static_cast<int>(c - U'０');
  return -1;
}
int kanji_numeral(char32_t c) {
  switch (c) {
    case U'〇':
      return 0;
    case U'一':
      return 1;
    case U'二':
      return 2;
    case U'三':
      return 3;
    case U'四':
      return 4;
    case U'五':
      return 5;
    case U'六':
      return 6;
    case U'七':
      return 7;
    case U'八':
      return 8;
    case U'九':
      return 9;
    case U'十':
      return 10;
    default:
      return -1;
  }
}

bool is_dash(char32_t c) {
  return c == '-' || c == U'－' || c == U'ー' || c == U'ｰ' || c == U'−' || (c >= U'‐' && c <= U'―') ||
         c == U'─';
}

// Whether what follows a number makes it part of a town's name: 一番町, 十三番丁, 北1条西. But 1番町田荘 is a
// house number before a building.
bool ends_a_name(std::string_view rest) {
  bool of_streets = false;
  if (rest.starts_with("番町") || rest.starts_with("番丁")) {
    rest.remove_prefix(std::string_view("番町").size());
  } else if (rest.starts_with("条")) {
    rest.remove_prefix(std::string_view("条").size());
    of_streets = true;
  } else {
    return false;
  }
  const char32_t next = peek_character(rest);
  return rest.empty() || next == ' ' || next == U'　' || figure(next) >= 0 || kanji_numeral(next) >= 0 ||
         (of_streets && std::u32string_view(U"東西南北通").contains(next));
}

// A number at the front; moves past it. Kanji numerals count only where 丁目, 番 or 号 follows, or inside the
// numbers: "三田", "八丁" are names.
std::optional<unsigned> take_number(std::string_view& text, bool inside) {
  std::string_view rest = text;
  unsigned value = 0;
  if (figure(peek_character(rest)) >= 0) {
    while (figure(peek_character(rest)) >= 0)
      value = value * 10 % 1000000 + static_cast<unsigned>(figure(next_character(rest)));
    if (!inside && ends_a_name(rest)) return std::nullopt;
    text = rest;
    return value % 65536;
  }
  unsigned units = 0;
  bool any = false;
  while (kanji_numeral(peek_character(rest)) >= 0) {
    const int numeral = kanji_numeral(next_character(rest));
    any = true;
    if (numeral == 10) {
      value += (units ? units : 1) * 10;
      units = 0;
    } else {
      units = units * 10 + static_cast<unsigned>(numeral);
    }
  }
  if (!any) return std::nullopt;
  const bool unit_follows = rest.starts_with("丁目") || rest.starts_with("番地") || rest.starts_with("番") ||
                            rest.starts_with("号") || rest.starts_with("地割");
  if (!unit_follows && !(inside && (rest.empty() || is_dash(peek_character(rest))))) return std::nullopt;
  if (ends_a_name(rest)) return std::nullopt;
  text = rest;
  return (value + units) % 65536;
}

// Moves past what cannot begin a number, by the first byte of each character: figures are ASCII or begin with
// EF, kanji numerals with E3, E4 or E5.
void skip_to_number(std::string_view& text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80 ? lead >= '0' && lead <= '9' : lead == 0xEF || (lead >= 0xE3 && lead <= 0xE5)) break;
    at += lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  }
  text.remove_prefix(std::min(at, text.size()));
}

constexpr std::size_t kLongestAddress =
    400;  // bytes: three times the longest; its beginnings are tried one by one

// What stands between two numbers of one address.
bool skip_separator(std::string_view& text) {
  static constexpr std::array<std::string_view, 11> kWords = {"丁目", "番地", "番", "号",   "の", "ノ",
                                                              "之",   " ",    "　", "地割", "丁"};
  if (text.empty() || figure(static_cast<unsigned char>(text.front())) >= 0) return false;
  for (const std::string_view word : kWords) {
    if (word.front() == text.front() && text.starts_with(word)) {
      text.remove_prefix(word.size());
      return true;
    }
  }
  if (!is_dash(peek_character(text))) return false;
  next_character(text);
  return true;
}

std::string_view without_postcode(std::string_view text) {
  std::string_view rest = text;
  while (!rest.empty() &&
         (peek_character(rest) == U' ' || peek_character(rest) == U'　' || peek_character(rest) == U'〒'))
    next_character(rest);
  std::string_view after = rest;
  int figures = 0;
  while (figure(peek_character(after)) >= 0 || (figures > 0 && is_dash(peek_character(after))))
    figures += figure(next_character(after)) >= 0;
  if (figures == 7) rest = after;
  while (!rest.empty() && (peek_character(rest) == U' ' || peek_character(rest) == U'　'))
    next_character(rest);
  return rest;
}

constexpr std::u32string_view kEndsOfAreas = U"都道府県市区町村郡";
constexpr std::size_t kMostOfOneName = 3;                       // towns: Found has room for so many
constexpr std::u32string_view kEndsOfLargeAreas = U"県府市郡";  // 都 and 道 stand in too many names

// Calls sink(where) for each place after the end of a prefecture, district or municipality.
template <class Sink>
void for_each_boundary(std::string_view folded, std::u32string_view ends, Sink&& sink) {
  std::string_view rest = folded;
  bool first = true;
  while (!rest.empty()) {
    const char32_t c = next_character(rest);
    if (!first && ends.contains(c)) sink(folded.size() - rest.size());
    first = false;
  }
}

// 6番町 is 六番町: a number of a name, in kanji. None has over two figures.
std::string in_kanji(std::string_view figures) {
  static constexpr std::array<std::string_view, 10> kNumerals = {"〇", "一", "二", "三", "四",
                                                                 "五", "六", "七", "八", "九"};
  if (figures.size() > 2) return std::string(figures);
  const auto units = static_cast<std::size_t>(figures.back() - '0');
  const auto tens = figures.size() == 2 ? static_cast<std::size_t>(figures.front() - '0') : 0;
  std::string text;
  if (tens > 1) text += kNumerals[tens];
  if (tens > 0) text += "十";
  if (units > 0 || tens == 0) text += kNumerals[units];
  return text;
}

std::uint32_t town_number(std::string_view folded) {
  const auto hash = static_cast<std::uint32_t>(hash_text(folded) >> 32);
  return hash <= Places::kMunicipality ? hash + 2 : hash;
}

std::uint64_t postcode_hash(std::string_view digits) {
  return mixed(hash_text(digits), 0x90);
}

std::string fold_by_gazetteer(const Context& context, std::string_view head) {
  if (!context.gazetteer) return {};
  const text::Address address = text::parse_address(*context.gazetteer, *context.tables, head);
  if (!address.town_known) return {};
  return fold_head(context, address.prefecture + address.municipality + address.town);
}

}  // namespace

SplitAddress split_address(std::string_view written) {
  written = cut_text(without_postcode(written), kLongestAddress);
  SplitAddress result{written, {}};
  std::string_view rest = written;
  for (skip_to_number(rest); !rest.empty(); skip_to_number(rest)) {
    std::string_view after = rest;
    const char32_t c = peek_character(rest);
    if (figure(c) < 0 && kanji_numeral(c) < 0) {
      next_character(rest);
      continue;
    }
    if (auto number = take_number(after, false)) {
      result.head = written.substr(0, written.size() - rest.size());
      for (std::size_t i = 0; number && i < 4; ++i) {
        result.numbers[i] = static_cast<std::uint16_t>(*number);
        while (skip_separator(after)) {
        }
        number = take_number(after, true);
      }
      return result;
    }
    next_character(rest);
  }
  return result;
}

std::string fold_head(const Context& context, std::string_view head) {
  const std::string folded = text::fold_name(*context.tables, head);
  std::string result;
  std::string_view rest = folded;
  while (!rest.empty()) {
    const std::string_view before = rest;
    const char32_t c = next_character(rest);
    if (c == U'大' && peek_character(rest) == U'字') continue;
    if (c == U'字' || c == U'ケ' || c == U'ガ' || c == U'ノ' || c == U'之' || c == U'ヶ' || c == U'の' ||
        c == U'が')
      continue;
    if (c >= '0' && c <= '9') {
      while (peek_character(rest) >= '0' && peek_character(rest) <= '9')
        next_character(rest);
      result.append(in_kanji(before.substr(0, before.size() - rest.size())));
      continue;
    }
    result.append(before.substr(0, before.size() - rest.size()));
  }
  return result;
}

std::span<const Places::Entry> Places::look_up(std::uint64_t hash) const {
  const auto at = std::ranges::equal_range(entries_, hash, {}, &Entry::hash);
  return {at.begin(), at.end()};
}

std::uint32_t Places::town_of(std::string_view folded) const {
  const auto entries = look_up(hash_text(folded));
  return entries.empty() ? 0 : entries.front().town;
}

Places::Found Places::found(std::string_view folded) const {
  const auto entries = look_up(hash_text(folded));
  Found found;
  if (entries.empty() || entries.front().town == kMunicipality) return found;
  found.town = entries.front().town;
  std::size_t others = 0;
  for (const Entry& entry : entries.subspan(1))
    if (entry.town > kMunicipality && others < found.others.size()) found.others[others++] = entry.town;
  return found;
}

Places::Found Places::find(const Context& context, std::string_view head) const {
  std::string folded = fold_head(context, head);
  if (folded.empty()) return {};
  if (town_of(folded) != 0) return found(folded);
  if (const std::string by_gazetteer = fold_by_gazetteer(context, head); !by_gazetteer.empty()) {
    if (town_of(by_gazetteer) != 0) return found(by_gazetteer);
  }
  bool municipality_known = false, large_area_named = false;
  for_each_boundary(folded, kEndsOfAreas, [&](std::size_t at) {
    municipality_known |= town_of(std::string_view(folded).substr(0, at)) == kMunicipality;
  });
  for_each_boundary(folded, kEndsOfLargeAreas, [&](std::size_t) { large_area_named = true; });
  if (large_area_named && !municipality_known) return {town_number(folded), {}, true};
  // A building or a 小字 may follow the town: the longest beginning that is known.
  for (std::size_t end = folded.size(); end > 6;) {
    do
      --end;
    while (end > 0 && (static_cast<unsigned char>(folded[end]) & 0xC0) == 0x80);
    const std::string_view beginning = std::string_view(folded).substr(0, end);
    if (town_of(beginning) > kMunicipality) return found(beginning);
  }
  if (text::is_kana_only(head)) return {};  // a town's reading, which nobody told us: it says nothing
  return {town_number(folded), {}, false, true};
}

std::uint32_t Places::town_of_postcode(std::string_view digits) const {
  if (digits.size() != 7) return 0;
  const auto entries = look_up(postcode_hash(digits));
  return entries.empty() ? 0 : entries.front().town;
}

void Places::offer(std::uint64_t hash, std::uint32_t town, std::uint32_t count) {
  learned_[hash][town] += count;
}

void Places::learn(const Context& context, std::string_view head, std::uint32_t count) {
  const std::string as_written = fold_head(context, head);
  if (as_written.empty()) return;
  const std::string by_gazetteer = fold_by_gazetteer(context, head);
  const std::string& folded = by_gazetteer.empty() ? as_written : by_gazetteer;
  const std::uint32_t town = town_number(folded);
  offer(hash_text(as_written), town, count);
  offer(hash_text(folded), town, count);
  std::vector<std::size_t> starts = {0};
  for_each_boundary(folded, kEndsOfAreas, [&](std::size_t at) {
    if (at == folded.size()) return;
    // An area by itself, with or without those around it, gives way to any town of that name.
    for (const std::size_t start : starts)
      offer(hash_text(std::string_view(folded).substr(start, at - start)), kMunicipality, 0);
    offer(hash_text(std::string_view(folded).substr(at)), town, count);
    starts.push_back(at);
  });
}

void Places::learn_postcode(std::string_view digits, std::uint32_t town, std::uint32_t count) {
  if (digits.size() == 7 && town > kMunicipality) offer(postcode_hash(digits), town, count);
}

std::uint32_t Places::finish() {
  for (const Entry& entry : entries_) {
    std::uint32_t& residents = learned_[entry.hash][entry.town];
    residents = std::max(residents, entry.count);
  }
  std::vector<Entry> merged;
  merged.reserve(learned_.size());
  for (const auto& [hash, towns] : learned_) {
    const std::size_t first = merged.size();
    for (const auto& [town, residents] : towns)
      merged.push_back({hash, town, residents});
    const auto of_hash =
        std::ranges::subrange(merged.begin() + static_cast<std::ptrdiff_t>(first), merged.end());
    std::ranges::stable_sort(of_hash, std::ranges::greater{}, &Entry::count);
    merged.resize(std::min(merged.size(), first + kMostOfOneName));
  }
  learned_.clear();
  owned_ = std::move(merged);
  entries_ = owned_;
  return static_cast<std::uint32_t>(owned_.size());
}

}  // namespace sonae::link
