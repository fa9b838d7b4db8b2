// What kind of file it is: encoding, separator, header, layout.
#include <algorithm>

#include "town/registry/file_reader.h"
#include "town/registry/records.h"

namespace sonae::registry {
namespace {

std::unexpected<Error> not_a_registry(Phrase what, Phrase what_to_do) {
  return fail(ErrorCode::invalid_input, std::move(what), {}, std::move(what_to_do));
}

const Phrase kSaveAsCsv{"表計算ソフトで「CSV UTF-8」として保存してから取り込んでください",
                        "Save it as \"CSV UTF-8\" in the spreadsheet program, then import that"};

Status refuse_other_kinds(BytesView bytes) {
  if (bytes.empty())
    return not_a_registry(
        {"ファイルが空です", "The file is empty"},
        {"書き出しが終わっているか確かめてください", "See whether its export had finished"});
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("\xD0\xCF\x11\xE0"))
    return not_a_registry(
        {"表計算ソフトのファイルか圧縮されたファイルです", "This is a spreadsheet file or a compressed file"},
        kSaveAsCsv);
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
    return not_a_registry({"UTF-16 のファイルです", "This file is in UTF-16"}, kSaveAsCsv);
  if (bytes.substr(0, std::size_t{1} << 20).find('\0') != BytesView::npos)
    return not_a_registry({"文字のファイルではありません", "This is not a text file"}, kSaveAsCsv);
  return {};
}

std::ptrdiff_t broken(const text::Decoded& decoded) {
  return std::ranges::count_if(decoded.oddities, [](const text::Oddity& oddity) {
    return oddity.kind == text::Oddity::Kind::undecodable;
  });
}

// Characters of three bytes, as kana and kanji are in UTF-8. CP932 hardly ever looks like one by chance.
std::ptrdiff_t three_byte_characters(const text::Decoded& decoded) {
  return std::ranges::count_if(decoded.text,
                               [](char c) { return (static_cast<unsigned char>(c) & 0xF0) == 0xE0; }) -
         broken(decoded);  // U+FFFD is one, too
}

// The text of the file: its own bytes where they are UTF-8, else what they decode to. What reads as CP932
// only with some bytes left over is UTF-8 where that leaves fewer than it understands.
void decode_file(BytesView bytes, OpenedFile& file) {
  file.decoded = text::decode(bytes);
  if (file.decoded.encoding == text::Encoding::cp932 && broken(file.decoded) > 0) {
    text::Decoded as_utf8 = text::decode(bytes, text::Encoding::utf8);
    if (three_byte_characters(as_utf8) >= broken(as_utf8)) file.decoded = std::move(as_utf8);
  }
  file.encoding = file.decoded.encoding;
  file.text = file.decoded.text;
  if (file.encoding == text::Encoding::utf8 && file.decoded.oddities.empty()) {
    file.decoded = {};  // a second copy of a large file is not needed
    file.text = bytes;
  }
}

std::string encoding_word(text::Encoding encoding) {
  return encoding == text::Encoding::cp932            ? "cp932"
         : encoding == text::Encoding::utf8_with_mark ? "utf-8-bom"
                                                      : "utf-8";
}

LayoutPtr named(const std::vector<LayoutPtr>& layouts, const std::string& name) {
  const auto found = std::ranges::find_if(layouts, [&](const LayoutPtr& one) { return one->name == name; });
  return found == layouts.end() ? nullptr : *found;
}

// A file without a header is of the layout without a header that reads its first line without an error.
LayoutPtr layout_of_first_line(const std::vector<LayoutPtr>& layouts,
                               const std::vector<std::string_view>& cells) {
  for (const LayoutPtr& layout : layouts) {
    if (layout->header || layout->columns.size() != cells.size()) continue;
    std::vector<std::string> columns;
    for (const Column& column : layout->columns)
      columns.push_back(column.name);
    std::vector<Problem> problems;
    RowReader(layout, columns, Date{}).fields(cells, &problems);
    if (std::ranges::none_of(problems, [](const Problem& problem) { return !problem.warning; }))
      return layout;
  }
  return nullptr;
}

std::string names_of(const std::vector<LayoutPtr>& layouts) {
  std::string names;
  for (const LayoutPtr& layout : layouts)
    names += (names.empty() ? "" : ", ") + layout->name;
  return names;
}

Status check_header(const OpenedFile& file) {
  for (const Column& column : file.layout->columns) {
    const auto is_it = [&](const std::string& name) { return file.layout->column(name) == &column; };
    const auto count = std::ranges::count_if(file.columns, is_it);
    if (count > 1)
      return not_a_registry({"見出しに同じ項目が二つあります: " + column.name,
                             "The header names an item twice: " + column.name},
                            {"見出しを直してください", "Mend the header"});
    if (count == 0 && column.required)
      return not_a_registry({"見出しに必須の項目がありません: " + column.name,
                             "A required item is not in the header: " + column.name},
                            {"レイアウト " + file.layout->name + " が合っているか確かめてください",
                             "See whether the layout " + file.layout->name + " is the right one"});
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<OpenedFile>> open_file(BytesView bytes, const std::vector<LayoutPtr>& layouts,
                                              const std::optional<std::string>& layout_name) {
  TRY(refuse_other_kinds(bytes));
  auto file = std::make_unique<OpenedFile>();
  decode_file(bytes, *file);
  FileForm& form = file->form;
  form.encoding = encoding_word(file->encoding);

  const std::string_view first_line = file->text.substr(0, file->text.find('\n'));
  const bool tabs =
      first_line.find(',') == std::string_view::npos && first_line.find('\t') != std::string_view::npos;
  form.separator = tabs ? "\t" : ",";
  form.quotes = "needed";
  RecordCutter cutter(file->text, form.separator.front());
  if (cutter.next() != RecordCutter::Got::record)
    return not_a_registry({"最初の行を読めません", "The first line cannot be read"},
                          {"CSV ファイルか確かめてください", "See whether it is a CSV file"});
  form.line_end = cutter.whole().ends_with("\r\n") ? "\r\n" : "\n";

  std::vector<std::string> first_cells;
  for (const std::string_view cell : cutter.cells())
    first_cells.emplace_back(trimmed(cell));
  if (layout_name) {
    file->layout = named(layouts, *layout_name);
    if (file->layout == nullptr)
      return fail(ErrorCode::not_found,
                  {"レイアウトがありません: " + *layout_name, "There is no such layout: " + *layout_name}, {},
                  {"使えるもの: " + names_of(layouts), "There are: " + names_of(layouts)});
  } else {
    file->layout = layout_of_header(layouts, first_cells);
    if (file->layout == nullptr) file->layout = layout_of_first_line(layouts, cutter.cells());
    if (file->layout == nullptr)
      return not_a_registry(
          {"どのレイアウトの見出しとも合いません", "The header fits no known layout"},
          {"--layout で名前を示すか、tables/layouts に表を置いてください（使えるもの: " + names_of(layouts) +
               "）",
           "Name one with --layout, or put a table into tables/layouts (there are: " + names_of(layouts) +
               ")"});
  }

  if (file->layout->header) {
    file->columns = std::move(first_cells);
    form.header = cutter.whole();
    file->body = cutter.position();
    file->body_line = cutter.next_line();
    TRY(check_header(*file));
    if (cutter.next() == RecordCutter::Got::end) {
      form.tail = cutter.rest();
      return file;
    }
  } else {
    for (const Column& column : file->layout->columns)
      file->columns.push_back(column.name);
  }
  // Whether all cells are quoted shows in the first line of residents.
  std::string all_quoted;
  write_record(cutter.cells(), form.separator.front(), true, all_quoted);
  if (cutter.has_quotes() && all_quoted == cutter.body()) form.quotes = "all";
  return file;
}

Bytes bytes_of(const OpenedFile& file, std::string_view piece) {
  const std::vector<text::Oddity>& all = file.decoded.oddities;
  if (file.encoding != text::Encoding::cp932 && all.empty()) return Bytes(piece);
  const auto begin = static_cast<std::uint64_t>(piece.data() - file.text.data());
  auto oddity = std::ranges::lower_bound(all, begin, {}, &text::Oddity::text_offset);
  text::Decoded part;
  part.text = piece;
  part.encoding = file.encoding == text::Encoding::utf8_with_mark ? text::Encoding::utf8 : file.encoding;
  for (; oddity != all.end() && oddity->text_offset < begin + piece.size(); ++oddity) {
    part.oddities.push_back(*oddity);
    part.oddities.back().text_offset -= begin;
  }
  return text::encode_again(part);
}

}  // namespace sonae::registry
