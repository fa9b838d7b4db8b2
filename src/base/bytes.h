// Raw bytes and their text forms. Bytes are held in std::string: SQL, JSON and files take them as they are.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace sonae {

using Bytes = std::string;
using BytesView = std::string_view;

std::string to_hex(BytesView bytes);            // lower case
Result<Bytes> from_hex(std::string_view text);  // either case; invalid_input otherwise

// RFC 4648 section 4, with padding; decoding refuses anything else.
std::string to_base64(BytesView bytes);
Result<Bytes> from_base64(std::string_view text);

// RFC 4648 section 6 alphabet in lower case, without padding: safe in URLs, file names and when read aloud.
std::string to_base32(BytesView bytes);
Result<Bytes> from_base32(std::string_view text);

// Integers as 8 bytes, most significant first: their byte order is their order.
std::string to_big_endian(std::uint64_t value);
std::uint64_t from_big_endian(std::string_view eight_bytes);

}  // namespace sonae
