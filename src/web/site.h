// One town on the network: its pages and its API behind one address, from its concerns' operations.
//
//   auto site = TRY(web::Site::open(env, town, access, operations, settings));
//   say(site->port());
//   web::wait_for_stop_signal();
//   site->stop();
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "town/access/access.h"
#include "web/hook.h"
#include "web/server.h"
#include "web/static_pages.h"

namespace sonae::web {

struct SiteSettings {
  ServerSettings server;
  std::vector<std::string> host_names;  // under which browsers reach it, besides addresses and localhost
  bool behind_tls = false;              // a proxy in front speaks TLS
  std::span<const Page> pages;          // embedded_pages()
  std::function<Status()> may_sign_in;  // asked before a password is looked at; empty: always
  Hooks hooks{};                        // where channels call
};

class Site {
 public:
  // Serves when it returns. The town, its access and the operations outlive the site.
  static Result<std::unique_ptr<Site>> open(Env& env, town::Town& town, access::Access& access,
                                            const api::Catalogue& operations, SiteSettings settings);
  ~Site();

  std::uint16_t port() const;
  // Lets requests under way end, stops jobs (what they had acknowledged stays). Idempotent.
  void stop();

 private:
  Site();
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

// Call hold_stop_signals before any thread is started; then SIGTERM and SIGINT wait until they are waited
// for.
void hold_stop_signals();
void wait_for_stop_signal();

}  // namespace sonae::web
