// One connection: reads requests one after another, hands them to the handler, writes the answers. Lives on
// the thread of its worker; answers and events may come from any thread. (Only server.cc and connection*.cc
// include this: it brings Asio.)
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <array>
#include <atomic>
#include <functional>
#include <unordered_set>

#include "web/request_reader.h"
#include "web/server.h"

namespace sonae::web {

using Executor = boost::asio::io_context::executor_type;
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;
using AsioError = boost::system::error_code;

class Connection;

// What the connections of one thread share.
struct Worker {
  Worker(Handler& to_handler, const ServerSettings& settings)
      : handler(to_handler), limits(settings.limits), tls(settings.tls) {}

  boost::asio::io_context context{1};
  Handler& handler;
  const Limits limits;
  const std::shared_ptr<const TlsContext> tls;  // null: plain
  std::unordered_set<Connection*> connections;
  std::int64_t now_ms = 0;  // monotonic, moved on by the worker's tick: deadlines need no finer clock
  std::string date;         // for the Date field
  bool stopping = false;
  std::atomic<bool> ended = false;       // its thread runs no more: late answers go nowhere
  std::array<char, 64 * 1024> incoming;  // what a connection has just read, until it is parsed
};

class Connection : public Reply::Sink, public std::enable_shared_from_this<Connection> {
 public:
  Connection(std::shared_ptr<Worker> worker, Socket socket);
  ~Connection() override;

  void start();
  void answer(Response response) override;  // any thread

  // By the worker's tick: closes what has overstayed, and keeps event streams warm.
  void tick();
  // The server stops: an idle connection and an event stream close at once, a busy one after its answer.
  void wind_down();
  void close();

 private:
  class Events;
  enum class Doing { reading_head, reading_body, waiting_for_answer, writing, streaming, closed };

  void read();
  bool open_wire(std::string_view wire);  // what came, into unread_; false: the connection is over
  // Into an empty send buffer, where a little always fits.
  bool send_little(std::string_view wire);
  // One after another; `written` is called with the connection still held.
  void transmit(std::string_view first, std::string_view second,
                std::function<void(const AsioError&)> written);
  bool body_drips() const;
  void on_bytes();
  void on_head();
  void finish_now(Response response);  // answers, and closes after it: the rest of the request is not read
  void write(Response response);
  void write_source_piece();
  void written(const AsioError& error);
  void linger();
  // connection_events.cc
  void begin_events();
  void queue_event(const std::string& chunk);
  void write_events();
  void end_events();
  void watch_for_end();
  void events_tick();
  void set_deadline(std::chrono::milliseconds from_now);
  std::shared_ptr<Connection> self() { return shared_from_this(); }

  std::shared_ptr<Worker> worker_;  // before the socket: it outlives it
  Socket socket_;
  std::unique_ptr<TlsChannel> tls_;
  RequestReader reader_;
  std::string peer_;
  std::shared_ptr<void> held_;
  std::string unread_;  // bytes that came and were not consumed
  Doing doing_ = Doing::reading_head;
  std::int64_t deadline_ms_ = 0;
  std::int64_t body_since_ms_ = 0;
  std::uint64_t body_bytes_ = 0;
  bool keep_alive_ = true;
  bool without_body_ = false;  // HEAD
  bool lingering_ = false;

  Response response_;
  std::string head_;
  std::string piece_;
  std::string sealed_;  // what is being written, as TLS
  std::uint64_t source_left_ = 0;

  std::shared_ptr<Events> events_;
  std::string events_waiting_;
  std::string events_writing_;
  bool events_ending_ = false;
};

}  // namespace sonae::web
