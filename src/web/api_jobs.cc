#include "web/answers.h"
#include "web/application.h"
#include "web/headers.h"
#include "web/url.h"

namespace sonae::web {

namespace {

Response produced_file(const Jobs::Produced& produced, Language language) {
  auto source = produced.content->open();
  if (!source) return error_answer(source.error(), language);
  Response response;
  response.fields.emplace_back("Content-Type", produced.about.content_type);
  response.fields.emplace_back("Content-Disposition", attachment(produced.about.file_name));
  add_api_headers(response);
  response.source = std::move(*source);
  return response;
}

}  // namespace

// "" all mine · "/ID" one · "/ID/events" · "/ID/file" · POST "/ID/stop"
Response Application::job_request(std::string_view rest, const Request& request, const Session& session) {
  const Language language = language_of(request);
  const PersonId& person = session.actor.person;
  const bool posted = request.method == "POST";
  if (rest.empty()) {
    if (posted) return method_not_allowed("GET", language);
    return json_answer(json::object{{"jobs", to_json(jobs_.all_of(person, language))}});
  }
  rest.remove_prefix(1);
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  const auto job = JobId::parse(rest.substr(0, slash));
  const std::string_view what = rest.substr(slash);
  const auto known =
      job ? jobs_.status(*job, person, language) : Result<JobStatus>(fail(ErrorCode::not_found, {}, "job"));
  if (!known) return error_answer(known.error(), language);

  if (what == "/stop") {
    if (!posted) return method_not_allowed("POST", language);
    (void)jobs_.stop(*job, person);  // it was there a moment ago
    return json_answer(to_json(*jobs_.status(*job, person, language)));
  }
  if (posted) return method_not_allowed("GET", language);
  if (what.empty()) return json_answer(to_json(*known));
  if (what == "/events") {
    Response response;
    response.fields.emplace_back("Content-Type", "text/event-stream");
    add_api_headers(response);
    response.events = [this, id = *job, person, language](const std::shared_ptr<EventStream>& stream) {
      if (!jobs_.watch(id, person, language, stream)) stream->close();
    };
    return response;
  }
  if (what == "/file") {
    const auto produced = jobs_.file(*job, person);
    return produced ? produced_file(*produced, language) : error_answer(produced.error(), language);
  }
  return error_answer(Error{ErrorCode::not_found, {}, {}, {}}, language);
}

}  // namespace sonae::web
