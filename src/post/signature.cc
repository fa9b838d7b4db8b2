#include "post/signature.h"

#include <openssl/crypto.h>
#include <openssl/hmac.h>

#include "base/bytes.h"

namespace sonae::post {

namespace {

bool same(std::string_view one, std::string_view other) {
  return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace

bool line_signed(std::string_view secret, std::string_view body, std::string_view signature) {
  unsigned char made[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (secret.empty() ||
      HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
           reinterpret_cast<const unsigned char*>(body.data()), body.size(), made, &size) == nullptr)
    return false;
  return same(to_base64({reinterpret_cast<const char*>(made), size}), signature);
}

bool bears(std::string_view secret, std::string_view authorization) {
  constexpr std::string_view kScheme = "Bearer ";
  return !secret.empty() && authorization.starts_with(kScheme) &&
         same(secret, authorization.substr(kScheme.size()));
}

}  // namespace sonae::post
