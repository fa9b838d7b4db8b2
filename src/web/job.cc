#include "web/job.h"

#include <algorithm>

namespace sonae::web {

namespace {

constexpr std::int64_t kEventsEvery_us = 200'000;

std::unexpected<Error> no_such_job() {
  return fail(ErrorCode::not_found, {"この処理は見つかりません", "There is no such job"}, "job",
              {"終わってから時間がたった処理は消えます", "Jobs are forgotten some time after their end"});
}

BothLanguages both(const Phrase& phrase) {
  return {phrase.japanese, phrase.english};
}

}  // namespace

ErrorBody error_body(const Error& error, Language language) {
  const ErrorKind& kind = kind_of(error.code);
  return {std::string(kind.name), error.what.empty() ? kind.title.in(language) : error.what.in(language),
          error.where, error.what_to_do.in(language)};
}

// One job: the call that it runs, and what is known of it.
class Job : public Progress {
 public:
  Job(Env& env, JobId id, const api::Operation& operation, api::Call call, json::value input,
      std::shared_ptr<Spool> output, std::shared_ptr<void> held)
      : id_(id),
        person_(call.actor.person),
        env_(env),
        operation_(operation),
        call_(std::move(call.actor), std::move(call.purpose), call.language, std::move(call.source), *this,
              std::move(call.file), output.get()),
        input_(std::move(input)),
        output_(std::move(output)),
        held_(std::move(held)),
        began_(env.clock.now()),
        file_name_(call_.file ? call_.file->name : "") {}

  const JobId& id() const { return id_; }
  const PersonId& person() const { return person_; }

  void run(const api::Catalogue& catalogue) {
    if (stop_) return end(fail(ErrorCode::cancelled, {}));
    {
      const std::lock_guard lock(mutex_);
      state_ = JobState::running;
      step_began_us_ = env_.clock.monotonic_microseconds();
    }
    end(catalogue.invoke(operation_.name, call_, input_));
    call_.file.reset();  // up to hundreds of megabytes
    held_.reset();
  }

  void report(const Phrase& step, std::uint64_t done, std::uint64_t total) override {
    const std::int64_t now_us = env_.clock.monotonic_microseconds();
    const std::lock_guard lock(mutex_);
    if (step_ != step) {
      step_ = step;
      step_began_us_ = now_us;
      told_us_ = 0;
    }
    done_ = static_cast<std::int64_t>(done);
    total_ = static_cast<std::int64_t>(total);
    if (now_us - told_us_ < kEventsEvery_us) return;
    told_us_ = now_us;
    tell();
  }
  bool stop_requested() const override { return stop_; }
  void stop() { stop_ = true; }

  JobStatus status(Language language) const {
    const std::lock_guard lock(mutex_);
    return status_locked(language);
  }

  void watch(Language language, std::shared_ptr<EventStream> stream) {
    const std::lock_guard lock(mutex_);
    stream->send("job", to_text(to_json(status_locked(language))));
    if (ended_)
      stream->close();
    else
      watchers_.push_back({language, std::move(stream)});
  }

  bool ended_before(Instant moment) const {
    const std::lock_guard lock(mutex_);
    return ended_ && *ended_ < moment;
  }
  bool ended() const {
    const std::lock_guard lock(mutex_);
    return ended_.has_value();
  }
  Result<Jobs::Produced> file() const {
    const std::lock_guard lock(mutex_);
    if (state_ != JobState::done || !output_) return no_such_job();
    return Jobs::Produced{TRY(from_json<api::FileAnswer>(answer_)), output_};
  }

 private:
  struct Watcher {
    Language language;
    std::shared_ptr<EventStream> stream;
  };

  void end(Result<json::value> outcome) {
    const std::lock_guard lock(mutex_);
    ended_ = env_.clock.now();
    if (outcome) {
      state_ = JobState::done;
      answer_ = std::move(*outcome);
    } else {
      state_ = outcome.error().code == ErrorCode::cancelled ? JobState::stopped : JobState::failed;
      error_ = std::move(outcome.error());
    }
    tell();
    for (const Watcher& one : watchers_)
      one.stream->close();
    watchers_.clear();
  }

  void tell() {
    std::erase_if(watchers_, [&](const Watcher& one) {
      return !one.stream->send("job", to_text(to_json(status_locked(one.language))));
    });
  }

