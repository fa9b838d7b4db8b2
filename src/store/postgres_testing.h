// Support for tests and benchmarks: a PostgreSQL server of their own, in a directory of its own that is
// removed at the end, reached through a socket in it and by nothing else.
#pragma once

#include <sys/types.h>

#include <string>

namespace sonae::store {

class PostgresCluster {
 public:
  // In `directory` where one is given, which must be empty. As root it is run by nobody, since PostgreSQL
  // refuses root. Throws std::runtime_error where it cannot be had.
  explicit PostgresCluster(std::string directory = {});
  ~PostgresCluster();
  PostgresCluster(const PostgresCluster&) = delete;
  PostgresCluster& operator=(const PostgresCluster&) = delete;

  // A new, empty schema; its URL.
  std::string new_schema();
  std::string url(const std::string& schema) const;
  void run(const std::string& sql);  // as the owner of the cluster

  void kill_now();  // SIGKILL to the server and all that it started
  void stop();      // as an operator would, without waiting for sessions
  void start();     // after kill_now() or stop(); returns when it answers
  const std::string& directory() const { return directory_; }

 private:
  void make();
  bool try_to_start();
  std::string directory_;
  bool own_directory_;
  pid_t server_ = 0;
  int schemas_ = 0;
};

// One cluster for a whole program.
PostgresCluster& postgres_cluster();

}  // namespace sonae::store
