// The forms of /safety without JavaScript: sent as a browser sends a form by itself, answered with a page.
// What a form asks is an operation that anybody may ask; its answer says what the script would have shown.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "web/message.h"

namespace sonae::web {

// "/safety/claim.make": the operation's name; empty where the path is no form's.
std::string_view form_operation(std::string_view path);

// The page for an operation's answer, or for its error, in Japanese and English at once: nobody knows what a
// telephone without scripts is set to.
Response form_answer(const Response& answered);
// The page that says to come back: nothing was sent.
Response form_busy(std::string_view retry_after_seconds);

}  // namespace sonae::web
