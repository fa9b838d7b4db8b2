#include "base/bech32.h"

#include <algorithm>
#include <vector>

namespace sonae {

namespace {

constexpr std::string_view kLetters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

std::uint32_t polymod(const std::vector<int>& values) {
  constexpr std::array<std::uint32_t, 5> kGenerator{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd,
                                                    0x2a1462b3};
  std::uint32_t sum = 1;
  for (const int value : values) {
    const std::uint32_t top = sum >> 25;
    sum = (sum & 0x1ffffff) << 5 ^ static_cast<std::uint32_t>(value);
    for (std::size_t bit = 0; bit < kGenerator.size(); ++bit)
      if ((top >> bit & 1U) != 0) sum ^= kGenerator[bit];
  }
  return sum;
}

std::vector<int> expanded(std::string_view prefix) {
  std::vector<int> values;
  for (const char letter : prefix)
    values.push_back(letter >> 5);
  values.push_back(0);
  for (const char letter : prefix)
    values.push_back(letter & 31);
  return values;
}

}  // namespace

std::string to_bech32(std::string_view prefix, BytesView bytes) {
  std::vector<int> values;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char byte : bytes) {
    bits = (bits << 8 | static_cast<unsigned char>(byte)) & 0xFFF;
    for (count += 8; count >= 5; count -= 5)
      values.push_back(static_cast<int>(bits >> (count - 5) & 31));
  }
  if (count > 0) values.push_back(static_cast<int>(bits << (5 - count) & 31));
  std::vector<int> checked = expanded(prefix);
  checked.insert(checked.end(), values.begin(), values.end());
  checked.resize(checked.size() + 6);
  const std::uint32_t sum = polymod(checked) ^ 1U;
  for (int place = 5; place >= 0; --place)
    values.push_back(static_cast<int>(sum >> (5 * place) & 31));
  std::string text = std::string(prefix) + "1";
  for (const int value : values)
    text += kLetters[static_cast<std::size_t>(value)];
  return text;
}

Result<Bytes> from_bech32(std::string_view prefix, std::string_view text) {
  const auto bad = [] {
    return fail(ErrorCode::invalid_input,
                {"鍵の文字列が正しくありません", "This is not a well-formed age key"});
  };
  const auto is_upper = [](char letter) { return letter >= 'A' && letter <= 'Z'; };
  const auto is_lower = [](char letter) { return letter >= 'a' && letter <= 'z'; };
  if (std::ranges::any_of(text, is_upper) && std::ranges::any_of(text, is_lower)) return bad();
  std::string lower(text);
  for (char& letter : lower)
    if (is_upper(letter)) letter = static_cast<char>(letter - 'A' + 'a');
  const std::size_t one = lower.rfind('1');
  if (one == std::string::npos || lower.substr(0, one) != prefix || lower.size() < one + 7) return bad();
  std::vector<int> values = expanded(prefix);
  const std::size_t start = values.size();
  for (const char letter : std::string_view(lower).substr(one + 1)) {
    const std::size_t value = kLetters.find(letter);
    if (value == std::string_view::npos) return bad();
    values.push_back(static_cast<int>(value));
  }
  if (polymod(values) != 1) return bad();
  Bytes bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (std::size_t at = start; at + 6 < values.size(); ++at) {
    bits = (bits << 5 | static_cast<std::uint32_t>(values[at])) & 0xFFF;
    count += 5;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 0xFF);
  }
  if (count >= 5 || (bits & ((1U << count) - 1)) != 0) return bad();  // padding of zeros, under one letter
  return bytes;
}

}  // namespace sonae
