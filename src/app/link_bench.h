// sonae link bench DIR: how right and how fast matching is on this machine, on a made town whose truth is
// known.
#pragma once

#include "app/console.h"
#include "demo/sheet.h"
#include "demo/town.h"

namespace sonae::app {

struct LinkBenchArguments {
  std::string directory;  // where the files are put: registry.csv, entries.csv, out.csv, truth/lists.csv
  demo::TownOptions town;
  demo::ListOptions lists;
};

// The program's exit code.
int link_bench_command(Env& env, const LinkBenchArguments& arguments, const Output& output);

}  // namespace sonae::app
