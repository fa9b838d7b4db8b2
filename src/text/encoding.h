// Encodings of files from outside: UTF-8 with and without a byte-order mark, UTF-16, and CP932 (Windows-31J:
// Shift_JIS with the extensions of NEC and IBM and vendors' 外字 at F040-F9FC, which become U+E000-U+E757).
//
// What comes in goes out again to the same bytes: what text alone cannot hold (bytes that are no character,
// second codes of one character) is noted beside it. Pure, any thread; decoding is table-driven.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace sonae::text {

enum class Encoding : std::uint8_t { utf8, utf8_with_mark, cp932, utf16_little, utf16_big };
std::string_view name_of(Encoding encoding);  // "UTF-8", "CP932": for people and options

// From a byte-order mark; else UTF-8 where all of it is UTF-8, or where broken bytes are few among many whole
// characters, and CP932 otherwise. (Pure ASCII is UTF-8.)
Encoding detect_encoding(std::string_view bytes);

// A place where the text does not say all that the bytes did.
struct Oddity {
  enum class Kind : std::uint8_t {
    undecodable,  // these bytes are no character: U+FFFD stands in the text
    second_code,  // a second code of a character (NEC, IBM): encoding the text alone gives the first one
  };
  Kind kind;
  std::uint64_t line;         // of the bytes, the first is 1
  std::uint64_t offset;       // in the bytes
  std::uint64_t text_offset;  // of its character in the text
  std::string bytes;
};

struct Decoded {
  std::string text;  // UTF-8, without a byte-order mark
  Encoding encoding = Encoding::utf8;
  std::vector<Oddity> oddities;  // in order
};
Decoded decode(std::string_view bytes, Encoding encoding);
Decoded decode(std::string_view bytes);  // detects

struct Encoded {
  std::string bytes;
  // Characters that the encoding does not have; in the bytes stands a GETA MARK (〓).
  struct Unencodable {
    std::uint64_t line;
    std::uint64_t text_offset;
    char32_t character;
  };
  std::vector<Unencodable> unencodable;
};
Encoded encode(std::string_view text, Encoding encoding);
// The exact bytes that were decoded.
std::string encode_again(const Decoded& decoded);

}  // namespace sonae::text
