// Surnames and given names with their common readings: where a name written without space is divided, and how
// a name sounds when no reading was written. From data/names/; empty without it. Immutable after opening; any
// thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "text/tables.h"

namespace sonae::reception {

class NameTables {
 public:
  // `tables` makes variants of a name known as the name (髙橋, 辻󠄀); may be null, else must outlive this.
  explicit NameTables(const text::Tables* tables = nullptr) : tables_(tables) {}
  void read_surnames(std::string_view table);     // surname, reading, ... between tabs
  void read_given_names(std::string_view table);  // sex, given name, reading, ...

  bool is_surname(std::string_view word) const { return surnames_.has(tables_, word); }
  bool is_given_name(std::string_view word) const { return given_names_.has(tables_, word); }

  // The surname with which a name written without space begins, in kanji or kana: "佐藤" of "佐藤一郎",
  // "タカギ" of "タカギマサル"; empty where none is known. Never the whole name.
  std::string_view surname_of(std::string_view name) const;

  // The common readings of a surname or given name in kanji; none where it is not in the tables.
  const std::vector<std::string>& readings_of(std::string_view name) const;

 private:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  using Texts = std::unordered_set<std::string, TextHash, std::equal_to<>>;

  // Names as written, folded, and by their readings in katakana.
  struct Names {
    Texts written, folded, readings;
    bool has(const text::Tables* tables, std::string_view word) const;
  };
  void add(Names& names, std::string_view name, std::string_view reading);

  const text::Tables* tables_;
  Names surnames_, given_names_;
  std::size_t longest_surname_ = 0;  // characters
  std::unordered_map<std::string, std::vector<std::string>, TextHash, std::equal_to<>> readings_;
};

}  // namespace sonae::reception
