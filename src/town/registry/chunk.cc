#include "town/registry/chunk.h"

#include "base/json.h"
#include "store/store.h"
#include "text/utf8.h"

namespace sonae::registry {
namespace {

constexpr std::string_view kChunkFormat = "sonae registry chunk 1";
constexpr std::string_view kExact = R"({"line":")";

void append_json_text(std::string_view cell, std::string& into) {
  into += '"';
  std::size_t plain = 0;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const auto c = static_cast<unsigned char>(cell[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    into.append(cell, plain, i - plain);
    plain = i + 1;
    if (c == '"' || c == '\\') {
      into += '\\';
      into += cell[i];
    } else {
      constexpr std::string_view kHex = "0123456789abcdef";
      into += "\\u00";
      into += kHex[c >> 4];
      into += kHex[c & 15];
    }
  }
  into.append(cell, plain);
  into += '"';
}

[[noreturn]] void damaged() {
  throw store::StoreError({ErrorCode::corrupt,
                           {"台帳の塊が読めません", "A chunk of the registry cannot be read"},
                           {},
                           {"sonae verify で確かめ、控えから戻してください",
                            "Check with sonae verify, and restore it from a backup or another node"}});
}

// Four hexadecimal digits of a \u escape.
char32_t four_digits(std::string_view text, std::size_t at) {
  if (at + 4 > text.size()) damaged();
  char32_t value = 0;
  for (const char c : text.substr(at, 4)) {
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) damaged();
    value = value * 16 + static_cast<char32_t>(digit);
  }
  return value;
}

// A JSON string whose opening quote stands at `at`, which is moved behind the closing one.
std::string_view read_json_text(std::string_view line, std::size_t& at, Arena& arena) {
  const std::size_t start = ++at;
  while (at < line.size() && line[at] != '"' && line[at] != '\\')
    ++at;
  if (at >= line.size()) damaged();
  if (line[at] == '"') return line.substr(start, at++ - start);
  std::string text(line.substr(start, at - start));
  while (at < line.size() && line[at] != '"') {
    if (line[at] != '\\') {
      text += line[at++];
      continue;
    }
    if (++at >= line.size()) damaged();
    const char c = line[at++];
    switch (c) {
      case 'u': {
        char32_t character = four_digits(line, at);
        at += 4;
        if (character >= 0xD800 && character < 0xDC00 && line.substr(at).starts_with("\\u")) {
          character = 0x10000 + ((character - 0xD800) << 10) + (four_digits(line, at + 2) - 0xDC00);
          at += 6;
        }
        text::append_utf8(text, character);
        break;
      }
      case 'n':
        text += '\n';
        break;
      case 't':
        text += '\t';
        break;
      case 'r':
        text += '\r';
        break;
      case 'b':
        text += '\b';
        break;
      case 'f':
        text += '\f';
        break;
      default:
        text += c;
    }
  }
  if (at >= line.size()) damaged();
  ++at;
  return arena.keep(text);
}

}  // namespace

bool Border::ends_after(std::string_view id) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : id)
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  hash ^= hash >> 32;
  const std::uint64_t low_bits = (std::uint64_t{1} << zero_bits) - 1;
  ++count;
  const bool ends = count >= most || (count >= least && (hash & low_bits) == 0);
  if (ends) count = 0;
  return ends;
}

std::string chunk_head(std::string_view layout, const std::vector<std::string>& columns) {
  json::object head;
  head["format"] = kChunkFormat;
  head["layout"] = layout;
  head["columns"] = to_json(columns);
  return to_text(head) + "\n";
}

void append_resident_line(const std::vector<std::string_view>& cells, std::optional<BytesView> exact,
                          std::string& into) {
  into += '[';
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i != 0) into += ',';
    append_json_text(cells[i], into);
  }
  if (exact) {
    if (!cells.empty()) into += ',';
    into += kExact;
    into += to_base64(*exact);
    into += "\"}";
  }
  into += "]\n";
}

Result<ChunkReader> ChunkReader::open(std::string_view text) {
  ChunkReader reader(text);
  const std::size_t end = text.find('\n');
  const auto head = parse_json(text.substr(0, end));
  if (!head || !head->is_object() || end == std::string_view::npos)
    return fail(ErrorCode::corrupt, {"台帳の塊ではありません", "This is not a chunk of a registry"});
  const json::object& members = head->get_object();
  const auto* const format = members.if_contains("format");
  const auto* const layout = members.if_contains("layout");
  const auto* const columns = members.if_contains("columns");
  if (format == nullptr || !format->is_string() || std::string_view(format->get_string()) != kChunkFormat ||
      layout == nullptr || columns == nullptr)
    return fail(ErrorCode::corrupt, {"台帳の塊ではありません", "This is not a chunk of a registry"});
  reader.layout_ = TRY(from_json<std::string>(*layout));
  reader.columns_ = TRY(from_json<std::vector<std::string>>(*columns));
  reader.position_ = end + 1;
  return reader;
}

bool ChunkReader::next() {
  if (position_ >= text_.size()) return false;
  cells_.clear();
  arena_.clear();
  exact_ = {};
  const std::size_t end = text_.find('\n', position_);
  if (end == std::string_view::npos) damaged();
  line_ = text_.substr(position_, end + 1 - position_);
  position_ = end + 1;
  std::size_t at = 0;
  if (line_[at++] != '[') damaged();
  while (line_[at] != ']') {
    if (line_[at] == '"') {
      cells_.push_back(read_json_text(line_, at, arena_));
    } else if (line_.substr(at).starts_with(kExact)) {
      at += kExact.size() - 1;
      exact_ = read_json_text(line_, at, arena_);
      if (line_[at++] != '}') damaged();
    } else {
      damaged();
    }
    if (line_[at] == ',') ++at;
  }
  return true;
}

std::optional<Bytes> ChunkReader::exact() const {
  if (exact_.empty()) return std::nullopt;
  auto bytes = from_base64(exact_);
  if (!bytes) damaged();
  return std::move(*bytes);
}

}  // namespace sonae::registry
