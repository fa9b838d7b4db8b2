#include "store/sql_words.h"

#include <algorithm>
#include <cctype>

namespace sonae::store {

namespace {

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

}  // namespace

std::string_view next_sql_token(std::string_view sql) {
  if (sql.starts_with("--")) return sql.substr(0, std::min(sql.find('\n'), sql.size()));
  if (sql.front() == '\'' || sql.front() == '"') {
    const std::size_t end = sql.find(sql.front(), 1);
    return sql.substr(0, end == std::string_view::npos ? sql.size() : end + 1);
  }
  if (!is_word(sql.front())) return sql.substr(0, 1);
  return sql.substr(0, static_cast<std::size_t>(std::ranges::find_if_not(sql, is_word) - sql.begin()));
}

bool is_white_sql(std::string_view token) {
  return std::isspace(static_cast<unsigned char>(token.front())) != 0 || token.starts_with("--");
}

std::string upper_sql(std::string_view word) {
  std::string result(word);
  std::ranges::transform(result, result.begin(), [](unsigned char c) { return std::toupper(c); });
  return result;
}

}  // namespace sonae::store
