// sonae serve: the server of one town, until SIGINT or SIGTERM.
#pragma once

#include <string>
#include <vector>

#include "app/console.h"

namespace sonae::app {

struct ServeArguments {
  std::string listen = "127.0.0.1:8080";
  std::vector<std::string> host_names;
  bool behind_tls = false;
  std::string sync_listen;                  // where peers call; empty: nowhere
  std::vector<std::string> sync_addresses;  // how others reach it; what it listens at where left out
};
int serve(Env& env, const std::string& directory, const ServeArguments& arguments, const Output& output);

}  // namespace sonae::app
