#include "town/exchange/sealed.h"

#include <sodium.h>

namespace sonae::exchange {

namespace {

Hash key_of(const town::Town& town) {
  return keyed_hash(town.journal_options().town_key, "sonae exchange partner keys");
}

const unsigned char* bytes_of(BytesView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* bytes_of(Bytes& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

}  // namespace

std::string seal(const town::Town& town, BytesView secret) {
  const Hash key = key_of(town);
  const Bytes nonce = town.env().random.bytes(crypto_secretbox_NONCEBYTES);
  Bytes box(secret.size() + crypto_secretbox_MACBYTES, '\0');
  crypto_secretbox_easy(bytes_of(box), bytes_of(secret), secret.size(), bytes_of(BytesView(nonce)),
                        bytes_of(key.bytes()));
  return to_base64(nonce + box);
}

Result<Bytes> open_sealed(const town::Town& town, const std::string& sealed) {
  const Bytes all = TRY(from_base64(sealed));
  const Hash key = key_of(town);
  const bool long_enough = all.size() >= crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  const BytesView box = long_enough ? BytesView(all).substr(crypto_secretbox_NONCEBYTES) : BytesView();
  Bytes secret(long_enough ? box.size() - crypto_secretbox_MACBYTES : 0, '\0');
  if (!long_enough || crypto_secretbox_open_easy(bytes_of(secret), bytes_of(box), box.size(),
                                                 bytes_of(BytesView(all)), bytes_of(key.bytes())) != 0)
    return fail(ErrorCode::corrupt, {"しまわれた鍵が開けません", "The sealed key cannot be opened"});
  return secret;
}

}  // namespace sonae::exchange
