// TLS for the pages (RFC 8446, RFC 5246): OpenSSL between memory and memory, so that sockets, limits and
// time-outs stay the connection's own. (Nodes among themselves use sync/tls.h: other certificates, other
// rules.)
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/env.h"

namespace sonae::web {

// One end of one TLS connection. Used by the thread of its connection.
class TlsChannel {
 public:
  virtual ~TlsChannel() = default;
  // Takes bytes off the wire; what they say is appended to `plain`. False: this is no TLS, or it has ended.
  virtual bool receive(std::string_view wire, std::string& plain) = 0;
  // What `plain` is on the wire. Only after the handshake: an answer follows a request.
  virtual std::string seal(std::string_view plain) = 0;
  // What must go out by itself: the handshake, alerts.
  virtual std::string take_outgoing() = 0;
};

// The server's certificate and key. Any thread.
class TlsContext {
 public:
  // PEM files: the certificate with its chain behind it, and the private key. invalid_input where one cannot
  // be read or they do not belong together.
  static Result<std::shared_ptr<const TlsContext>> open(Env& env, const std::string& certificate_file,
                                                        const std::string& key_file);
  virtual ~TlsContext() = default;
  virtual std::unique_ptr<TlsChannel> begin() const = 0;
};

}  // namespace sonae::web
