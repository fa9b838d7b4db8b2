#include "sync/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <poll.h>
#include <unistd.h>

#include <chrono>

#include "sync/sockets.h"

namespace sonae::sync {

namespace {

template <auto release>
struct Releaser {
  template <class T>
  void operator()(T* one) const {
    release(one);
  }
};
using Context = std::unique_ptr<SSL_CTX, Releaser<SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, Releaser<SSL_free>>;
using Key = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Releaser<X509_free>>;

std::unexpected<Error> tls_failed(const std::string& where) {
  const unsigned long code = ERR_get_error();
  char text[256] = "connection lost";
  if (code != 0) ERR_error_string_n(code, text, sizeof text);
  ERR_clear_error();
  return fail(
      ErrorCode::io_failure,
      {std::string("暗号化通信ができません: ") + text, std::string("The secured connection failed: ") + text},
      where);
}

// Valid from 1970 to 9999: whether a node belongs to the town is said by facts, not by dates.
Certificate self_signed(EVP_PKEY* key) {
  Certificate made(X509_new());
  X509_set_version(made.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
  ASN1_TIME_set_string(X509_getm_notBefore(made.get()), "19700101000000Z");
  ASN1_TIME_set_string(X509_getm_notAfter(made.get()), "99991231235959Z");
  X509_NAME* const name = X509_get_subject_name(made.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("sonae node"),
                             -1, -1, 0);
  X509_set_issuer_name(made.get(), name);
  X509_set_pubkey(made.get(), key);
  X509_sign(made.get(), key, nullptr);
  return made;
}

Result<PublicKey> key_of(X509* certificate) {
  char raw[32];
  std::size_t size = sizeof raw;
  EVP_PKEY* const key = certificate == nullptr ? nullptr : X509_get0_pubkey(certificate);
  if (key == nullptr || EVP_PKEY_get_id(key) != EVP_PKEY_ED25519 ||
      EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char*>(raw), &size) != 1)
    return fail(ErrorCode::unauthenticated,
                {"相手はノードの鍵を示しませんでした", "The other side showed no node's key"});
  return PublicKey::from_bytes({raw, size});
}

// Takes any Ed25519 key here; the handshake proves that the peer holds it, and the caller looks it up.
int any_node_key(X509_STORE_CTX* chain, void*) {
  return key_of(X509_STORE_CTX_get0_cert(chain)) ? 1 : 0;
}

Context make_context(const SigningKey& key) {
  Context context(SSL_CTX_new(TLS_method()));
  SSL_CTX_set_min_proto_version(context.get(), TLS1_3_VERSION);
  const BytesView seed = key.seed();
  const Key own(EVP_PKEY_new_raw_private_key(
      EVP_PKEY_ED25519, nullptr, reinterpret_cast<const unsigned char*>(seed.data()), seed.size()));
  const Certificate certificate = self_signed(own.get());
  SSL_CTX_use_certificate(context.get(), certificate.get());
  SSL_CTX_use_PrivateKey(context.get(), own.get());
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  SSL_CTX_set_cert_verify_callback(context.get(), any_node_key, nullptr);
  // No resumption: each connection proves both keys anew.
  SSL_CTX_set_num_tickets(context.get(), 0);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  return context;
}

class OpenSslStream final : public TlsStream {
 public:
  OpenSslStream(int socket, const SigningKey& key)
      : socket_(socket), context_(make_context(key)), session_(SSL_new(context_.get())) {
    SSL_set_fd(session_.get(), socket_);
  }
  ~OpenSslStream() override { OpenSslStream::close(); }

  Status shake_hands(bool connecting, int timeout_ms) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
    for (;;) {
      const int done = connecting ? SSL_connect(session_.get()) : SSL_accept(session_.get());
      if (done == 1) break;
      const int why = SSL_get_error(session_.get(), done);
      if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) return tls_failed(peer_address());
      if (std::chrono::steady_clock::now() > until)
        return fail(ErrorCode::io_failure, {"相手が応えません", "The other side does not answer"},
                    peer_address());
      wait(why == SSL_ERROR_WANT_WRITE, 100);
    }
    const Certificate shown(SSL_get1_peer_certificate(session_.get()));
    peer_ = TRY(key_of(shown.get()));
    return {};
  }

  const PublicKey& peer() const override { return peer_; }
  std::string peer_address() const override { return address_of_peer(socket_); }
  bool closed() const override { return closed_; }

  Result<std::size_t> read(char* into, std::size_t at_most) override {
    std::size_t count = 0;
    if (SSL_read_ex(session_.get(), into, at_most, &count) == 1) return count;
    return nothing_or_failure(0);
  }
  Result<std::size_t> write(BytesView bytes) override {
    std::size_t count = 0;
    if (bytes.empty() || SSL_write_ex(session_.get(), bytes.data(), bytes.size(), &count) == 1) return count;
    return nothing_or_failure(0);
  }
  void wait(bool to_write, int timeout_ms) override {
    if (!to_write && SSL_pending(session_.get()) > 0) return;
    pollfd one{socket_, static_cast<short>(to_write ? POLLIN | POLLOUT : POLLIN), 0};
    ::poll(&one, 1, timeout_ms);
  }
  void close() override {
    if (socket_ < 0) return;
    SSL_shutdown(session_.get());
    ::close(socket_);
    socket_ = -1;
    closed_ = true;
  }

 private:
  Result<std::size_t> nothing_or_failure(int done) {
    const int why = SSL_get_error(session_.get(), done);
    if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE) return std::size_t{0};
    if (why == SSL_ERROR_ZERO_RETURN) {
      closed_ = true;
      return std::size_t{0};
    }
    closed_ = true;
    return tls_failed(address_of_peer(socket_));
  }

  int socket_;
  Context context_;
  Session session_;
  PublicKey peer_;
  bool closed_ = false;
};

Result<std::unique_ptr<TlsStream>> shaken(int socket, const SigningKey& key, bool connecting,
                                          int timeout_ms) {
  auto stream = std::make_unique<OpenSslStream>(socket, key);
  TRY(stream->shake_hands(connecting, timeout_ms));
  return stream;
}

}  // namespace

Result<std::unique_ptr<TlsStream>> TlsStream::connect(const Address& to, const SigningKey& key,
                                                      int timeout_ms) {
  return shaken(TRY(connect_socket(to, timeout_ms)), key, true, timeout_ms);
}

Result<std::unique_ptr<TlsStream>> TlsStream::accept(int socket, const SigningKey& key, int timeout_ms) {
  make_ready(socket);
  return shaken(socket, key, false, timeout_ms);
}

}  // namespace sonae::sync
