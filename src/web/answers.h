// Responses of the API: JSON, or an error in its one form.
#pragma once

#include "base/json.h"
#include "web/job.h"
#include "web/message.h"

namespace sonae::web {

Response json_answer(const json::value& value, int status = 200);
Response json_text_answer(std::string text, int status = 200);
// The status comes from the error's kind unless one is given.
Response error_answer(const Error& error, Language language, int status = 0);
Response method_not_allowed(std::string_view allowed, Language language);

// Who is behind the connection. A proxy of our own puts the address that it saw at the end of
// X-Forwarded-For; what stands before that was sent by the other side and may be invented.
std::string source_of(const Request& request, bool behind_proxy);

// The JSON body of a request as the described struct.
template <class T>
Result<T> body_as(const Request& request) {
  return from_json_text<T>(request.body.empty() ? std::string_view("{}") : std::string_view(request.body));
}

}  // namespace sonae::web
