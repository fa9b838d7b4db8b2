// The bytes of a response before its body.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "web/message.h"

namespace sonae::web {

std::string_view reason_of(int status);

// Status line and fields, to the empty line. body_bytes is absent where the length is not known beforehand
// (chunks follow). `date` is an IMF-fixdate (RFC 9110, 5.6.7).
std::string response_head(const Response& response, std::optional<std::uint64_t> body_bytes, bool keep_alive,
                          std::string_view date);

std::string http_date(std::int64_t seconds_since_1970);

}  // namespace sonae::web
