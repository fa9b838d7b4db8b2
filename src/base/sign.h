// Keys and signatures (Ed25519, RFC 8032) and passwords (argon2id, RFC 9106), by libsodium.
#pragma once

#include <array>
#include <string>

#include "base/env.h"
#include "base/hash.h"

namespace sonae {

struct PublicKey {
  std::array<char, 32> value{};
  BytesView bytes() const { return {value.data(), value.size()}; }
  static Result<PublicKey> from_bytes(BytesView bytes);
  friend auto operator<=>(const PublicKey&, const PublicKey&) = default;
};

// The identity of a node or device: the first 16 bytes of SHA-256 of its public key.
NodeId node_id_of(const PublicKey& key);

// A private signing key. It is never printed; seed() is for the key file only.
class SigningKey {
 public:
  static SigningKey from_seed(BytesView thirty_two_bytes);
  static SigningKey generate(Random& random);
  ~SigningKey();
  SigningKey(const SigningKey&) = default;
  SigningKey& operator=(const SigningKey&) = default;

  const PublicKey& public_key() const { return public_key_; }
  BytesView seed() const { return {secret_.data(), 32}; }
  Bytes sign(BytesView message) const;  // 64 bytes

 private:
  SigningKey() = default;
  std::array<char, 64> secret_{};
  PublicKey public_key_;
};

bool signature_is_good(const PublicKey& key, BytesView message, BytesView signature);

// How hard a password is to try: `interactive` for people, `minimal` for tests only.
enum class PasswordCost { interactive, minimal };
std::string password_verifier(std::string_view password, PasswordCost cost = PasswordCost::interactive);
bool password_is_right(std::string_view password, const std::string& verifier);  // slow on purpose

// Whether two secrets are the same, in a time that does not depend on where they differ.
bool same_secret(BytesView one, BytesView other);

}  // namespace sonae
