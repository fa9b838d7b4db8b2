// Server-sent events over a connection: chunks of text, written one after another, dropped together with the
// connection when its reader does not keep up.
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

#include <fmt/format.h>

#include "web/connection.h"
#include "web/response_head.h"

namespace sonae::web {

namespace asio = boost::asio;

namespace {

// More than this unread by the browser: it sleeps or its line is too slow for events; it comes back by
// itself.
constexpr std::size_t kMostWaitingBytes = 256 * 1024;
// A comment now and then, so that proxies keep the connection and we notice that it is gone.
constexpr std::chrono::milliseconds kHeartbeat{15000};

std::string chunk(std::string_view text) {
  return fmt::format("{:x}\r\n{}\r\n", text.size(), text);
}

}  // namespace

class Connection::Events : public EventStream {
 public:
  explicit Events(const std::shared_ptr<Connection>& connection) : connection_(connection) {}

  bool send(std::string_view event, std::string_view data) override {
    const auto connection = connection_.lock();
    if (!connection || closed || connection->worker_->ended) return false;
    const std::string text = chunk(fmt::format("event: {}\ndata: {}\n\n", event, data));
    waiting += text.size();
    if (waiting > kMostWaitingBytes) {
      closed = true;
      asio::post(connection->socket_.get_executor(), [connection] { connection->close(); });
      return false;
    }
    asio::post(connection->socket_.get_executor(), [connection, text] { connection->queue_event(text); });
    return true;
  }

  void close() override {
    if (closed.exchange(true)) return;
    const auto connection = connection_.lock();
    if (!connection || connection->worker_->ended) return;
    asio::post(connection->socket_.get_executor(), [connection] { connection->end_events(); });
  }

  std::atomic<bool> closed = false;
  std::atomic<std::size_t> waiting = 0;

 private:
  std::weak_ptr<Connection> connection_;
};

void Connection::begin_events() {
  keep_alive_ = false;
  head_ = response_head(response_, std::nullopt, false, worker_->date);
  if (without_body_) {
    transmit(head_, {}, [me = self()](const AsioError& error) { me->written(error); });
    return;
  }
  doing_ = Doing::streaming;
  events_ = std::make_shared<Events>(self());
  // Browsers hand on the beginning of a stream at once only when there is something: a first comment.
  events_waiting_ = head_ + chunk(":\n\n");
  const auto take = std::move(response_.events);
  watch_for_end();
  write_events();
  take(events_);
}

void Connection::queue_event(const std::string& text) {
  if (doing_ != Doing::streaming) return;
  events_waiting_ += text;
  if (events_writing_.empty()) write_events();
}

void Connection::end_events() {
  if (doing_ != Doing::streaming) return;
  events_ending_ = true;
  events_waiting_ += "0\r\n\r\n";
  if (events_writing_.empty()) write_events();
}

void Connection::write_events() {
  events_writing_ = std::exchange(events_waiting_, {});
  set_deadline(kHeartbeat);
  transmit(events_writing_, {}, [me = self()](const AsioError& error) {
    if (error || me->doing_ != Doing::streaming) return me->close();
    me->events_->waiting -= std::min<std::size_t>(me->events_->waiting, me->events_writing_.size());
    me->events_writing_.clear();
    if (!me->events_waiting_.empty()) return me->write_events();
    if (me->events_ending_) me->close();
  });
}

// A browser sends nothing on a stream: what comes is its end.
void Connection::watch_for_end() {
  socket_.async_wait(Socket::wait_read, [me = self()](const AsioError&) {
    if (me->events_) me->events_->closed = true;
    me->close();
  });
}

void Connection::events_tick() {
  if (worker_->now_ms < deadline_ms_) return;
  if (!events_writing_.empty()) return close();  // nothing was taken for a whole heartbeat
  events_waiting_ += chunk(":\n\n");
  write_events();
}

}  // namespace sonae::web
