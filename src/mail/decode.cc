#include "mail/decode.h"

#include <iconv.h>

#include "text/encoding.h"
#include "text/utf8.h"

namespace sonae::mail {

namespace {

constexpr char kEscape = '\x1b';
constexpr char32_t kGeta = 0x3013;  // 〓: a character stood here

std::string lower(std::string_view text) {
  std::string made;
  for (const char one : text)
    made += one >= 'A' && one <= 'Z' ? static_cast<char>(one + 32) : one;
  return made;
}

// SoftBank's pictograms in text of other character sets: ESC $ G ... SI.
std::string without_web_codes(std::string_view bytes) {
  std::string kept;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    if (bytes.substr(at).starts_with("\x1b$") && at + 2 < bytes.size() &&
        std::string_view("GEFOPQ").find(bytes[at + 2]) != std::string_view::npos) {
      const std::size_t end = bytes.find('\x0f', at);
      if (end != std::string_view::npos && end - at < 64) {
        at = end;
        continue;
      }
    }
    kept += bytes[at];
  }
  return kept;
}

// What telephones of one carrier show, and what was no character.
std::string without_private_codes(std::string_view utf8) {
  std::string kept;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t one = text::next_character(utf8, at);
    const bool unreadable = one == text::kReplacement || (one >= 0xE000 && one <= 0xF8FF) || one >= 0xF0000;
    const bool control = one < 0x20 && one != '\n' && one != '\t';
    if (!control) text::append_utf8(kept, unreadable ? kGeta : one);
  }
  return kept;
}

// Other character sets by the C library; a byte that does not fit is passed over.
bool convert(std::string_view bytes, const std::string& charset, std::string& into) {
  const iconv_t converter = iconv_open("UTF-8", charset.c_str());
  if (converter == reinterpret_cast<iconv_t>(-1)) return false;  // NOLINT: as iconv_open answers
  std::string source(bytes);
  char* from = source.data();
  std::size_t left = source.size();
  while (left > 0) {
    char piece[1024];
    char* to = piece;
    std::size_t room = sizeof piece;
    const std::size_t done = iconv(converter, &from, &left, &to, &room);
    into.append(piece, sizeof piece - room);
    if (done == static_cast<std::size_t>(-1) && room == sizeof piece && left > 0) {
      ++from;
      --left;
      text::append_utf8(into, kGeta);
    }
  }
  iconv_close(converter);
  return true;
}

}  // namespace

// JIS X 0208 in two seven-bit bytes is shifted to the codes of CP932, whose table has the vendors' kanji too
// (Lunde, CJKV Information Processing, 2nd ed., "ISO-2022-JP to Shift-JIS").
std::string decode_iso_2022_jp(std::string_view bytes) {
  enum class Set { ascii, kana, kanji } set = Set::ascii;
  std::string shifted;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::string_view rest = bytes.substr(at);
    if (rest[0] == kEscape) {
      if (rest.starts_with("\x1b$B") || rest.starts_with("\x1b$@")) {
        set = Set::kanji, at += 3;
      } else if (rest.starts_with("\x1b(I")) {
        set = Set::kana, at += 3;
      } else if (rest.starts_with("\x1b(B") || rest.starts_with("\x1b(J")) {
        set = Set::ascii, at += 3;
      } else {
        ++at;
      }
      continue;
    }
    const auto first = static_cast<unsigned char>(rest[0]);
    if (first == '\n') set = Set::ascii;  // RFC 1468: a line ends in ASCII
    if (set == Set::kanji && first >= 0x21 && first <= 0x7E && rest.size() > 1) {
      const auto second = static_cast<unsigned char>(rest[1]);
      if (second >= 0x21 && second <= 0x7E) {
        const unsigned lead = (first + 1U) / 2 + (first < 0x5F ? 0x70U : 0xB0U);
        const unsigned trail = second + (first % 2 == 0 ? 0x7EU : second < 0x60 ? 0x1FU : 0x20U);
        shifted += static_cast<char>(lead);
        shifted += static_cast<char>(trail);
      } else {
        shifted += '?';
      }
      at += 2;
      continue;
    }
    shifted +=
        set == Set::kana && first >= 0x21 && first <= 0x5F ? static_cast<char>(first | 0x80U) : rest[0];
    ++at;
  }
  return without_private_codes(text::decode(shifted, text::Encoding::cp932).text);
}

std::string decode(std::string_view bytes, std::string_view charset) {
  const std::string label = lower(charset);
  const bool escapes =
      bytes.find("\x1b$B") != std::string_view::npos || bytes.find("\x1b$@") != std::string_view::npos;
  // Whatever the label says: these escapes occur in nothing else.
  if (escapes || label.starts_with("iso-2022-jp")) return decode_iso_2022_jp(bytes);
  const std::string plain = without_web_codes(bytes);
  std::string read;
  const bool known_here = label.empty() || label == "us-ascii" || label == "utf-8" || label == "utf8" ||
                          label.find("jis") != std::string::npos || label.find("932") != std::string::npos ||
                          label.find("31j") != std::string::npos;
  if (!known_here && convert(plain, label.starts_with("euc-jp") ? "EUC-JP-MS" : label, read))
    return without_private_codes(read);
  return without_private_codes(text::decode(plain).text);
}

}  // namespace sonae::mail
