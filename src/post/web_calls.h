// What the channels' webhooks bring: parsed, nothing done yet. Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace sonae::post {

// One message of one person.
struct Came {
  std::string id;  // the channel's: the same when it is delivered again
  std::string sender;
  std::string text;
  std::string answer_token;  // LINE: with which it may be answered, once; empty: not at all
  std::string language;      // SMS: what the gateway knows of its sender, as in Accept-Language; else empty
};

// LINE's webhook (Messaging API, "Webhook event objects"): text messages of single people. Other events
// (stickers, groups, those that follow) bring nothing.
Result<std::vector<Came>> read_line(std::string_view body);
// SMS: {"id": "...", "from": "+8190...", "text": "...", "language": "vi"}; the language may be left out.
Result<Came> read_sms(std::string_view body);

}  // namespace sonae::post
