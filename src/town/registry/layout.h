// A layout: how one kind of registry file is written, as a table that can be loaded (data/layouts/*.toml, and
// a town's own in DIR/tables/layouts/*.toml). docs/registry.md explains the tables to who writes one.
//
// Immutable after reading; every thread may use it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/env.h"
#include "town/registry/resident_field.h"

namespace sonae::registry {

enum class ColumnType : std::uint8_t {
  text,
  digits,  // digits, half or full width, with hyphens
  code,    // one of a code list
  date,
  flag,  // on or off: adds a word to its field
};
BOOST_DESCRIBE_ENUM(ColumnType, text, digits, code, date, flag)

// How a date stands in a cell. Reading understands every notation of text::parse_date whatever is said here;
// this is what is written.
enum class DateNotation : std::uint8_t {
  iso,       // 1948-03-11
  yyyymmdd,  // 19480311
  slash,     // 1948/03/11
  yymmdd,    // 230311, the era in a column of its own
  japanese,  // 昭和23年3月11日
};
BOOST_DESCRIBE_ENUM(DateNotation, iso, yyyymmdd, slash, yymmdd, japanese)

enum class CheckDigitKind : std::uint8_t { none, my_number, resident_code, municipality_code };
BOOST_DESCRIBE_ENUM(CheckDigitKind, none, my_number, resident_code, municipality_code)

// Codes and the canonical words that they stand for, in the table's order. Leading zeros do not count when a
// code is looked up, so a list serves files with codes of any width.
struct CodeList {
  std::string name;
  std::vector<std::pair<std::string, std::string>> words;
  std::optional<std::string_view> word_of(std::string_view code) const;
  std::optional<std::string_view> code_of(std::string_view word) const;
};

struct Column {
  std::string name;                  // as the header has it
  std::vector<std::string> aliases;  // other headers seen for the same item
  ColumnType type = ColumnType::text;
  std::size_t width = 0;  // the most characters; codes are written with zeros to this width; 0: any
  bool required = false;
  bool lenient = false;         // what cannot be read is a warning, not an error of the line
  bool ignore_changes = false;  // bookkeeping of the source: a difference here is no change of the resident
  std::optional<Field> to;      // the canonical field
  std::string join;             // several columns of one field are joined by this
  const CodeList* codes = nullptr;
  DateNotation notation = DateNotation::iso;
  std::string era;           // date: the column with the era's code
  std::string unknown_flag;  // date: the column that says which parts are unknown
  std::string word;          // flag: what it adds to its field
  std::string on = "1";      // flag: how it is written
  std::string off;
  CheckDigitKind check = CheckDigitKind::none;
};

struct Layout {
  std::string name;
  std::string title;
  std::string title_english;
  std::string remark;
  bool header = true;  // the first line names the items: they may stand in any order, and some may lack
  std::string encoding = "utf-8";  // what an export writes
  std::string line_end = "\r\n";
  std::string quotes = "needed";
  std::vector<Column> columns;
  std::map<std::string, CodeList> code_lists;  // stable addresses: columns point into it
  std::string text;                            // the TOML that it was read from
  bool own = false;                            // the town's own table

  const Column* column(std::string_view name) const;  // by name or alias
  const Column* column_to(Field field) const;         // the first that fills the field

  Layout() = default;
  Layout(const Layout&) = delete;
  Layout& operator=(const Layout&) = delete;
};

using LayoutPtr = std::shared_ptr<const Layout>;

// From TOML text; the error names the column and the key.
Result<LayoutPtr> parse_layout(std::string_view toml, const std::string& where);

// All layouts of the program and of the town; the town's own come first and hide others of the same name. A
// town's table that cannot be read is an error, not passed over.
Result<std::vector<LayoutPtr>> load_layouts(Env& env, const std::string& data_directory,
                                            const std::string& town_directory);

// The layout whose columns a header line names best; absent where no layout knows its required columns.
LayoutPtr layout_of_header(const std::vector<LayoutPtr>& layouts, const std::vector<std::string>& header);

}  // namespace sonae::registry
