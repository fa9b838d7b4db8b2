#include "web/answers.h"

#include "web/headers.h"

namespace sonae::web {

Response json_answer(const json::value& value, int status) {
  return json_text_answer(to_text(value), status);
}

Response json_text_answer(std::string text, int status) {
  Response response;
  response.status = status;
  response.fields.reserve(8);
  response.fields.emplace_back("Content-Type", "application/json; charset=utf-8");
  add_api_headers(response);
  response.body = std::move(text);
  return response;
}

Response error_answer(const Error& error, Language language, int status) {
  Response response = json_answer(to_json(error_body(error, language)),
                                  status != 0 ? status : kind_of(error.code).http_status);
  if (response.status == 503) response.fields.emplace_back("Retry-After", "1");
  return response;
}

Response method_not_allowed(std::string_view allowed, Language language) {
  Response response =
      error_answer(Error{ErrorCode::unsupported,
                         {"この方法（メソッド）では呼び出せません", "This method is not allowed here"},
                         {},
                         {"使える方法: " + std::string(allowed), "Use: " + std::string(allowed)}},
                   language, 405);
  response.fields.emplace_back("Allow", std::string(allowed));
  return response;
}

}  // namespace sonae::web
