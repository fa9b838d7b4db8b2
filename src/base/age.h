// Files encrypted to X25519 keys in the public format age v1, so that the program `age` opens them as well.
// Chunk by chunk: memory does not grow with the file. Not for several threads.
// Sources: https://c2sp.org/age (file format), BIP 173 (bech32, the keys' text).
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "base/sign.h"

namespace sonae {

// Who may open a file: an X25519 public key, written age1...
struct AgeRecipient {
  std::array<char, 32> key{};
  static Result<AgeRecipient> parse(std::string_view text);
  // A node's signing key serves for encryption too (Ed25519 to X25519, RFC 7748 section 4.1). invalid_input
  // where it is no point of the curve.
  static Result<AgeRecipient> of(const PublicKey& key);
  std::string text() const;
};

// What opens it, written AGE-SECRET-KEY-1...
class AgeIdentity {
 public:
  static Result<AgeIdentity> parse(std::string_view text);
  static AgeIdentity of(const SigningKey& key);
  static AgeIdentity from_secret(BytesView thirty_two_bytes);  // throws where it is another length
  ~AgeIdentity();
  AgeIdentity(const AgeIdentity&) = default;
  AgeIdentity& operator=(const AgeIdentity&) = default;

  AgeRecipient recipient() const;
  std::string text() const;  // for the key's file only
  BytesView secret() const { return {secret_.data(), secret_.size()}; }

 private:
  AgeIdentity() = default;
  std::array<char, 32> secret_{};
};

inline constexpr std::size_t kAgeChunk = 65536;

// Encrypts what is written, and hands it on. Without finish() the file counts as cut off.
class AgeWriter {
 public:
  using Sink = std::function<Status(BytesView)>;
  static Result<AgeWriter> begin(Random& random, const std::vector<AgeRecipient>& recipients, Sink sink);
  Status write(BytesView bytes);
  Status finish();

 private:
  explicit AgeWriter(Sink sink) : sink_(std::move(sink)) {}
  Status seal(BytesView plain, bool last);
  Sink sink_;
  Bytes key_;
  Bytes waiting_;  // at most one chunk: only the end shows whether it is the last
  std::uint64_t counter_ = 0;
};

// Decrypts a file that lies in memory or is mapped there.
class AgeReader {
 public:
  // forbidden where the file is not for this identity, corrupt where its header is damaged.
  static Result<AgeReader> open(BytesView file, const AgeIdentity& identity);
  // The next piece of the content, at most one chunk; empty after the last. corrupt where it was changed or
  // the file is cut off.
  Result<Bytes> next();

 private:
  explicit AgeReader(BytesView payload) : left_(payload) {}
  BytesView left_;
  Bytes key_;
  std::uint64_t counter_ = 0;
  bool ended_ = false;
};

}  // namespace sonae
