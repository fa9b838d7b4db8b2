#include "web/connection.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>

#include "web/response_head.h"

namespace sonae::web {

namespace asio = boost::asio;
using asio::ip::tcp;
using std::chrono::milliseconds;

namespace {

// How long and how much is still read from somebody who was refused, so that the refusal reaches them before
// the connection is reset.
constexpr milliseconds kLinger{2000};
constexpr std::size_t kPieceBytes = 128 * 1024;

Response bare(int status) {
  Response response;
  response.status = status;
  response.fields.emplace_back("Cache-Control", "no-store");
  response.close = true;
  return response;
}

}  // namespace

Connection::Connection(std::shared_ptr<Worker> worker, Socket socket)
    : worker_(std::move(worker)), socket_(std::move(socket)), reader_(worker_->limits.head_bytes) {
  if (worker_->tls) tls_ = worker_->tls->begin();
  worker_->connections.insert(this);
}

Connection::~Connection() {
  worker_->connections.erase(this);
}

void Connection::start() {
  AsioError error;
  const tcp::endpoint peer = socket_.remote_endpoint(error);
  if (error) return;
  peer_ = peer.address().to_string();
  socket_.set_option(tcp::no_delay(true), error);
  socket_.non_blocking(true, error);
  set_deadline(worker_->limits.head);
  read();
}

void Connection::set_deadline(milliseconds from_now) {
  deadline_ms_ = worker_->now_ms + from_now.count();
}

void Connection::close() {
  if (doing_ == Doing::closed) return;
  doing_ = Doing::closed;
  AsioError ignored;
  socket_.close(ignored);
}

void Connection::read() {
  socket_.async_wait(tcp::socket::wait_read, [me = self()](const AsioError& waited) {
    if (waited || me->doing_ == Doing::closed) return me->close();
    AsioError error;
    const std::size_t count = me->socket_.read_some(asio::buffer(me->worker_->incoming), error);
    if (error == asio::error::would_block) return me->read();
    if (error) return me->close();
    if (me->lingering_) return me->read();
    const std::size_t before = me->unread_.size();
    if (!me->open_wire({me->worker_->incoming.data(), count})) return me->close();
    if (me->unread_.size() == before) return me->read();  // of the handshake
    if (me->doing_ == Doing::reading_body) {
      me->body_bytes_ += me->unread_.size() - before;
      if (me->body_drips()) return me->finish_now(bare(408));
      me->set_deadline(me->worker_->limits.body_stall);
    }
    me->on_bytes();
  });
}

bool Connection::open_wire(std::string_view wire) {
  if (!tls_) {
    unread_.append(wire);
    return true;
  }
  const bool good = tls_->receive(wire, unread_);
  // Also where it failed: an alert says why. Nothing else is being written while a request is read.
  return send_little(tls_->take_outgoing()) && good;
}

bool Connection::send_little(std::string_view wire) {
  AsioError error;
  return wire.empty() ||
         (socket_.write_some(asio::buffer(wire.data(), wire.size()), error) == wire.size() && !error);
}

void Connection::transmit(std::string_view first, std::string_view second,
                          std::function<void(const AsioError&)> written) {
  std::array<asio::const_buffer, 2> buffers{asio::buffer(first.data(), first.size()),
                                            asio::buffer(second.data(), second.size())};
  if (tls_) {
    sealed_ = tls_->seal(first);
    sealed_ += tls_->seal(second);
    buffers = {asio::buffer(sealed_), asio::const_buffer()};
  }
  asio::async_write(socket_, buffers,
                    [written = std::move(written)](const AsioError& error, std::size_t) { written(error); });
}

// A body may be slow and may stall for a while, but not come drop by drop for ever.
bool Connection::body_drips() const {
  const Limits& limits = worker_->limits;
  const std::int64_t late_ms =
      worker_->now_ms - body_since_ms_ - std::chrono::duration_cast<milliseconds>(limits.body_stall).count();
  return late_ms > 0 &&
         body_bytes_ < static_cast<std::uint64_t>(late_ms) * limits.body_bytes_per_second / 1000;
}

void Connection::on_bytes() {
  using State = RequestReader::State;
  const bool was_fresh = reader_.state() == State::start;
  unread_.erase(0, reader_.feed(unread_));
  switch (reader_.state()) {
    case State::start:
      return read();
    case State::head:
      if (was_fresh) set_deadline(worker_->limits.head);
      return read();
    case State::head_done:
      return on_head();
    case State::body:
      return read();
    case State::complete: {
      doing_ = Doing::waiting_for_answer;
      Request request = reader_.take();
      request.peer = peer_;
      request.held = std::move(held_);
      keep_alive_ = request.keep_alive;
      without_body_ = request.method == "HEAD";
      return worker_->handler.handle(std::move(request), Reply(self()));
    }
    case State::bad:
      return finish_now(bare(400));
    case State::head_too_large:
      return finish_now(bare(431));
    case State::body_too_large:
      return finish_now(worker_->handler.too_large(reader_.request()));
  }
}

void Connection::on_head() {
  without_body_ = reader_.request().method == "HEAD";
  Admission admission = worker_->handler.admit(reader_.request());
  if (admission.refusal) return finish_now(std::move(*admission.refusal));
  held_ = std::move(admission.held);
  reader_.allow_body(admission.body_bytes);
  if (reader_.state() == RequestReader::State::body) {
    doing_ = Doing::reading_body;
    body_since_ms_ = worker_->now_ms;
    body_bytes_ = 0;
    set_deadline(worker_->limits.body_stall);
    if (reader_.expects_continue() && unread_.empty()) {
      constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";
      if (!send_little(tls_ ? tls_->seal(kGoOn) : std::string(kGoOn))) return close();
    }
  }
  on_bytes();
}

void Connection::finish_now(Response response) {
  held_.reset();
  keep_alive_ = false;
  write(std::move(response));
}

void Connection::answer(Response response) {
  if (worker_->ended) return;
  // Responses hold what cannot be copied; a handler of Asio may be.
  auto carried = std::make_shared<Response>(std::move(response));
  asio::dispatch(socket_.get_executor(), [me = self(), carried] {
    if (me->doing_ == Doing::waiting_for_answer) me->write(std::move(*carried));
  });
}

void Connection::write(Response response) {
  doing_ = Doing::writing;
  response_ = std::move(response);
  if (response_.close || worker_->stopping) keep_alive_ = false;
  if (response_.events) return begin_events();
  if (response_.fixed_body.empty()) response_.fixed_body = response_.body;
  const std::uint64_t length = response_.source ? response_.source->length() : response_.fixed_body.size();
  head_ = response_head(response_, length, keep_alive_, worker_->date);
  source_left_ = response_.source && !without_body_ ? length : 0;
  const std::string_view body = without_body_ ? std::string_view() : response_.fixed_body;
  // A whole body is one write: its reader is given the slowest line we serve.
  set_deadline(worker_->limits.write_stall + milliseconds(body.size() / 8));
  transmit(head_, body, [me = self()](const AsioError& error) {
    if (error || me->doing_ == Doing::closed) return me->close();
    if (me->source_left_ > 0) return me->write_source_piece();
    me->written(error);
  });
}

void Connection::write_source_piece() {
  piece_.resize(std::min<std::uint64_t>(kPieceBytes, source_left_));
  const auto count = response_.source->read(piece_.data(), piece_.size());
  // The length was promised: an end that comes too early can only be told by breaking off.
  if (!count || *count == 0) return close();
  piece_.resize(*count);
  source_left_ -= *count;
  set_deadline(worker_->limits.write_stall);
  transmit(piece_, {}, [me = self()](const AsioError& error) {
    if (error || me->doing_ == Doing::closed) return me->close();
    if (me->source_left_ > 0) return me->write_source_piece();
    me->written(error);
  });
}

void Connection::written(const AsioError& error) {
  if (error) return close();
  response_ = Response{};
  if (!keep_alive_) return linger();
  doing_ = Doing::reading_head;
  set_deadline(worker_->limits.idle);
  if (unread_.empty()) return read();
  set_deadline(worker_->limits.head);
  on_bytes();
}

void Connection::linger() {
  AsioError error;
  socket_.shutdown(tcp::socket::shutdown_send, error);
  if (error) return close();
  lingering_ = true;
  set_deadline(kLinger);
  read();
}

void Connection::tick() {
  if (doing_ == Doing::streaming) return events_tick();
  if (doing_ == Doing::waiting_for_answer || doing_ == Doing::closed) return;
  if (worker_->now_ms >= deadline_ms_) close();
}

void Connection::wind_down() {
  const bool idle = doing_ == Doing::reading_head && reader_.state() == RequestReader::State::start;
  if (idle || doing_ == Doing::streaming || lingering_) close();
}

}  // namespace sonae::web
