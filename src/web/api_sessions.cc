#include "web/api_sessions.h"

#include "web/answers.h"
#include "web/url.h"

namespace sonae::web {

namespace {

SessionBody body_of(const TownInfo& town, const Session& session) {
  SessionBody body;
  body.signed_in = true;
  body.town = town;
  body.person = session.actor.person;
  body.login = session.actor.login;
  body.name = session.actor.name;
  body.purpose = session.purpose;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<api::Permission>>([&](auto permission) {
    if (session.actor.permissions.has(permission.value)) body.permissions.emplace_back(permission.name);
  });
  return body;
}

}  // namespace

// A browser sends a __Host- cookie to this host alone, over TLS alone, for all paths.
std::string_view Application::cookie_name() const {
  return settings_.secure ? "__Host-sonae_session" : "sonae_session";
}

std::string Application::session_cookie(std::string_view token) const {
  std::string value =
      std::string(cookie_name()) + "=" + std::string(token) + "; Path=/; HttpOnly; SameSite=Strict";
  if (settings_.secure) value += "; Secure";
  if (token.empty()) value += "; Max-Age=0";
  return value;
}

Response Application::sign_in(const Request& request) {
  const Language language = language_of(request);
  const auto asked = body_as<SignInRequest>(request);
  if (!asked) return error_answer(asked.error(), language);
  const auto begun = sessions_.sign_in(asked->login, asked->password, asked->purpose, request.peer);
  if (!begun) return error_answer(begun.error(), language);
  // A session that this browser had before is not left open behind the new one.
  if (const std::string_view before = cookie(request, cookie_name()); !before.empty())
    (void)sessions_.sign_out(before, request.peer);
  Response response = json_answer(to_json(body_of(settings_.town, begun->session)));
  response.fields.emplace_back("Set-Cookie", session_cookie(begun->token));
  return response;
}

Response Application::sign_out(const Request& request) {
  const Status ended = sessions_.sign_out(cookie(request, cookie_name()), request.peer);
  Response response = ended ? session_answer(Request{}) : error_answer(ended.error(), language_of(request));
  response.fields.emplace_back("Set-Cookie", session_cookie({}));
  return response;
}

Response Application::session_answer(const Request& request) {
  const auto session = session_of(request);
  if (session) return json_answer(to_json(body_of(settings_.town, *session)));
  SessionBody body;
  body.town = settings_.town;
  return json_answer(to_json(body));
}

}  // namespace sonae::web
