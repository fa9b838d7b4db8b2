#include "town/reception/vocabulary.h"

#include <algorithm>
#include <mutex>
#include <string>

#include "text/tsv.h"
#include "text/utf8.h"
#include "town/reception/cell.h"

namespace sonae::reception {

namespace {

std::unexpected<Error> bad_table(const std::string& file, std::uint64_t line) {
  return fail(ErrorCode::invalid_input, {"表のこの行が読めません", "This line of the table cannot be read"},
              file + ":" + std::to_string(line));
}

// A header as it is compared: narrow, small letters, without spaces and without what stands in brackets.
std::string bare_header(std::string_view cell) {
  std::string bare;
  int depth = 0;
  for (const char byte : replace_all(replace_all(narrow(cell), "〔", "("), "〕", ")")) {
    if (byte == '(' || byte == '[') ++depth;
    if (depth == 0 && byte != ' ' && byte != '\n' && byte != '\r')
      bare += static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte);
    if ((byte == ')' || byte == ']') && depth > 0) --depth;
  }
  return replace_all(replace_all(std::move(bare), "※", ""), "*", "");
}

constexpr std::size_t kLongestHeader = 16;  // characters: longer cells are sentences, not headers

// The longest key of the map that the text begins with.
template <class Map>
typename Map::const_iterator longest_at(const Map& map, std::string_view text, std::size_t longest) {
  auto best = map.end();
  for (std::size_t at = 0; at < text.size() && at < longest;) {
    text::next_character(text, at);
    if (const auto found = map.find(text.substr(0, at)); found != map.end()) best = found;
  }
  return best;
}

}  // namespace

namespace {

// Without the tables of names, names written without a space are divided by rule of thumb.
std::shared_ptr<const NameTables> read_names_of_people(Env& env, const std::string& data_directory,
                                                       const text::Tables* tables) {
  auto names = std::make_shared<NameTables>(tables);
  for (const char* file : {"/names/surnames.tsv", "/names/local_surnames.tsv"})
    if (const auto table = env.disk.read_all(data_directory + file)) names->read_surnames(*table);
  if (const auto table = env.disk.read_all(data_directory + "/names/given_names.tsv"))
    names->read_given_names(*table);
  return names;
}

// Several vocabularies are in use in one process, and these tables are most of each: whoever folds by the
// same tables of characters shares them. They die with the last vocabulary, and so before `tables`.
std::shared_ptr<const NameTables> names_of_people(Env& env, const std::string& data_directory,
                                                  const text::Tables* tables) {
  if (tables == nullptr) return read_names_of_people(env, data_directory, tables);
  static std::mutex mutex;
  static std::map<std::pair<const text::Tables*, std::string>, std::weak_ptr<const NameTables>> shared;
  const std::lock_guard lock(mutex);
  std::erase_if(shared, [](const auto& one) { return one.second.expired(); });
  auto& kept = shared[{tables, data_directory}];
  auto names = kept.lock();
  if (!names) kept = names = read_names_of_people(env, data_directory, tables);
  return names;
}

}  // namespace

Result<std::shared_ptr<const Vocabulary>> Vocabulary::open(Env& env, const std::string& data_directory,
                                                           const std::string& town_tables,
                                                           const text::Tables* tables) {
  auto made = std::make_shared<Vocabulary>(names_of_people(env, data_directory, tables));
  const std::string own = data_directory + "/reception/";
  TRY(made->read_columns(TRY(env.disk.read_all(own + "columns.tsv")), "columns.tsv"));
  TRY(made->read_words(TRY(env.disk.read_all(own + "words.tsv")), "words.tsv"));
  TRY(made->read_relations(TRY(env.disk.read_all(own + "relations.tsv")), "relations.tsv"));
  if (!town_tables.empty()) {
    if (const auto table = env.disk.read_all(town_tables + "/columns.tsv"))
      TRY(made->read_columns(*table, town_tables + "/columns.tsv"));
    if (const auto table = env.disk.read_all(town_tables + "/words.tsv"))
      TRY(made->read_words(*table, town_tables + "/words.tsv"));
  }
  return made;
}

