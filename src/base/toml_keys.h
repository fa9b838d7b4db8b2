// Reads one table of a settings file in TOML, strictly: a value of another kind than expected is refused, and
// so is a key that nobody asked for, since it may be a misspelt one. Errors name file, table and key, and the
// document that describes them.
#pragma once

#include <toml++/toml.h>

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"

namespace sonae {

class TomlKeys {
 public:
  // `where`: the file and the table, as a person finds it; `document` describes the keys. The table outlives
  // it.
  TomlKeys(const toml::table& table, std::string where, std::string document)
      : table_(table), where_(std::move(where)), document_(std::move(document)) {}

  std::string at(std::string_view key) const { return where_ + "." + std::string(key); }
  std::unexpected<Error> wrong(const std::string& where, const Phrase& what) const {
    return fail(ErrorCode::invalid_input, what, where,
                {document_ + " を見て直してください", "See " + document_});
  }
  std::unexpected<Error> wrong_here(const Phrase& what) const { return wrong(where_, what); }

  // Empty where it is left out.
  Result<std::string> text(std::string_view key, bool needed = false) {
    const toml::node* const node = find(key);
    if (node == nullptr && needed) return wrong(at(key), {"この項目が必要です", "this key is needed"});
    if (node == nullptr) return std::string();
    const auto value = node->value_exact<std::string>();
    if (!value || value->empty()) return wrong(at(key), {"文字列が必要です", "a string is expected"});
    return *value;
  }
  Result<std::vector<std::string>> texts(std::string_view key) {
    std::vector<std::string> all;
    const toml::node* const node = find(key);
    if (node == nullptr) return all;
    if (node->as_array() == nullptr) return wrong(at(key), {"並びが必要です", "a list is expected"});
    for (const toml::node& one : *node->as_array()) {
      const auto value = one.value_exact<std::string>();
      if (!value || value->empty()) return wrong(at(key), {"文字列が必要です", "strings are expected"});
      all.push_back(*value);
    }
    return all;
  }
  Result<std::optional<std::int64_t>> number(std::string_view key, std::int64_t least) {
    const toml::node* const node = find(key);
    if (node == nullptr) return std::optional<std::int64_t>{};
    const auto value = node->value_exact<std::int64_t>();
    if (!value || *value < least)
      return wrong(at(key), {std::to_string(least) + " 以上の整数が必要です",
                             "a whole number of at least " + std::to_string(least) + " is expected"});
    return value;
  }
  Result<bool> truth(std::string_view key) {
    const toml::node* const node = find(key);
    if (node == nullptr) return false;
    const auto value = node->value_exact<bool>();
    if (!value) return wrong(at(key), {"true か false です", "true or false is expected"});
    return *value;
  }
  // Null where it is left out.
  const toml::node* find(std::string_view key) {
    asked_.emplace(key);
    return table_.get(key);
  }
  // After all were asked for.
  Status no_others() const {
    for (const auto& [name, node] : table_)
      if (!asked_.contains(std::string(name.str())))
        return wrong(at(name.str()), {"知らない項目です", "this key is not known"});
    return {};
  }

 private:
  const toml::table& table_;
  const std::string where_;
  const std::string document_;
  std::set<std::string> asked_;
};

// The file's root; the error names the line.
inline Result<toml::table> parse_toml(std::string_view text, const std::string& where,
                                      const std::string& document) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    return fail(ErrorCode::invalid_input, {"TOML として読めません", "this is not TOML"},
                where + ":" + std::to_string(error.source().begin.line),
                {document + " を見て直してください", "See " + document});
  }
}

}  // namespace sonae
