#include "store/postgres_sql.h"

#include "store/sql_words.h"

namespace sonae::store {

std::string postgres_script(std::string_view sql) {
  std::string out;
  std::string first, second, before;  // of the statement under way; and the word just passed
  while (!sql.empty()) {
    const std::string_view token = next_sql_token(sql);
    sql.remove_prefix(token.size());
    if (is_white_sql(token)) {
      out += token;
      continue;
    }
    const std::string word = upper_sql(token);
    const bool of_table = first == "CREATE" && (second == "TABLE" || second == "TEMPORARY");
    if (word == "BYTES")
      out += "BYTEA";
    else if (word == "TEXT" && of_table && before != "(" && before != ",")
      out += "TEXT COLLATE \"C\"";
    else
      out += token;
    if (word == ";")
      first.clear(), second.clear();
    else if (first.empty())
      first = word;
    else if (second.empty())
      second = word;
    before = word;
  }
  return out;
}

bool drops_tables(std::string_view sql) {
  for (bool at_start = true; !sql.empty();) {
    const std::string_view token = next_sql_token(sql);
    sql.remove_prefix(token.size());
    if (is_white_sql(token)) continue;
    const std::string word = upper_sql(token);
    if (at_start && (word == "DROP" || word == "ALTER")) return true;
    at_start = word == ";";
  }
  return false;
}

}  // namespace sonae::store