Status Vocabulary::read_columns(std::string_view table, const std::string& file) {
  Status status;
  text::for_each_tsv_row(table, [&](const text::TsvCells& cells, std::uint64_t line) {
    Column column{};
    if (cells.size() < 2 || !boost::describe::enum_from_string(std::string(cells[0]).c_str(), column)) {
      status = bad_table(file, line);
      return false;
    }
    for (const std::string_view word : split_at_spaces(cells[1]))
      columns_[bare_header(word)] = column;
    return true;
  });
  return status;
}

Status Vocabulary::read_words(std::string_view table, const std::string& file) {
  Status status;
  text::for_each_tsv_row(table, [&](const text::TsvCells& cells, std::uint64_t line) {
    if (cells.size() < 5) {
      status = bad_table(file, line);
      return false;
    }
    const Meaning meaning{std::string(cells[0]), std::string(cells[1])};
    names_[meaning.kind + " " + meaning.code] = {std::string(cells[2]), std::string(cells[3])};
    for (const std::string_view word : split_at_spaces(cells[4])) {
      std::string key = narrow(word);
      longest_word_ = std::max(longest_word_, key.size());
      words_[std::move(key)].push_back(meaning);
    }
    return true;
  });
  return status;
}

Status Vocabulary::read_relations(std::string_view table, const std::string& file) {
  Status status;
  text::for_each_tsv_row(table, [&](const text::TsvCells& cells, std::uint64_t line) {
    if (cells.size() < 2) {
      status = bad_table(file, line);
      return false;
    }
    const Sex sex = cells[0] == "f" ? Sex::female : cells[0] == "m" ? Sex::male : Sex::unknown;
    for (const std::string_view word : split_at_spaces(cells[1])) {
      longest_relation_ = std::max(longest_relation_, word.size());
      relations_[std::string(word)] = sex;
    }
    return true;
  });
  return status;
}

std::vector<std::string> Vocabulary::needs() const {
  std::vector<std::string> codes;
  for (const auto& [key, name] : names_)
    if (key.starts_with("need ")) codes.push_back(key.substr(std::string_view("need ").size()));
  return codes;
}

Column Vocabulary::column_of(std::string_view header_cell) const {
  const std::string bare = bare_header(header_cell);
  if (bare.empty()) return Column::unknown;
  if (const auto found = columns_.find(bare); found != columns_.end()) return found->second;
  if (count_characters(bare) > kLongestHeader) return Column::unknown;
  // A row of the list has such words in it too (たかはし かな, 215番地12): in a heading there is no digit,
  // and the word is at least half of it.
  if (std::ranges::any_of(bare, [](char c) { return c >= '0' && c <= '9'; })) return Column::unknown;
  // The word that stands last decides (世帯主氏名 is a name, 氏名カナ a kana), then the longer one.
  Column best = Column::unknown;
  std::size_t best_end = 0, best_size = 0;
  for (const auto& [word, column] : columns_) {
    if (count_characters(word) < 2 || (word[0] > 0 && word.size() < 4)) continue;
    const std::size_t at = bare.rfind(word);
    if (at == std::string::npos || word.size() * 2 < bare.size()) continue;
    const std::size_t end = at + word.size();
    if (end > best_end || (end == best_end && word.size() > best_size)) {
      best = column;
      best_end = end;
      best_size = word.size();
    }
  }
  return best;
}

std::size_t Vocabulary::word_at(std::string_view text, const std::vector<Meaning>*& meanings) const {
  const auto found = longest_at(words_, text, longest_word_);
  if (found == words_.end()) return 0;
  meanings = &found->second;
  return found->first.size();
}

Phrase Vocabulary::name_of(std::string_view kind, std::string_view code) const {
  const auto found = names_.find(std::string(kind) + " " + std::string(code));
  return found == names_.end() ? Phrase{} : found->second;
}

bool Vocabulary::is_relation(std::string_view word, Sex* sex) const {
  const auto found = relations_.find(word);
  if (found == relations_.end()) return false;
  if (sex != nullptr) *sex = found->second;
  return true;
}

std::size_t Vocabulary::relation_at(std::string_view text, Sex& sex) const {
  const auto found = longest_at(relations_, text, longest_relation_);
  if (found == relations_.end()) return 0;
  sex = found->second;
  return found->first.size();
}

}  // namespace sonae::reception
