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
  return from_json_text<Header>(text);
}

std::string_view stream_name(Stream stream) {
  constexpr std::array<std::string_view, 4> names{"urgent", "ordinary", "access", "restricted"};
  return names.at(static_cast<std::size_t>(stream));
}

}  // namespace sonae::journal
