#include "text/encoding.h"

#include <algorithm>
#include <cstring>

#include "text/cp932_table.h"
#include "text/utf8.h"
#include "text/utf8_check.h"

namespace sonae::text {

std::string_view name_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8:
      return "UTF-8";
    case Encoding::utf8_with_mark:
      return "UTF-8 (BOM)";
    case Encoding::cp932:
      return "CP932";
    case Encoding::utf16_little:
      return "UTF-16LE";
    case Encoding::utf16_big:
      return "UTF-16BE";
  }
  return {};
}

namespace {

constexpr std::string_view kMark8 = "\xEF\xBB\xBF";
constexpr std::string_view kMark16Little = "\xFF\xFE";
constexpr std::string_view kMark16Big = "\xFE\xFF";

bool eight_are_ascii(const char* at) {
  std::uint64_t eight;
  std::memcpy(&eight, at, 8);
  return (eight & 0x8080808080808080U) == 0;
}

// Where the text stops being UTF-8; its size where it does not.
std::size_t utf8_prefix(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    while (at + 8 <= bytes.size() && eight_are_ascii(bytes.data() + at))
      at += 8;
    if (at >= bytes.size()) break;
    std::size_t after = at;
    // U+FFFD itself is three bytes; a broken character is passed over by one.
    if (next_character(bytes, after) == kReplacement && after == at + 1) return at;
    at = after;
  }
  return at;
}

std::string_view bytes_at(std::string_view bytes, std::size_t at, std::size_t count) {
  return bytes.substr(at, count);
}

// Counts line ends as far as oddities need it, so that texts without any cost nothing.
class LineCount {
 public:
  explicit LineCount(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t at(std::size_t offset) {
    for (; position_ < offset; ++position_)
      line_ += bytes_[position_] == '\n' ? 1 : 0;
    return line_;
  }

 private:
  std::string_view bytes_;
  std::size_t position_ = 0;
  std::uint64_t line_ = 1;
};

void note(Decoded& decoded, Oddity::Kind kind, LineCount& lines, std::size_t offset, std::string_view bytes) {
  decoded.oddities.push_back({kind, lines.at(offset), offset, decoded.text.size(), std::string(bytes)});
}

void decode_utf8(std::string_view bytes, std::size_t start, Decoded& decoded) {
  LineCount lines(bytes);
  std::size_t at = start;
  while (at < bytes.size()) {
    const std::size_t good = utf8_prefix(bytes.substr(at));
    decoded.text.append(bytes.substr(at, good));
    at += good;
    if (at >= bytes.size()) break;
    note(decoded, Oddity::Kind::undecodable, lines, at, bytes_at(bytes, at, 1));
    append_utf8(decoded.text, kReplacement);
    ++at;
  }
}

void decode_cp932(std::string_view bytes, Decoded& decoded) {
  const Cp932Table& table = cp932_table();
  LineCount lines(bytes);
  const char* const begin = bytes.data();
  const char* const end = begin + bytes.size();
  const auto decode_into = [&](char* const text, std::size_t) {
    const char* from = begin;
    char* to = text;
    const auto note_here = [&](Oddity::Kind kind, std::size_t count) {
      const auto offset = static_cast<std::size_t>(from - begin);
      decoded.oddities.push_back(
          {kind, lines.at(offset), offset, static_cast<std::size_t>(to - text), std::string(from, count)});
    };
    while (from < end) {
      const auto first = static_cast<unsigned char>(*from);
      if (first < 0x80) {
        while (end - from >= 8 && eight_are_ascii(from))
          std::memcpy(to, from, 8), from += 8, to += 8;
        while (from < end && static_cast<unsigned char>(*from) < 0x80)
          *to++ = *from++;
        continue;
      }
      const bool two = is_cp932_lead(first) && end - from >= 2;
      const unsigned code =
          two ? static_cast<unsigned>(first) << 8 | static_cast<unsigned char>(from[1]) : first;
      const std::uint32_t packed = table.utf8[code];
      if (packed == 0) {
        note_here(Oddity::Kind::undecodable, 1);
        to[0] = '\xEF', to[1] = '\xBF', to[2] = '\xBD';
        to += 3;
        ++from;
        continue;
      }
      const std::size_t count = two ? 2 : 1;
      if ((packed & Cp932Table::kSecond) != 0) note_here(Oddity::Kind::second_code, count);
      to[0] = static_cast<char>(packed);
      to[1] = static_cast<char>(packed >> 8);
      to[2] = static_cast<char>(packed >> 16);
      to += packed >> 24 & 0x7F;
      from += count;
    }
    return static_cast<std::size_t>(to - text);
  };
  // A byte becomes at most three (half-width kana, U+FFFD). Memory that is not written to is not used.
  decoded.text.resize_and_overwrite(bytes.size() * 3 + 3, decode_into);
}

void decode_utf16(std::string_view bytes, bool big, Decoded& decoded) {
  const auto unit = [&](std::size_t at) {
    const unsigned one = static_cast<unsigned char>(bytes[at]);
    const unsigned two = static_cast<unsigned char>(bytes[at + 1]);
    return big ? one << 8 | two : two << 8 | one;
  };
  std::uint64_t line = 1;
  std::size_t at = 2;
  const auto bad = [&](std::size_t count) {
    decoded.oddities.push_back(
        {Oddity::Kind::undecodable, line, at, decoded.text.size(), std::string(bytes.substr(at, count))});
    append_utf8(decoded.text, kReplacement);
    at += count;
  };
  while (at + 1 < bytes.size()) {
    const char32_t c = unit(at);
    if (c >= 0xD800 && c < 0xE000) {
      const char32_t low = c < 0xDC00 && at + 3 < bytes.size() ? unit(at + 2) : 0;
      if (low < 0xDC00 || low >= 0xE000) {
        bad(2);
        continue;
      }
      append_utf8(decoded.text, 0x10000 + ((c - 0xD800) << 10 | (low - 0xDC00)));
      at += 4;
      continue;
    }
    line += c == '\n' ? 1 : 0;
    append_utf8(decoded.text, c);
    at += 2;
  }
  if (at < bytes.size()) bad(1);
}

void append_encoded(std::string& bytes, char32_t c, Encoding encoding) {
  const auto put = [&](unsigned unit) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xFF);
    if (encoding == Encoding::utf16_little) bytes.push_back(low);
    bytes.push_back(high);
    if (encoding != Encoding::utf16_little) bytes.push_back(low);
  };
  if (c >= 0x10000) {
    put(0xD800 + ((c - 0x10000) >> 10)), put(0xDC00 + ((c - 0x10000) & 0x3FF));
  } else {
    put(c);
  }
}

