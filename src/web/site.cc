#include "web/site.h"

#include <csignal>
#include <mutex>

#include "store/caught.h"
#include "web/application.h"

namespace sonae::web {

namespace {

// People come in on threads of the server, which outlive a database that fails.
Door door_of(access::Access& access, std::function<Status()> may_sign_in) {
  Door door;
  door.sign_in = [&access, may_sign_in = std::move(may_sign_in)](
                     const std::string& login, std::string_view password,
                     const std::string& from) -> Result<api::Actor> {
    if (may_sign_in) TRY(may_sign_in());
    return store::caught([&] { return access.sign_in(login, password, from); });
  };
  door.signed_out = [&access](const api::Actor& actor, const std::string& from) {
    return store::caught([&] { return access.signed_out(actor, from); });
  };
  door.refresh = [&access](const PersonId& person) {
    return store::caught([&] { return access.refresh(person); });
  };
  return door;
}

// A journal keeps its listeners as long as it lives, which may be longer than the site.
struct Line {
  std::mutex mutex;
  Application* application = nullptr;
};

}  // namespace

struct Site::Inside {
  std::shared_ptr<Line> line = std::make_shared<Line>();
  std::unique_ptr<Application> application;
  std::unique_ptr<Server> server;
};

Site::Site() : inside_(std::make_unique<Inside>()) {}

Result<std::unique_ptr<Site>> Site::open(Env& env, town::Town& town, access::Access& access,
                                         const api::Catalogue& operations, SiteSettings settings) {
  ApplicationSettings inner;
  inner.town = {town.profile().code, town.profile().name, town.profile().fictional};
  inner.spool_directory = town.directory() + "/spool";
  inner.host_names = std::move(settings.host_names);
  inner.behind_tls = settings.behind_tls;
  inner.secure = settings.behind_tls || settings.server.tls;
  inner.pages = settings.pages;
  inner.tongues = text::Tongues::open(env, town.places().data).value_or(text::Tongues());
  inner.hooks = std::move(settings.hooks);

  std::unique_ptr<Site> site(new Site);
  Inside& inside = *site->inside_;
  inside.application = std::make_unique<Application>(
      env, operations, door_of(access, std::move(settings.may_sign_in)), std::move(inner));
  inside.line->application = inside.application.get();
  town.journal().listen([line = inside.line](std::span<const journal::Subject> subjects) {
    const std::lock_guard lock(line->mutex);
    if (line->application == nullptr) return;
    for (const journal::Subject& subject : subjects)
      line->application->touched(subject.kind);
  });
  inside.server = TRY(Server::start(std::move(settings.server), *inside.application));
  return site;
}

Site::~Site() {
  stop();
}

std::uint16_t Site::port() const {
  return inside_->server->port();
}

void Site::stop() {
  {
    const std::lock_guard lock(inside_->line->mutex);
    inside_->line->application = nullptr;
  }
  if (inside_->server) inside_->server->stop();
  inside_->application.reset();  // before the server: late replies still find their connections' threads
}

namespace {

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

}  // namespace

void hold_stop_signals() {
  const sigset_t signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void wait_for_stop_signal() {
  const sigset_t signals = stop_signals();
  int which = 0;
  sigwait(&signals, &which);
}

}  // namespace sonae::web
