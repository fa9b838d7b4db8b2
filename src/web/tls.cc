#include "web/tls.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <array>

namespace sonae::web {

namespace {

template <auto Free>
struct Freeing {
  void operator()(auto* owned) const { Free(owned); }
};
using Context = std::unique_ptr<SSL_CTX, Freeing<SSL_CTX_free>>;
using Bio = std::unique_ptr<BIO, Freeing<BIO_free>>;
using Certificate = std::unique_ptr<X509, Freeing<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>>;

std::unexpected<Error> not_usable(const std::string& file, Phrase what) {
  ERR_clear_error();
  return fail(ErrorCode::invalid_input, std::move(what), file,
              {"PEM 形式のファイルを指定してください", "Give files in the PEM form"});
}

class Channel final : public TlsChannel {
 public:
  explicit Channel(SSL_CTX* context) : ssl_(SSL_new(context)) {
    in_ = BIO_new(BIO_s_mem());
    out_ = BIO_new(BIO_s_mem());
    SSL_set_bio(ssl_.get(), in_, out_);  // which owns both from now on
    SSL_set_accept_state(ssl_.get());
  }

  bool receive(std::string_view wire, std::string& plain) override {
    ERR_clear_error();
    BIO_write(in_, wire.data(), static_cast<int>(wire.size()));
    std::array<char, 16 * 1024> piece;  // the longest record
    for (;;) {
      const int count = SSL_read(ssl_.get(), piece.data(), static_cast<int>(piece.size()));
      if (count <= 0) return SSL_get_error(ssl_.get(), count) == SSL_ERROR_WANT_READ;
      plain.append(piece.data(), static_cast<std::size_t>(count));
    }
  }
  std::string seal(std::string_view plain) override {
    ERR_clear_error();
    // Memory takes everything: less is written only where the connection has failed, and then the peer is
    // told so.
    if (!plain.empty()) SSL_write(ssl_.get(), plain.data(), static_cast<int>(plain.size()));
    return take_outgoing();
  }
  std::string take_outgoing() override {
    std::string wire(BIO_ctrl_pending(out_), '\0');
    if (!wire.empty()) BIO_read(out_, wire.data(), static_cast<int>(wire.size()));
    return wire;
  }

 private:
  std::unique_ptr<SSL, Freeing<SSL_free>> ssl_;
  BIO* in_;
  BIO* out_;
};

class OpenSslContext final : public TlsContext {
 public:
  explicit OpenSslContext(Context context) : context_(std::move(context)) {}
  std::unique_ptr<TlsChannel> begin() const override { return std::make_unique<Channel>(context_.get()); }

 private:
  Context context_;
};

Bio reading(const Bytes& bytes) {
  return Bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

}  // namespace

Result<std::shared_ptr<const TlsContext>> TlsContext::open(Env& env, const std::string& certificate_file,
                                                           const std::string& key_file) {
  const Bytes chain = TRY(env.disk.read_all(certificate_file)), secret = TRY(env.disk.read_all(key_file));
  Context context(SSL_CTX_new(TLS_server_method()));
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.get(), SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS);  // thousands of idle connections
  const Bio certificates = reading(chain);
  const Certificate first(PEM_read_bio_X509(certificates.get(), nullptr, nullptr, nullptr));
  if (!first || SSL_CTX_use_certificate(context.get(), first.get()) != 1)
    return not_usable(certificate_file, {"証明書が読めません", "The certificate cannot be read"});
  while (X509* const next = PEM_read_bio_X509(certificates.get(), nullptr, nullptr, nullptr))
    SSL_CTX_add0_chain_cert(context.get(), next);
  ERR_clear_error();  // the end of the file is an error to PEM_read
  const Key key(PEM_read_bio_PrivateKey(reading(secret).get(), nullptr, nullptr, nullptr));
  if (!key) return not_usable(key_file, {"秘密鍵が読めません", "The private key cannot be read"});
  if (SSL_CTX_use_PrivateKey(context.get(), key.get()) != 1 || SSL_CTX_check_private_key(context.get()) != 1)
    return not_usable(key_file, {"秘密鍵が証明書のものではありません", "The key is not the certificate's"});
  return std::make_shared<const OpenSslContext>(std::move(context));
}

}  // namespace sonae::web
