// The command line: what every command shares, and how a command is declared.
#pragma once

#include <CLI/CLI.hpp>

#include <functional>
#include <memory>
#include <string>

#include "app/town_session.h"
#include "base/env.h"

namespace sonae::app {

class CommandLine {
 public:
  CommandLine(Env& env, Language language);

  Env& env() { return env_; }
  Language language() const { return language_; }
  const std::string& text(const Phrase& phrase) const { return phrase.in(language_); }

  // A command under `parent` (a family, or a command that does nothing itself where a command under it is
  // given) with --json, --lang, and the action that returns its exit code.
  CLI::App* command(CLI::App* parent, const std::string& name, const Phrase& description,
                    std::function<int(const Output&)> action);
  // The same for a command that acts on a town: DIR first, --as and --for.
  CLI::App* town_command(CLI::App* parent, const std::string& name, const Phrase& description,
                         std::function<int(const Common&)> action);
  // A family of commands ("registry").
  CLI::App* family(const std::string& name, const Phrase& description);

  CLI::App* root() { return &root_; }
  int run(int argc, char** argv);

 private:
  Env& env_;
  Language language_;
  CLI::App root_;
  int exit_code_ = 0;
};

// Runs an operation of a town and prints its answer; the exit code. What most commands are.
int run_operation(CommandLine& line, const Common& common, const std::string& command,
                  std::string_view operation, const json::value& input, const std::string& input_path = {},
                  const std::string& output_path = {});

void add_town_commands(CommandLine& line);      // init, passwd, call, serve
void add_node_commands(CommandLine& line);      // node invite, join, list, revoke ..., sync, peer
void add_bundle_commands(CommandLine& line);    // bundle export, import
void add_backup_commands(CommandLine& line);    // backup, backup status, backup prove, restore
void add_recovery_commands(CommandLine& line);  // recovery make, test, keys
void add_upkeep_commands(CommandLine& line);    // verify, rebuild, dump, doctor
void add_registry_commands(CommandLine& line);  // registry import, export
void add_people_commands(CommandLine& line);    // reception import, match, unconfirmed
void add_erasure_commands(CommandLine& line);   // erase, erasures
void add_exchange_commands(CommandLine& line);  // pfif import, export
void add_link_command(CommandLine& line);       // link
void add_demo_command(CommandLine& line);       // demo

}  // namespace sonae::app
