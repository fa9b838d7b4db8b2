#include <doctest/doctest.h>
#include <iconv.h>
#include <rapidcheck.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "text/cp932_table.h"
#include "text/encoding.h"
#include "text/gaiji.h"
#include "text/utf8.h"

using namespace sonae::text;

namespace {

// What glibc makes of one code; empty where it knows none.
std::string by_iconv(iconv_t converter, std::string code) {
  char out[16];
  char* from = code.data();
  char* to = out;
  std::size_t left = code.size();
  std::size_t room = sizeof out;
  iconv(converter, nullptr, nullptr, nullptr, nullptr);
  if (iconv(converter, &from, &left, &to, &room) == static_cast<std::size_t>(-1)) return {};
  return {out, to};
}

}  // namespace

TEST_CASE("the table of CP932 agrees with glibc's on every code") {
  const iconv_t converter = iconv_open("UTF-8", "CP932");
  REQUIRE(std::bit_cast<std::intptr_t>(converter) != -1);
  int used = 0;
  int agreed = 0;
  std::string disagreed;
  for (unsigned code = 1; code < 0x10000; ++code) {
    std::string bytes;
    if (code > 0xFF) bytes.push_back(static_cast<char>(code >> 8));
    bytes.push_back(static_cast<char>(code & 0xFF));
    const bool possible = code > 0xFF ? is_cp932_lead(static_cast<unsigned char>(code >> 8)) &&
                                            is_cp932_trail(static_cast<unsigned char>(code & 0xFF))
                                      : !is_cp932_lead(static_cast<unsigned char>(code));
    if (!possible) continue;
    std::string ours;
    if (const std::uint16_t c = cp932_table().character[code]) append_utf8(ours, c);
    const std::string theirs = by_iconv(converter, bytes);
    if (theirs.empty() && ours.empty()) continue;
    ++used;
    if (ours == theirs) {
      ++agreed;
    } else if (disagreed.size() < 200) {
      disagreed += std::to_string(code) + " ";
    }
  }
  iconv_close(converter);
  MESSAGE("CP932 codes: " << used << " used, " << agreed << " agreed; not: " << disagreed);
  CHECK(agreed == used);
}

TEST_CASE("any bytes come back to the same bytes, and are UTF-8 meanwhile") {
  CHECK(rc::check("any bytes, any encoding", [](const std::string& bytes) {
    for (const Encoding encoding : {Encoding::utf8, Encoding::cp932, detect_encoding(bytes)}) {
      const Decoded decoded = decode(bytes, encoding);
      RC_ASSERT(encode_again(decoded) == bytes);
      RC_ASSERT(detect_encoding(decoded.text) != Encoding::cp932);
    }
  }));
  CHECK(rc::check("mostly CP932", [] {
    const auto codes = *rc::gen::container<std::vector<unsigned>>(rc::gen::oneOf(
        rc::gen::inRange(0x20U, 0x7FU), rc::gen::inRange(0x8140U, 0xA000U), rc::gen::inRange(0xA1U, 0xE0U),
        rc::gen::inRange(0xE040U, 0xFCFDU), rc::gen::just(0x0AU)));
    std::string bytes;
    for (const unsigned code : codes) {
      if (code > 0xFF) bytes.push_back(static_cast<char>(code >> 8));
      bytes.push_back(static_cast<char>(code & 0xFF));
    }
    const Decoded decoded = decode(bytes, Encoding::cp932);
    RC_ASSERT(encode_again(decoded) == bytes);
    for (const Oddity& oddity : decoded.oddities) {
      RC_ASSERT(bytes.substr(oddity.offset, oddity.bytes.size()) == oddity.bytes);
      const auto line_ends =
          std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(oddity.offset), '\n');
      RC_ASSERT(oddity.line == static_cast<std::uint64_t>(line_ends) + 1);
    }
  }));
}

TEST_CASE("private codes and private characters are one to one") {
  int codes = 0;
  for (char32_t c = 0xE000; c <= 0xE757; ++c) {
    const unsigned code = cp932_of_private_use(c);
    CHECK(private_use_of_cp932(code) == c);
    ++codes;
  }
  CHECK(codes == 1880);
  CHECK(cp932_of_private_use(0xE000) == 0xF040);
  CHECK(cp932_of_private_use(0xE757) == 0xF9FC);
  CHECK(private_use_of_cp932(0xF07F) == 0);
  CHECK(private_use_of_cp932(0xFA40) == 0);
}