  JobStatus status_locked(Language language) const {
    JobStatus status;
    status.job = id_;
    status.operation = operation_.name;
    status.summary = both(operation_.summary);
    status.state = state_;
    status.step = both(step_);
    status.done = done_;
    status.total = total_;
    const std::int64_t now_us = env_.clock.monotonic_microseconds();
    if (state_ == JobState::running && now_us > step_began_us_)
      status.per_second = static_cast<double>(done_) * 1e6 / static_cast<double>(now_us - step_began_us_);
    status.began = began_;
    status.ended = ended_;
    status.file_name = file_name_;
    status.has_file = state_ == JobState::done && output_ != nullptr;
    if (state_ == JobState::done) status.answer = answer_;
    if (error_) status.error = error_body(*error_, language);
    return status;
  }

  const JobId id_;
  const PersonId person_;
  Env& env_;
  const api::Operation& operation_;
  api::Call call_;
  const json::value input_;
  const std::shared_ptr<Spool> output_;
  std::shared_ptr<void> held_;
  const Instant began_;
  const std::string file_name_;
  std::atomic<bool> stop_ = false;

  mutable std::mutex mutex_;
  JobState state_ = JobState::waiting;
  Phrase step_;
  std::int64_t done_ = 0;
  std::int64_t total_ = 0;
  std::int64_t step_began_us_ = 0;
  std::int64_t told_us_ = 0;
  std::optional<Instant> ended_;
  json::value answer_;
  std::optional<Error> error_;
  std::vector<Watcher> watchers_;
};

Jobs::Jobs(Env& env, const api::Catalogue& catalogue, std::string spool_directory, JobLimits limits)
    : env_(env),
      catalogue_(catalogue),
      spool_directory_(std::move(spool_directory)),
      limits_(limits),
      pool_(limits.at_once, limits.waiting) {}

Jobs::~Jobs() {
  const std::lock_guard lock(mutex_);
  for (const auto& job : jobs_)
    job->stop();
}

Result<JobId> Jobs::begin(const api::Operation& operation, api::Call call, json::value input,
                          std::shared_ptr<void> held) {
  forget_old(call.actor.person);
  std::shared_ptr<Spool> output;
  if (operation.gives_file) output = std::make_shared<Spool>(env_, spool_directory_);
  auto job = std::make_shared<Job>(env_, env_.random.id<JobId>(), operation, std::move(call),
                                   std::move(input), std::move(output), std::move(held));
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(job);
  }
  if (!pool_.offer([this, job] { job->run(catalogue_); })) {
    const std::lock_guard lock(mutex_);
    std::erase(jobs_, job);
    return fail(ErrorCode::too_many, {"待っている処理が多すぎます", "Too many jobs are waiting"}, {},
                {"終わるのを待ってから、もう一度始めてください", "Wait for one to end, then begin again"});
  }
  return job->id();
}

std::shared_ptr<Job> Jobs::mine(const JobId& job, const PersonId& person) const {
  const std::lock_guard lock(mutex_);
  const auto found =
      std::find_if(jobs_.begin(), jobs_.end(), [&](const auto& one) { return one->id() == job; });
  return found != jobs_.end() && (*found)->person() == person ? *found : nullptr;
}

Result<JobStatus> Jobs::status(const JobId& job, const PersonId& person, Language language) const {
  const auto found = mine(job, person);
  if (!found) return no_such_job();
  return found->status(language);
}

std::vector<JobStatus> Jobs::all_of(const PersonId& person, Language language) const {
  std::vector<JobStatus> all;
  const std::lock_guard lock(mutex_);
  for (auto job = jobs_.rbegin(); job != jobs_.rend(); ++job)
    if ((*job)->person() == person) all.push_back((*job)->status(language));
  return all;
}

Status Jobs::stop(const JobId& job, const PersonId& person) {
  const auto found = mine(job, person);
  if (!found) return no_such_job();
  found->stop();
  return {};
}

Status Jobs::watch(const JobId& job, const PersonId& person, Language language,
                   std::shared_ptr<EventStream> stream) {
  const auto found = mine(job, person);
  if (!found) return no_such_job();
  found->watch(language, std::move(stream));
  return {};
}

Result<Jobs::Produced> Jobs::file(const JobId& job, const PersonId& person) const {
  const auto found = mine(job, person);
  if (!found) return no_such_job();
  return found->file();
}

void Jobs::forget_old(const PersonId& person) {
  const Instant oldest{env_.clock.now().milliseconds - limits_.kept_minutes * 60'000};
  const std::lock_guard lock(mutex_);
  std::erase_if(jobs_, [&](const auto& one) { return one->ended_before(oldest); });
  std::size_t count = 0;
  for (auto job = jobs_.end(); job != jobs_.begin();) {
    --job;
    if ((*job)->person() != person || ++count < limits_.kept_for_one_person || !(*job)->ended()) continue;
    job = jobs_.erase(job);
  }
}

}  // namespace sonae::web
