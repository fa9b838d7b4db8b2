// The HTTP/1.1 server: connections, limits and time-outs. What a request means is the Handler's.
//
// Each thread has an io_context and a listening socket of its own (SO_REUSEPORT), so that connections never
// cross threads. start and stop are called from one thread; the handler is called from the server's threads.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "web/message.h"
#include "web/tls.h"

namespace sonae::web {

// What one request may take. Chosen for clerks on slow lines and against those who hold connections open.
struct Limits {
  std::size_t head_bytes = 16 * 1024;              // request line and fields together
  std::chrono::seconds head{10};                   // from the first byte of a request to the end of its head
  std::chrono::seconds idle{75};                   // a kept connection without a request
  std::chrono::seconds body_stall{20};             // a body that stops coming
  std::uint64_t body_bytes_per_second = 4 * 1024;  // slower bodies, over the whole, are given up
  std::chrono::seconds write_stall{30};            // a reader that takes nothing
  std::size_t connections = 4096;                  // on each thread; one more is told to come back
  std::chrono::seconds stop{5};                    // given to requests under way when the server stops
};

struct ServerSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: any free one; Server::port() tells which
  unsigned threads = 0;    // 0: one for each processor
  Limits limits;
  std::shared_ptr<const TlsContext> tls;  // null: plain HTTP
};

// Whether a request goes on to its body, judged by its head alone.
struct Admission {
  std::uint64_t body_bytes = 0;       // the most that its body may have
  std::shared_ptr<void> held;         // becomes Request::held
  std::unique_ptr<Response> refusal;  // instead: answer this, and read nothing more
};

class Handler {
 public:
  virtual ~Handler() = default;
  virtual Admission admit(const Request& head) = 0;       // quick: on the connection's own thread
  virtual void handle(Request request, Reply reply) = 0;  // must not block there either
  virtual Response too_large(const Request& head) = 0;    // the 413 of a body that grew over its limit
};

class Server {
 public:
  // Listens when it returns. io_failure where the address is not to be had.
  static Result<std::unique_ptr<Server>> start(ServerSettings settings, Handler& handler);
  virtual ~Server() = default;
  virtual std::uint16_t port() const = 0;
  // Takes no new connections, lets requests under way end (Limits::stop), closes the rest. Idempotent.
  virtual void stop() = 0;
};

}  // namespace sonae::web
