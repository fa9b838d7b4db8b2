#include "web/server.h"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <thread>

#include "web/connection.h"
#include "web/response_head.h"

namespace sonae::web {

namespace asio = boost::asio;
using asio::ip::tcp;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;
using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

namespace {

constexpr std::chrono::milliseconds kTick{200};

std::unexpected<Error> cannot_listen(const ServerSettings& settings, const AsioError& error) {
  return fail(ErrorCode::io_failure,
              {"この住所と番号では待ち受けできません: " + error.message(),
               "Cannot listen at this address and port: " + error.message()},
              settings.address + ":" + std::to_string(settings.port),
              {"別の番号を --listen で指定するか、使っているプログラムを終了してください",
               "Choose another port with --listen, or end the program that uses it"});
}

// One thread of the server.
class Lane {
 public:
  Lane(Handler& handler, const ServerSettings& settings)
      : worker_(std::make_shared<Worker>(handler, settings)),
        acceptor_(worker_->context.get_executor()),
        timer_(worker_->context.get_executor()) {
    move_clock();
  }

  AsioError listen(const tcp::endpoint& at) {
    AsioError error;
    acceptor_.open(at.protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.set_option(ReusePort(true), error);
    if (!error) acceptor_.bind(at, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    return error;
  }
  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  void start() {
    accept();
    tick();
    thread_ = std::thread([this] { worker_->context.run(); });
  }

  void begin_stop() {
    asio::post(worker_->context, [this] {
      AsioError ignored;
      acceptor_.close(ignored);
      worker_->stopping = true;
      for_each_connection([](Connection& one) { one.wind_down(); });
      stop_at_ms_ = worker_->now_ms +
                    std::chrono::duration_cast<std::chrono::milliseconds>(worker_->limits.stop).count();
    });
  }
  void join() {
    if (thread_.joinable()) thread_.join();
    worker_->ended = true;
    worker_->context.restart();
    worker_->context.poll();  // answers that came while the thread ended: their connections are closed
  }

 private:
  void move_clock() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    worker_->now_ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    const auto today = std::chrono::system_clock::now().time_since_epoch();
    worker_->date = http_date(std::chrono::duration_cast<std::chrono::seconds>(today).count());
  }

  template <class Visit>
  void for_each_connection(Visit visit) {
    // A visit may end a connection, and with it its place in the set.
    std::vector<std::shared_ptr<Connection>> all;
    all.reserve(worker_->connections.size());
    for (Connection* const one : worker_->connections)
      if (auto held = one->weak_from_this().lock()) all.push_back(std::move(held));
    for (const auto& one : all)
      visit(*one);
  }

  void tick() {
    timer_.expires_after(kTick);
    timer_.async_wait([this](const AsioError&) {
      move_clock();
      for_each_connection([](Connection& one) { one.tick(); });
      if (worker_->stopping) {
        if (worker_->connections.empty()) return;
        if (worker_->now_ms >= stop_at_ms_) {
          for_each_connection([](Connection& one) { one.close(); });
          return;
        }
      }
      tick();
    });
  }

  void accept() {
    acceptor_.async_accept(worker_->context.get_executor(), [this](const AsioError& error, Socket socket) {
      if (!acceptor_.is_open()) return;
      if (error) {  // out of file descriptors, or the peer went away: go on a little later
        retry_.expires_after(std::chrono::milliseconds(50));
        retry_.async_wait([this](const AsioError&) {
          if (acceptor_.is_open()) accept();
        });
        return;
      }
      if (worker_->connections.size() < worker_->limits.connections)
        std::make_shared<Connection>(worker_, std::move(socket))->start();
      accept();
    });
  }

  std::shared_ptr<Worker> worker_;
  Acceptor acceptor_;
  Timer timer_;
  Timer retry_{worker_->context.get_executor()};
  std::int64_t stop_at_ms_ = 0;
  std::thread thread_;
};

class AsioServer final : public Server {
 public:
  AsioServer(ServerSettings settings, Handler& handler) : settings_(std::move(settings)), handler_(handler) {}
  ~AsioServer() override { stop(); }

  Status open() {
    AsioError error;
    const auto address = asio::ip::make_address(settings_.address, error);
    if (error) return cannot_listen(settings_, error);
    tcp::endpoint at(address, settings_.port);
    if (Status free = probe(at); !free) return free;
    const unsigned processors = std::max(1U, std::thread::hardware_concurrency());
    const unsigned count = settings_.threads != 0 ? settings_.threads : processors;
    for (unsigned index = 0; index < count; ++index) {
      auto lane = std::make_unique<Lane>(handler_, settings_);
      error = lane->listen(at);
      if (error) return cannot_listen(settings_, error);
      port_ = lane->port();
      at.port(port_);
      lanes_.push_back(std::move(lane));
    }
    for (const auto& lane : lanes_)
      lane->start();
    return {};
  }

  std::uint16_t port() const override { return port_; }

  void stop() override {
    if (std::exchange(stopped_, true)) return;
    for (const auto& lane : lanes_)
      lane->begin_stop();
    for (const auto& lane : lanes_)
      lane->join();
  }

 private:
  // With SO_REUSEPORT a second server of the same user would share the port in silence: look first.
  Status probe(const tcp::endpoint& at) {
    if (at.port() == 0) return {};
    asio::io_context context;
    AsioError error;
    tcp::acceptor acceptor(context);
    acceptor.open(at.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(at, error);
    if (error) return cannot_listen(settings_, error);
    return {};
  }

  ServerSettings settings_;
  Handler& handler_;
  std::vector<std::unique_ptr<Lane>> lanes_;
  std::uint16_t port_ = 0;
  bool stopped_ = false;
};

}  // namespace

Result<std::unique_ptr<Server>> Server::start(ServerSettings settings, Handler& handler) {
  auto server = std::make_unique<AsioServer>(std::move(settings), handler);
  if (Status opened = server->open(); !opened) return std::unexpected(opened.error());
  return server;
}

}  // namespace sonae::web
