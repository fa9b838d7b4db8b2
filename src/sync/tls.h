// A TLS 1.3 connection between two nodes. Each shows a certificate that it signed itself with its node's key
// (Ed25519); the other side reads the key out of it and looks it up among the town's nodes: no authority, no
// names and no dates are asked, because clocks in a shelter may be wrong. Used by one thread.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "base/sign.h"

namespace sonae::sync {

struct Address {
  std::string host;
  std::string port;
};
// "192.168.1.5:8443", "[::1]:8443", "hall.example:8443".
Result<Address> parse_address(const std::string& text);

class TlsStream {
 public:
  // Both end with the handshake done, or fail within the time; the peer's key is known, and nobody has said
  // yet whether it may do anything.
  static Result<std::unique_ptr<TlsStream>> connect(const Address& to, const SigningKey& key, int timeout_ms);
  static Result<std::unique_ptr<TlsStream>> accept(int socket, const SigningKey& key, int timeout_ms);
  virtual ~TlsStream() = default;

  virtual const PublicKey& peer() const = 0;
  virtual std::string peer_address() const = 0;
  // What can be read or written now without waiting; 0: nothing at the moment.
  virtual Result<std::size_t> read(char* into, std::size_t at_most) = 0;
  virtual Result<std::size_t> write(BytesView bytes) = 0;
  virtual bool closed() const = 0;  // the peer will send nothing more
  // Waits until something can be read, or written where that is wanted.
  virtual void wait(bool to_write, int timeout_ms) = 0;
  virtual void close() = 0;
};

// Listens at an address (port 0: any) and hands out connections before their handshake.
class ListeningSocket {
 public:
  static Result<std::unique_ptr<ListeningSocket>> open(const Address& at);
  ~ListeningSocket();
  ListeningSocket(const ListeningSocket&) = delete;
  ListeningSocket& operator=(const ListeningSocket&) = delete;
  std::uint16_t port() const { return port_; }
  int accept(int timeout_ms);  // a socket, or -1 where nobody came in time

 private:
  ListeningSocket(int socket, std::uint16_t port) : socket_(socket), port_(port) {}
  int socket_;
  std::uint16_t port_;
};

}  // namespace sonae::sync
