#include "text/cp932_table.h"

#include <unicode/ucnv.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "text/gaiji.h"
#include "text/utf8.h"

namespace sonae::text {

namespace {

// NEC's selection of IBM's extensions (ED, EE): Windows writes these characters with IBM's codes (FA-FC).
bool is_nec_selected(unsigned code) {
  return code >= 0xED40 && code <= 0xEEFC;
}
bool is_nec_row_13(unsigned code) {
  return code >= 0x8740 && code <= 0x879C;
}
bool is_ibm(unsigned code) {
  return code >= 0xFA40 && code <= 0xFC4B;
}

// Which of two codes of one character Windows writes: JIS X 0208, then NEC's row 13, then IBM's, then NEC's
// selection (Microsoft, "Shift_JIS duplicate code points", KB170559).
int rank(unsigned code) {
  if (is_nec_row_13(code)) return 1;
  if (is_ibm(code)) return 2;
  if (is_nec_selected(code)) return 3;
  return 0;
}

std::unique_ptr<const Cp932Table> build() {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, void (*)(UConverter*)> converter(ucnv_open("windows-31j", &error),
                                                                     ucnv_close);
  if (U_FAILURE(error)) std::abort();  // ICU without its data: nothing can be decoded
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);

  auto table = std::make_unique<Cp932Table>();
  const auto add = [&](unsigned code, char16_t character) {
    table->character[code] = character;
    std::uint16_t& known = table->code[character];
    if (known == 0 || rank(code) < rank(known)) known = static_cast<std::uint16_t>(code);
  };
  const auto convert = [&](unsigned code, const char* bytes, int length) {
    char16_t out[4];
    UErrorCode failed = U_ZERO_ERROR;
    ucnv_resetToUnicode(converter.get());
    const int32_t got = ucnv_toUChars(converter.get(), out, 4, bytes, length, &failed);
    if (U_SUCCESS(failed) && got == 1 && out[0] != 0xFFFD) add(code, out[0]);
  };
  for (unsigned byte = 0; byte < 0x80; ++byte)
    add(byte, static_cast<char16_t>(byte));
  for (unsigned byte = 0xA1; byte <= 0xDF; ++byte)
    add(byte, static_cast<char16_t>(0xFF61 + byte - 0xA1));
  for (unsigned lead = 0x81; lead <= 0xFC; ++lead) {
    if (!is_cp932_lead(static_cast<unsigned char>(lead))) continue;
    for (unsigned trail = 0x40; trail <= 0xFC; ++trail) {
      if (!is_cp932_trail(static_cast<unsigned char>(trail))) continue;
      const unsigned code = lead << 8 | trail;
      const char bytes[2] = {static_cast<char>(lead), static_cast<char>(trail)};
      if (const char32_t vendor = private_use_of_cp932(code)) {
        add(code, static_cast<char16_t>(vendor));
      } else {
        convert(code, bytes, 2);
      }
    }
  }
  for (unsigned code = 1; code < 0x10000; ++code) {
    const std::uint16_t c = table->character[code];
    if (c == 0) continue;
    std::string bytes;
    append_utf8(bytes, c);
    std::uint32_t packed = static_cast<std::uint32_t>(bytes.size()) << 24;
    for (std::size_t i = 0; i < bytes.size(); ++i)
      packed |= std::uint32_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    table->utf8[code] = packed | (table->code[c] == code ? 0 : Cp932Table::kSecond);
  }
  // Systems other than Windows decode these to the signs of JIS X 0208: both are written with the one code.
  constexpr struct {
    char16_t jis, windows;
  } kSame[] = {{0x301C, 0xFF5E}, {0x2016, 0x2225}, {0x2212, 0xFF0D}, {0x00A2, 0xFFE0},
               {0x00A3, 0xFFE1}, {0x00AC, 0xFFE2}, {0x2014, 0x2015}};
  for (const auto& same : kSame)
    if (table->code[same.jis] == 0) table->code[same.jis] = table->code[same.windows];
  return table;
}

}  // namespace

const Cp932Table& cp932_table() {
  static const std::unique_ptr<const Cp932Table> table = build();
  return *table;
}

}  // namespace sonae::text
