#include "journal/header.h"

#include <array>

namespace sonae::journal {

namespace {

// RFC 8259 section 7: what must be escaped, and nothing else.
void add_string(Bytes& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += "\\u00";
      out += hex[byte >> 4];
      out += hex[byte & 15];
    } else {
      out += c;
    }
  }
}

// Reads the exact text that header_text writes; gives up at anything else.
class PlainReader {
 public:
  explicit PlainReader(std::string_view text) : rest_(text) {}

  bool skip(std::string_view expected) {
    if (!rest_.starts_with(expected)) return false;
    rest_.remove_prefix(expected.size());
    return true;
  }
  // Up to and over the closing quote. Escapes are left to the other reader.
  bool string(std::string_view& text) {
    std::size_t end = 0;
    while (end < rest_.size() && rest_[end] != '"') {
      if (rest_[end] == '\\' || static_cast<unsigned char>(rest_[end]) < 0x20) return false;
      ++end;
    }
    if (end == rest_.size()) return false;
    text = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return true;
  }
  template <class T>
  bool value(T& into) {
    std::string_view text;
    if (!string(text)) return false;
    Result<T> read = JsonText<T>::read(text);
    if (read) into = std::move(*read);
    return read.has_value();
  }
  template <class T>
  bool list(std::vector<T>& into) {
    if (skip("]")) return true;
    do {
      if (!skip("\"") || !value(into.emplace_back())) return false;
    } while (skip(","));
    return skip("]");
  }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

bool read_plain(BytesView text, Header& header) {
  PlainReader in(text);
  std::string_view kind;
  if (!in.skip(R"({"id":")") || !in.value(header.id) || !in.skip(R"(,"kind":")") || !in.string(kind))
    return false;
  header.kind = kind;
  return in.skip(R"(,"subjects":[)") && in.list(header.subjects) && in.skip(R"(,"time":")") &&
         in.value(header.time) && in.skip(R"(,"device":")") && in.value(header.device) &&
         in.skip(R"(,"grant":")") && in.value(header.grant) && in.skip(R"(,"supersedes":[)") &&
         in.list(header.supersedes) && in.skip("}") && in.at_end() && is_utf8(text);
}

}  // namespace

Bytes header_text(const Header& header) {
  Bytes out;
  out.reserve(320);
  out += R"({"id":")";
  out += header.id.text();
  out += R"(","kind":")";
  add_string(out, header.kind);
  out += R"(","subjects":[)";
  for (std::size_t i = 0; i < header.subjects.size(); ++i) {
    out += i == 0 ? "\"" : ",\"";
    add_string(out, header.subjects[i].kind);
    out += ':';
    add_string(out, header.subjects[i].id);
    out += '"';
  }
  out += R"(],"time":")";
  out += to_text(header.time);
  out += R"(","device":")";
  out += header.device.text();
  out += R"(","grant":")";
  out += header.grant.text();
  out += R"(","supersedes":[)";
  for (std::size_t i = 0; i < header.supersedes.size(); ++i) {
    out += i == 0 ? "\"" : ",\"";
    out += header.supersedes[i].text();
    out += '"';
  }
  out += "]}";
  return out;
}

Result<Header> read_header(BytesView text) {
  Header header;
  if (read_plain(text, header)) return header;
  return from_json_text<Header>(text);
}

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const std::size_t more = lead < 0xc2 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : 0;
    if (more == 0 || i + more >= text.size()) return false;
    for (std::size_t k = 1; k <= more; ++k) {
      const auto byte = static_cast<unsigned char>(text[i + k]);
      // The second byte rules out what could be written shorter, surrogates, and what lies above U+10FFFF.
      const unsigned char least = k > 1 ? 0x80 : lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
      const unsigned char most = k > 1 ? 0xbf : lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
      if (byte < least || byte > most) return false;
    }
    i += more + 1;
  }
  return true;
}

std::string_view stream_name(Stream stream) {
  constexpr std::array<std::string_view, 4> names{"urgent", "ordinary", "access", "restricted"};
  return names.at(static_cast<std::size_t>(stream));
}

}  // namespace sonae::journal
