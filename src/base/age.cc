#include "base/age.h"

#include <sodium.h>

#include <cstring>
#include <optional>
#include <stdexcept>

#include "base/bech32.h"

namespace sonae {

namespace {

constexpr std::string_view kVersion = "age-encryption.org/v1\n";
constexpr std::string_view kX25519Label = "age-encryption.org/v1/X25519";
constexpr std::size_t kTag = crypto_aead_chacha20poly1305_IETF_ABYTES;
constexpr std::size_t kFileKey = 16;

const unsigned char* octets(BytesView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* octets(Bytes& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

Bytes hmac(BytesView key, BytesView message) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, octets(key), key.size());
  crypto_auth_hmacsha256_update(&state, octets(message), message.size());
  Bytes mac(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_final(&state, octets(mac));
  sodium_memzero(&state, sizeof state);
  return mac;
}

// HKDF-SHA-256 (RFC 5869) with one block of output: 32 bytes. An empty salt equals 32 zeros in HMAC.
Bytes hkdf(BytesView secret, BytesView salt, BytesView label) {
  Bytes extracted = hmac(salt, secret);
  Bytes key = hmac(extracted, Bytes(label) + '\x01');
  sodium_memzero(extracted.data(), extracted.size());
  return key;
}

Bytes sealed(BytesView key, const Bytes& nonce, BytesView plain) {
  Bytes out(plain.size() + kTag, '\0');
  crypto_aead_chacha20poly1305_ietf_encrypt(octets(out), nullptr, octets(plain), plain.size(), nullptr, 0,
                                            nullptr, octets(BytesView(nonce)), octets(key));
  return out;
}

std::optional<Bytes> opened(BytesView key, const Bytes& nonce, BytesView cipher) {
  if (cipher.size() < kTag) return std::nullopt;
  Bytes out(cipher.size() - kTag, '\0');
  if (crypto_aead_chacha20poly1305_ietf_decrypt(octets(out), nullptr, nullptr, octets(cipher), cipher.size(),
                                                nullptr, 0, octets(BytesView(nonce)), octets(key)) != 0)
    return std::nullopt;
  return out;
}

// Of the STREAM construction: 11 bytes of counter, then whether it is the last chunk.
Bytes chunk_nonce(std::uint64_t counter, bool last) {
  return Bytes(3, '\0') + to_big_endian(counter) + static_cast<char>(last ? 1 : 0);
}

// base64 without padding, which is the only form that age knows.
std::string unpadded(BytesView bytes) {
  std::string text = to_base64(bytes);
  text.resize(text.find_last_not_of('=') + 1);
  return text;
}
std::optional<Bytes> read_unpadded(std::string_view text) {
  if (text.size() % 4 == 1 || text.find('=') != std::string_view::npos) return std::nullopt;
  const auto bytes = from_base64(std::string(text) + std::string((4 - text.size() % 4) % 4, '='));
  if (!bytes || unpadded(*bytes) != text) return std::nullopt;
  return *bytes;
}

// X25519; absent where the other's point is of low order, so that the secret would be known to all.
std::optional<Bytes> shared_secret(BytesView secret, BytesView point) {
  Bytes shared(32, '\0');
  if (crypto_scalarmult(octets(shared), octets(secret), octets(point)) != 0) return std::nullopt;
  return shared;
}

std::unexpected<Error> damaged(Phrase what) {
  return fail(ErrorCode::corrupt, std::move(what), {},
              {"もう一度受け取ってください", "Get the file again from where it came"});
}
std::unexpected<Error> damaged_header() {
  return damaged({"暗号化ファイルの見出しが壊れています", "The header of the encrypted file is damaged"});
}

struct Stanza {
  std::vector<std::string_view> arguments;
  Bytes body;
};
struct AgeHeader {
  std::vector<Stanza> stanzas;
  std::string_view authenticated;  // up to and with "---"
  Bytes mac;
  std::string_view payload;
};

std::optional<std::string_view> take_line(std::string_view& left) {
  const std::size_t end = left.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = left.substr(0, end);
  left.remove_prefix(end + 1);
  return line;
}

std::optional<std::vector<std::string_view>> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (;;) {
    const std::size_t space = line.find(' ');
    const std::string_view word = line.substr(0, space);
    if (word.empty()) return std::nullopt;
    for (const char letter : word)
      if (letter < 33 || letter > 126) return std::nullopt;
    words.push_back(word);
    if (space == std::string_view::npos) return words;
    line.remove_prefix(space + 1);
  }
}

std::optional<AgeHeader> read_age_header(std::string_view file) {
  if (!file.starts_with(kVersion)) return std::nullopt;
  std::string_view left = file.substr(kVersion.size());
  AgeHeader header;
  for (;;) {
    const std::size_t at = file.size() - left.size();
    const auto line = take_line(left);
    if (!line) return std::nullopt;
    if (line->starts_with("--- ")) {
      const auto mac = read_unpadded(line->substr(4));
      if (!mac || mac->size() != 32 || header.stanzas.empty()) return std::nullopt;
      header.authenticated = file.substr(0, at + 3);
      header.mac = *mac;
      header.payload = left;
      return header;
    }
    if (!line->starts_with("-> ")) return std::nullopt;
    auto words = words_of(line->substr(3));
    if (!words) return std::nullopt;
    Stanza stanza{std::move(*words), {}};
    for (;;) {  // the body ends with a line of fewer than 64 characters
      const auto text = take_line(left);
      if (!text || text->size() > 64) return std::nullopt;
      const auto bytes = read_unpadded(*text);
      if (!bytes) return std::nullopt;
      stanza.body += *bytes;
      if (text->size() < 64) break;
    }
    header.stanzas.push_back(std::move(stanza));
  }
}

Bytes x25519_key(BytesView shared, BytesView ephemeral, BytesView recipient) {
  return hkdf(shared, Bytes(ephemeral) + Bytes(recipient), kX25519Label);
}

}  // namespace

Result<AgeRecipient> AgeRecipient::parse(std::string_view text) {
  const Bytes bytes = TRY(from_bech32("age", text));
  AgeRecipient recipient;
  if (bytes.size() != recipient.key.size() || text.starts_with('A'))
    return fail(ErrorCode::invalid_input, {"age の公開鍵ではありません", "This is no age public key"});
  std::memcpy(recipient.key.data(), bytes.data(), bytes.size());
  return recipient;
}

Result<AgeRecipient> AgeRecipient::of(const PublicKey& key) {
  AgeRecipient recipient;
  if (crypto_sign_ed25519_pk_to_curve25519(reinterpret_cast<unsigned char*>(recipient.key.data()),
                                           octets(key.bytes())) != 0)
    return fail(ErrorCode::invalid_input,
                {"この公開鍵では暗号化できません", "Nothing can be encrypted to this public key"});
  return recipient;
}

std::string AgeRecipient::text() const {
  return to_bech32("age", {key.data(), key.size()});
}

Result<AgeIdentity> AgeIdentity::parse(std::string_view text) {
  const Bytes bytes = TRY(from_bech32("age-secret-key-", text));
  AgeIdentity identity;
  if (bytes.size() != identity.secret_.size() || !text.starts_with('A'))
    return fail(ErrorCode::invalid_input, {"age の秘密鍵ではありません", "This is no age secret key"});
  std::memcpy(identity.secret_.data(), bytes.data(), bytes.size());
  return identity;
}

AgeIdentity AgeIdentity::of(const SigningKey& key) {
  AgeIdentity identity;
  const Bytes both = Bytes(key.seed()) + Bytes(key.public_key().bytes());
  if (crypto_sign_ed25519_sk_to_curve25519(reinterpret_cast<unsigned char*>(identity.secret_.data()),
                                           octets(BytesView(both))) != 0)
    throw std::logic_error("an Ed25519 key always converts to X25519");
  return identity;
}

AgeIdentity AgeIdentity::from_secret(BytesView thirty_two_bytes) {
  AgeIdentity identity;
  if (thirty_two_bytes.size() != identity.secret_.size())
    throw std::invalid_argument("an X25519 key has 32 bytes");
  std::memcpy(identity.secret_.data(), thirty_two_bytes.data(), thirty_two_bytes.size());
  return identity;
}

std::string AgeIdentity::text() const {
  std::string text = to_bech32("age-secret-key-", secret());
  for (char& letter : text)
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  return text;
}

AgeIdentity::~AgeIdentity() {
  sodium_memzero(secret_.data(), secret_.size());
}

AgeRecipient AgeIdentity::recipient() const {
  AgeRecipient recipient;
  crypto_scalarmult_base(reinterpret_cast<unsigned char*>(recipient.key.data()), octets(secret()));
  return recipient;
}

Result<AgeWriter> AgeWriter::begin(Random& random, const std::vector<AgeRecipient>& recipients, Sink sink) {
  if (recipients.empty())
    return fail(ErrorCode::invalid_input, {"宛先がありません", "Nobody is named who may open the file"});
  Bytes file_key = random.bytes(kFileKey);
  std::string header(kVersion);
  for (const AgeRecipient& recipient : recipients) {
    const BytesView point(recipient.key.data(), recipient.key.size());
    const Bytes secret = random.bytes(32);
    Bytes ephemeral(32, '\0');
    crypto_scalarmult_base(octets(ephemeral), octets(BytesView(secret)));
    const auto shared = shared_secret(secret, point);
    if (!shared)
      return fail(ErrorCode::invalid_input,
                  {"この公開鍵では暗号化できません", "Nothing can be encrypted to this public key"});
    header += "-> X25519 " + unpadded(ephemeral) + "\n" +
              unpadded(sealed(x25519_key(*shared, ephemeral, point), Bytes(12, '\0'), file_key)) + "\n";
  }
  header += "---";
  header += " " + unpadded(hmac(hkdf(file_key, "", "header"), header)) + "\n";
  const Bytes nonce = random.bytes(16);
  AgeWriter writer(std::move(sink));
  writer.key_ = hkdf(file_key, nonce, "payload");
  sodium_memzero(file_key.data(), file_key.size());
  TRY(writer.sink_(header + nonce));
  return writer;
}

Status AgeWriter::seal(BytesView plain, bool last) {
  return sink_(sealed(key_, chunk_nonce(counter_++, last), plain));
}

Status AgeWriter::write(BytesView bytes) {
  while (!bytes.empty()) {
    if (waiting_.size() == kAgeChunk) {
      TRY(seal(waiting_, false));
      waiting_.clear();
    }
    const BytesView taken = bytes.substr(0, kAgeChunk - waiting_.size());
    waiting_ += taken;
    bytes.remove_prefix(taken.size());
  }
  return {};
}

Status AgeWriter::finish() {
  return seal(waiting_, true);
}

Result<AgeReader> AgeReader::open(BytesView file, const AgeIdentity& identity) {
  const auto header = read_age_header(file);
  if (!header) return damaged_header();
  const AgeRecipient own = identity.recipient();
  std::optional<Bytes> file_key;
  for (const Stanza& stanza : header->stanzas) {
    // A passphrase must be the only way in, else others could have added themselves.
    if (stanza.arguments.front() == "scrypt" && header->stanzas.size() > 1) return damaged_header();
    if (stanza.arguments.front() != "X25519") continue;
    if (stanza.arguments.size() != 2 || stanza.body.size() != kFileKey + kTag) return damaged_header();
    const auto ephemeral = read_unpadded(stanza.arguments[1]);
    if (!ephemeral || ephemeral->size() != 32) return damaged_header();
    const auto shared = shared_secret(identity.secret(), *ephemeral);
    if (!shared) return damaged_header();
    const Bytes key = x25519_key(*shared, *ephemeral, {own.key.data(), own.key.size()});
    if (!file_key) file_key = opened(key, Bytes(12, '\0'), stanza.body);
  }
  if (!file_key)
    return fail(ErrorCode::forbidden,
                {"このファイルはこの鍵では開けません", "This file is not encrypted to this key"}, {},
                {"書き出すときに、このノードを宛先に加えてもらってください",
                 "Have it exported again with this node among those it is for"});
  if (!same_secret(hmac(hkdf(*file_key, "", "header"), header->authenticated), header->mac) ||
      header->payload.size() < 16)
    return damaged_header();
  AgeReader reader(header->payload.substr(16));
  reader.key_ = hkdf(*file_key, header->payload.substr(0, 16), "payload");
  return reader;
}

Result<Bytes> AgeReader::next() {
  if (ended_) return Bytes{};
  const bool last = left_.size() <= kAgeChunk + kTag;
  const BytesView cipher = left_.substr(0, kAgeChunk + kTag);
  auto plain = opened(key_, chunk_nonce(counter_, last), cipher);
  // Only a file without content has an empty chunk.
  if (!plain || (plain->empty() && counter_ > 0))
    return damaged(
        {"暗号化ファイルが途中で切れているか、壊れています", "The encrypted file is cut off or damaged"});
  ++counter_;
  ended_ = last;
  left_.remove_prefix(cipher.size());
  return std::move(*plain);
}

}  // namespace sonae
