// Takes down the statements that a view's fold runs, to be run on a real connection later. One thread.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "store/store.h"

namespace sonae::journal {

class StatementRecord final : public store::Connection {
 public:
  // Thrown where a fold asks the database: it cannot be answered here. No std::exception, so that only who
  // expects it catches it.
  struct Asked {};

  // Forgets all statements, not their texts.
  void clear();
  // From here on removals are passed over: there is nothing to remove.
  void nothing_to_remove(bool so) { nothing_to_remove_ = so; }

  std::size_t size() const { return statements_.size(); }
  void cut_to(std::size_t size) { statements_.resize(size); }
  // Runs those from first up to before end.
  void run_on(store::Connection& connection, std::size_t first, std::size_t end) const;

  std::unique_ptr<store::Cursor> select(std::string_view sql,
                                        std::initializer_list<store::Value> values) override;
  // Takes it down. How many rows it will change is not known: 0.
  std::int64_t execute(std::string_view sql, std::initializer_list<store::Value> values) override;
  void script(std::string_view sql) override;
  std::vector<std::string> schema() override;
  void begin_read() override;
  void begin_write() override;
  void commit() override;
  void rollback() override;

 private:
  struct Statement {
    const std::string* sql;
    std::size_t first_value, values;
  };
  struct Kept {  // a text or blob: where it stands in bytes_
    std::size_t at, size;
    bool is_text;
  };
  using KeptValue = std::variant<std::monostate, std::int64_t, double, Kept>;
  KeptValue kept(const store::Value& value);

  std::unordered_set<std::string> texts_;  // nodes stay where they are
  std::vector<Statement> statements_;
  std::vector<KeptValue> values_;
  Bytes bytes_;
  bool nothing_to_remove_ = false;
};

}  // namespace sonae::journal
