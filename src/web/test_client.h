// For tests: a browser of a few lines, on a plain socket, so that it can also misbehave.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/json.h"

namespace sonae::web::test {

struct Answer {
  int status = 0;
  std::string head;
  std::string body;
  json::value json() const { return parse_json(body).value_or(json::value()); }
  std::string field(std::string_view name) const {
    const std::size_t at = head.find("\r\n" + std::string(name) + ": ");
    if (at == std::string::npos) return {};
    const std::size_t start = at + name.size() + 4;
    return head.substr(start, head.find("\r\n", start) - start);
  }
};

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool connected() const { return connected_; }

  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  // The next answer; status 0 where the connection ended instead.
  Answer receive(bool without_body = false) {
    Answer answer;
    std::size_t end;
    while ((end = unread_.find("\r\n\r\n")) == std::string::npos)
      if (!more()) return answer;
    answer.head = unread_.substr(0, end + 2);
    unread_.erase(0, end + 4);
    answer.status = std::atoi(answer.head.c_str() + 9);
    if (without_body) return answer;
    const auto length = static_cast<std::size_t>(std::atoll(answer.field("Content-Length").c_str()));
    while (unread_.size() < length)
      if (!more()) break;
    answer.body = unread_.substr(0, length);
    unread_.erase(0, length);
    return answer;
  }
  // What comes until this text has come, or nothing comes any more.
  std::string receive_until(std::string_view text) {
    while (unread_.find(text) == std::string::npos)
      if (!more()) break;
    return std::exchange(unread_, {});
  }
  bool ended() {
    while (more()) {
    }
    return true;
  }

  // One request of a well-behaved page, with the cookie that it got before.
  Answer ask(std::string_view method, std::string_view target, std::string_view body = {},
             std::string_view more_fields = "Content-Type: application/json\r\n") {
    std::string text = std::string(method) + " " + std::string(target) +
                       " HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\n" + std::string(more_fields);
    if (method == "POST") text += "X-Sonae: 1\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    if (!cookie.empty()) text += "Cookie: " + cookie + "\r\n";
    send(text + "\r\n" + std::string(body));
    Answer answer = receive(method == "HEAD");
    if (const std::string set = answer.field("Set-Cookie"); !set.empty())
      cookie = set.substr(0, set.find(';'));
    return answer;
  }

  std::string cookie;

 private:
  bool more() {
    char piece[65536];
    const ssize_t count = ::recv(socket_, piece, sizeof piece, 0);
    if (count <= 0) return false;
    unread_.append(piece, static_cast<std::size_t>(count));
    return true;
  }

  int socket_;
  bool connected_ = false;
  std::string unread_;
};

}  // namespace sonae::web::test
