#include "base/hash.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <cstring>
#include <stdexcept>

namespace sonae {

Result<Hash> Hash::from_bytes(BytesView bytes) {
  Hash hash;
  if (bytes.size() != hash.value.size())
    return fail(ErrorCode::invalid_input, {"ハッシュは32バイトです", "A hash has 32 bytes"});
  std::memcpy(hash.value.data(), bytes.data(), bytes.size());
  return hash;
}

namespace {

EVP_MD_CTX* context(void* pointer) {
  return static_cast<EVP_MD_CTX*>(pointer);
}

const EVP_MD* algorithm() {
  static EVP_MD* const fetched =
      EVP_MD_fetch(nullptr, "SHA256", nullptr);  // fetched once: each look-up is slow
  return fetched;
}

EVP_MD_CTX* thread_context() {
  struct Owner {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    ~Owner() { EVP_MD_CTX_free(context); }
  };
  thread_local const Owner owner;
  return owner.context;
}

}  // namespace

Hash sha256(std::initializer_list<BytesView> pieces) {
  EVP_MD_CTX* const digest = thread_context();
  Hash hash;
  bool good = EVP_DigestInit_ex2(digest, algorithm(), nullptr) == 1;
  for (const BytesView piece : pieces)
    good = good && EVP_DigestUpdate(digest, piece.data(), piece.size()) == 1;
  good =
      good && EVP_DigestFinal_ex(digest, reinterpret_cast<unsigned char*>(hash.value.data()), nullptr) == 1;
  if (!good) throw std::runtime_error("SHA-256 failed");
  return hash;
}

Hash sha256(BytesView bytes) {
  return sha256({bytes});
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  if (EVP_DigestInit_ex2(context(context_), algorithm(), nullptr) != 1)
    throw std::runtime_error("SHA-256 failed");
}
Sha256::~Sha256() {
  EVP_MD_CTX_free(context(context_));
}
void Sha256::add(BytesView bytes) {
  if (EVP_DigestUpdate(context(context_), bytes.data(), bytes.size()) != 1)
    throw std::runtime_error("SHA-256 failed");
}
Hash Sha256::finish() {
  Hash hash;
  if (EVP_DigestFinal_ex(context(context_), reinterpret_cast<unsigned char*>(hash.value.data()), nullptr) !=
      1)
    throw std::runtime_error("SHA-256 failed");
  return hash;
}

Hash keyed_hash(BytesView key, BytesView bytes) {
  Hash hash;
  if (crypto_generichash(reinterpret_cast<unsigned char*>(hash.value.data()), hash.value.size(),
                         reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                         reinterpret_cast<const unsigned char*>(key.data()), key.size()) != 0)
    throw std::invalid_argument("keyed_hash: the key must have 16 to 64 bytes");
  return hash;
}

}  // namespace sonae
