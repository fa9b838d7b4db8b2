#include "app/serve.h"

#include <fmt/format.h>

#include <atomic>
#include <charconv>
#include <thread>

#include "app/page_operations.h"
#include "app/places.h"
#include "post/post.h"
#include "service/regular_work.h"
#include "service/town_service.h"
#include "store/caught.h"
#include "sync/sync.h"
#include "town/registry/registry.h"
#include "vault/alarm_notices.h"
#include "vault/backup_operations.h"
#include "vault/node_storage.h"
#include "vault/recovery.h"
#include "web/site.h"

namespace sonae::app {

namespace {

// "127.0.0.1:8080", "[::1]:8080".
Result<web::ServerSettings> listen_at(const std::string& text) {
  web::ServerSettings settings;
  const std::size_t colon = text.rfind(':');
  const std::string port = colon == std::string::npos ? "" : text.substr(colon + 1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), settings.port);
  if (port.empty() || error != std::errc{} || end != port.data() + port.size())
    return fail(ErrorCode::invalid_input,
                {"アドレス:ポートの形で指定してください（例 127.0.0.1:8080）",
                 "Give ADDRESS:PORT, such as 127.0.0.1:8080"},
                "--listen");
  settings.address = text.substr(0, colon);
  if (settings.address.starts_with('[') && settings.address.ends_with(']'))
    settings.address = settings.address.substr(1, settings.address.size() - 2);
  return settings;
}

// One town with all that belongs to its server.
class Serving {
 public:
  static Result<std::unique_ptr<Serving>> open(Env& env, const std::string& directory,
                                               const ServeArguments& arguments) {
    auto server = TRY(listen_at(arguments.listen));
    if (!arguments.tls_certificate.empty())
      server.tls = TRY(web::TlsContext::open(env, arguments.tls_certificate, arguments.tls_key));
    std::unique_ptr<Serving> made(new Serving(env, arguments, server));
    made->service_ = TRY(service::TownService::open(env, default_places(), directory));
    service::TownService& service = *made->service_;
    made->sync_ = std::make_unique<sync::Sync>(service);
    made->sync_->add_operations(service.catalogue());
    made->storage_ = std::make_unique<vault::NodeStorage>(env, directory);
    made->storage_->answer_at(*made->sync_);
    vault::add_recovery_operations(service, service.catalogue());
    vault::add_arrival_operations(made->arrival_, service.catalogue());
    made->alarms_ = std::make_unique<vault::AlarmNotices>(service.town());
    made->backups_ = std::make_unique<vault::Runner>(env, default_places(), directory);
    made->backups_->when_looked(
        [alarms = made->alarms_.get()](const std::vector<vault::Alarm>& now) { alarms->tell(now); });
    vault::add_backup_operations(service, *made->backups_, service.catalogue());
    add_page_operations(service.catalogue());
    made->post_ = TRY(post::Post::open(service));
    made->post_->add_operations(service.catalogue());
    return made;
  }

  service::TownService& service() { return *service_; }
  vault::Arrival& arrival() { return arrival_; }

  // What goes on by itself, only once the town is whole: mail that comes in, and what goes out; its backups.
  void begin_post() { post_->start(); }
  void begin_backups() { backups_->start(); }

  // Where peers call, and calling them.
  Status begin_sync(const Output& output) {
    if (!arguments_.sync_listen.empty()) {
      const auto port = TRY(sync_->listen(arguments_.sync_listen));
      const std::string host = arguments_.sync_listen.substr(0, arguments_.sync_listen.rfind(':'));
      const std::string at = host + ":" + std::to_string(port);
      sync_->reachable_at(arguments_.sync_addresses.empty() ? std::vector{at} : arguments_.sync_addresses);
      print_line(output.language == Language::japanese ? at + " で同期を受け付けています"
                                                       : "peers may call at " + at);
    }
    sync_->call_peers();
    return {};
  }

  Status begin_site(const Output& output) {
    web::SiteSettings settings{server_,
                               arguments_.host_names,
                               arguments_.behind_tls,
                               web::embedded_pages(),
                               [this] { return arrival_.admits(vault::Part::registry); },
                               hooks()};
    site_ =
        TRY(web::Site::open(env_, service_->town(), service_->access(), service_->operations(), settings));
    const std::string address = fmt::format(
        "{}://{}:{}", server_.tls ? "https" : "http",
        server_.address.find(':') == std::string::npos ? server_.address : "[" + server_.address + "]",
        site_->port());
    print_line(output.language == Language::japanese ? address + " で提供しています"
                                                     : "serving on " + address);
    std::fflush(stdout);
    return {};
  }

