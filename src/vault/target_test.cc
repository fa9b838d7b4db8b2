// One suite that every kind of target must pass. A directory is always tried; S3-compatible storage where
// SONAE_TEST_S3 names an empty bucket, as in scenarios/s3_storage.py.
#include "vault/target.h"

#include <doctest/doctest.h>

#include <cstdlib>

#include "journal/testing.h"
#include "vault/s3_target.h"

using namespace sonae;
using namespace sonae::vault;

namespace {

void must_be_a_target(Target& target) {
  CHECK(target.list("objects").value() == std::vector<std::string>{});
  REQUIRE(target.write("objects/b.age", Bytes(300'000, 'b')));
  REQUIRE(target.write("objects/a.json", Bytes("{}")));
  REQUIRE(target.write("manifests/m.json", Bytes("m")));
  CHECK(target.list("objects").value() == std::vector<std::string>{"a.json", "b.age"});
  CHECK(target.list("manifests").value() == std::vector<std::string>{"m.json"});
  const bool same = target.read("objects/b.age").value() == Bytes(300'000, 'b');
  CHECK(same);
  REQUIRE(target.write("objects/a.json", Bytes("")));
  CHECK(target.read("objects/a.json").value().empty());
  const auto missing = target.read("objects/c.age");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ErrorCode::not_found);
  CHECK(target.remove("objects/c.age"));
  CHECK(target.remove("objects/b.age"));
  CHECK(target.list("objects").value() == std::vector<std::string>{"a.json"});
}

}  // namespace

TEST_CASE("target: a directory") {
  const journal::TemporaryDirectory root;
  must_be_a_target(**open_target(real_env(), root.path()));
}

TEST_CASE("target: S3-compatible storage") {
  const char* const where = std::getenv("SONAE_TEST_S3");
  if (where == nullptr) return;
  must_be_a_target(**open_target(real_env(), where));
  const std::string address = where;
  const std::size_t path = address.find('/', address.find("://") + 3);
  auto elsewhere = *open_target(real_env(), address.substr(0, path) + "/no-such-bucket");
  CHECK(elsewhere->list("objects").error().code == ErrorCode::not_found);
  auto nobody = *open_target(real_env(), "s3+http://127.0.0.1:1/bucket");
  CHECK(nobody->write("objects/a", Bytes("a")).error().code == ErrorCode::io_failure);
  const std::string user = std::getenv("AWS_ACCESS_KEY_ID");
  ::setenv("AWS_ACCESS_KEY_ID", "wrong", 1);
  auto stranger = *open_target(real_env(), where);
  ::setenv("AWS_ACCESS_KEY_ID", user.c_str(), 1);
  CHECK(stranger->write("objects/a.json", Bytes("a")).error().code == ErrorCode::forbidden);
  auto target = *open_target(real_env(), where);
  for (int i = 0; i < 1100; ++i)  // more than one page of a listing
    REQUIRE(target->write("many/" + std::to_string(i), Bytes("x")));
  CHECK(target->list("many").value().size() == 1100);
}

TEST_CASE("target: a listing of S3 is read, whole or cut off") {
  const S3Listing listing = read_s3_listing(
      "<ListBucketResult><IsTruncated>true</IsTruncated><Contents><Key>t/objects/a.age</Key></Contents>"
      "<Contents><Key>t/objects/b.age</Key></Contents></ListBucketResult>");
  CHECK(listing.keys == std::vector<std::string>{"t/objects/a.age", "t/objects/b.age"});
  CHECK(listing.truncated);
  CHECK(read_s3_listing("<Key>cut o").keys.empty());
  CHECK(read_s3_listing("").keys.empty());
}

TEST_CASE("target: an address of S3 that cannot be one is refused before anything is sent") {
  for (const char* const where : {"s3+https://host", "s3+https://host/", "s3+http://user@host/bucket"})
    CHECK(open_s3_target(where).error().code == ErrorCode::invalid_input);
}
