#include "vault/share.h"

#include <algorithm>

#include "vault/check_words.h"

namespace sonae::vault {

namespace {

constexpr std::string_view kCodeMark = "SONAE-SHARE:";
constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz234567";  // RFC 4648 base32, 5 bits each
constexpr int kSymbolBits = 10;
constexpr std::size_t kHeadSymbols = 3;
constexpr std::size_t kValueSymbols = kShareBytes * 8 / kSymbolBits;
static_assert(kHeadSymbols + kValueSymbols + kCheckWords == kWordsOfShare);

Symbols symbols_of(const Share& share) {
  Symbols symbols{static_cast<std::uint16_t>(share.set >> kSymbolBits),
                  static_cast<std::uint16_t>(share.set & 1023U),
                  // Two bits of version, 0.
                  static_cast<std::uint16_t>((share.need - 1) << 4 | (share.index - 1))};
  std::uint32_t bits = 0;
  int waiting = 0;
  for (const char byte : share.value) {
    bits = bits << 8 | static_cast<unsigned char>(byte);
    waiting += 8;
    if (waiting < kSymbolBits) continue;
    waiting -= kSymbolBits;
    symbols.push_back(static_cast<std::uint16_t>(bits >> waiting & 1023U));
  }
  add_check_words(symbols);
  return symbols;
}

Result<Share> share_of(const Symbols& symbols) {
  if (symbols[2] >> 8 != 0)
    return fail(ErrorCode::unsupported,
                {"この分散鍵の形式は新しすぎます", "The format of this share is not known here"});
  Share share;
  share.set = static_cast<std::uint32_t>(symbols[0]) << kSymbolBits | symbols[1];
  share.need = (symbols[2] >> 4 & 15) + 1;
  share.index = (symbols[2] & 15) + 1;
  std::uint32_t bits = 0;
  int waiting = 0;
  for (std::size_t at = kHeadSymbols; at < kHeadSymbols + kValueSymbols; ++at) {
    bits = bits << kSymbolBits | symbols[at];
    for (waiting += kSymbolBits; waiting >= 8;) {
      waiting -= 8;
      share.value += static_cast<char>(bits >> waiting & 255U);
    }
  }
  return share;
}

std::vector<std::string_view> split_at_spaces(std::string_view text) {
  constexpr std::string_view kIdeographicSpace = "\u3000";
  std::vector<std::string_view> words;
  std::size_t begin = 0, at = 0;
  const auto end_word = [&] {
    if (at > begin) words.push_back(text.substr(begin, at - begin));
  };
  while (at < text.size()) {
    const bool wide = text.substr(at).starts_with(kIdeographicSpace);
    if (!wide && std::string_view(" \t\r\n,.").find(text[at]) == std::string_view::npos) {
      ++at;
      continue;
    }
    end_word();
    at += wide ? kIdeographicSpace.size() : 1;
    begin = at;
  }
  end_word();
  return words;
}

char upper(char letter) {
  return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

bool is_code(std::string_view line) {
  return line.size() >= kCodeMark.size() &&
         std::ranges::equal(line.substr(0, kCodeMark.size()), kCodeMark, {}, upper);
}

std::string numbered(std::size_t position) {
  return std::to_string(position + 1);
}

std::unexpected<Error> wrong_length(std::size_t found) {
  const std::string counts = std::to_string(found) + "/" + std::to_string(kWordsOfShare);
  return fail(ErrorCode::invalid_input,
              {"単語の数が違います（" + counts + "）", "The number of words is not right: " + counts}, {},
              {"1枚は40語です。抜けた行や二重の行がないか確かめてください",
               "A sheet has 40 words: see whether a line was left out or typed twice"});
}

std::unexpected<Error> unknown_word(std::size_t position, std::string_view written,
                                    const std::vector<std::string>& similar) {
  std::string proposals;
  for (const std::string& word : similar)
    proposals += (proposals.empty() ? "" : "、") + word;
  const std::string word(written);
  return fail(ErrorCode::invalid_input,
              {numbered(position) + "語目「" + word + "」は単語表にありません",
               "Word " + numbered(position) + ", " + word + ", is not in the list"},
              {},
              proposals.empty() ? Phrase{"紙の" + numbered(position) + "語目を見直してください",
                                         "Look at that word on the sheet again"}
                                : Phrase{"もしかして: " + proposals, "Perhaps: " + proposals});
}

// The check words do not hold: says which word it is, where one alone is wrong.
std::unexpected<Error> mistyped(const Symbols& symbols, const ShareWords& list) {
  if (const auto wrong = find_wrong_word(symbols))
    return fail(ErrorCode::invalid_input,
                {numbered(wrong->position) + "語目「" + list.word(symbols[wrong->position]) + "」が違います",
                 "Word " + numbered(wrong->position) + ", " + list.word(symbols[wrong->position]) +
                     ", is not the right one"},
                {},
                {"紙では「" + list.word(wrong->right) + "」のはずです",
                 "On the sheet it should be " + list.word(wrong->right)});
  return fail(ErrorCode::invalid_input,
              {"二つ以上の単語が違うか、順番が入れ替わっています",
               "More than one word is wrong, or words changed places"},
              {}, {"紙と一語ずつ見比べてください", "Compare with the sheet word by word"});
}

Result<Symbols> read_code(std::string_view code) {
  Symbols symbols;
  bool half = false;
  for (const char letter : code.substr(kCodeMark.size())) {
    if (letter == ' ' || letter == '-' || letter == '\r') continue;
    const char small = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    const std::size_t digit = kLetters.find(small);
    if (digit == std::string_view::npos)
      return fail(ErrorCode::invalid_input,
                  {"QRの文字列に使えない文字があります", "The code has a letter that cannot stand in it"});
    if (half)
      symbols.back() = static_cast<std::uint16_t>(symbols.back() << 5 | digit);
    else
      symbols.push_back(static_cast<std::uint16_t>(digit));
    half = !half;
  }
  if (half || symbols.size() != kWordsOfShare) return wrong_length(symbols.size());
  return symbols;
}

Result<Symbols> read_words(std::string_view typed, const ShareWords& list) {
  const auto words = split_at_spaces(typed);
  Symbols symbols;
  for (const std::string_view word : words) {
    const auto number = list.number(word);
    if (!number) return unknown_word(symbols.size(), word, list.similar(word));
    symbols.push_back(*number);
  }
  if (symbols.size() != kWordsOfShare) return wrong_length(symbols.size());
  return symbols;
}

}  // namespace

std::string set_name(std::uint32_t set) {
  std::string name;
  for (int shift = 15; shift >= 0; shift -= 5)
    name += kLetters[set >> shift & 31U];
  return name;
}

std::vector<std::string> words_of(const Share& share, const ShareWords& list) {
  std::vector<std::string> words;
  for (const std::uint16_t symbol : symbols_of(share))
    words.push_back(list.word(symbol));
  return words;
}

std::string code_of(const Share& share) {
  std::string code(kCodeMark);
  for (const std::uint16_t symbol : symbols_of(share))
    for (const int shift : {5, 0})
      code += upper(kLetters[symbol >> shift & 31U]);
  return code;
}

Result<Share> read_share(std::string_view typed, const ShareWords& list) {
  typed.remove_prefix(std::min(typed.size(), typed.find_first_not_of(" \t\r\n")));
  const Symbols symbols =
      is_code(typed) ? TRY(read_code(typed.substr(0, typed.find('\n')))) : TRY(read_words(typed, list));
  if (!check_words_hold(symbols)) return mistyped(symbols, list);
  return share_of(symbols);
}

Result<std::vector<Share>> read_shares(std::string_view text, const ShareWords& list) {
  std::vector<Share> shares;
  std::string words;
  const auto end_words = [&]() -> Status {
    if (words.find_first_not_of(" \n") == std::string::npos) return {};
    auto share = read_share(words, list);
    if (!share) {
      share.error().where = "share " + std::to_string(shares.size() + 1);
      return std::unexpected(share.error());
    }
    shares.push_back(std::move(*share));
    words.clear();
    return {};
  };
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    line.remove_prefix(std::min(line.size(), line.find_first_not_of(" \t\r")));
    if (line.starts_with('#')) continue;
    if (is_code(line)) {
      TRY(end_words());
      words = line;
      TRY(end_words());
      continue;
    }
    words.append(line).append("\n");
    if (split_at_spaces(words).size() >= kWordsOfShare) TRY(end_words());
  }
  TRY(end_words());
  return shares;
}

}  // namespace sonae::vault
