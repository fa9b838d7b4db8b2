// One POST of JSON to another town's Sonae, over HTTPS with the certificates that this machine trusts. Any
// thread.
#pragma once

#include <string>

#include "base/error.h"

namespace sonae::exchange {

// invalid_input unless it is https://, or http:// to this very machine (for trials): a key and people's names
// do not travel in clear.
Status check_town_url(const std::string& url);

struct HttpAnswer {
  int status = 0;
  std::string body;
};
// io_failure where nobody answers within the time. No redirection is followed: it would carry the key away.
Result<HttpAnswer> post_json(const std::string& url, const std::string& body, int timeout_ms);

}  // namespace sonae::exchange
