// The forms of /safety without JavaScript: sent as a browser sends a form by itself, answered with a page.
// What a form asks is an operation that anybody may ask; its answer says what the script would have shown.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "base/json.h"
#include "text/tongues.h"
#include "web/message.h"

namespace sonae::web {

// "/safety/claim.make": the operation's name; empty where the path is no form's.
std::string_view form_operation(std::string_view path);

// In what a form is answered beside Japanese: the tongue of the page that it was sent from (its member
// `tongue`), else what the browser prefers, else English.
struct FormTongue {
  const text::Tongues& tongues;
  std::string name = "en";
  std::string path;  // of the page with the forms: "/safety/vi"
};
FormTongue form_tongue(const text::Tongues& tongues, const Request& request);

// What the form's members are as that operation's input.
Result<json::value> form_input(std::string_view operation, std::string_view body, const FormTongue& in);

// The page for an operation's answer, or for its error, in Japanese and that tongue.
Response form_answer(const Response& answered, const FormTongue& tongue);
// The page that says to come back: nothing was sent. It holds what was typed in a form with one button, since
// a browser that goes back may have lost it; nothing of it was looked up, and nothing stands in an address.
Response form_busy(std::string_view operation, std::string_view body, std::string_view retry_after_seconds,
                   const FormTongue& tongue);

}  // namespace sonae::web
