// Codes that are copied by hand.
#include "base/typed_code.h"

#include <doctest/doctest.h>

#include "base/qr.h"

namespace sonae {

TEST_CASE("typed code: a wrong symbol and two that were swapped are noticed") {
  const std::string code = typed_code(Bytes("\x12\x34\x56\x78\x9a\xbc\xde\xf0"), 12);
  CHECK(code.size() == 13);
  CHECK(code.substr(0, 12) == "28T5CY4TQKFF");
  CHECK(in_groups(code).substr(0, 10) == "28T5-CY4T-");
  const auto good = [](const std::string& read) { return check_letter(read.substr(0, 12)) == read[12]; };
  CHECK(good(code));
  for (std::size_t at = 0; at < code.size(); ++at) {
    for (const char other : std::string_view("0123456789ABCDEFGHJKMNPQRSTVWXYZ")) {
      std::string wrong = code;
      wrong[at] = other;
      CHECK(good(wrong) == (other == code[at]));
    }
    for (std::size_t with = at + 1; with < code.size(); ++with) {
      std::string swapped = code;
      std::swap(swapped[at], swapped[with]);
      CHECK(good(swapped) == (code[at] == code[with]));
    }
  }
}

TEST_CASE("qr: a picture for paper is one path in a square") {
  const auto drawn = qr_for_paper("SONAE-CARD:28T5CY4TQKFF0");
  REQUIRE(drawn);
  CHECK(drawn->starts_with("<svg xmlns"));
  CHECK(drawn->find("h7v1h-7z") != std::string::npos);  // the edge of a finder pattern
}

}  // namespace sonae
