#include "journal/header.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/fake_env.h"

using namespace sonae;
using namespace sonae::journal;

namespace {

Header some_header(std::uint64_t seed, const std::string& kind, const std::vector<std::string>& ids) {
  SeededRandom random(seed);
  Header header;
  header.id = random.id<FactId>();
  header.kind = kind;
  for (const std::string& id : ids) {
    header.subjects.push_back({"entry", id});
    if (random.below(3) == 0) header.supersedes.push_back(random.id<FactId>());
  }
  header.time = {{static_cast<std::int64_t>(random.below(4'000'000'000'000))},
                 static_cast<std::uint32_t>(random.below(20'000))};
  header.device = random.id<NodeId>();
  header.grant = random.id<GrantId>();
  return header;
}

bool same(const Header& one, const Header& other) {
  return to_json(one) == to_json(other);
}

}  // namespace

TEST_CASE("a header comes back as it was written, whatever stands in its texts") {
  // Bytes of ASCII, control characters and quotes among them, and something that is not ASCII after them.
  const auto text_of = [](std::string bytes) {
    for (char& byte : bytes)
      byte = static_cast<char>(byte & 0x7f);
    return bytes + "備え𠮷";
  };
  const bool holds = rc::check(
      "round trip", [&](std::uint64_t seed, const std::string& kind_bytes, std::vector<std::string> ids) {
        const std::string kind = text_of(kind_bytes);
        for (std::string& id : ids)
          id = text_of(id);
        const Header header = some_header(seed, kind, ids);
        const Bytes text = header_text(header);
        const auto read = read_header(text);
        RC_ASSERT(read.has_value());
        RC_ASSERT(same(*read, header));
        // Both readers say the same: a space makes the text one that only the general reader takes.
        const auto general = read_header(" " + text);
        RC_ASSERT(general.has_value());
        RC_ASSERT(same(*general, header));
      });
  CHECK(holds);
}

TEST_CASE("a header in another order and with unknown members is read") {
  const Header header = some_header(1, "a.b", {"x"});
  json::value document = to_json(header);
  document.as_object()["newer"] = "thing";
  const auto read = read_header(to_text(document));
  REQUIRE(read);
  CHECK(same(*read, header));
}

TEST_CASE("what is not a header is refused") {
  const Bytes good = header_text(some_header(1, "a.b", {"x", "山"}));
  CHECK(read_header(good));
  for (std::size_t length = 0; length < good.size(); ++length)
    CHECK(!read_header(good.substr(0, length)));
  CHECK(!read_header(good + "x"));
  Bytes broken = good;
  broken[good.find("\u5c71") + 1] = 'x';
  CHECK(!read_header(broken));
  CHECK(!is_utf8("\xc0\x80"));
  CHECK(!is_utf8("\xed\xa0\x80"));
  CHECK(!is_utf8("\xf4\x90\x80\x80"));
  CHECK(is_utf8("\xf4\x8f\xbf\xbf 備え"));
}
