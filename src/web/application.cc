#include "web/application.h"

#include <algorithm>
#include <charconv>

#include "web/answers.h"
#include "web/openapi.h"
#include "web/pfif_routes.h"
#include "web/public_forms.h"
#include "web/url.h"

namespace sonae::web {

namespace {

constexpr std::string_view kApi = "/api/";
constexpr std::string_view kJobs = "/api/jobs";
constexpr std::uint64_t kSignInBytes = 16 * 1024;

bool is_api(const Request& request) {
  return request.path.starts_with(kApi);
}
bool asks(const Request& request) {
  return request.method == "GET" || request.method == "HEAD";
}

std::uint64_t stated_length(const Request& head, std::uint64_t where_unstated) {
  const std::string_view text = head.field("Content-Length");
  std::uint64_t length = where_unstated;
  std::from_chars(text.data(), text.data() + text.size(), length);
  return length;
}

bool is_address(std::string_view host) {
  return host.starts_with('[') || host.find_first_not_of("0123456789.") == std::string_view::npos;
}

std::unique_ptr<Response> refusal(const Error& error, const Request& request, int status = 0) {
  auto response = std::make_unique<Response>(error_answer(error, language_of(request), status));
  response->close = true;
  return response;
}

}  // namespace

// The share of one upload in what all uploads may take together.
struct Application::Upload {
  Upload(std::atomic<std::uint64_t>& all, std::uint64_t own) : total(all), bytes(own) { total += bytes; }
  ~Upload() { total -= bytes; }
  Upload(const Upload&) = delete;
  Upload& operator=(const Upload&) = delete;
  std::atomic<std::uint64_t>& total;
  const std::uint64_t bytes;
};

Application::Application(Env& env, const api::Catalogue& catalogue, Door door, ApplicationSettings settings)
    : env_(env),
      catalogue_(catalogue),
      settings_(std::move(settings)),
      sessions_(env, std::move(door), settings_.sessions),
      jobs_(env, catalogue, settings_.spool_directory, settings_.jobs),
      public_(settings_.public_threads, settings_.public_waiting),
      sign_ins_(2, 64),
      work_(settings_.threads, settings_.most_waiting) {
  for (const api::Operation& operation : catalogue.all())
    operations_.emplace(operation.name, &operation);
  openapi_[0] = to_text(openapi_document(catalogue, settings_.town.name, Language::japanese));
  openapi_[1] = to_text(openapi_document(catalogue, settings_.town.name, Language::english));
  (void)Spool::clear(env,
                     settings_.spool_directory);  // what cannot be removed now is tried at the next start
}

Application::~Application() = default;

void Application::touched(std::string_view subject_kind) {
  // Looks are facts too; a page that asked again whenever somebody looked would never come to rest.
  if (subject_kind == "seen" || subject_kind == "looker") return;
  // Accounts and grants are facts about persons: sessions follow them at once.
  if (subject_kind == "person") sessions_.grants_changed();
  changes_.touched(subject_kind);
}

// A page of another site, or a name of its own that leads here (DNS rebinding), must not act in a clerk's
// name.
bool Application::host_is_ours(std::string_view host) const {
  const std::size_t colon = host.rfind(':');
  if (colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos)
    host = host.substr(0, colon);
  if (host.empty()) return false;
  // Names without a point and .local exist in the house's own network only.
  return is_address(host) || host.find('.') == std::string_view::npos || host.ends_with(".local") ||
         std::find(settings_.host_names.begin(), settings_.host_names.end(), host) !=
             settings_.host_names.end();
}

Status Application::check_sender(const Request& request) const {
  const std::string_view host = request.field("Host");
  const std::string_view origin = request.field("Origin");
  const std::string_view site = request.field("Sec-Fetch-Site");
  const bool same_origin =
      origin.empty() || origin == "http://" + std::string(host) || origin == "https://" + std::string(host);
  const bool same_site = site.empty() || site == "same-origin" || site == "none";
  if (!same_origin || !same_site || request.field("X-Sonae").empty())
    return fail(ErrorCode::forbidden,
                {"ほかのサイトからの要求は受け付けません", "Requests from other sites are not accepted"}, {},
                {"プログラムから呼ぶときはヘッダー X-Sonae: 1 を付けてください",
                 "Programs send the header X-Sonae: 1"});
  return {};
}

Result<Session> Application::session_of(const Request& request) {
  return sessions_.find(cookie(request, cookie_name()));
}

const api::Operation* Application::operation_of(const Request& request) const {
  const auto found = operations_.find(std::string_view(request.path).substr(kApi.size()));
  return found == operations_.end() ? nullptr : found->second;
}

Admission Application::admit(const Request& head) {
  Admission admission;
  if (settings_.hooks.contains(head.path)) admission.body_bytes = settings_.hook_bytes;
  if (!form_operation(head.path).empty()) admission.body_bytes = kSignInBytes;
  if (is_pfif(head) && !asks(head)) admission.body_bytes = settings_.json_bytes;
  if (!is_api(head) || asks(head)) return admission;
  const api::Operation* const operation = operation_of(head);
  if (operation != nullptr && operation->takes_file) return admit_file(head, *operation);
  admission.body_bytes = operation != nullptr ? settings_.json_bytes : kSignInBytes;
  return admission;
}

// A large file is let in only from somebody who may give it, and only while there is room.
Admission Application::admit_file(const Request& head, const api::Operation& operation) {
  Admission admission;
  const auto refuse = [&](const Error& error, int status = 0) {
    admission.refusal = refusal(error, head, status);
    return std::move(admission);
  };
  if (const Status sender = check_sender(head); !sender) return refuse(sender.error());
  const auto session = session_of(head);
  if (!session) return refuse(session.error());
  if (!session->actor.permissions.has(operation.permission))
    return refuse(Error{ErrorCode::forbidden, {}, operation.name, {}});
  const std::uint64_t bytes = stated_length(head, settings_.file_bytes);
  if (bytes > settings_.file_bytes) {
    admission.refusal = std::make_unique<Response>(too_large(head));
    return admission;
  }
  auto upload = std::make_shared<Upload>(upload_bytes_, bytes);
  if (upload_bytes_ > settings_.files_at_once_bytes)
    return refuse(Error{ErrorCode::too_many,
                        {"ほかのファイルを受け取っています", "Other files are being received"},
                        {},
                        {"少し待ってからもう一度送ってください", "Wait a little, then send it again"}},
                  503);
  admission.held = std::move(upload);
  admission.body_bytes = bytes;
  return admission;
}

Response Application::too_large(const Request& head) {
  const api::Operation* const operation = is_api(head) ? operation_of(head) : nullptr;
  std::uint64_t most = is_api(head) ? kSignInBytes : is_pfif(head) ? settings_.json_bytes : 0;
  if (operation != nullptr) most = operation->takes_file ? settings_.file_bytes : settings_.json_bytes;
  const std::string limit = std::to_string(most);
  Response response = error_answer(
      Error{ErrorCode::too_large,
            {"大きすぎます。上限は " + limit + " バイトです", "Too large: the limit is " + limit + " bytes"},
            {},
            {"ファイルを分けて送ってください", "Send it in parts"}},
      language_of(head));
  response.close = true;
  return response;
}

void Application::handle(Request request, Reply reply) {
  if (const auto hook = settings_.hooks.find(request.path); hook != settings_.hooks.end())
    return answer_hook(hook->second, std::move(request), std::move(reply));
  if (const std::string_view name = form_operation(request.path); request.method == "POST" && !name.empty())
    if (const auto operation = operations_.find(name); operation != operations_.end())
      return answer_form(*operation->second, std::move(request), std::move(reply));
  const bool pfif = is_pfif(request);
  if (!is_api(request) && !pfif) return reply(page_answer(settings_.pages, request));
  const Language language = language_of(request);
  if (!host_is_ours(request.field("Host")))
    return reply(error_answer(
        Error{ErrorCode::forbidden,
              {"この名前では利用できません", "Not available under this name"},
              "Host",
              {"管理者に利用できるアドレスを尋ねてください", "Ask the administrator for its address"}},
        language, 421));
  // A partner shows its key with each request and has no session: no other site can send it in its name.
  if (pfif) return answer_pfif(std::move(request), std::move(reply));
  if (!asks(request)) {
    if (request.method != "POST") return reply(method_not_allowed("GET, POST", language));
    if (const Status sender = check_sender(request); !sender)
      return reply(error_answer(sender.error(), language));
  }
  answer_api(std::move(request), std::move(reply));
}

void Application::answer_hook(const Hook& hook, Request request, Reply reply) {
  const Language language = language_of(request);
  if (request.method != "POST") return reply(method_not_allowed("POST", language));
  const auto shared = std::make_shared<std::pair<Request, Reply>>(std::move(request), std::move(reply));
  const auto answer = [&hook, shared] {
    const int status = hook(shared->first);
    Response response = json_answer(json::object(), status);
    if (status == 503) response.fields.emplace_back("Retry-After", "30");
    shared->second(std::move(response));
  };
  if (!public_.offer(answer))
    shared->second(error_answer(Error{ErrorCode::too_many, {}, {}, {}}, language, 503));
}

void Application::answer_api(Request request, Reply reply) {
  const Language language = language_of(request);
  if (const api::Operation* const operation = operation_of(request))
    return call_operation(*operation, std::move(request), std::move(reply));

  const std::string_view path = request.path;
  const bool posted = request.method == "POST";
  if (path == "/api/session" && !posted) return reply(session_answer(request));
  if (path == "/api/openapi.json" && !posted) {
    Response response = json_answer({});
    response.body = openapi_[language == Language::japanese ? 0 : 1];
    return reply(std::move(response));
  }
  if (path == "/api/health" && !posted) return reply(json_answer(json::object{{"state", "up"}}));
  if (path == "/api/sign_in" && posted) {
    const auto shared = std::make_shared<std::pair<Request, Reply>>(std::move(request), std::move(reply));
    if (!sign_ins_.offer([this, shared] { shared->second(sign_in(shared->first)); }))
      shared->second(error_answer(Error{ErrorCode::too_many, {}, {}, {}}, language, 503));
    return;
  }
  if (path == "/api/sign_out" && posted) {
    const auto shared = std::make_shared<std::pair<Request, Reply>>(std::move(request), std::move(reply));
    if (!work_.offer([this, shared] { shared->second(sign_out(shared->first)); }))
      shared->second(error_answer(Error{ErrorCode::too_many, {}, {}, {}}, language, 503));
    return;
  }

  const auto session = session_of(request);
  if (!session) return reply(error_answer(session.error(), language));
  if (path.starts_with(kJobs)) return reply(job_request(path.substr(kJobs.size()), request, *session));
  if (path == "/api/changes" && !posted) {
    Response response;
    response.fields.emplace_back("Content-Type", "text/event-stream");
    response.events = [this](std::shared_ptr<EventStream> stream) { changes_.watch(std::move(stream)); };
    return reply(std::move(response));
  }
  reply(error_answer(
      Error{ErrorCode::not_found, {"そのような操作はありません", "There is no such operation"}, {}, {}},
      language));
}

}  // namespace sonae::web
