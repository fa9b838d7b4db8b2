// Writes residents by a layout that is not the one they came in: canonical fields into its cells, and items
// of the same name as they are.
//
// One writer serves one thread.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "town/registry/row_reader.h"

namespace sonae::registry {

class RowWriter {
 public:
  // `source` are the items of the cells that will be given.
  RowWriter(LayoutPtr target, const std::vector<std::string>& source, Date as_of);

  const std::vector<std::string>& columns() const { return columns_; }

  // The cells of one resident; valid until the next call.
  const std::vector<std::string_view>& cells(const Fields& fields, std::span<const std::string_view> source);

 private:
  struct Output {
    const Column* column = nullptr;
    std::size_t same_name =
        static_cast<std::size_t>(-1);  // the source's cell of the same name, where no field fits
    std::size_t turn = 0;              // which of several columns of one field this is
    const Column* date = nullptr;      // this is the era or the flag of that date
    bool is_era = false;
  };

  void complete(const Fields& fields);
  std::string cell(const Output& output, std::span<const std::string_view> source);

  LayoutPtr target_;
  Date as_of_;
  std::vector<std::string> columns_;
  std::vector<Output> outputs_;
  bool has_whole_address_ = false;
  bool has_relation_codes_ = false;
  Fields fields_{};
  std::vector<std::string> texts_;
  std::vector<std::string_view> cells_;
  Arena arena_;
};

}  // namespace sonae::registry
