#include "app/serve.h"

#include <fmt/format.h>

#include <charconv>

#include "app/places.h"
#include "service/town_service.h"
#include "sync/sync.h"
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

}  // namespace

int serve(Env& env, const std::string& directory, const ServeArguments& arguments, const Output& output) {
  const auto server = listen_at(arguments.listen);
  if (!server) return print_error(output, server.error());
  web::hold_stop_signals();
  auto service = service::TownService::open(env, default_places(), directory);
  if (!service) return print_error(output, service.error());
  sync::Sync sync(**service);
  sync.add_operations((*service)->catalogue());
  vault::add_recovery_operations(**service, (*service)->catalogue());
  if (!arguments.sync_listen.empty()) {
    const auto port = sync.listen(arguments.sync_listen);
    if (!port) return print_error(output, port.error());
    const std::string host = arguments.sync_listen.substr(0, arguments.sync_listen.rfind(':'));
    const std::string at = host + ":" + std::to_string(*port);
    sync.reachable_at(arguments.sync_addresses.empty() ? std::vector{at} : arguments.sync_addresses);
    print_line(output.language == Language::japanese ? at + " で同期を受け付けています"
                                                     : "peers may call at " + at);
  }
  sync.call_peers();
  web::SiteSettings settings{*server, arguments.host_names, arguments.behind_tls, web::embedded_pages()};
  auto site =
      web::Site::open(env, (*service)->town(), (*service)->access(), (*service)->operations(), settings);
  if (!site) return print_error(output, site.error());
  const std::string address = fmt::format(
      "http://{}:{}",
      server->address.find(':') == std::string::npos ? server->address : "[" + server->address + "]",
      (*site)->port());
  print_line(output.language == Language::japanese ? address + " で提供しています" : "serving on " + address);
  std::fflush(stdout);
  web::wait_for_stop_signal();
  (*site)->stop();
  return 0;
}

}  // namespace sonae::app
