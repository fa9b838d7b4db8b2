// What Sonae answers over HTTP: the pages, sessions, the operations of the catalogue, jobs, live changes.
// docs/web.md describes it for those who call it. Any thread.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "api/operation.h"
#include "text/tongues.h"
#include "web/changes.h"
#include "web/hook.h"
#include "web/job.h"
#include "web/server.h"
#include "web/session.h"
#include "web/static_pages.h"
#include "web/work_pool.h"

namespace sonae::web {

struct TownInfo {
  std::string code;
  std::string name;
  bool fictional = false;
};
BOOST_DESCRIBE_STRUCT(TownInfo, (), (code, name, fictional))

struct ApplicationSettings {
  TownInfo town;
  Hooks hooks;
  std::string spool_directory;          // for large answers: <town>/spool
  std::vector<std::string> host_names;  // under which browsers reach it, besides addresses and localhost
  bool behind_tls = false;              // a proxy in front speaks TLS: it says who asks
  bool secure = false;                  // TLS is spoken here or in front: cookies are Secure
  std::span<const Page> pages;
  text::Tongues tongues;           // in which forms without JavaScript are answered
  unsigned threads = 16;           // for operations: most of their time is waiting for the disk
  std::size_t most_waiting = 512;  // more are told to come back
  unsigned public_threads = 8;     // for what is asked without an account
  std::size_t public_waiting = 128;
  std::uint64_t json_bytes = 4 << 20;
  std::uint64_t hook_bytes = 1 << 20;
  std::uint64_t file_bytes = std::uint64_t{512} << 20;
  std::uint64_t files_at_once_bytes = std::uint64_t{1} << 30;  // of all uploads under way together
  SessionLimits sessions;
  JobLimits jobs;
};

class Application : public Handler {
 public:
  // The catalogue outlives it.
  Application(Env& env, const api::Catalogue& catalogue, Door door, ApplicationSettings settings);
  ~Application() override;

  Admission admit(const Request& head) override;
  void handle(Request request, Reply reply) override;
  Response too_large(const Request& head) override;

  // For journal.listen: a subject of this kind was touched.
  void touched(std::string_view subject_kind);

 private:
  struct Upload;

  // application.cc: what is asked, and by whom
  Status check_sender(const Request& request) const;
  bool host_is_ours(std::string_view host) const;
  Result<Session> session_of(const Request& request);
  const api::Operation* operation_of(const Request& request) const;
  Admission admit_file(const Request& head, const api::Operation& operation);
  void answer_api(Request request, Reply reply);
  void answer_hook(const Hook& hook, Request request, Reply reply);

  // public_forms.cc
  void answer_form(const api::Operation& operation, Request request, Reply reply);

  // pfif_routes.cc
  void answer_pfif(Request request, Reply reply);

  // api_sessions.cc
  Response sign_in(const Request& request);
  Response sign_out(const Request& request);
  Response session_answer(const Request& request);
  std::string session_cookie(std::string_view token) const;
  std::string_view cookie_name() const;

  // api_operations.cc
  void call_operation(const api::Operation& operation, Request request, Reply reply);
  void run(const api::Operation& operation, Request& request, Session& session, Reply reply);
  Response perform(const api::Operation& operation, Request& request, api::Call& call);

  // api_jobs.cc
  Response job_request(std::string_view rest, const Request& request, const Session& session);

  Env& env_;
  const api::Catalogue& catalogue_;
  const ApplicationSettings settings_;
  std::map<std::string, const api::Operation*, std::less<>> operations_;
  Sessions sessions_;
  Changes changes_;
  std::atomic<std::uint64_t> upload_bytes_ = 0;
  std::string openapi_[2];  // by language
  Jobs jobs_;
  WorkPool public_;    // what anybody may ask: kept apart, so that a crowd outside does not stop the clerks
  WorkPool sign_ins_;  // checking a password takes 64 MiB and a while: few at once, apart from other work
  WorkPool work_;      // last: its threads use what stands above
};

}  // namespace sonae::web
