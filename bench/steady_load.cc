// Asks a server over HTTP at a steady rate, whether it keeps up or not, as a town's relatives do: who asks
// does not wait for who asked before. The time of an answer counts from when the request was due, so that a
// server which stalls is seen to stall.
//
//   steady_load ADDRESS:PORT RATE SECONDS CONNECTIONS FILE
//
// FILE holds whole HTTP/1.1 requests, each followed by a byte 0; they are sent in turn. Prints how many
// answers a second came with status 200 and how many were refused, and the median, p99 and longest time of
// those with 200.
#include <fmt/core.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <deque>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

constexpr auto kTick = std::chrono::microseconds(250);

struct Request {
  const std::string* text = nullptr;
  Clock::time_point due;
};

struct Outcome {
  std::vector<double> milliseconds;  // of answers with status 200
  std::size_t refused = 0;
  std::size_t lost = 0;  // connections that broke
};

class Line {
 public:
  Line(asio::io_context& context, const tcp::endpoint& server, std::deque<Request>& waiting, Outcome& outcome)
      : socket_(context), waiting_(waiting), outcome_(outcome) {
    socket_.connect(server);
    socket_.set_option(tcp::no_delay(true));
  }

  bool busy() const { return busy_; }
  bool broken() const { return broken_; }

  void send_next() {
    if (busy_ || broken_ || waiting_.empty()) return;
    busy_ = true;
    request_ = waiting_.front();
    waiting_.pop_front();
    asio::async_write(socket_, asio::buffer(*request_.text), [this](const auto& error, std::size_t) {
      if (error) return break_off();
      read();
    });
  }

 private:
  void read() {
    answer_.emplace();
    answer_->body_limit(boost::none);
    http::async_read(socket_, unread_, *answer_, [this](const auto& error, std::size_t) {
      if (error) return break_off();
      if (answer_->get().result() == http::status::ok)
        outcome_.milliseconds.push_back(
            std::chrono::duration<double, std::milli>(Clock::now() - request_.due).count());
      else
        ++outcome_.refused;
      if (!answer_->keep_alive()) return break_off();
      busy_ = false;
      send_next();
    });
  }
  void break_off() {
    broken_ = true;
    ++outcome_.lost;
  }

  tcp::socket socket_;
  std::deque<Request>& waiting_;
  Outcome& outcome_;
  Request request_;
  boost::beast::flat_buffer unread_;
  std::optional<http::response_parser<http::string_body>> answer_;
  bool busy_ = false;
  bool broken_ = false;
};

std::vector<std::string> requests_in(const char* file) {
  std::ifstream in(file, std::ios::binary);
  std::vector<std::string> requests;
  for (std::string text; std::getline(in, text, '\0');)
    if (!text.empty()) requests.push_back(std::move(text));
  return requests;
}

tcp::endpoint endpoint_of(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  return {asio::ip::make_address(text.substr(0, colon)),
          static_cast<std::uint16_t>(std::stoi(text.substr(colon + 1)))};
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 6) {
    fmt::print(stderr, "usage: steady_load ADDRESS:PORT RATE SECONDS CONNECTIONS FILE\n");
    return 2;
  }
  const double rate = std::stod(arguments[2]);
  const double seconds = std::stod(arguments[3]);
  const std::vector<std::string> requests = requests_in(arguments[5]);
  if (requests.empty()) {
    fmt::print(stderr, "{}: no requests\n", arguments[5]);
    return 2;
  }
  asio::io_context context(1);
  std::deque<Request> waiting;
  Outcome outcome;
  std::vector<std::unique_ptr<Line>> lines;
  for (int i = std::stoi(arguments[4]); i > 0; --i)
    lines.push_back(std::make_unique<Line>(context, endpoint_of(arguments[1]), waiting, outcome));

  const auto start = Clock::now();
  const auto all = static_cast<std::size_t>(rate * seconds);
  std::size_t due = 0;
  asio::steady_timer timer(context);
  std::function<void()> tick = [&] {
    const double gone = std::chrono::duration<double>(Clock::now() - start).count();
    for (; due < all && static_cast<double>(due) <= gone * rate; ++due)
      waiting.push_back({&requests[due % requests.size()],
                         start + std::chrono::duration_cast<Clock::duration>(
                                     std::chrono::duration<double>(static_cast<double>(due) / rate))});
    for (const auto& line : lines) {
      if (waiting.empty()) break;
      line->send_next();
    }
    const bool ended = due == all && waiting.empty() && std::ranges::none_of(lines, [](const auto& line) {
                         return line->busy() && !line->broken();
                       });
    const bool all_broken = std::ranges::all_of(lines, [](const auto& line) { return line->broken(); });
    if (ended || all_broken) return;
    timer.expires_after(kTick);
    timer.async_wait([&](const auto&) { tick(); });
  };
  tick();
  context.run();

  std::vector<double>& times = outcome.milliseconds;
  const double took = std::chrono::duration<double>(Clock::now() - start).count();
  std::ranges::sort(times);
  const auto at = [&](double share) {
    return times.empty() ? 0 : times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
  };
  fmt::print("{:.0f} {} {} {:.1f} {:.1f} {:.1f}\n", static_cast<double>(times.size()) / took, outcome.refused,
             outcome.lost, at(0.5), at(0.99), at(1.0));
}
