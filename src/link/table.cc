#include "link/table.h"

#include <unordered_set>

#include <algorithm>

#include "base/csv.h"
#include "link/characters.h"

namespace sonae::link {
namespace {

constexpr std::size_t kLongestValue = 4000;  // bytes

std::u32string normalised(std::string_view written, FieldKind kind) {
  std::u32string text;
  const bool figures_only = kind == FieldKind::date;
  written = written.substr(0, kLongestValue);
  while (!written.empty()) {
    char32_t c = next_character(written);
    if (c >= U'！' && c <= U'～') c = c - U'！' + '!';
    if (c == U'　') c = ' ';
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    const bool figure = c >= '0' && c <= '9';
    if (figure || (!figures_only && ((c >= 'a' && c <= 'z') || c >= 0x80))) {
      text += c;
    } else if (!figures_only && !text.empty() && text.back() != ' ') {
      text += ' ';
    }
  }
  while (!text.empty() && text.back() == ' ')
    text.pop_back();
  return text;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

}  // namespace

ValueNumber Dictionary::add(std::string_view written, FieldKind kind) {
  written = trimmed(written);
  if (written.empty()) return 0;
  const auto [known, is_new] = as_written_.try_emplace(std::string(written), 0);
  if (!is_new) return known->second;
  std::u32string text = normalised(written, kind);
  if (text.empty()) return 0;
  const auto [at, first] = numbers_.try_emplace(std::move(text), static_cast<ValueNumber>(texts_.size()));
  if (first) {
    texts_.push_back(at->first);
    sketches_.emplace_back(at->first);
  }
  return known->second = at->second;
}

Result<Table> read_table(std::string_view csv, const Spec& spec, Side side, const std::string& file,
                         std::vector<Dictionary>& dictionaries, std::vector<BadLine>& bad_lines) {
  CsvReader reader(csv);
  const Result<bool> header = reader.next();
  if (!header) return std::unexpected(header.error());
  if (!*header) return fail(ErrorCode::invalid_input, {"ファイルが空です", "The file is empty"}, file);
  const auto column = [&](const std::string& name) -> Result<std::size_t> {
    for (std::size_t i = 0; i < reader.cells().size(); ++i)
      if (trimmed(reader.cells()[i]) == name) return i;
    return fail(ErrorCode::invalid_input, {"列がありません: " + name, "There is no such column: " + name},
                file,
                {"見出しと仕様（--spec）の名前を合わせてください",
                 "Let the header and the specification (--spec) agree on its name"});
  };
  const std::string& id_name = side == Side::left ? spec.left_id : spec.right_id;
  const std::size_t id = TRY(column(id_name));
  const std::size_t width = reader.cells().size();
  std::vector<std::size_t> columns;
  for (const SpecField& field : spec.fields)
    columns.push_back(TRY(column(side == Side::left ? field.left : field.right)));

  Table table;
  std::unordered_set<std::string> ids;
  table.fields = spec.fields.size();
  for (;;) {
    const Result<bool> more = reader.next();
    const auto bad = [&](const std::string& item, Phrase what) {
      bad_lines.push_back({file, reader.line(), item, std::move(what)});
    };
    if (!more) {
      bad({}, more.error().what);
      continue;
    }
    if (!*more) return table;
    const auto& cells = reader.cells();
    if (id >= cells.size() || trimmed(cells[id]).empty()) {
      bad(id_name, {"番号がありません。この行は使いません", "There is no id: the line is not used"});
      continue;
    }
    if (cells.size() != width)
      bad({}, {"列の数が見出しと違います。ある分だけ使います",
               "Not as many columns as in the header: what is there is used"});
    table.ids.emplace_back(trimmed(cells[id]));
    if (!ids.insert(table.ids.back()).second)
      bad(id_name, {"同じ番号の行が前にもあります", "An earlier line has the same id"});
    for (std::size_t f = 0; f < columns.size(); ++f)
      table.values.push_back(
          columns[f] < cells.size() ? dictionaries[f].add(cells[columns[f]], spec.fields[f].kind) : 0);
  }
}

}  // namespace sonae::link
