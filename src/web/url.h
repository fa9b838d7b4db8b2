// The small text forms of HTTP: percent-encoding, query members, cookies, languages, file names.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "web/message.h"

namespace sonae::web {

std::string percent_encode(std::string_view text);                 // all but letters, digits and -._~
std::optional<std::string> percent_decode(std::string_view text);  // none where an escape is broken
// "a=1&b=%20" in order; "+" is a space. None where an escape is broken.
std::optional<std::vector<std::pair<std::string, std::string>>> query_members(std::string_view query);
std::string_view cookie(const Request& request, std::string_view name);

// What the person reads: the cookie sonae_language (ja, en, easy) that the pages set, else Accept-Language,
// else Japanese. easy (やさしい日本語) is Japanese here; the pages have words of their own for it.
Language language_of(const Request& request);

// Content-Disposition for a file of any name (RFC 6266, RFC 8187).
std::string attachment(std::string_view file_name);

}  // namespace sonae::web
