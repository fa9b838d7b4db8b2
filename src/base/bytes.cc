#include "base/bytes.h"

#include <sodium.h>

namespace sonae {

namespace {

constexpr std::string_view kBase32Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

std::unexpected<Error> not_encoded(std::string_view notation) {
  const std::string name(notation);
  return fail(ErrorCode::invalid_input, {name + "として読めません", "This is not " + name});
}

}  // namespace

std::string to_hex(BytesView bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    text += digits[value >> 4];
    text += digits[value & 15];
  }
  return text;
}

Result<Bytes> from_hex(std::string_view text) {
  const auto digit = [](char c) -> int {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  if (text.size() % 2 != 0) return not_encoded("hex");
  Bytes bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = digit(text[i]);
    const int low = digit(text[i + 1]);
    if (high < 0 || low < 0) return not_encoded("hex");
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

std::string to_base64(BytesView bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // libsodium counts the closing zero
  return text;
}

Result<Bytes> from_base64(std::string_view text) {
  Bytes bytes(text.size() / 4 * 3 + 3, '\0');
  std::size_t length = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &length, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0)
    return not_encoded("base64");
  bytes.resize(length);
  return bytes;
}

std::string to_base32(BytesView bytes) {
  std::string text;
  text.reserve((bytes.size() * 8 + 4) / 5);
  std::uint32_t pending = 0;
  int bits = 0;
  for (const char byte : bytes) {
    pending = (pending << 8) | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= 5; bits -= 5)
      text += kBase32Alphabet[(pending >> (bits - 5)) & 31];
  }
  if (bits > 0) text += kBase32Alphabet[(pending << (5 - bits)) & 31];
  return text;
}

Result<Bytes> from_base32(std::string_view text) {
  Bytes bytes;
  bytes.reserve(text.size() * 5 / 8);
  std::uint32_t pending = 0;
  int bits = 0;
  for (const char letter : text) {
    // The alphabet is a to z, then 2 to 7: ids are read by the million.
    const bool is_digit = letter >= '2' && letter <= '7';
    if (!is_digit && (letter < 'a' || letter > 'z')) return not_encoded("base32");
    pending = (pending << 5) | static_cast<std::uint32_t>(is_digit ? letter - '2' + 26 : letter - 'a');
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes += static_cast<char>((pending >> bits) & 255);
    }
  }
  if (bits >= 5 || (pending & ((1U << bits) - 1)) != 0) return not_encoded("base32");
  return bytes;
}

std::string to_big_endian(std::uint64_t value) {
  std::string bytes(8, '\0');
  for (int i = 7; i >= 0; --i, value >>= 8)
    bytes[static_cast<std::size_t>(i)] = static_cast<char>(value & 255);
  return bytes;
}

std::uint64_t from_big_endian(std::string_view eight_bytes) {
  std::uint64_t value = 0;
  for (const char byte : eight_bytes.substr(0, 8))
    value = (value << 8) | static_cast<unsigned char>(byte);
  return value;
}

}  // namespace sonae
