#include "store/sqlite_sql.h"

#include <vector>

#include "store/sql_words.h"

namespace sonae::store {

namespace {

// Writes statements while it looks at their words.
class Translator {
 public:
  void take(std::string_view token) {
    if (token == ";") {
      end_statement();
      out_ += token;
      return;
    }
    if (is_white_sql(token)) {
      out_ += token;
      return;
    }
    const std::string word = upper_sql(token);
    note_key(word);
    words_.push_back(word);
    if (word == "BYTES")
      out_ += "BLOB";
    else if (word == "BIGINT")
      out_ += "INTEGER";
    else if (word == "DOUBLE")
      out_ += "REAL";
    else if (!(word == "PRECISION" && words_.size() > 1 && words_[words_.size() - 2] == "DOUBLE"))
      out_ += token;
    if (word == ")") last_parenthesis_ = out_.size();
  }

  std::string finish() {
    end_statement();
    return std::move(out_);
  }

 private:
  // Follows PRIMARY KEY ( ... ) and counts the commas within.
  void note_key(const std::string& word) {
    const std::size_t count = words_.size();
    if (word == "(" && count >= 2 && words_[count - 1] == "KEY" && words_[count - 2] == "PRIMARY") {
      in_key_ = true;
    } else if (in_key_ && word == ",") {
      composite_key_ = true;
    } else if (word == ")") {
      in_key_ = false;
    }
  }

  void end_statement() {
    const bool creates_table = words_.size() > 1 && words_[0] == "CREATE" &&
                               (words_[1] == "TABLE" || (words_[1] == "TEMPORARY" && words_[2] == "TABLE"));
    if (creates_table && last_parenthesis_ > 0)
      out_.insert(last_parenthesis_, composite_key_ ? " WITHOUT ROWID, STRICT" : " STRICT");
    words_.clear();
    in_key_ = composite_key_ = false;
    last_parenthesis_ = 0;
  }

  std::string out_;
  std::vector<std::string> words_;
  bool in_key_ = false;
  bool composite_key_ = false;
  std::size_t last_parenthesis_ = 0;
};

}  // namespace

std::string sqlite_script(std::string_view sql) {
  Translator translator;
  while (!sql.empty()) {
    const std::string_view token = next_sql_token(sql);
    translator.take(token);
    sql.remove_prefix(token.size());
  }
  return translator.finish();
}

}  // namespace sonae::store
