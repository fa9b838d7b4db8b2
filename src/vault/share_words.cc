#include "vault/share_words.h"

#include "text/kana.h"
#include "text/utf8.h"

namespace sonae::vault {

namespace {

constexpr std::size_t kWords = 1024;

std::string as_hiragana(std::string_view written) {
  if (const auto katakana = text::romaji_to_katakana(written)) return text::to_hiragana(*katakana);
  return text::to_hiragana(written);
}

// The plain kana of each voiced, half-voiced or small one.
char32_t plain(char32_t kana) {
  constexpr std::u32string_view kMarked =
      U"がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽぁぃぅぇぉっゃゅょを";
  constexpr std::u32string_view kPlain =
      U"かきくけこさしすせそたしすてとはひふへほはひふへほあいうえおつやゆよお";
  const std::size_t at = kMarked.find(kana);
  return at == std::u32string_view::npos ? kana : kPlain[at];
}

std::u32string skeleton(std::string_view word) {
  std::u32string letters = text::to_characters(word);
  for (char32_t& letter : letters)
    letter = plain(letter);
  return letters;
}

// At most one letter put in, left out or changed.
bool one_apart(std::u32string_view one, std::u32string_view other) {
  std::size_t head = 0, tail = 0;
  const std::size_t least = std::min(one.size(), other.size());
  while (head < least && one[head] == other[head])
    ++head;
  while (tail < least - head && one[one.size() - 1 - tail] == other[other.size() - 1 - tail])
    ++tail;
  return std::max(one.size(), other.size()) - head - tail <= 1;
}

}  // namespace

Result<ShareWords> ShareWords::open(Env& env, const std::string& data) {
  const std::string path = data + "/recovery/words.txt";
  const Bytes content = TRY(env.disk.read_all(path));
  ShareWords list;
  for (std::string_view left = content; !left.empty();) {
    const std::string_view line = left.substr(0, left.find('\n'));
    left.remove_prefix(std::min(left.size(), line.size() + 1));
    list.numbers_.emplace(line, static_cast<std::uint16_t>(list.words_.size()));
    list.words_.emplace_back(line);
  }
  if (list.words_.size() != kWords || list.numbers_.size() != kWords)
    return fail(ErrorCode::corrupt, {"復旧鍵の単語表が壊れています", "The list of share words is damaged"},
                path, {"Sonae を入れ直してください", "Install Sonae anew"});
  return list;
}

std::optional<std::uint16_t> ShareWords::number(std::string_view written) const {
  // What is hiragana already is looked up as it is: romaji is tried only for what is not.
  for (const std::string& form : {std::string(written), as_hiragana(written)})
    if (const auto found = numbers_.find(form); found != numbers_.end()) return found->second;
  return std::nullopt;
}

std::vector<std::string> ShareWords::similar(std::string_view written) const {
  const std::u32string wanted = skeleton(as_hiragana(written));
  std::vector<std::string> found;
  for (const std::string& word : words_)
    if (one_apart(skeleton(word), wanted)) found.push_back(word);
  return found;
}

}  // namespace sonae::vault
