#include "journal/statement_record.h"

#include <array>
#include <utility>

namespace sonae::journal {

namespace {

// A connection takes values as a list that is written out: one function for each number of them.
constexpr std::size_t kMostValues = 32;
using Run = void (*)(store::Connection&, const std::string&, const std::vector<store::Value>&);

template <std::size_t... At>
void run(store::Connection& connection, const std::string& sql, const std::vector<store::Value>& values,
         std::index_sequence<At...>) {
  connection.execute(sql, {values[At]...});
}
template <std::size_t... Count>
constexpr std::array<Run, sizeof...(Count)> runs(std::index_sequence<Count...>) {
  return {[](store::Connection& connection, const std::string& sql, const std::vector<store::Value>& values) {
    run(connection, sql, values, std::make_index_sequence<Count>());
  }...};
}
constexpr auto kRuns = runs(std::make_index_sequence<kMostValues + 1>());

}  // namespace

void StatementRecord::clear() {
  statements_.clear();
  values_.clear();
  bytes_.clear();
}

StatementRecord::KeptValue StatementRecord::kept(const store::Value& value) {
  const auto keep = [&](BytesView bytes, bool is_text) {
    const Kept one{bytes_.size(), bytes.size(), is_text};
    bytes_ += bytes;
    return one;
  };
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  if (const auto* real = std::get_if<double>(&value)) return *real;
  if (const auto* text = std::get_if<std::string_view>(&value)) return keep(*text, true);
  if (const auto* blob = std::get_if<store::Blob>(&value)) return keep(blob->bytes, false);
  return {};
}

std::int64_t StatementRecord::execute(std::string_view sql, std::initializer_list<store::Value> values) {
  if (nothing_to_remove_ && sql.starts_with("DELETE ")) return 0;
  statements_.push_back({&*texts_.emplace(sql).first, values_.size(), values.size()});
  for (const store::Value& value : values)
    values_.push_back(kept(value));
  return 0;
}

void StatementRecord::run_on(store::Connection& connection, std::size_t first, std::size_t end) const {
  std::vector<store::Value> values;
  for (; first < end; ++first) {
    const Statement& statement = statements_[first];
    values.clear();
    for (std::size_t i = 0; i < statement.values; ++i) {
      const KeptValue& value = values_[statement.first_value + i];
      if (const auto* number = std::get_if<std::int64_t>(&value)) {
        values.emplace_back(*number);
      } else if (const auto* real = std::get_if<double>(&value)) {
        values.emplace_back(*real);
      } else if (const auto* one = std::get_if<Kept>(&value)) {
        const BytesView bytes = BytesView(bytes_).substr(one->at, one->size);
        values.push_back(one->is_text ? store::Value(bytes) : store::Value(store::Blob{bytes}));
      } else {
        values.emplace_back();
      }
    }
    kRuns.at(statement.values)(connection, *statement.sql, values);
  }
}

std::unique_ptr<store::Cursor> StatementRecord::select(std::string_view,
                                                       std::initializer_list<store::Value>) {
  throw Asked{};
}
void StatementRecord::script(std::string_view) {
  throw Asked{};
}
std::vector<std::string> StatementRecord::schema() {
  throw Asked{};
}
void StatementRecord::begin_read() {
  throw Asked{};
}
void StatementRecord::begin_write() {
  throw Asked{};
}
void StatementRecord::commit() {
  throw Asked{};
}
void StatementRecord::rollback() {
  throw Asked{};
}

}  // namespace sonae::journal
