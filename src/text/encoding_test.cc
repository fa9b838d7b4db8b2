#include "text/encoding.h"

#include <doctest/doctest.h>

using namespace sonae::text;

TEST_CASE("encodings are told apart") {
  CHECK(detect_encoding("plain,ascii\r\n") == Encoding::utf8);
  CHECK(detect_encoding("山田") == Encoding::utf8);
  CHECK(detect_encoding("\xEF\xBB\xBF"
                        "a") == Encoding::utf8_with_mark);
  CHECK(detect_encoding("\x8E\x52\x93\x63") == Encoding::cp932);
  CHECK(detect_encoding("山田太郎、\xE6\xB1 佐藤花子") == Encoding::utf8);  // one character cut short
  CHECK(detect_encoding("\xB6\xC5,\xBB\xC4\xB3") == Encoding::cp932);       // half-width kana
  CHECK(detect_encoding("\xFF\xFE\x41\x00") == Encoding::utf16_little);
}

TEST_CASE("CP932 with extensions and private characters") {
  const Decoded decoded = decode("\x8E\x52\x93\x63,\xFB\xFC\x8B\xB4,\xF0\x40,\xB6\xDE", Encoding::cp932);
  CHECK(decoded.text == "山田,髙橋,\xEE\x80\x80,ｶﾞ");
  CHECK(decoded.oddities.empty());
  CHECK(encode(decoded.text, Encoding::cp932).bytes == "\x8E\x52\x93\x63,\xFB\xFC\x8B\xB4,\xF0\x40,\xB6\xDE");
}

TEST_CASE("second codes and broken bytes are noted and come back") {
  const std::string bytes = "a\n\x87\x54\xFA\x4A\n\xED\x95\x80\x8E";
  const Decoded decoded = decode(bytes, Encoding::cp932);
  CHECK(decoded.text.starts_with("a\nⅠⅠ\n"));
  REQUIRE(decoded.oddities.size() == 4);
  CHECK(decoded.oddities[0].kind == Oddity::Kind::second_code);
  CHECK(decoded.oddities[0].line == 2);
  CHECK(decoded.oddities[0].offset == 4);
  CHECK(decoded.oddities[1].line == 3);
  CHECK(decoded.oddities[2].kind == Oddity::Kind::undecodable);
  CHECK(encode_again(decoded) == bytes);
}

TEST_CASE("characters that CP932 does not have are reported") {
  const Encoded encoded = encode("x\n𠮷田", Encoding::cp932);
  CHECK(encoded.bytes == "x\n\x81\xAC\x93\x63");
  REQUIRE(encoded.unencodable.size() == 1);
  CHECK(encoded.unencodable[0].line == 2);
  CHECK(encoded.unencodable[0].character == U'𠮷');
}

TEST_CASE("UTF-8 and UTF-16 come back to the same bytes, broken or not") {
  for (const std::string& bytes :
       {std::string("\xEF\xBB\xBF山\xFF田"), std::string("\xFF\xFE\x71\x5C\x00\xD8", 6),
        std::string("\xFE\xFF\x5C\x71\x00", 5)})
    CHECK(encode_again(decode(bytes)) == bytes);
}
