#include "base/sign.h"

#include <sodium.h>

#include <cstring>
#include <stdexcept>

namespace sonae {

namespace {
const unsigned char* octets(BytesView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* octets(char* bytes) {
  return reinterpret_cast<unsigned char*>(bytes);
}
}  // namespace

Result<PublicKey> PublicKey::from_bytes(BytesView bytes) {
  PublicKey key;
  if (bytes.size() != key.value.size())
    return fail(ErrorCode::invalid_input, {"公開鍵は32バイトです", "A public key has 32 bytes"});
  std::memcpy(key.value.data(), bytes.data(), bytes.size());
  return key;
}

NodeId node_id_of(const PublicKey& key) {
  return *NodeId::from_bytes(sha256(key.bytes()).bytes().substr(0, 16));
}

SigningKey SigningKey::from_seed(BytesView seed) {
  if (seed.size() != 32) throw std::invalid_argument("a signing key's seed has 32 bytes");
  SigningKey key;
  crypto_sign_seed_keypair(octets(key.public_key_.value.data()), octets(key.secret_.data()), octets(seed));
  return key;
}

SigningKey SigningKey::generate(Random& random) {
  return from_seed(random.bytes(32));
}

SigningKey::~SigningKey() {
  sodium_memzero(secret_.data(), secret_.size());
}

Bytes SigningKey::sign(BytesView message) const {
  Bytes signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(octets(signature.data()), nullptr, octets(message), message.size(),
                       octets({secret_.data(), secret_.size()}));
  return signature;
}

bool signature_is_good(const PublicKey& key, BytesView message, BytesView signature) {
  return signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(octets(signature), octets(message), message.size(),
                                     octets(key.bytes())) == 0;
}

std::string password_verifier(std::string_view password, PasswordCost cost) {
  std::array<char, crypto_pwhash_STRBYTES> text{};
  const bool minimal = cost == PasswordCost::minimal;
  if (crypto_pwhash_str(text.data(), password.data(), password.size(),
                        minimal ? crypto_pwhash_OPSLIMIT_MIN : crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        minimal ? crypto_pwhash_MEMLIMIT_MIN : crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
    throw std::bad_alloc();
  return text.data();
}

bool password_is_right(std::string_view password, const std::string& verifier) {
  return crypto_pwhash_str_verify(verifier.c_str(), password.data(), password.size()) == 0;
}

bool same_secret(BytesView one, BytesView other) {
  return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace sonae
