#include "base/csv.h"

#include <algorithm>
#include <cstring>

namespace sonae {

CsvReader::CsvReader(std::string_view content) : content_(content) {
  if (content_.starts_with("\xEF\xBB\xBF")) position_ = 3;
  const std::string_view first = content_.substr(position_, content_.find('\n', position_) - position_);
  if (first.find(',') == std::string_view::npos && first.find('\t') != std::string_view::npos)
    separator_ = '\t';
}

void CsvReader::add_quoted_cell(std::string_view inside) {
  if (inside.find('"') == std::string_view::npos) {
    cells_.push_back(inside);
    return;
  }
  std::string& text = unquoted_.emplace_back();
  text.reserve(inside.size());
  for (std::size_t i = 0; i < inside.size(); ++i) {
    text += inside[i];
    if (inside[i] == '"') ++i;  // a doubled quote stands for one
  }
  cells_.push_back(text);
}

Result<bool> CsvReader::next() {
  cells_.clear();
  unquoted_.clear();
  const char* const data = content_.data();
  while (position_ < content_.size() && (data[position_] == '\n' || data[position_] == '\r')) {
    if (data[position_] == '\n') ++line_;
    ++position_;
  }
  if (position_ >= content_.size()) return false;

  record_line_ = line_;
  const std::uint64_t begin = position_;
  const auto finish = [&](std::uint64_t end) {
    raw_ = content_.substr(begin, end - begin);
    if (raw_.ends_with('\r')) raw_.remove_suffix(1);
  };

  std::uint64_t at = begin;
  for (;;) {
    if (at < content_.size() && data[at] == '"') {
      const std::uint64_t inside = at + 1;
      std::uint64_t quote = inside;
      for (;;) {
        const void* const found =
            quote < content_.size() ? std::memchr(data + quote, '"', content_.size() - quote) : nullptr;
        if (found == nullptr) {
          const std::size_t line_end = content_.find('\n', begin);
          position_ = line_end == std::string_view::npos ? content_.size() : line_end + 1;
          line_ = record_line_ + 1;
          finish(line_end == std::string_view::npos ? content_.size() : line_end);
          cells_.clear();
          return fail(ErrorCode::invalid_input, {"引用符が閉じていません", "A quotation mark is not closed"},
                      {}, {"この行の \" を確かめてください", "Check the \" on this line"});
        }
        quote = static_cast<std::uint64_t>(static_cast<const char*>(found) - data);
        if (quote + 1 < content_.size() && data[quote + 1] == '"')
          quote += 2;
        else
          break;
      }
      line_ += static_cast<std::uint64_t>(std::count(data + inside, data + quote, '\n'));
      add_quoted_cell(content_.substr(inside, quote - inside));
      at = quote + 1;
      // What stands between the closing quote and the separator is not CSV, but people write it: it is kept.
      const std::uint64_t tail = at;
      while (at < content_.size() && data[at] != separator_ && data[at] != '\n')
        ++at;
      std::string_view extra = content_.substr(tail, at - tail);
      if (extra.ends_with('\r')) extra.remove_suffix(1);
      if (!extra.empty()) {
        std::string joined(cells_.back());
        joined += extra;
        cells_.back() = unquoted_.emplace_back(std::move(joined));
      }
    } else {
      const std::uint64_t start = at;
      while (at < content_.size() && data[at] != separator_ && data[at] != '\n')
        ++at;
      std::string_view cell = content_.substr(start, at - start);
      if ((at >= content_.size() || data[at] == '\n') && cell.ends_with('\r')) cell.remove_suffix(1);
      cells_.push_back(cell);
    }
    if (at >= content_.size()) {
      position_ = at;
      finish(at);
      return true;
    }
    if (data[at] == '\n') {
      position_ = at + 1;
      ++line_;
      finish(at);
      return true;
    }
    ++at;  // the separator: another cell follows, perhaps an empty one
  }
}

void CsvWriter::cell(std::string_view text) {
  if (!at_start_) text_ += ',';
  at_start_ = false;
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    text_ += text;
    return;
  }
  text_ += '"';
  for (const char c : text) {
    if (c == '"') text_ += '"';
    text_ += c;
  }
  text_ += '"';
}

void CsvWriter::end_record() {
  text_ += line_end_;
  at_start_ = true;
}

void CsvWriter::record(const std::vector<std::string>& cells) {
  for (const std::string& text : cells)
    cell(text);
  end_record();
}

std::string spreadsheet_safe(std::string_view cell) {
  if (!cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos)
    return "'" + std::string(cell);
  return std::string(cell);
}

}  // namespace sonae
