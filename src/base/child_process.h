// Runs another program of this machine and waits for its end. Any thread.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"

namespace sonae {

struct ProgramCall {
  std::vector<std::string> words;  // the program, looked up in PATH, and its arguments; no shell reads them
  std::string output;              // the file of its standard output: made anew, for the owner only
  std::string errors = {};         // likewise of its errors; empty: they go where the output goes
  std::string input = {};          // the file of its standard input; empty: nothing
  // In place of `input`: what it reads, piece by piece; 0 ends it. An error ends the program.
  std::function<Result<std::size_t>(char* into, std::size_t at_most)> feed = {};
  std::vector<std::pair<std::string, std::string>> environment = {};  // besides this process's own
  std::function<bool()> stop = {};  // asked now and then: true ends the program (SIGTERM)
};

// Its exit code, 128 + n where signal n ended it. unsupported where there is no such program, cancelled where
// it was stopped.
Result<int> run_program(const ProgramCall& call);

}  // namespace sonae
