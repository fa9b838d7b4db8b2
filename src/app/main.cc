// The program `sonae`.
#include <csignal>

#include "app/command_line.h"
#include "app/places.h"

int main(int argc, char** argv) {
  using namespace sonae;
  // A peer that goes away in the middle is an error where it is written to, never the end of the program:
  // OpenSSL writes to its sockets with write(), which knows no MSG_NOSIGNAL.
  std::signal(SIGPIPE, SIG_IGN);
  app::CommandLine line(real_env(), app::language_of_environment());
  app::add_town_commands(line);
  app::add_registry_commands(line);
  app::add_people_commands(line);
  app::add_erasure_commands(line);
  app::add_exchange_commands(line);
  app::add_link_command(line);
  app::add_node_commands(line);
  app::add_bundle_commands(line);
  app::add_recovery_commands(line);
  app::add_backup_commands(line);
  app::add_upkeep_commands(line);
  app::add_demo_command(line);
  return line.run(argc, argv);
}
