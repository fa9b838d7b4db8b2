#include "store/postgres_testing.h"

#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>
#include <vector>

namespace sonae::store {

namespace {

namespace fs = std::filesystem;

constexpr const char* kPrograms = "/usr/lib/postgresql/15/bin/";  // of Debian's postgresql-15

// Starts a program of PostgreSQL in a process group of its own, which ends with this process.
pid_t start_program(const std::string& name, const std::vector<std::string>& arguments,
                    const std::string& log) {
  std::vector<std::string> words{kPrograms + name};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words)
    pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const passwd* const nobody = ::geteuid() == 0 ? ::getpwnam("nobody") : nullptr;
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child > 0) return child;
  ::setpgid(0, 0);
  const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
  ::dup2(out, 1);
  ::dup2(out, 2);
  if (nobody != nullptr &&
      (::setgroups(0, nullptr) != 0 || ::setgid(nobody->pw_gid) != 0 || ::setuid(nobody->pw_uid) != 0))
    ::_exit(126);
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);  // after setuid, which would undo it: an immediate shutdown
  if (::getppid() != parent) ::_exit(125);
  // The sanitizers' settings are not meant for it.
  ::unsetenv("LD_PRELOAD");
  ::setenv("LC_ALL", "C.UTF-8", 1);
  ::execv(pointers.front(), pointers.data());
  ::_exit(127);
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

PostgresCluster::PostgresCluster(std::string directory)
    : directory_(std::move(directory)), own_directory_(directory_.empty()) {
  if (own_directory_) {
    // In memory where the machine has such a place: its syncs then cost nothing, and are asked for all the
    // same.
    const fs::path root = fs::is_directory("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
    std::string pattern = root / "sonae-postgres-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
    directory_ = pattern;
  }
  try {
    make();
    start();
  } catch (...) {
    if (own_directory_) fs::remove_all(directory_);
    throw;
  }
}

PostgresCluster::~PostgresCluster() {
  stop();
  std::error_code ignored;
  if (own_directory_) fs::remove_all(directory_, ignored);
}

void PostgresCluster::make() {
  if (::geteuid() == 0) {
    const passwd* const nobody = ::getpwnam("nobody");
    if (nobody == nullptr || ::chown(directory_.c_str(), nobody->pw_uid, nobody->pw_gid) != 0)
      throw std::runtime_error("the directory cannot be given to nobody");
  }
  fs::permissions(directory_, fs::perms::all);  // its log is opened by this process
  const pid_t initdb = start_program("initdb",
                                     {"-D", directory_ + "/data", "-U", "sonae", "-A", "trust", "-E", "UTF8",
                                      "--locale=C.UTF-8", "--no-sync", "--wal-segsize=4"},
                                     directory_ + "/log");
  if (wait_for(initdb) != 0)
    throw std::runtime_error("initdb failed (is Debian's postgresql-15 installed?): " + directory_ + "/log");
  std::ofstream(directory_ + "/data/postgresql.conf", std::ios::app)
      << "listen_addresses = ''\nunix_socket_directories = '" << directory_
      << "'\nshared_buffers = 64MB\nmax_wal_size = 64MB\nmin_wal_size = 8MB\nlog_error_verbosity = terse\n"
         "max_connections = 60\nautovacuum_naptime = 10s\n";
}

void PostgresCluster::start() {
  // Those that were killed may hold on to the shared memory for a moment.
  for (int left = 20; !try_to_start(); --left) {
    if (left == 0) throw std::runtime_error("the server ended: " + directory_ + "/log");
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

bool PostgresCluster::try_to_start() {
  server_ = start_program("postgres", {"-D", directory_ + "/data"}, directory_ + "/log");
  while (PQping(url("public").c_str()) != PQPING_OK) {
    int status = 0;
    if (::waitpid(server_, &status, WNOHANG) == server_) {
      server_ = 0;
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

void PostgresCluster::kill_now() {
  if (server_ <= 0) return;
  // Each of its processes is a session of its own. It must not see them die and start others.
  ::kill(server_, SIGSTOP);
  const std::string number = std::to_string(server_);
  std::ifstream children("/proc/" + number + "/task/" + number + "/children");
  for (pid_t child = 0; children >> child;)
    ::kill(child, SIGKILL);
  ::kill(server_, SIGKILL);
  wait_for(server_);
  server_ = 0;
}

void PostgresCluster::stop() {
  if (server_ <= 0) return;
  ::kill(server_, SIGINT);  // a fast shutdown
  wait_for(server_);
  server_ = 0;
}

std::string PostgresCluster::url(const std::string& schema) const {
  return "postgresql:///postgres?user=sonae&host=" + directory_ + "&options=-csearch_path%3D" + schema;
}

void PostgresCluster::run(const std::string& sql) {
  PGconn* const session = PQconnectdb(url("public").c_str());
  PGresult* const result = PQexec(session, sql.c_str());
  const ExecStatusType status = PQresultStatus(result);
  const std::string words = PQerrorMessage(session);
  PQclear(result);
  PQfinish(session);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) throw std::runtime_error(words);
}

std::string PostgresCluster::new_schema() {
  const std::string name = "town" + std::to_string(++schemas_);
  run("CREATE SCHEMA " + name);
  return url(name);
}

PostgresCluster& postgres_cluster() {
  static PostgresCluster cluster;
  return cluster;
}

}  // namespace sonae::store
