// The main function of every test program: doctest's, with a nonzero exit where no test case ran.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <csignal>

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // as the program does
  doctest::Context context(argc, argv);
  return context.run();
}
