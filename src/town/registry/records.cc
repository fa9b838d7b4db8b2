#include "town/registry/records.h"

#include <algorithm>

namespace sonae::registry {
namespace {

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string_view without_doubled_quotes(std::string_view inside, Arena& arena) {
  if (inside.find('"') == std::string_view::npos) return inside;
  char* const text = arena.reserve(inside.size());
  std::size_t size = 0;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    text[size++] = inside[i];
    if (inside[i] == '"') ++i;
  }
  arena.give_back(inside.size() - size);
  return {text, size};
}

}  // namespace

RecordCutter::Got RecordCutter::finish_line_alone(Got why) {
  const std::size_t begin = static_cast<std::size_t>(body_.data() - content_.data());
  const std::size_t end = content_.find('\n', begin);
  position_ = end == std::string_view::npos ? content_.size() : end + 1;
  line_ = record_line_ + 1;
  whole_ = {whole_.data(), static_cast<std::size_t>(content_.data() + position_ - whole_.data())};
  body_ = without_line_end(content_.substr(begin, position_ - begin));
  cells_.clear();
  return why;
}

RecordCutter::Got RecordCutter::next() {
  cells_.clear();
  arena_.clear();
  has_quotes_ = false;
  const char* const data = content_.data();
  const std::size_t size = content_.size();
  std::size_t at = position_;
  while (at < size && (data[at] == '\n' || data[at] == '\r'))
    line_ += data[at++] == '\n' ? 1 : 0;
  if (at >= size) return Got::end;

  whole_ = content_.substr(position_, 0);
  body_ = content_.substr(at, 0);
  record_line_ = line_;
  const std::size_t begin = at;
  const auto finish = [&](std::size_t end) {
    position_ = end;
    whole_ = {whole_.data(), static_cast<std::size_t>(data + end - whole_.data())};
    body_ = without_line_end(content_.substr(begin, end - begin));
    return body_.size() > kLongest ? finish_line_alone(Got::too_long) : Got::record;
  };
  for (;;) {
    const std::size_t start = at;
    if (at < size && data[at] == '"') {
      has_quotes_ = true;
      std::size_t close = at + 1;
      for (;; close += 2) {
        close = std::min(content_.find('"', close), size);
        if (close >= size || close - begin > kLongest) return finish_line_alone(Got::unclosed_quote);
        if (close + 1 >= size || data[close + 1] != '"') break;
      }
      const std::string_view inside = content_.substr(start + 1, close - start - 1);
      line_ += static_cast<std::uint64_t>(std::ranges::count(inside, '\n'));
      cells_.push_back(without_doubled_quotes(inside, arena_));
      at = close + 1;
    }
    const std::size_t tail = at;
    while (at < size && data[at] != separator_ && data[at] != '\n')
      ++at;
    std::string_view written = content_.substr(tail, at - tail);
    if ((at >= size || data[at] == '\n') && written.ends_with('\r')) written.remove_suffix(1);
    if (tail == start)
      cells_.push_back(written);
    else if (!written.empty())  // after a closing quote: no CSV, but people write it
      cells_.back() = arena_.keep({cells_.back(), written});
    if (at >= size) return finish(size);
    if (data[at] == '\n') {
      ++line_;
      return finish(at + 1);
    }
    ++at;
    if (at - begin > kLongest) return finish_line_alone(Got::too_long);
  }
}

void write_record(const std::vector<std::string_view>& cells, char separator, bool quote_all,
                  std::string& into) {
  bool first = true;
  for (const std::string_view cell : cells) {
    if (!first) into += separator;
    first = false;
    const bool quoted = quote_all || std::ranges::any_of(cell, [&](char c) {
                          return c == separator || c == '"' || c == '\n' || c == '\r';
                        });
    if (!quoted) {
      into += cell;
      continue;
    }
    into += '"';
    for (const char c : cell) {
      if (c == '"') into += '"';
      into += c;
    }
    into += '"';
  }
}

}  // namespace sonae::registry
