// sonae serve: the server of one town, until SIGINT or SIGTERM.
#pragma once

#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <vector>

#include "app/console.h"
#include "vault/restore.h"

namespace sonae::app {

struct ServeArguments {
  std::string listen = "127.0.0.1:8080";
  std::vector<std::string> host_names;
  bool behind_tls = false;
  std::string tls_certificate;  // PEM files; both, or neither
  std::string tls_key;
  std::string sync_listen;                  // where peers call; empty: nowhere
  std::vector<std::string> sync_addresses;  // how others reach it; what it listens at where left out
};
// Refuses a town that is being restored.
int serve(Env& env, const std::string& directory, const ServeArguments& arguments, const Output& output);

// What is restored, from where, into which directory, with which key.
struct RestoreCall {
  vault::Target& target;
  std::string directory;
  vault::OpeningKey key;
  vault::RestoreSettings settings;
};
// The same server while the town still comes back (vault/arrival.h); afterwards it goes on serving. The exit
// code when it is stopped: 0 where all came back.
int restore_and_serve(Env& env, const RestoreCall& restore, const ServeArguments& arguments,
                      const Output& output);

class CommandLine;
// --listen and the other options of a server.
void add_serve_options(CommandLine& line, CLI::App* command,
                       const std::shared_ptr<ServeArguments>& arguments);

}  // namespace sonae::app
