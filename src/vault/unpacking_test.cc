#include "vault/unpacking.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <new>

#include "journal/testing.h"
#include "vault/target.h"

using namespace sonae;
using namespace sonae::vault;

namespace {

// A target whose reading fails in the ways of a machine that is at its end.
class FailingTarget final : public Target {
 public:
  Result<std::vector<std::string>> list(const std::string&) override { return std::vector<std::string>{}; }
  Result<Bytes> read(const std::string& name) override {
    if (name.find("memory") != std::string::npos) throw std::bad_alloc();
    if (name.find("disk") != std::string::npos)
      throw std::filesystem::filesystem_error("read", std::make_error_code(std::errc::io_error));
    if (name.find("defect") != std::string::npos) throw std::logic_error("a person's name");
    return fail(ErrorCode::not_found, {"ありません", "It is not there"}, name);
  }
  Status write(const std::string&, BytesView) override { return {}; }
  Status remove(const std::string&) override { return {}; }
};

}  // namespace

TEST_CASE("unpacking: what is thrown while reading ahead is the object's failure, and the next one is read") {
  journal::TestTown town;
  FailingTarget target;
  const AgeIdentity identity = AgeIdentity::of(town.options().node_key);
  std::vector<ObjectEntry> objects;
  for (const char* const name : {"memory", "disk", "defect", "missing"}) {
    objects.emplace_back();
    objects.back().name = name;
  }
  Unpacking unpacking(target, identity, town.journal(), objects);
  for (const ErrorCode code :
       {ErrorCode::too_large, ErrorCode::io_failure, ErrorCode::internal, ErrorCode::not_found}) {
    const Unpacked one = unpacking.next();
    CHECK(one.ended);
    CHECK_FALSE(one.range);
    REQUIRE_FALSE(one.status);
    CHECK(one.status.error().code == code);
    CHECK(one.of_this_machine == (code == ErrorCode::too_large));
    CHECK(one.status.error().in(Language::english).find("person") == std::string::npos);
  }
}
