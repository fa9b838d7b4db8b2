#include <doctest/doctest.h>

#include "base/sign.h"

using namespace sonae;

TEST_CASE("hash: SHA-256 of RFC 6234's example, in one piece and in several") {
  CHECK(sha256("abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256({"a", "", "bc"}) == sha256("abc"));
  Sha256 pieces;
  pieces.add("ab");
  pieces.add("c");
  CHECK(pieces.finish() == sha256("abc"));
}

TEST_CASE("signature: RFC 8032, test 1") {
  const SigningKey key =
      SigningKey::from_seed(*from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
  CHECK(to_hex(key.public_key().bytes()) ==
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  const Bytes signature = key.sign("");
  CHECK(to_hex(signature).substr(0, 16) == "e5564300c360ac72");
  CHECK(signature_is_good(key.public_key(), "", signature));
  CHECK_FALSE(signature_is_good(key.public_key(), "x", signature));
}

TEST_CASE("password: right and wrong") {
  const std::string verifier = password_verifier("津波てんでんこ", PasswordCost::minimal);
  CHECK(password_is_right("津波てんでんこ", verifier));
  CHECK_FALSE(password_is_right("津波", verifier));
}

TEST_CASE("bytes: the text forms come back") {
  for (std::size_t length = 0; length < 40; ++length) {
    const Bytes bytes = real_env().random.bytes(length);
    CHECK(*from_hex(to_hex(bytes)) == bytes);
    CHECK(*from_base32(to_base32(bytes)) == bytes);
    CHECK(*from_base64(to_base64(bytes)) == bytes);
  }
  CHECK_FALSE(from_base32("a"));
  CHECK_FALSE(from_hex("0g"));
  CHECK(from_big_endian(to_big_endian(0x0102030405060708ULL)) == 0x0102030405060708ULL);
}
