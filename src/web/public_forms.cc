#include "web/public_forms.h"

#include "base/html.h"
#include "web/answers.h"
#include "web/application.h"
#include "web/headers.h"
#include "web/url.h"

namespace sonae::web {

namespace {

constexpr std::string_view kForms = "/safety/";
constexpr std::string_view kFormType = "application/x-www-form-urlencoded";
constexpr std::string_view kComesBackSeconds = "20";

Response page(int status, std::string_view title, std::string_view lines) {
  Response response;
  response.status = status;
  response.fields.emplace_back("Content-Type", "text/html; charset=utf-8");
  response.fields.emplace_back("Cache-Control", "no-store");
  add_page_headers(response);
  response.body =
      "<!doctype html><html lang=\"ja\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>";
  response.body += html_escaped(title);
  response.body += "</title><link rel=\"stylesheet\" href=\"/safety/safety.css\"></head><body><main><h1>";
  response.body += html_escaped(title);
  response.body += "</h1><div class=\"said\">";
  response.body += lines;
  response.body +=
      "</div><nav><a href=\"/safety\">前の画面へ <span lang=\"en\">Back to the forms</span></a></nav>"
      "</main></body></html>";
  return response;
}

std::string line(std::string_view text, std::string_view kind = {}) {
  std::string made = "<p";
  if (!kind.empty()) made += " class=\"" + std::string(kind) + "\"";
  return made + ">" + html_escaped(text) + "</p>";
}

std::string text_of(const json::object& answer, std::string_view member) {
  const json::value* const value = answer.if_contains(member);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace

std::string_view form_operation(std::string_view path) {
  if (path != "/safety/claim.make" && path != "/safety/inquiry.ask_publicly") return {};
  return path.substr(kForms.size());
}

Response form_answer(const Response& answered) {
  const auto parsed = parse_json(answered.body);
  const json::object answer = parsed && parsed->is_object() ? parsed->get_object() : json::object();
  if (answered.status != 200) {
    std::string lines = line(text_of(answer, "message"), "bad");
    if (const std::string next = text_of(answer, "what_to_do"); !next.empty()) lines += line(next, "easy");
    return page(answered.status, "うまくいきませんでした / It did not work", lines);
  }
  if (const std::string claim = text_of(answer, "claim"); !claim.empty())
    return page(
        200, "届きました / Received",
        line("届きました。役場が確かめてから使います。 / Received. The town checks it before it is used.") +
            line("番号 / Number: " + claim.substr(0, 8), "easy"));
  return page(200, "お答え / Answer", line(text_of(answer, "words")) + line(text_of(answer, "easy"), "easy"));
}

Response form_busy(std::string_view retry_after_seconds) {
  const std::string seconds(retry_after_seconds);
  Response response = page(
      503, "いま混み合っています / Very busy",
      line("いま混み合っています。まだ届いていません。" + seconds +
               " 秒ほど待ってから、前の画面に戻り、もう一度送ってください。入れたものは前の画面に残っています"
               "。",
           "bad") +
          line("Very busy: nothing was sent. Wait " + seconds +
                   " seconds, go back to the page before, and send again. What you typed is still there.",
               "easy") +
          line("いそがしいです。まだ とどいていません。すこし まって、もう一度 おくってください。", "easy"));
  response.fields.emplace_back("Retry-After", seconds);
  return response;
}

// No session and no header of ours is asked for: what runs is nobody's. A page of another site must not send
// people's browsers here all the same, for their addresses count against the limits.
void Application::answer_form(const api::Operation& operation, Request request, Reply reply) {
  const std::string_view host = request.field("Host"), origin = request.field("Origin");
  const std::string_view site = request.field("Sec-Fetch-Site");
  // A page that sends no referrer sends "null" for its origin; browsers say beside it where it came from.
  const bool own_origin = origin.empty() || origin == "null" || origin == "http://" + std::string(host) ||
                          origin == "https://" + std::string(host);
  const bool foreign = !own_origin || !(site.empty() || site == "same-origin" || site == "none");
  if (!host_is_ours(host) || foreign || !request.field("Content-Type").starts_with(kFormType))
    return reply(form_answer(error_answer(
        Error{ErrorCode::forbidden,
              {"この送り方は受け付けません。 / Not accepted from there.", "Not accepted from there."},
              {},
              {}},
        Language::japanese)));
  const auto shared = std::make_shared<std::pair<Request, Reply>>(std::move(request), std::move(reply));
  const bool taken = public_.offer([this, &operation, shared] {
    Request& sent = shared->first;
    api::Call call;
    call.language = language_of(sent);
    call.source = source_of(sent, settings_.behind_tls);
    // The members of a form are written as those of a query are.
    Request asked;
    asked.method = "GET";
    asked.query = std::move(sent.body);
    const auto hold = call.hold = std::make_shared<api::Hold>();
    hold->then([response = perform(operation, asked, call), shared,
                language = call.language](Status durable) {
      shared->second(durable ? form_answer(response) : form_answer(error_answer(durable.error(), language)));
    });
  });
  if (!taken) shared->second(form_busy(kComesBackSeconds));
}

}  // namespace sonae::web
