#include "text/tongues.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "base/json.h"
#include "text/utf8.h"

namespace sonae::text {

namespace {

constexpr std::string_view kEnding = ".json", kValue = "{value}";

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' '))
    text.remove_prefix(1);
  while (text.ends_with(' '))
    text.remove_suffix(1);
  return text;
}

// In thousandths; 1000 where none is given, 0 where it cannot be read.
int quality_of(std::string_view parameters) {
  const std::size_t at = parameters.find("q=");
  if (at == std::string_view::npos) return 1000;
  std::string digits;  // "0.8" -> "08"
  for (const char one : parameters.substr(at + 2, 5))
    if (one >= '0' && one <= '9') digits += one;
  digits.resize(4, '0');
  int quality = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), quality);
  return quality;
}

// Words in lower case, without what stands between them; each once.
std::set<std::string> words_of(std::string_view text) {
  std::set<std::string> words;
  std::string word;
  for (const char one : text) {
    const auto byte = static_cast<unsigned char>(one);
    const bool capital = one >= 'A' && one <= 'Z';
    if (capital || (one >= 'a' && one <= 'z') || byte >= 0x80)
      word += capital ? static_cast<char>(one - 'A' + 'a') : one;
    else if (!word.empty())
      words.insert(std::exchange(word, {}));
  }
  if (!word.empty()) words.insert(std::move(word));
  return words;
}

}  // namespace

Result<Tongues> Tongues::open(Env& env, const std::string& data_directory) {
  const std::string folder = data_directory + "/words";
  Tongues tongues;
  for (const std::string& name : TRY(env.disk.list(folder))) {
    if (!name.ends_with(kEnding)) continue;
    const std::string path = folder + "/" + name;
    const Bytes content = TRY(env.disk.read_all(path));
    const auto parsed = parse_json(content);
    if (!parsed || !parsed->is_object())
      return fail(ErrorCode::invalid_input, {"ことばの表が読めません", "A table of words cannot be read"},
                  path);
    Table& table = tongues.tables_[name.substr(0, name.size() - kEnding.size())];
    for (const auto& [key, value] : parsed->get_object())
      if (value.is_string()) table.emplace(std::string(key), std::string(value.get_string()));
  }
  return tongues;
}

std::vector<std::string> Tongues::all() const {
  std::vector<std::string> names;
  for (const auto& [name, table] : tables_)
    names.push_back(name);
  return names;
}

std::string Tongues::preferred(std::string_view accept_language) const {
  std::string best;
  int most = 0;
  while (!accept_language.empty()) {
    const std::size_t comma = std::min(accept_language.find(','), accept_language.size());
    std::string_view one = trimmed(accept_language.substr(0, comma));
    accept_language.remove_prefix(std::min(comma + 1, accept_language.size()));
    const std::size_t semicolon = std::min(one.find(';'), one.size());
    const int quality = quality_of(one.substr(semicolon));
    one = one.substr(0, semicolon);
    std::string tongue(one.substr(0, one.find_first_of("-_ ")));
    for (char& letter : tongue)
      if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    if (tongue == "fil") tongue = "tl";  // ISO 639-2 for the standard of Tagalog, as telephones have it
    if (tongue == "easy" || !has(tongue) || quality <= most) continue;
    best = tongue;
    most = quality;
  }
  return best;
}

std::string Tongues::recognised(std::string_view text) const {
  bool kana = false;
  for (const char32_t one : to_characters(text)) {
    if (one >= U'\uAC00' && one <= U'\uD7A3' && has("ko")) return "ko";  // 한글
    if (one >= U'\u0900' && one <= U'\u097F' && has("ne")) return "ne";  // देवनागरी
    kana = kana || (one >= U'\u3041' && one <= U'\u30FF') || (one >= U'\uFF66' && one <= U'\uFF9F');
  }
  const std::set<std::string> written = words_of(text);
  std::string best, chinese;
  std::size_t most = 1;
  for (const auto& [tongue, table] : tables_) {
    std::size_t hits = 0;
    for (const std::string& word : words_of(say(tongue, "known_by"))) {
      hits += written.contains(word);
      // Chinese leaves no space between words; what stands in its table is not written so in Japanese.
      if (tongue == "zh" && text.contains(word)) chinese = tongue;
    }
    if (hits > most) best = tongue;
    if (hits == most) best.clear();  // as much the one as the other
    most = std::max(most, hits);
  }
  if (best == "easy") best = "ja";
  if (!best.empty()) return best;
  if (kana && has("ja")) return "ja";
  return chinese;
}

std::string Tongues::say(std::string_view tongue, std::string_view key, std::string_view value) const {
  const auto table = tables_.find(tongue);
  if (table == tables_.end()) return {};
  const auto found = table->second.find(key);
  if (found == table->second.end()) return {};
  std::string text = found->second;
  if (const std::size_t at = text.find(kValue); at != std::string::npos)
    text.replace(at, kValue.size(), value);
  return text;
}

std::string_view Tongues::tag(std::string_view tongue) {
  if (tongue == "zh") return "zh-Hans";
  return tongue == "easy" ? "ja" : tongue;
}

void add_sentence(std::string& text, std::string_view tongue, std::string_view sentence) {
  if (!text.empty() && !sentence.empty() && tongue != "ja" && tongue != "zh") text += ' ';
  text += sentence;
}

}  // namespace sonae::text
