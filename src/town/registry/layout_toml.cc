// Reading layouts from TOML.
#include <toml++/toml.h>

#include <boost/describe/enum_from_string.hpp>

#include <algorithm>
#include <sstream>

#include "town/registry/layout.h"

namespace sonae::registry {
namespace {

std::unexpected<Error> wrong(const std::string& where, const std::string& japanese,
                             const std::string& english) {
  return fail(ErrorCode::invalid_input,
              {"レイアウト表を読めません: " + japanese, "The layout table cannot be read: " + english}, where,
              {"docs/registry.md の「レイアウト表の書き方」を見て直してください",
               "See \"Writing a layout table\" in docs/registry.md"});
}

// Reads the keys of one TOML table, and refuses those that nobody asked for: a misspelt key must not be
// passed over.
class Keys {
 public:
  Keys(const toml::table& table, std::string where) : table_(table), where_(std::move(where)) {}

  Status text(std::string_view key, std::string& into) {
    return value<std::string>(key, into, "文字列", "a string");
  }
  Status flag(std::string_view key, bool& into) {
    return value<bool>(key, into, "true か false", "true or false");
  }
  Status number(std::string_view key, std::size_t& into) {
    std::int64_t read = static_cast<std::int64_t>(into);
    auto status = value<std::int64_t>(key, read, "数", "a number");
    if (status && (read < 0 || read > 100000))
      return wrong(where(key), "0 以上の数が必要です", "a number from 0 up is expected");
    into = static_cast<std::size_t>(read);
    return status;
  }
  template <class Enum>
  Status choice(std::string_view key, Enum& into) {
    std::string name;
    if (auto status = text(key, name); !status || name.empty()) return status;
    if (boost::describe::enum_from_string(name.c_str(), into)) return {};
    std::string all;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>(
        [&](auto one) { all += (all.empty() ? "" : ", ") + std::string(one.name); });
    return wrong(where(key), "次のいずれかが必要です: " + all, "one of these is expected: " + all);
  }
  Status texts(std::string_view key, std::vector<std::string>& into) {
    seen_.emplace_back(key);
    const auto* const array = table_.get_as<toml::array>(key);
    if (array == nullptr)
      return table_.contains(key) ? wrong(where(key), "配列が必要です", "a list is expected") : Status{};
    for (const auto& element : *array) {
      const auto* const one = element.as_string();
      if (one == nullptr) return wrong(where(key), "文字列が必要です", "strings are expected");
      into.push_back(one->get());
    }
    return {};
  }
  void seen(std::string_view key) { seen_.emplace_back(key); }
  std::string where(std::string_view key) const { return where_ + " " + std::string(key); }

  Status nothing_else() const {
    for (const auto& [key, unused] : table_)
      if (std::ranges::find(seen_, key.str()) == seen_.end())
        return wrong(where(key.str()), "知らない項目です", "this key is not known");
    return {};
  }

 private:
  template <class T>
  Status value(std::string_view key, T& into, const std::string& japanese, const std::string& english) {
    seen_.emplace_back(key);
    const toml::node* const node = table_.get(key);
    if (node == nullptr) return {};
    const auto read = node->value_exact<T>();
    if (!read) return wrong(where(key), japanese + "が必要です", english + " is expected");
    into = *read;
    return {};
  }

