#include "web/openapi.h"

#include "web/api_sessions.h"
#include "web/job.h"

namespace sonae::web {

namespace {

json::object reference(std::string_view schema) {
  return {{"$ref", "#/components/schemas/" + std::string(schema)}};
}

json::object content(std::string_view type, json::value schema) {
  return {{std::string(type), json::object{{"schema", std::move(schema)}}}};
}

json::object response(std::string_view description, json::object body) {
  return {{"description", description}, {"content", std::move(body)}};
}

json::object responses(json::value schema, std::string_view status = "200") {
  return {{std::string(status), response("OK", content("application/json", std::move(schema)))},
          {"default", response("Error", content("application/json", reference("Error")))}};
}

json::object header_parameter(std::string_view name, bool required, std::string_view description) {
  return {{"name", name},
          {"in", "header"},
          {"required", required},
          {"description", description},
          {"schema", json::object{{"type", "string"}}}};
}

json::object sender_header() {
  return header_parameter("X-Sonae", true, "any value; shows that no page of another site sends this");
}

json::array query_parameters(const json::value& schema) {
  json::array parameters;
  const json::value* const properties = schema.as_object().if_contains("properties");
  if (properties == nullptr) return parameters;
  const json::value* const required = schema.as_object().if_contains("required");
  for (const auto& [name, member] : properties->as_object()) {
    bool needed = false;
    if (required != nullptr)
      for (const json::value& one : required->as_array())
        needed = needed || one.as_string() == name;
    parameters.push_back(
        json::object{{"name", name}, {"in", "query"}, {"required", needed}, {"schema", member}});
  }
  return parameters;
}

json::object responses_of(const api::Operation& operation) {
  if (operation.runs_long) return responses(reference("JobBegun"), "202");
  if (!operation.gives_file) return responses(operation.output_schema);
  json::object all = responses(operation.output_schema);
  all["200"] =
      response("the file; the header X-Sonae-Answer has the answer as percent-encoded JSON",
               content("application/octet-stream", json::object{{"type", "string"}, {"format", "binary"}}));
  return all;
}

json::object method_of(const api::Operation& operation, bool posted, Language language) {
  json::object method{{"operationId", operation.name + (posted ? "" : ".get")},
                      {"summary", operation.summary.in(language)},
                      {"tags", json::array{operation.name.substr(0, operation.name.find('.'))}},
                      {"x-permission", boost::describe::enum_to_string(operation.permission, "")},
                      {"x-answer", operation.output_schema},
                      {"responses", responses_of(operation)}};
  if (!posted) {
    method["parameters"] = query_parameters(operation.input_schema);
    return method;
  }
  json::array parameters{sender_header()};
  if (operation.takes_file) {
    parameters.push_back(header_parameter("X-Sonae-File-Name", false, "percent-encoded UTF-8"));
    parameters.push_back(header_parameter("X-Sonae-Input", false, "the input as percent-encoded JSON"));
    method["x-input"] = operation.input_schema;
    method["requestBody"] = json::object{
        {"required", true},
        {"content",
         content("application/octet-stream", json::object{{"type", "string"}, {"format", "binary"}})}};
  } else {
    method["requestBody"] = json::object{{"content", content("application/json", operation.input_schema)}};
  }
  method["parameters"] = std::move(parameters);
  return method;
}

json::object simple(std::string_view id, std::string_view summary, json::object answers) {
  return {{"operationId", id},
          {"summary", summary},
          {"tags", json::array{"server"}},
          {"responses", std::move(answers)}};
}

json::object with_body(json::object method, json::value schema) {
  method["parameters"] = json::array{sender_header()};
  method["requestBody"] =
      json::object{{"required", true}, {"content", content("application/json", std::move(schema))}};
  return method;
}

json::object with_job(json::object method, bool posted = false) {
  json::array parameters{json::object{{"name", "job"},
                                      {"in", "path"},
                                      {"required", true},
                                      {"schema", json::object{{"type", "string"}, {"format", "id"}}}}};
  if (posted) parameters.push_back(sender_header());
  method["parameters"] = std::move(parameters);
  return method;
}

json::object events(std::string_view description) {
  return {{"200", response(description, content("text/event-stream", json::object{{"type", "string"}}))},
          {"default", response("Error", content("application/json", reference("Error")))}};
}

void add_server_paths(json::object& paths, bool japanese) {
  const auto say = [&](std::string_view ja, std::string_view en) { return japanese ? ja : en; };
  json::object signed_out =
      simple("sign_out", say("サインアウト", "Sign out"), responses(reference("Session")));
  signed_out["parameters"] = json::array{sender_header()};
  paths["/api/sign_in"] = json::object{
      {"post", with_body(simple("sign_in", say("サインイン", "Sign in"), responses(reference("Session"))),
                         json_schema<SignInRequest>())}};
  paths["/api/sign_out"] = json::object{{"post", std::move(signed_out)}};
  paths["/api/session"] = json::object{
      {"get", simple("session", say("いまの利用者", "Who is signed in"), responses(reference("Session")))}};
  paths["/api/health"] = json::object{
      {"get", simple("health", say("稼働の確認", "Whether it is up"),
                     responses(json::object{{"type", "object"}, {"required", json::array{"state"}}}))}};
  paths["/api/changes"] =
      json::object{{"get", simple("changes", say("変わった物の種類", "Kinds of things that have changed"),
                                  events("events named changes: {\"kinds\": [...]}"))}};
  const json::object job_list{
      {"type", "object"},
      {"required", json::array{"jobs"}},
      {"properties", json::object{{"jobs", json::object{{"type", "array"}, {"items", reference("Job")}}}}}};
  paths["/api/jobs"] =
      json::object{{"get", simple("jobs", say("自分の処理の一覧", "My jobs"), responses(job_list))}};
  paths["/api/jobs/{job}"] = json::object{
      {"get", with_job(simple("job", say("処理の状態", "State of a job"), responses(reference("Job"))))}};
  paths["/api/jobs/{job}/stop"] = json::object{
      {"post",
       with_job(simple("job_stop", say("処理の中止", "Stop a job"), responses(reference("Job"))), true)}};
  paths["/api/jobs/{job}/events"] = json::object{
      {"get",
       with_job(simple("job_events", say("処理の進み", "Progress of a job"), events("events named job")))}};
  json::object file = responses(reference("Job"));
  file["200"] =
      response("the file that the job produced",
               content("application/octet-stream", json::object{{"type", "string"}, {"format", "binary"}}));
  paths["/api/jobs/{job}/file"] = json::object{
      {"get", with_job(simple("job_file", say("できたファイル", "What a job produced"), std::move(file)))}};
}

}  // namespace

json::value openapi_document(const api::Catalogue& catalogue, std::string_view town_name, Language language) {
  const bool japanese = language == Language::japanese;
  json::object paths;
  add_server_paths(paths, japanese);
  for (const api::Operation& operation : catalogue.all()) {
    json::object path{{"post", method_of(operation, true, language)}};
    if (operation.may_ask_openly && !operation.writes) path["get"] = method_of(operation, false, language);
    paths["/api/" + operation.name] = std::move(path);
  }
  const json::object begun{{"type", "object"},
                           {"required", json::array{"job"}},
                           {"properties", json::object{{"job", json::object{{"type", "string"}}}}}};
  return json::object{
      {"openapi", "3.0.3"},
      {"info",
       json::object{{"title", "Sonae（備え） — " + std::string(town_name)},
                    {"version", "1"},
                    {"description",
                     japanese ? "操作ごとに一つのアドレスがあります。詳しくは docs/web.md を見てください。"
                              : "One address for each operation; docs/web.md says more."}}},
      {"paths", std::move(paths)},
      {"components",
       json::object{{"schemas", json::object{{"Error", json_schema<ErrorBody>()},
                                             {"Session", json_schema<SessionBody>()},
                                             {"Job", json_schema<JobStatus>()},
                                             {"JobBegun", begun}}},
                    {"securitySchemes", json::object{{"session", json::object{{"type", "apiKey"},
                                                                              {"in", "cookie"},
                                                                              {"name", "sonae_session"}}}}}}},
      {"security", json::array{json::object{{"session", json::array()}}}}};
}

}  // namespace sonae::web
