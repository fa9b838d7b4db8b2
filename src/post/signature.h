// Whether a message that came over the web is the channel's: compared in a time that tells nothing. Pure.
#pragma once

#include <string_view>

namespace sonae::post {

// LINE: X-Line-Signature is the base64 of HMAC-SHA256 over the body with the channel's secret (Messaging API,
// "Verify webhook signature").
bool line_signed(std::string_view secret, std::string_view body, std::string_view signature);
// "Bearer SECRET".
bool bears(std::string_view secret, std::string_view authorization);

}  // namespace sonae::post
