// A bad line in user space, because the kernel here has no netem: a TCP proxy on 127.0.0.1 that passes bytes
// in packets at a given rate and delay each way; a lost packet is sent again by the line a round trip later,
// and what comes after it waits, as TCP would have it.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <deque>
#include <random>
#include <string>
#include <thread>

namespace sonae::bench {

struct LineSettings {
  double bits_per_second = 9600;
  std::chrono::milliseconds delay{300};  // each way: 600 ms there and back
  double loss = 0.02;                    // of packets
  std::size_t packet = 500;
};

class LineShaper {
 public:
  LineShaper(std::uint16_t to_port, LineSettings settings) : to_port_(to_port), settings_(settings) {
    listening_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in at = address(0);
    ::bind(listening_, reinterpret_cast<sockaddr*>(&at), sizeof at);
    ::listen(listening_, 4);
    socklen_t size = sizeof at;
    ::getsockname(listening_, reinterpret_cast<sockaddr*>(&at), &size);
    port_ = ntohs(at.sin_port);
    thread_ = std::thread([this] { run(); });
  }
  ~LineShaper() {
    stop_ = true;
    thread_.join();
    ::close(listening_);
  }
  std::uint16_t port() const { return port_; }
  std::uint64_t bytes_on_the_line() const { return bytes_; }  // both ways, lost ones included

 private:
  using Time = std::chrono::steady_clock::time_point;
  struct Packet {
    Time arrives;
    std::string bytes;
  };
  struct Way {
    int from = -1, to = -1;
    Time free;  // when the line has sent what it took
    Time last_arrival;
    std::deque<Packet> under_way;
    bool ended = false;
  };

  static sockaddr_in address(std::uint16_t port) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(port);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return at;
  }

  void run() {
    while (!stop_) {
      pollfd one{listening_, POLLIN, 0};
      if (::poll(&one, 1, 50) != 1) continue;
      const int client = ::accept(listening_, nullptr, nullptr);
      const int server = ::socket(AF_INET, SOCK_STREAM, 0);
      sockaddr_in to = address(to_port_);
      if (::connect(server, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0) carry(client, server);
      ::close(client);
      ::close(server);
    }
  }

  void carry(int client, int server) {
    const Time now = std::chrono::steady_clock::now();
    Way up{client, server, now, now, {}, false}, down{server, client, now, now, {}, false};
    while (!stop_ && !(up.ended && up.under_way.empty()) && !(down.ended && down.under_way.empty())) {
      take(up);
      take(down);
      give(up);
      give(down);
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  }

  void take(Way& way) {
    const Time now = std::chrono::steady_clock::now();
    if (way.ended || way.free > now) return;
    char piece[4096];
    const ssize_t count = ::recv(way.from, piece, std::min(settings_.packet, sizeof piece), MSG_DONTWAIT);
    if (count == 0) way.ended = true;
    if (count <= 0) return;
    const auto seconds = [](double value) {
      return std::chrono::duration_cast<Time::duration>(std::chrono::duration<double>(value));
    };
    const auto sending = seconds(static_cast<double>(count) * 8 / settings_.bits_per_second);
    way.free = now + sending;
    Time arrives = way.free + settings_.delay;
    bytes_ += static_cast<std::uint64_t>(count);
    while (std::uniform_real_distribution<double>(0, 1)(dice_) < settings_.loss) {
      arrives += 2 * settings_.delay + sending;
      way.free += sending;
      bytes_ += static_cast<std::uint64_t>(count);
    }
    way.last_arrival = std::max(way.last_arrival, arrives);
    way.under_way.push_back({way.last_arrival, std::string(piece, static_cast<std::size_t>(count))});
  }

  static void give(Way& way) {
    while (!way.under_way.empty() && way.under_way.front().arrives <= std::chrono::steady_clock::now()) {
      const std::string& bytes = way.under_way.front().bytes;
      ::send(way.to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      way.under_way.pop_front();
    }
  }

  std::uint16_t to_port_;
  LineSettings settings_;
  int listening_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> stop_ = false;
  std::atomic<std::uint64_t> bytes_ = 0;
  std::mt19937 dice_{1};
  std::thread thread_;
};

}  // namespace sonae::bench