  const toml::table& table_;
  std::string where_;
  std::vector<std::string> seen_;
};

Status read_file_form(const toml::table& table, Layout& layout, const std::string& where) {
  Keys keys(table, where + " [file]");
  std::string line_end = "crlf";
  TRY(keys.flag("header", layout.header));
  TRY(keys.text("encoding", layout.encoding));
  TRY(keys.text("line_end", line_end));
  TRY(keys.text("quotes", layout.quotes));
  TRY(keys.nothing_else());
  if (layout.encoding != "utf-8" && layout.encoding != "utf-8-bom" && layout.encoding != "cp932")
    return wrong(keys.where("encoding"), "utf-8, utf-8-bom, cp932 のいずれかです",
                 "it is one of utf-8, utf-8-bom, cp932");
  if (line_end != "crlf" && line_end != "lf")
    return wrong(keys.where("line_end"), "crlf か lf です", "it is crlf or lf");
  if (layout.quotes != "needed" && layout.quotes != "all")
    return wrong(keys.where("quotes"), "needed か all です", "it is needed or all");
  layout.line_end = line_end == "crlf" ? "\r\n" : "\n";
  return {};
}

Status read_code_lists(const toml::table& table, Layout& layout, const std::string& where) {
  for (const auto& [name, node] : table) {
    const std::string here = where + " [codes." + std::string(name.str()) + "]";
    const toml::table* const codes = node.as_table();
    if (codes == nullptr) return wrong(here, "表が必要です", "a table is expected");
    CodeList& list = layout.code_lists[std::string(name.str())];
    list.name = name.str();
    std::vector<std::pair<toml::source_position, std::pair<std::string, std::string>>> in_order;
    for (const auto& [code, word] : *codes) {
      const auto text = word.value_exact<std::string>();
      if (!text)
        return wrong(here + " " + std::string(code.str()), "文字列が必要です", "a string is expected");
      in_order.push_back({code.source().begin, {std::string(code.str()), *text}});
    }
    // toml++ sorts by key; where two codes have one word, the first written is the one that is written out.
    std::ranges::stable_sort(in_order, [](const auto& one, const auto& other) {
      return std::pair(one.first.line, one.first.column) < std::pair(other.first.line, other.first.column);
    });
    for (auto& [position, code_and_word] : in_order)
      list.words.push_back(std::move(code_and_word));
  }
  return {};
}

Result<Column> read_column(const toml::table& table, const Layout& layout, const std::string& where) {
  Column column;
  TRY(Keys(table, where).text("name", column.name));
  if (column.name.empty()) return wrong(where, "name がありません", "name is missing");
  Keys keys(table, where + " " + column.name);
  keys.seen("name");
  std::string to, codes;
  TRY(keys.texts("aliases", column.aliases));
  TRY(keys.choice("type", column.type));
  TRY(keys.number("width", column.width));
  TRY(keys.flag("required", column.required));
  TRY(keys.flag("lenient", column.lenient));
  TRY(keys.flag("ignore_changes", column.ignore_changes));
  TRY(keys.text("to", to));
  TRY(keys.text("join", column.join));
  TRY(keys.text("codes", codes));
  TRY(keys.choice("notation", column.notation));
  TRY(keys.text("era", column.era));
  TRY(keys.text("unknown_flag", column.unknown_flag));
  TRY(keys.text("word", column.word));
  TRY(keys.text("on", column.on));
  TRY(keys.text("off", column.off));
  TRY(keys.choice("check", column.check));
  TRY(keys.nothing_else());
  if (!to.empty()) {
    column.to = field_named(to);
    if (!column.to) return wrong(keys.where("to"), "知らない欄です: " + to, "this field is not known: " + to);
  }
  if (!codes.empty()) {
    const auto list = layout.code_lists.find(codes);
    if (list == layout.code_lists.end())
      return wrong(keys.where("codes"), "コード表がありません: " + codes,
                   "there is no such code list: " + codes);
    column.codes = &list->second;
  }
  if (column.type == ColumnType::code && column.codes == nullptr)
    return wrong(keys.where("codes"), "code にはコード表が要ります", "a code needs a code list");
  if (column.type == ColumnType::flag && column.to && column.word.empty())
    return wrong(keys.where("word"), "flag には word が要ります", "a flag needs a word");
  return column;
}

Status check_columns(const Layout& layout, const std::string& where) {
  bool has_id = false;
  for (const Column& column : layout.columns) {
    has_id = has_id || column.to == Field::id;
    const auto same = [&](const Column& other) { return other.name == column.name; };
    if (std::ranges::count_if(layout.columns, same) > 1)
      return wrong(where + " " + column.name, "同じ名前の列が二つあります", "two columns have this name");
    for (const std::string& partner : {column.era, column.unknown_flag}) {
      if (partner.empty()) continue;
      const Column* const found = layout.column(partner);
      if (found == nullptr || found->codes == nullptr)
        return wrong(where + " " + column.name, "コード表のある列 " + partner + " が要ります",
                     "there must be a column " + partner + " with a code list");
    }
  }
  if (!has_id) return wrong(where, "to = \"id\" の列がありません", "no column has to = \"id\"");
  return {};
}

Result<std::shared_ptr<Layout>> read_layout(std::string_view text, const std::string& where) {
  const auto layout = std::make_shared<Layout>();
  layout->text = text;
  toml::table table;
  try {
    table = toml::parse(text, where);
  } catch (const toml::parse_error& error) {
    std::ostringstream place;
    place << error.source().begin.line;
    return wrong(where + ":" + place.str(), "TOML ではありません", std::string(error.description()));
  }
  Keys keys(table, where);
  TRY(keys.text("name", layout->name));
  TRY(keys.text("title", layout->title));
  TRY(keys.text("title_english", layout->title_english));
  TRY(keys.text("remark", layout->remark));
  for (const std::string_view part : {"file", "codes", "column"})
    keys.seen(part);
  TRY(keys.nothing_else());
  if (layout->name.empty()) return wrong(where, "name がありません", "name is missing");
  if (const auto* const form = table.get_as<toml::table>("file")) TRY(read_file_form(*form, *layout, where));
  if (const auto* const codes = table.get_as<toml::table>("codes"))
    TRY(read_code_lists(*codes, *layout, where));
  const auto* const columns = table.get_as<toml::array>("column");
  if (columns == nullptr || columns->empty())
    return wrong(where, "[[column]] がありません", "there is no [[column]]");
  for (const auto& node : *columns) {
    const auto* const column = node.as_table();
    if (column == nullptr)
      return wrong(where, "[[column]] が表ではありません", "a [[column]] is not a table");
    layout->columns.push_back(TRY(read_column(*column, *layout, where)));
  }
  TRY(check_columns(*layout, where));
  return layout;
}

}  // namespace

Result<LayoutPtr> parse_layout(std::string_view toml, const std::string& where) {
  return LayoutPtr(TRY(read_layout(toml, where)));
}

Result<std::vector<LayoutPtr>> load_layouts(Env& env, const std::string& data_directory,
                                            const std::string& town_directory) {
  std::vector<LayoutPtr> layouts;
  const auto load = [&](const std::string& directory, bool own) -> Status {
    const auto names = env.disk.list(directory);
    if (!names)
      return own && names.error().code == ErrorCode::not_found ? Status{} : std::unexpected(names.error());
    for (const std::string& name : *names) {
      if (!name.ends_with(".toml")) continue;
      const Bytes text = TRY(env.disk.read_all(directory + "/" + name));
      const std::shared_ptr<Layout> layout = TRY(read_layout(text, directory + "/" + name));
      layout->own = own;
      const auto same = [&](const LayoutPtr& other) { return other->name == layout->name; };
      if (std::ranges::none_of(layouts, same)) layouts.push_back(layout);
    }
    return {};
  };
  if (!town_directory.empty()) TRY(load(town_directory, true));
  TRY(load(data_directory, false));
  return layouts;
}

}  // namespace sonae::registry
