#include "sync/sockets.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace sonae::sync {

namespace {

struct Found {
  addrinfo* first = nullptr;
  ~Found() {
    if (first != nullptr) ::freeaddrinfo(first);
  }
};

Status look_up(const Address& address, bool to_listen, Found& found) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  if (to_listen) hints.ai_flags = AI_PASSIVE;
  const int failed = ::getaddrinfo(address.host.empty() ? nullptr : address.host.c_str(),
                                   address.port.c_str(), &hints, &found.first);
  if (failed == 0) return {};
  return fail(ErrorCode::io_failure,
              {std::string("この宛先は見つかりません: ") + ::gai_strerror(failed),
               std::string("This address cannot be found: ") + ::gai_strerror(failed)},
              address.host + ":" + address.port);
}

std::unexpected<Error> no_way(const Address& address, int number) {
  return fail(ErrorCode::io_failure,
              {std::string("つながりません: ") + std::strerror(number),
               std::string("No connection: ") + std::strerror(number)},
              address.host + ":" + address.port,
              {"相手のノードが sonae serve --sync で動いているか、宛先が正しいか確かめてください",
               "See whether the other node runs with sonae serve --sync, and whether the address is right"});
}

bool connects(int socket, const addrinfo& to, int timeout_ms, int& number) {
  if (::connect(socket, to.ai_addr, to.ai_addrlen) == 0) return true;
  number = errno;
  if (number != EINPROGRESS) return false;
  pollfd one{socket, POLLOUT, 0};
  if (::poll(&one, 1, timeout_ms) != 1) return number = ETIMEDOUT, false;
  socklen_t size = sizeof number;
  ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &number, &size);
  return number == 0;
}

}  // namespace

Result<Address> parse_address(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  Address address;
  if (colon != std::string::npos) {
    address.host = text.substr(0, colon);
    address.port = text.substr(colon + 1);
  }
  if (address.host.starts_with('[') && address.host.ends_with(']'))
    address.host = address.host.substr(1, address.host.size() - 2);
  if (address.port.empty() || address.port.find_first_not_of("0123456789") != std::string::npos)
    return fail(ErrorCode::invalid_input,
                {"宛先:ポートの形で指定してください（例 192.168.1.5:8443）",
                 "Give ADDRESS:PORT, such as 192.168.1.5:8443"},
                text);
  return address;
}

void make_ready(int socket) {
  ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) | O_NONBLOCK);
  ::fcntl(socket, F_SETFD, FD_CLOEXEC);
  const int on = 1, little = 16 * 1024;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::setsockopt(socket, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &little, sizeof little);
}

Result<int> connect_socket(const Address& to, int timeout_ms) {
  Found found;
  TRY(look_up(to, false, found));
  int number = ECONNREFUSED;
  for (const addrinfo* one = found.first; one != nullptr; one = one->ai_next) {
    const int socket = ::socket(one->ai_family, one->ai_socktype, one->ai_protocol);
    if (socket < 0) continue;
    make_ready(socket);
    if (connects(socket, *one, timeout_ms, number)) return socket;
    ::close(socket);
  }
  return no_way(to, number);
}

std::string address_of_peer(int socket) {
  sockaddr_storage peer{};
  socklen_t size = sizeof peer;
  char host[NI_MAXHOST], port[NI_MAXSERV];
  if (::getpeername(socket, reinterpret_cast<sockaddr*>(&peer), &size) != 0 ||
      ::getnameinfo(reinterpret_cast<sockaddr*>(&peer), size, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
    return {};
  return std::string(host) + ":" + port;
}

Result<std::unique_ptr<ListeningSocket>> ListeningSocket::open(const Address& at) {
  Found found;
  TRY(look_up(at, true, found));
  int number = EADDRNOTAVAIL;
  for (const addrinfo* one = found.first; one != nullptr; one = one->ai_next) {
    const int socket = ::socket(one->ai_family, one->ai_socktype | SOCK_CLOEXEC, one->ai_protocol);
    if (socket < 0) continue;
    const int on = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (::bind(socket, one->ai_addr, one->ai_addrlen) == 0 && ::listen(socket, 64) == 0) {
      sockaddr_storage own{};
      socklen_t size = sizeof own;
      ::getsockname(socket, reinterpret_cast<sockaddr*>(&own), &size);
      const std::uint16_t port = own.ss_family == AF_INET6
                                     ? ntohs(reinterpret_cast<const sockaddr_in6&>(own).sin6_port)
                                     : ntohs(reinterpret_cast<const sockaddr_in&>(own).sin_port);
      return std::unique_ptr<ListeningSocket>(new ListeningSocket(socket, port));
    }
    number = errno;
    ::close(socket);
  }
  return fail(ErrorCode::io_failure,
              {std::string("ここでは待ち受けできません: ") + std::strerror(number),
               std::string("Cannot listen here: ") + std::strerror(number)},
              at.host + ":" + at.port);
}

ListeningSocket::~ListeningSocket() {
  ::close(socket_);
}

int ListeningSocket::accept(int timeout_ms) {
  pollfd one{socket_, POLLIN, 0};
  if (::poll(&one, 1, timeout_ms) != 1) return -1;
  return ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
}

}  // namespace sonae::sync
