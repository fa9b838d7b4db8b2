#include "web/public_forms.h"

#include "base/html.h"
#include "web/answers.h"
#include "web/application.h"
#include "web/headers.h"
#include "web/url.h"

namespace sonae::web {

namespace {

constexpr std::string_view kForms = "/safety/";
constexpr std::string_view kClaim = "claim.make", kAsk = "inquiry.ask_publicly",
                           kSubscribe = "subscription.make";
constexpr std::string_view kFormType = "application/x-www-form-urlencoded";
constexpr std::string_view kComesBackSeconds = "20", kSeconds = "{seconds}";

// English stands here too, for a program whose tables are missing.
struct English {
  std::string_view key, words;
};
constexpr English kEnglish[] = {
    {"safety.received", "Received. The town checks it before it is used."},
    {"safety.number", "Number"},
    {"safety.subscribed", "Your request is kept. We will tell you when there is news that we may tell."},
    {"safety.answer", "Answer"},
    {"safety.back", "Back to the forms"},
    {"safety.failed", "It did not work."},
    {"safety.busy",
     "Many people are using this page: nothing was sent. Please press again in {seconds} seconds."},
    {"safety.again", "Send again"},
};

std::string say(const FormTongue& in, std::string_view key, std::string_view value = {}) {
  if (std::string words = in.tongues.say(in.name, key, value); !words.empty()) return words;
  for (const English& one : kEnglish)
    if (one.key == key) return std::string(one.words);
  return {};
}

std::string marked(std::string_view element, const FormTongue& in, std::string_view text,
                   std::string_view kind = {}) {
  std::string made =
      "<" + std::string(element) + " lang=\"" + std::string(text::Tongues::tag(in.name)) + "\"";
  if (!kind.empty()) made += " class=\"" + std::string(kind) + "\"";
  return made + ">" + html_escaped(text) + "</" + std::string(element) + ">";
}

Response page(int status, std::string_view title, const FormTongue& in, std::string_view title_there,
              std::string_view lines) {
  Response response;
  response.status = status;
  response.fields.emplace_back("Content-Type", "text/html; charset=utf-8");
  response.fields.emplace_back("Cache-Control", "no-store");
  add_page_headers(response);
  response.body =
      "<!doctype html><html lang=\"ja\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>";
  response.body += html_escaped(title) + " / " + html_escaped(title_there);
  response.body += "</title><link rel=\"stylesheet\" href=\"/safety/safety.css\"></head><body><main><h1>";
  response.body += html_escaped(title) + " " + marked("small", in, title_there);
  response.body += "</h1><div class=\"said\">";
  response.body += lines;
  response.body += "</div><nav><a href=\"" + html_escaped(in.path) + "\">前の画面へ " +
                   marked("span", in, say(in, "safety.back")) + "</a></nav></main></body></html>";
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
  for (const std::string_view one : {kClaim, kAsk, kSubscribe})
    if (path.starts_with(kForms) && path.substr(kForms.size()) == one) return one;
  return {};
}

Result<json::value> form_input(std::string_view operation, std::string_view body, const FormTongue& in) {
  const auto members = query_members(body);
  if (!members)
    return fail(ErrorCode::invalid_input, {"フォームの書き方が違います", "The form is not well formed"});
  json::object input;
  for (const auto& [name, text] : *members) {
    if (name == "tongue") continue;
    if (name != "consent") {
      input[name] = text;
      continue;
    }
    if (!input.contains(name)) input[name] = json::array();  // what is ticked repeats its member
    input[name].as_array().push_back(json::value(text));
  }
  // The address stands in the form of the question, whose other button asks to be told.
  std::string to(text_of(input, "to"));
  input.erase("to");
  if (operation == kSubscribe) {
    const bool mail = to.find('@') != std::string::npos;
    input["to"] = json::object{{"channel", mail ? "mail" : "sms"}, {"to", std::move(to)}};
    input["language"] = in.name;
  }
  return input;
}

FormTongue form_tongue(const text::Tongues& tongues, const Request& request) {
  FormTongue in{tongues, "en", "/safety"};
  if (const auto members = query_members(request.body))
    for (const auto& [name, value] : *members)
      if (name == "tongue" && value != "ja" && tongues.has(value)) {
        in.name = value;
        in.path = "/safety/" + value;
        return in;
      }
  std::string preferred = tongues.preferred(request.field("Accept-Language"));
  if (!preferred.empty() && preferred != "ja") in.name = std::move(preferred);
  return in;
}

// What is said of somebody, sentence by sentence; empty where the answer has no sentences or the table lacks
// one.
std::string said_in(const json::object& answer, const FormTongue& in) {
  const json::value* const said = answer.if_contains("said");
  if (said == nullptr || !said->is_array()) return {};
  std::string all;
  for (const json::value& one : said->get_array()) {
    if (!one.is_object()) return {};
    const std::string sentence =
        in.tongues.say(in.name, text_of(one.get_object(), "key"), text_of(one.get_object(), "value"));
    if (sentence.empty()) return {};
    text::add_sentence(all, in.name, sentence);
  }
  return all;
}

Response form_answer(const Response& answered, const FormTongue& in) {
  const auto parsed = parse_json(answered.body);
  const json::object answer = parsed && parsed->is_object() ? parsed->get_object() : json::object();
  if (answered.status != 200) {
    std::string lines = line(text_of(answer, "message"), "bad");
    if (const std::string next = text_of(answer, "what_to_do"); !next.empty()) lines += line(next, "easy");
    const std::string wait = answered.status == 429 ? say(in, "safety.wait") : "";
    if (!wait.empty()) lines += marked("p", in, wait, "easy");
    return page(answered.status, "うまくいきませんでした", in, say(in, "safety.failed"), lines);
  }
  if (const std::string claim = text_of(answer, "claim"); !claim.empty())
    return page(200, "届きました", in, say(in, "safety.received"),
                line("届きました。役場が確かめてから使います。") +
                    marked("p", in, say(in, "safety.received")) +
                    line("番号: " + claim.substr(0, 8), "easy") +
                    marked("p", in, say(in, "safety.number") + ": " + claim.substr(0, 8), "easy"));
  if (const std::string subscription = text_of(answer, "subscription"); !subscription.empty())
    return page(200, "申し込みを受け付けました", in, say(in, "safety.subscribed"),
                line("申し込みを受け付けました。お伝えできる知らせがあれば送ります。") +
                    marked("p", in, say(in, "safety.subscribed")) + line("番号: " + subscription, "easy") +
                    marked("p", in, say(in, "safety.number") + ": " + subscription, "easy"));
  const std::string japanese = said_in(answer, {in.tongues, "ja", {}}), there = said_in(answer, in),
                    easy = text_of(answer, "easy");
  std::string lines = line(japanese.empty() ? text_of(answer, "words") : japanese);
  if (!there.empty() && in.name != "easy") lines += marked("p", in, there);
  return page(200, "お答え", in, say(in, "safety.answer"), lines + line(easy, "easy"));
}

// What was sent, to be sent again by one button; nothing where it was no form.
std::string sent_again(std::string_view operation, std::string_view body, const FormTongue& in) {
  const auto members = query_members(body);
  if (!members) return {};
  std::string form =
      "<form method=\"post\" action=\"" + std::string(kForms) + html_escaped(operation) + "\">";
  for (const auto& [name, value] : *members)
    form +=
        "<input type=\"hidden\" name=\"" + html_escaped(name) + "\" value=\"" + html_escaped(value) + "\">";
  return form + "<button>もう一度送る " + marked("span", in, say(in, "safety.again")) + "</button></form>";
}

Response form_busy(std::string_view operation, std::string_view body, std::string_view retry_after_seconds,
                   const FormTongue& in) {
  const std::string seconds(retry_after_seconds);
  std::string there = say(in, "safety.busy");
  if (const std::size_t at = there.find(kSeconds); at != std::string::npos)
    there.replace(at, kSeconds.size(), seconds);
  Response response = page(
      503, "いま混み合っています", in, there,
      line("いま混み合っています。まだ届いていません。" + seconds +
               " 秒ほど待ってから、下の「もう一度送る」を押してください。入れたものは残っています。",
           "bad") +
          marked("p", in, there, "easy") +
          line("いそがしいです。まだ とどいていません。すこし まって、もう一度 おくってください。", "easy") +
          sent_again(operation, body, in));
  response.fields.emplace_back("Retry-After", seconds);
  return response;
}

// No session and no header of ours is asked for: what runs is nobody's. A page of another site must not send
// people's browsers here all the same, for their addresses count against the limits.
void Application::answer_form(const api::Operation& operation, Request request, Reply reply) {
  const FormTongue in = form_tongue(settings_.tongues, request);
  const std::string_view host = request.field("Host"), origin = request.field("Origin");
  const std::string_view site = request.field("Sec-Fetch-Site");
  // A page that sends no referrer sends "null" for its origin; browsers say beside it where it came from.
  const bool own_origin = origin.empty() || origin == "null" || origin == "http://" + std::string(host) ||
                          origin == "https://" + std::string(host);
  const bool foreign = !own_origin || !(site.empty() || site == "same-origin" || site == "none");
  if (!host_is_ours(host) || foreign || !request.field("Content-Type").starts_with(kFormType))
    return reply(form_answer(error_answer(Error{ErrorCode::forbidden,
                                                {"この送り方は受け付けません。 / Not accepted from there.",
                                                 "Not accepted from there."},
                                                {},
                                                {}},
                                          Language::japanese),
                             in));
  const auto shared = std::make_shared<std::pair<Request, Reply>>(std::move(request), std::move(reply));
  const bool taken = public_.offer([this, &operation, shared, in] {
    Request& sent = shared->first;
    api::Call call;
    call.language = language_of(sent);
    call.source = source_of(sent, settings_.behind_tls);
    const auto input = form_input(operation.name, sent.body, in);
    if (!input) return shared->second(form_answer(error_answer(input.error(), call.language), in));
    Request asked;
    asked.method = "POST";
    asked.fields.emplace_back("Content-Type", "application/json");
    asked.body = to_text(*input);
    const auto hold = call.hold = std::make_shared<api::Hold>();
    hold->then(
        [response = perform(operation, asked, call), shared, in, language = call.language](Status durable) {
          shared->second(durable ? form_answer(response, in)
                                 : form_answer(error_answer(durable.error(), language), in));
        });
  });
  if (!taken) shared->second(form_busy(operation.name, shared->first.body, kComesBackSeconds, in));
}

}  // namespace sonae::web
