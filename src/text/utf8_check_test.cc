#include "text/utf8_check.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

namespace sonae::text {

TEST_CASE("Japanese text is UTF-8, wherever it is cut into sixteens") {
  std::string text = "1,四方　文太郎,ﾖﾓ é 𠮷";
  for (int i = 0; i < 40; ++i) {
    CHECK(is_utf8(text));
    text.insert(0, "a");
  }
}

TEST_CASE("every pair and many triples of bytes are judged as by the slow way") {
  for (unsigned first = 0; first < 256; ++first) {
    for (unsigned second = 0; second < 256; ++second) {
      const std::string two = {static_cast<char>(first), static_cast<char>(second)};
      for (const std::string& end : {std::string(), std::string("a"), std::string("\x80"),
                                     std::string("\xBF\x80"), std::string("\xBF\xBF\xBF")}) {
        const std::string short_one = two + end, across = std::string(15, 'a') + two + end;
        REQUIRE(is_utf8(short_one) == is_utf8_by_characters(short_one));
        REQUIRE(is_utf8(across) == is_utf8_by_characters(across));
      }
    }
  }
}

TEST_CASE("texts with one byte broken are judged as by the slow way") {
  const std::string whole = "山田　太郎、Élise Müller、𠮷野家、ヤマダ、1-2-3，ｶﾅ";
  std::uint64_t state = 7;
  for (int i = 0; i < 20000; ++i) {
    std::string text = whole;
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    text[(state >> 33) % text.size()] = static_cast<char>(state >> 25);
    REQUIRE(is_utf8(text) == is_utf8_by_characters(text));
    text.resize((state >> 12) % (text.size() + 1));
    REQUIRE(is_utf8(text) == is_utf8_by_characters(text));
  }
}

}  // namespace sonae::text
