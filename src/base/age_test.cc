#include "base/age.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/bech32.h"

using namespace sonae;

namespace {

Bytes encrypted(const std::vector<AgeRecipient>& recipients, BytesView content) {
  Bytes file;
  auto writer = AgeWriter::begin(real_env().random, recipients, [&](BytesView bytes) -> Status {
    file += bytes;
    return {};
  });
  REQUIRE(writer);
  REQUIRE(writer->write(content));
  REQUIRE(writer->finish());
  return file;
}

Result<Bytes> decrypted(BytesView file, const AgeIdentity& identity) {
  AgeReader reader = TRY(AgeReader::open(file, identity));
  Bytes content;
  for (;;) {
    const Bytes piece = TRY(reader.next());
    if (piece.empty()) return content;
    content += piece;
  }
}

Bytes replaced(Bytes file, std::string_view from, std::string_view to) {
  const std::size_t at = file.find(from);
  REQUIRE(at != Bytes::npos);
  return file.replace(at, from.size(), to);
}

const AgeIdentity& somebody() {
  static const AgeIdentity identity = AgeIdentity::of(SigningKey::from_seed(Bytes(32, 's')));
  return identity;
}

}  // namespace

TEST_CASE("bech32: what is written is read; mixed case, wrong letters and sums are refused") {
  const Bytes bytes = real_env().random.bytes(32);
  const std::string text = to_bech32("age", bytes);
  CHECK(*from_bech32("age", text) == bytes);
  CHECK(from_bech32("a", "A12UEL5L"));  // BIP 173's valid strings
  CHECK_FALSE(from_bech32("a", "A12uEL5L"));
  CHECK_FALSE(from_bech32("a", "a12uel5q"));
  CHECK_FALSE(from_bech32("age", text.substr(0, text.size() - 1)));
  CHECK_FALSE(from_bech32("agf", text));
  CHECK_FALSE(AgeRecipient::parse("age1"));
}

TEST_CASE("age: any size comes back, for every recipient and nobody else") {
  const SigningKey node = SigningKey::from_seed(Bytes(32, 'n'));
  const AgeIdentity other = AgeIdentity::of(SigningKey::from_seed(Bytes(32, 'o')));
  CHECK(AgeRecipient::of(node.public_key())->text() == AgeIdentity::of(node).recipient().text());
  for (const std::size_t size : {0UL, 1UL, kAgeChunk - 1, kAgeChunk, kAgeChunk + 1, 2 * kAgeChunk}) {
    const Bytes content = real_env().random.bytes(size);
    const Bytes file = encrypted({*AgeRecipient::of(node.public_key()), somebody().recipient()}, content);
    CHECK(decrypted(file, AgeIdentity::of(node)) == content);
    CHECK(decrypted(file, somebody()) == content);
    CHECK(decrypted(file, other).error().code == ErrorCode::forbidden);
  }
}

TEST_CASE("age: every kind of damage is refused") {
  const Bytes file = encrypted({somebody().recipient()}, Bytes(kAgeChunk + 100, 'x'));
  const auto refused = [](const Bytes& changed) {
    const auto content = decrypted(changed, somebody());
    return !content;
  };
  const std::size_t header = file.find("--- ") + 48;  // the MAC's line has 4 + 43 + 1 bytes
  for (std::size_t size = 0; size < header + 40; ++size)
    CHECK(refused(file.substr(0, size)));
  for (std::size_t at = 0; at < header + 40; ++at) {
    Bytes changed = file;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    CHECK_MESSAGE(refused(changed), at);
  }
  CHECK(refused(file.substr(0, file.size() - 1)));
  CHECK(refused(file.substr(0, header + 16 + kAgeChunk + 16)));  // without the last chunk
  CHECK(refused(file + "x"));
  CHECK(refused(replaced(file, "-> X25519 ", "-> X25519  ")));
  CHECK(refused(replaced(file, "-> X25519 ", "-> x25519 ")));
  CHECK(refused(replaced(file, "\n---", "=\n---")));
  CHECK(refused(replaced(file, "\n---", "\r\n---")));
  CHECK(refused(replaced(file, "v1\n", "v2\n")));
  CHECK(refused(replaced(file, "--- ", "-> scrypt AAAAAAAAAAAAAAAAAAAAAA 10\nAAAA\n--- ")));
  const std::size_t share = file.find("X25519 ") + 7;
  CHECK(refused(Bytes(file).replace(share, 43, std::string(43, 'A'))));  // a point of low order
  CHECK(refused(Bytes(file).insert(share + 43, " AAAA")));
}

TEST_CASE("age: the public program reads what is written here, and the other way round") {
  if (std::system("command -v age >/dev/null 2>&1") != 0) return;
  const std::string root =
      (std::filesystem::temp_directory_path() / ("sonae-age-" + to_hex(real_env().random.bytes(8)))).string();
  std::filesystem::create_directories(root);
  const auto read = [](const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return Bytes(std::istreambuf_iterator<char>(in), {});
  };
  std::string key = to_bech32("age-secret-key-", somebody().secret());
  for (char& letter : key)
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  std::ofstream(root + "/key") << key << "\n";
  CHECK(AgeIdentity::parse(key)->recipient().text() == somebody().recipient().text());
  for (const std::size_t size : {0UL, 5UL, kAgeChunk, kAgeChunk * 2 + 7}) {
    const Bytes content = real_env().random.bytes(size);
    std::ofstream(root + "/content", std::ios::binary) << content;  // of nothing, `age -d` writes no file
    std::ofstream(root + "/ours", std::ios::binary) << encrypted({somebody().recipient()}, content);
    REQUIRE(std::system(("age -d -i " + root + "/key -o " + root + "/plain " + root + "/ours").c_str()) == 0);
    CHECK(read(root + "/plain") == content);
    REQUIRE(std::system(
                ("age -r " + somebody().recipient().text() + " -o " + root + "/theirs " + root + "/content")
                    .c_str()) == 0);
    CHECK(decrypted(read(root + "/theirs"), somebody()) == content);
  }
  std::filesystem::remove_all(root);
}