void encode_part(std::string_view text, Encoding encoding, std::size_t base, std::uint64_t& line,
                 Encoded& out) {
  if (encoding == Encoding::utf8 || encoding == Encoding::utf8_with_mark) {
    out.bytes.append(text);
    return;
  }
  const Cp932Table& table = cp932_table();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t c = next_character(text, at);
    if (c == '\n') ++line;
    if (encoding != Encoding::cp932) {
      append_encoded(out.bytes, c, encoding);
      continue;
    }
    unsigned code = c < 0x10000 ? table.code[c] : 0;
    if (code == 0 && c != 0) {
      out.unencodable.push_back({line, base + start, c});
      code = 0x81AC;  // 〓
    }
    if (code > 0xFF) out.bytes.push_back(static_cast<char>(code >> 8));
    out.bytes.push_back(static_cast<char>(code & 0xFF));
  }
}

std::string_view mark_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8_with_mark:
      return kMark8;
    case Encoding::utf16_little:
      return kMark16Little;
    case Encoding::utf16_big:
      return kMark16Big;
    default:
      return {};
  }
}

}  // namespace

Encoding detect_encoding(std::string_view bytes) {
  if (bytes.starts_with(kMark8)) return Encoding::utf8_with_mark;
  if (bytes.starts_with(kMark16Little)) return Encoding::utf16_little;
  if (bytes.starts_with(kMark16Big)) return Encoding::utf16_big;
  if (is_utf8(bytes)) return Encoding::utf8;
  // A file of UTF-8 with a few broken bytes is still one: in CP932 whole characters of UTF-8 are rare, and
  // broken ones stand everywhere.
  std::uint64_t whole = 0;
  std::uint64_t broken = 0;
  for (std::size_t at = 0; at < bytes.size() && broken < 64 + whole / 4;) {
    const std::size_t good = utf8_prefix(bytes.substr(at));
    whole += static_cast<std::uint64_t>(std::ranges::count_if(
        bytes.substr(at, good), [](char c) { return static_cast<unsigned char>(c) >= 0xC0; }));
    at += good;
    if (at < bytes.size()) ++at, ++broken;
  }
  return broken * 4 <= whole ? Encoding::utf8 : Encoding::cp932;
}

Decoded decode(std::string_view bytes, Encoding encoding) {
  Decoded decoded;
  decoded.encoding = encoding;
  switch (encoding) {
    case Encoding::utf8:
    case Encoding::utf8_with_mark:
      if (bytes.starts_with(kMark8)) decoded.encoding = Encoding::utf8_with_mark;
      decode_utf8(bytes, bytes.starts_with(kMark8) ? 3 : 0, decoded);
      break;
    case Encoding::cp932:
      decode_cp932(bytes, decoded);
      break;
    case Encoding::utf16_little:
    case Encoding::utf16_big:
      decode_utf16(bytes, encoding == Encoding::utf16_big, decoded);
      break;
  }
  return decoded;
}

Decoded decode(std::string_view bytes) {
  return decode(bytes, detect_encoding(bytes));
}

Encoded encode(std::string_view text, Encoding encoding) {
  Encoded out;
  out.bytes = mark_of(encoding);
  std::uint64_t line = 1;
  encode_part(text, encoding, 0, line, out);
  return out;
}

std::string encode_again(const Decoded& decoded) {
  Encoded out;
  out.bytes = mark_of(decoded.encoding);
  std::uint64_t line = 1;
  const std::string_view text = decoded.text;
  std::size_t at = 0;
  for (const Oddity& oddity : decoded.oddities) {
    encode_part(text.substr(at, oddity.text_offset - at), decoded.encoding, at, line, out);
    out.bytes.append(oddity.bytes);
    at = oddity.text_offset;
    next_character(text, at);
  }
  encode_part(text.substr(at), decoded.encoding, at, line, out);
  return out.bytes;
}

}  // namespace sonae::text