  void stop() { site_->stop(); }

 private:
  Serving(Env& env, ServeArguments arguments, web::ServerSettings server)
      : env_(env), arguments_(std::move(arguments)), server_(std::move(server)) {}

  // While a town is being restored its channels call again later.
  web::Hooks hooks() {
    constexpr int kComeAgain = 503;
    web::Hooks hooks;
    hooks.emplace("/hooks/line", [this](const web::Request& request) {
      if (!arrival_.admits(vault::Part::rest)) return kComeAgain;
      return post_->line_called(request.body, request.field("X-Line-Signature"));
    });
    hooks.emplace("/hooks/sms", [this](const web::Request& request) {
      if (!arrival_.admits(vault::Part::rest)) return kComeAgain;
      return post_->sms_called(request.body, request.field("Authorization"));
    });
    return hooks;
  }

  Env& env_;
  const ServeArguments arguments_;
  const web::ServerSettings server_;
  vault::Arrival arrival_;
  std::unique_ptr<service::TownService> service_;
  std::unique_ptr<vault::NodeStorage> storage_;  // before sync, which calls it
  std::unique_ptr<sync::Sync> sync_;
  std::unique_ptr<post::Post> post_;
  std::unique_ptr<vault::AlarmNotices> alarms_;
  std::unique_ptr<vault::Runner> backups_;
  std::unique_ptr<web::Site> site_;
};

// Stops the restore when the server is told to stop.
class Stoppable final : public Progress {
 public:
  void report(const Phrase&, std::uint64_t, std::uint64_t) override {}
  bool stop_requested() const override { return stop_; }
  void stop() { stop_ = true; }

 private:
  std::atomic<bool> stop_ = false;
};

int cannot_serve(const Output& output, const Status& status) {
  return print_error(output, status.error());
}

}  // namespace

int serve(Env& env, const std::string& directory, const ServeArguments& arguments, const Output& output) {
  if (const Status whole = vault::is_not_being_restored(env, directory); !whole)
    return cannot_serve(output, whole);
  web::hold_stop_signals();
  const auto serving = Serving::open(env, directory, arguments);
  if (!serving) return print_error(output, serving.error());
  if (const Status begun = (*serving)->begin_sync(output); !begun) return cannot_serve(output, begun);
  const service::RegularWork regular((*serving)->service(),
                                     [&](const Error& error) { print_error(output, error); });
  if (const Status begun = (*serving)->begin_site(output); !begun) return cannot_serve(output, begun);
  (*serving)->begin_post();
  (*serving)->begin_backups();
  web::wait_for_stop_signal();
  (*serving)->stop();
  return 0;
}

int restore_and_serve(Env& env, const RestoreCall& restore, const ServeArguments& arguments,
                      const Output& output) {
  Stoppable progress;
  const auto restoration = vault::Restoration::prepare(env, restore.target, restore.directory, restore.key,
                                                       restore.settings, progress);
  if (!restoration) return print_error(output, restoration.error());
  web::hold_stop_signals();
  const auto opened = Serving::open(env, restore.directory, arguments);
  if (!opened) return print_error(output, opened.error());
  Serving& serving = **opened;
  (*restoration)->announce(serving.arrival());
  if (const Status begun = serving.begin_site(output); !begun) return cannot_serve(output, begun);

  int exit_code = 0;
  std::unique_ptr<service::RegularWork> regular;
  std::thread restoring([&] {
    const auto report = store::caught(
        [&] { return (*restoration)->bring_back(serving.service().town(), &serving.arrival()); });
    if (!report) {
      serving.arrival().failed(report.error());
      exit_code = print_error(output, report.error());
    } else {
      serving.arrival().compared(report->whole());
      exit_code = report->whole() ? 0 : 1;
      print_answer(output, vault::told(*report));
      // Peers get a whole town; what was erased since the backup is erased again.
      if (const Status begun = serving.begin_sync(output); !begun) print_error(output, begun.error());
      serving.begin_post();
      serving.begin_backups();
      regular = std::make_unique<service::RegularWork>(
          serving.service(), [&](const Error& error) { print_error(output, error); });
    }
    std::fflush(stdout);
  });
  // The index for searching is made as soon as the registry is here, not when somebody waits for it.
  std::thread indexing([&] {
    if (serving.arrival().wait_for(vault::Part::registry))
      static_cast<void>(store::caught([&] { return serving.service().registry().people_index(progress); }));
  });
  web::wait_for_stop_signal();
  progress.stop();
  indexing.join();
  restoring.join();
  serving.stop();
  return exit_code;
}

}  // namespace sonae::app
