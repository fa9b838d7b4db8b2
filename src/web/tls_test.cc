// The pages over TLS, asked by OpenSSL as a browser would.
#include "web/tls.h"

#include <doctest/doctest.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include "journal/testing.h"
#include "web/server.h"
#include "web/test_client.h"

namespace sonae::web {

namespace {

// A certificate for "town" that it signed itself, and its key, as PEM files.
struct Certificate {
  journal::TemporaryDirectory directory;
  std::string certificate = directory.path() + "/town.pem", key = directory.path() + "/town.key";

  Certificate() {
    EVP_PKEY* const pair = EVP_EC_gen("P-256");
    X509* const made = X509_new();
    X509_gmtime_adj(X509_getm_notBefore(made), 0);
    X509_gmtime_adj(X509_getm_notAfter(made), 3600);
    X509_set_pubkey(made, pair);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("town"), -1, -1, 0);
    X509_set_issuer_name(made, X509_get_subject_name(made));
    X509_sign(made, pair, EVP_sha256());
    BIO* const out = BIO_new_file(certificate.c_str(), "w");
    PEM_write_bio_X509(out, made);
    BIO_free(out);
    BIO* const secret = BIO_new_file(key.c_str(), "w");
    PEM_write_bio_PrivateKey(secret, pair, nullptr, nullptr, 0, nullptr, nullptr);
    BIO_free(secret);
    X509_free(made);
    EVP_PKEY_free(pair);
  }
};

// Answers with what it was sent, and a megabyte behind it.
class Echo final : public Handler {
 public:
  Admission admit(const Request&) override {
    Admission admission;
    admission.body_bytes = 1 << 20;
    return admission;
  }
  void handle(Request request, Reply reply) override {
    Response response;
    response.body = request.body + std::string(1 << 20, '.');
    reply(std::move(response));
  }
  Response too_large(const Request&) override { return {}; }
};

std::string ask_over_tls(std::uint16_t port, const std::string& request, int max_version) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(::connect(socket, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0);
  SSL_CTX* const context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_max_proto_version(context, max_version);
  SSL* const ssl = SSL_new(context);
  SSL_set_fd(ssl, socket);
  std::string answer;
  if (SSL_connect(ssl) == 1) {
    SSL_write(ssl, request.data(), static_cast<int>(request.size()));
    char piece[16 * 1024];
    for (int count; (count = SSL_read(ssl, piece, sizeof piece)) > 0;)
      answer.append(piece, static_cast<std::size_t>(count));
  }
  SSL_free(ssl);
  SSL_CTX_free(context);
  ::close(socket);
  return answer;
}

}  // namespace

TEST_CASE("tls: a request and its long answer, in both versions; older ones and plain HTTP are refused") {
  const Certificate files;
  auto tls = TlsContext::open(real_env(), files.certificate, files.key);
  REQUIRE_MESSAGE(tls, tls.error().in(Language::english));
  Echo echo;
  ServerSettings settings;
  settings.threads = 1;
  settings.tls = *tls;
  auto server = Server::start(settings, echo);
  REQUIRE(server);
  const std::string body(70'000, 'b');
  const std::string request =
      "POST / HTTP/1.1\r\nHost: town\r\nConnection: close\r\nContent-Length: 70000\r\n\r\n" + body;
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    const std::string answer = ask_over_tls((*server)->port(), request, version);
    CHECK(answer.starts_with("HTTP/1.1 200"));
    CHECK(answer.ends_with(body + std::string(1 << 20, '.')));
  }
  CHECK(ask_over_tls((*server)->port(), request, TLS1_1_VERSION).empty());
  test::Client plain((*server)->port());
  CHECK(plain.ask("GET", "/").status == 0);
  (*server)->stop();
}

TEST_CASE("tls: files that are no certificate, or another's key, are refused by name") {
  const Certificate one, other;
  const auto swapped = TlsContext::open(real_env(), one.certificate, other.key);
  REQUIRE_FALSE(swapped);
  CHECK(swapped.error().where == other.key);
  const auto confused = TlsContext::open(real_env(), one.key, one.key);
  REQUIRE_FALSE(confused);
  CHECK(confused.error().where == one.key);
  CHECK_FALSE(TlsContext::open(real_env(), one.directory.path() + "/none.pem", one.key));
}

}  // namespace sonae::web
