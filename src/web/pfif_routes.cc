#include "web/pfif_routes.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "web/answers.h"
#include "web/application.h"
#include "web/headers.h"
#include "web/url.h"

namespace sonae::web {

namespace {

constexpr std::string_view kPfif = "/pfif/";

struct Route {
  std::string_view path;
  std::string_view method;  // empty: GET and POST
  std::string_view operation;
  std::string_view kind;
};
constexpr std::array kRoutes{Route{"/pfif/feeds/person", "GET", "exchange.feed", "person"},
                             Route{"/pfif/feeds/note", "GET", "exchange.feed", "note"},
                             Route{"/pfif/api/read", "", "exchange.read", ""},
                             Route{"/pfif/api/search", "", "exchange.search", ""},
                             Route{"/pfif/api/write", "POST", "exchange.write", ""}};

constexpr std::array<std::string_view, 6> kTexts{"key", "min_entry_date", "after", "person_record_id", "id",
                                                 "q"};
constexpr std::array<std::string_view, 2> kNumbers{"max_results", "skip"};

std::unexpected<Error> bad(std::string_view member) {
  return fail(ErrorCode::invalid_input, {"この値は読めません", "This value cannot be read"},
              std::string(member));
}

// What other programs send beside these (version, subdomain) is passed over.
Status take_members(std::string_view query, json::object& input) {
  const auto members = query_members(query);
  if (!members) return bad("query");
  for (const auto& [name, text] : *members) {
    if (name.empty() || text.empty()) continue;
    if (std::ranges::find(kTexts, name) != kTexts.end()) {
      input[name] = text;
    } else if (std::ranges::find(kNumbers, name) != kNumbers.end()) {
      std::int64_t number = 0;
      const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (failed != std::errc() || end != text.data() + text.size()) return bad(name);
      input[name] = number;
    } else if (name == "omit_notes") {
      input[name] = text == "yes" || text == "true" || text == "1";
    }
  }
  return {};
}

struct Collected final : api::OutputFile {
  Bytes bytes;
  Status write(BytesView more) override {
    bytes += more;
    return {};
  }
};

}  // namespace

bool is_pfif(const Request& request) {
  return request.path.starts_with(kPfif);
}

Result<PfifCall> read_pfif_request(const Request& request, const std::string& base) {
  const auto route = std::ranges::find(kRoutes, std::string_view(request.path), &Route::path);
  if (route == kRoutes.end() || (request.method != "GET" && request.method != "POST") ||
      (!route->method.empty() && route->method != request.method))
    return fail(ErrorCode::not_found, {"この入口はありません", "There is nothing under this address"});
  PfifCall made{std::string(route->operation), {}, route->operation == "exchange.write"};
  TRY(take_members(request.query, made.input));
  if (request.method == "POST" && !made.takes_body) TRY(take_members(request.body, made.input));
  constexpr std::string_view kBearer = "Bearer ";
  if (const std::string_view field = request.field("Authorization"); field.starts_with(kBearer))
    made.input["key"] = std::string(field.substr(kBearer.size()));
  if (!made.input.contains("key")) made.input["key"] = "";
  if (!route->kind.empty()) {
    made.input["kind"] = route->kind;
    made.input["self"] = base + request.path;
  }
  return made;
}

void Application::answer_pfif(Request request, Reply reply) {
  const Language language = language_of(request);
  const std::string base = (settings_.secure ? "https://" : "http://") + std::string(request.field("Host"));
  auto read = read_pfif_request(request, base);
  if (!read) return reply(error_answer(read.error(), language));
  struct Work {
    PfifCall call;
    Request request;
    Reply reply;
  };
  const auto work = std::make_shared<Work>(Work{std::move(*read), std::move(request), std::move(reply)});
  const bool taken = public_.offer([this, work, language] {
    api::Call call;
    call.language = language;
    call.source = source_of(work->request, settings_.behind_tls);
    Collected output;
    call.output = &output;
    if (work->call.takes_body) call.file = api::InputFile{"", std::move(work->request.body)};
    auto answer = catalogue_.invoke_for_text(work->call.operation, call, work->call.input);
    if (!answer) return work->reply(error_answer(answer.error(), language));
    if (work->call.takes_body) return work->reply(json_text_answer(std::move(*answer)));
    const auto about = from_json_text<api::FileAnswer>(*answer);
    if (!about) return work->reply(error_answer(about.error(), language));
    Response response;
    response.fields.emplace_back("Content-Type", about->content_type);
    add_api_headers(response);
    response.body = std::move(output.bytes);
    work->reply(std::move(response));
  });
  if (!taken) work->reply(error_answer(Error{ErrorCode::too_many, {}, {}, {}}, language, 503));
}

}  // namespace sonae::web
