// Long work asked for over HTTP: it goes on while the browser looks elsewhere, tells how far it is, can be
// stopped, and keeps its answer for a while. A job belongs to the person who began it. Any thread.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "api/operation.h"
#include "base/env.h"
#include "web/spool.h"
#include "web/work_pool.h"

namespace sonae::web {

using JobId = RandomId<struct JobTag>;

enum class JobState : std::uint8_t { waiting, running, done, failed, stopped };
BOOST_DESCRIBE_ENUM(JobState, waiting, running, done, failed, stopped)

// How an error stands in JSON, in the language asked for.
struct ErrorBody {
  std::string code;
  std::string message;
  std::string where;
  std::string what_to_do;
};
BOOST_DESCRIBE_STRUCT(ErrorBody, (), (code, message, where, what_to_do))
ErrorBody error_body(const Error& error, Language language);

struct BothLanguages {
  std::string ja;
  std::string en;
};
BOOST_DESCRIBE_STRUCT(BothLanguages, (), (ja, en))

struct JobStatus {
  JobId job;
  std::string operation;
  BothLanguages summary;  // of the operation: what to call the job
  JobState state = JobState::waiting;
  BothLanguages step;      // what is under way
  std::int64_t done = 0;   // units of the step
  std::int64_t total = 0;  // 0: not known
  double per_second = 0;   // units of this step, since it began
  Instant began;
  std::optional<Instant> ended;
  std::string file_name;  // of what was sent with it; may be empty
  bool has_file = false;  // GET /api/jobs/ID/file gives what it produced
  std::optional<json::value> answer;
  std::optional<ErrorBody> error;
};
BOOST_DESCRIBE_STRUCT(JobStatus, (),
                      (job, operation, summary, state, step, done, total, per_second, began, ended, file_name,
                       has_file, answer, error))

struct JobLimits {
  unsigned at_once = 2;
  std::size_t waiting = 16;
  std::size_t kept_for_one_person = 20;
  std::int64_t kept_minutes = 120;  // after its end
};

class Job;

class Jobs {
 public:
  Jobs(Env& env, const api::Catalogue& catalogue, std::string spool_directory, JobLimits limits);
  ~Jobs();  // asks all to stop, and waits for them

  // too_many where too many wait already.
  // `held` is let go when the job ends.
  Result<JobId> begin(const api::Operation& operation, api::Call call, json::value input,
                      std::shared_ptr<void> held);
  // not_found where it is another's, so that nobody learns of it.
  Result<JobStatus> status(const JobId& job, const PersonId& person, Language language) const;
  std::vector<JobStatus> all_of(const PersonId& person, Language language) const;  // the newest first
  Status stop(const JobId& job, const PersonId& person);
  Status watch(const JobId& job, const PersonId& person, Language language,
               std::shared_ptr<EventStream> stream);

  struct Produced {
    api::FileAnswer about;
    std::shared_ptr<Spool> content;
  };
  Result<Produced> file(const JobId& job, const PersonId& person) const;

 private:
  std::shared_ptr<Job> mine(const JobId& job, const PersonId& person) const;
  void forget_old(const PersonId& person);

  Env& env_;
  const api::Catalogue& catalogue_;
  const std::string spool_directory_;
  const JobLimits limits_;
  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<Job>> jobs_;  // the oldest first
  WorkPool pool_;                           // last: its threads use what stands above
};

}  // namespace sonae::web
