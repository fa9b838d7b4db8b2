#include <charconv>

#include "web/answers.h"
#include "web/application.h"
#include "web/headers.h"
#include "web/url.h"

namespace sonae::web {

namespace {

constexpr const char* kCrowdComesBackSeconds = "20";

// A query member as the JSON that the operation's schema asks for; what does not fit stays text, and the
// operation names it.
json::value typed(const std::string& text, std::string_view type) {
  if (type == "boolean" && (text == "true" || text == "false")) return json::value(text == "true");
  if (type == "integer") {
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed == std::errc() && end == text.data() + text.size()) return json::value(number);
  }
  if (type == "number") {
    double number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed == std::errc() && end == text.data() + text.size()) return json::value(number);
  }
  return json::value(text);
}

std::string_view type_of(const json::value& schema, std::string_view member) {
  const json::object* const object = schema.if_object();
  if (object == nullptr) return {};
  const json::value* const properties = object->if_contains("properties");
  if (properties == nullptr) return {};
  const json::value* const one = properties->as_object().if_contains(member);
  if (one == nullptr || !one->is_object()) return {};
  const json::value* const type = one->get_object().if_contains("type");
  return type != nullptr && type->is_string() ? std::string_view(type->get_string()) : std::string_view();
}

Result<json::value> query_as_input(const Request& request, const json::value& schema) {
  const auto members = query_members(request.query);
  if (!members)
    return fail(ErrorCode::invalid_input, {"問い合わせの書き方が違います", "The query is not well formed"},
                "query");
  json::object input;
  for (const auto& [name, text] : *members) {
    if (type_of(schema, name) != "array") {
      input[name] = typed(text, type_of(schema, name));
      continue;
    }
    if (!input.contains(name)) input[name] = json::array();  // a list repeats its member
    input[name].as_array().push_back(json::value(text));
  }
  return input;
}

Result<json::value> header_as_input(const Request& request) {
  const std::string_view written = request.field("X-Sonae-Input");
  if (written.empty()) return json::object();
  const auto text = percent_decode(written);
  if (!text)
    return fail(ErrorCode::invalid_input, {"ヘッダーの書き方が違います", "The header is not well formed"},
                "X-Sonae-Input");
  return parse_json(*text);
}

Result<json::value> body_as_input(const Request& request) {
  if (request.body.empty()) return json::object();
  if (!request.field("Content-Type").starts_with("application/json"))
    return fail(ErrorCode::invalid_input, {"本文は JSON で送ってください", "Send the body as JSON"},
                "Content-Type", {"Content-Type: application/json", "Content-Type: application/json"});
  return parse_json(request.body);
}

Response file_answer(const std::string& answer, Spool& content, Language language) {
  const auto about = from_json_text<api::FileAnswer>(answer);
  if (!about) return error_answer(about.error(), language);
  auto source = content.open();
  if (!source) return error_answer(source.error(), language);
  Response response;
  response.fields.emplace_back("Content-Type", about->content_type);
  response.fields.emplace_back("Content-Disposition", attachment(about->file_name));
  response.fields.emplace_back("X-Sonae-Answer", percent_encode(answer));
  add_api_headers(response);
  response.source = std::move(*source);
  return response;
}

}  // namespace

std::string source_of(const Request& request, bool behind_proxy) {
  if (!behind_proxy) return request.peer;
  const std::string_view forwarded = request.field("X-Forwarded-For");
  const std::size_t last = forwarded.find_last_of(", ");
  const std::string_view seen = last == std::string_view::npos ? forwarded : forwarded.substr(last + 1);
  return seen.empty() ? request.peer : std::string(seen);
}

void Application::call_operation(const api::Operation& operation, Request request, Reply reply) {
  const Language language = language_of(request);
  if (request.method != "POST" && (operation.writes || !operation.may_ask_openly))
    return reply(method_not_allowed("POST", language));
  Session session;  // nobody's: for operations that anybody may ask
  if (auto found = session_of(request))
    session = std::move(*found);
  else if (operation.permission != api::Permission::none)
    return reply(error_answer(found.error(), language));

  struct Work {
    Request request;
    Session session;
    Reply reply;
  };
  const auto work = std::make_shared<Work>(std::move(request), std::move(session), std::move(reply));
  const bool open_to_all = operation.permission == api::Permission::none;
  WorkPool& pool = open_to_all ? public_ : work_;
  const bool taken = pool.offer(
      [this, &operation, work] { run(operation, work->request, work->session, std::move(work->reply)); });
  if (taken) return;
  Response refused =
      error_answer(Error{ErrorCode::too_many,
                         {"いま混み合っています", "The server is very busy"},
                         {},
                         {"少し待ってからもう一度試してください", "Wait a moment and try again"}},
                   language, 503);
  // A crowd that comes back at once stays a crowd.
  if (open_to_all)
    for (auto& [name, value] : refused.fields)
      if (name == "Retry-After") value = kCrowdComesBackSeconds;
  work->reply(std::move(refused));
}

// Where the operation only reads, or is one that anybody may ask, no thread waits for what it records to be
// durable; the answer does.
void Application::run(const api::Operation& operation, Request& request, Session& session, Reply reply) {
  api::Call call;
  call.actor = std::move(session.actor);
  call.purpose = std::move(session.purpose);
  call.language = language_of(request);
  call.source = source_of(request, settings_.behind_tls);
  const bool may_hold = !operation.writes || operation.permission == api::Permission::none;
  if (!may_hold || operation.runs_long || operation.gives_file)
    return reply(perform(operation, request, call));
  const auto hold = call.hold = std::make_shared<api::Hold>();
  hold->then([response = perform(operation, request, call), reply = std::move(reply),
              language = call.language](Status durable) mutable {
    reply(durable ? std::move(response) : error_answer(durable.error(), language));
  });
}

Response Application::perform(const api::Operation& operation, Request& request, api::Call& call) {
  const Language language = call.language;
  auto input = request.method != "POST" ? query_as_input(request, operation.input_schema)
               : operation.takes_file   ? header_as_input(request)
                                        : body_as_input(request);
  if (!input) return error_answer(input.error(), language);
  if (operation.takes_file) {
    const auto name = percent_decode(request.field("X-Sonae-File-Name"));
    call.file = api::InputFile{name.value_or(""), std::move(request.body)};
  }
  if (operation.runs_long) {
    const auto job = jobs_.begin(operation, std::move(call), std::move(*input), std::move(request.held));
    if (!job) return error_answer(job.error(), language);
    Response response = json_answer(json::object{{"job", job->text()}}, 202);
    response.fields.emplace_back("Location", "/api/jobs/" + job->text());
    return response;
  }
  std::shared_ptr<Spool> output;
  if (operation.gives_file) {
    output = std::make_shared<Spool>(env_, settings_.spool_directory);
    call.output = output.get();
  }
  auto answer = catalogue_.invoke_for_text(operation.name, call, *input);
  if (!answer) return error_answer(answer.error(), language);
  return output ? file_answer(*answer, *output, language) : json_text_answer(std::move(*answer));
}

}  // namespace sonae::web
