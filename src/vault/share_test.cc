#include "vault/share.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "base/fake_env.h"
#include "vault/check_words.h"
#include "vault/recovery_key.h"
#include "vault/shamir.h"

using namespace sonae;
using namespace sonae::vault;

namespace {

const ShareWords& list() {
  static const ShareWords words = *ShareWords::open(real_env(), SONAE_DATA_DIR);
  return words;
}

const KeyOwner kOwner{*TownId::from_bytes("a town of sixtee"), *NodeId::from_bytes("a node of sixtee")};

MadeKey made(std::uint64_t seed, int need, int count) {
  SeededRandom random(seed);
  return *make_recovery_key(random, kOwner, need, count);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words)
    text += word + " ";
  return text;
}

std::string complaint(const Result<Share>& result) {
  REQUIRE_FALSE(result);
  return result.error().in(Language::english);
}

}  // namespace

TEST_CASE("shamir: any `need` shares give the secret, fewer give something else") {
  rc::check([](std::uint64_t seed) {
    SeededRandom random(seed);
    const int count = 2 + static_cast<int>(random.below(15));
    const int need = 2 + static_cast<int>(random.below(static_cast<std::uint64_t>(count - 1)));
    const Bytes secret = random.bytes(40);
    std::vector<Point> points = split_secret(random, secret, need, count);
    for (std::size_t at = points.size(); at > 1; --at)
      std::swap(points[at - 1], points[random.below(at)]);
    points.resize(static_cast<std::size_t>(need));
    RC_ASSERT(join_secret(points) == secret);
    points.pop_back();
    RC_ASSERT(join_secret(points) != secret);
  });
}

TEST_CASE("shamir: with one share too few every secret is equally possible") {
  // For each value of a missing share's byte another secret comes out: the shares at hand exclude none.
  SeededRandom random(3);
  std::vector<Point> points = split_secret(random, "s", 3, 3);
  std::vector<bool> seen(256);
  for (int value = 0; value < 256; ++value) {
    points[2].y[0] = static_cast<char>(value);
    seen[static_cast<unsigned char>(join_secret(points)[0])] = true;
  }
  CHECK(std::ranges::count(seen, true) == 256);
}

TEST_CASE("check words: one wrong word is found and put right, up to five are noticed") {
  rc::check([](std::uint64_t seed) {
    SeededRandom random(seed);
    Symbols symbols;
    for (int i = 0; i < 35; ++i)
      symbols.push_back(static_cast<std::uint16_t>(random.below(1024)));
    add_check_words(symbols);
    RC_ASSERT(check_words_hold(symbols));
    RC_ASSERT(!find_wrong_word(symbols));
    Symbols damaged = symbols;
    const std::size_t where = random.below(40);
    damaged[where] = static_cast<std::uint16_t>((damaged[where] + 1 + random.below(1023)) % 1024);
    const auto found = find_wrong_word(damaged);
    RC_ASSERT(found.has_value());
    RC_ASSERT(found->position == where);
    RC_ASSERT(found->right == symbols[where]);
    for (std::uint64_t more = random.below(5); more > 0; --more)
      damaged[random.below(40)] = static_cast<std::uint16_t>(random.below(1024));
    RC_ASSERT(damaged == symbols || !check_words_hold(damaged));
  });
}

TEST_CASE("share: words and code come back, in whatever script they are typed") {
  rc::check([](std::uint64_t seed) {
    const MadeKey key = made(seed, 3, 5);
    for (const Share& share : key.shares) {
      RC_ASSERT(*read_share(joined(words_of(share, list())), list()) == share);
      RC_ASSERT(*read_share(code_of(share), list()) == share);
    }
  });
  CHECK(list().number("アイダ") == list().number("あいだ"));
  CHECK(list().number("ｱｲﾀﾞ") == list().number("あいだ"));
  CHECK(list().number("aida") == list().number("あいだ"));
  CHECK(list().number("yuumei") == list().number("ゆうめい"));
  CHECK(list().number("toshokan") == list().number("としょかん"));
}

TEST_CASE("share: mistyped words are named") {
  const Share share = made(1, 3, 5).shares[1];
  std::vector<std::string> words = words_of(share, list());
  const std::string right = words[6];

  words[6] = right + "ん";  // no two words of the list are so near, so this is none
  const std::string unknown = complaint(read_share(joined(words), list()));
  CHECK(unknown.find("Word 7") != std::string::npos);
  CHECK(unknown.find("Perhaps: " + right) != std::string::npos);

  words[6] = right == "あいだ" ? "あさい" : "あいだ";
  const std::string other = complaint(read_share(joined(words), list()));
  CHECK(other.find("Word 7") != std::string::npos);
  CHECK(other.find("should be " + right) != std::string::npos);

  words[6] = right;
  std::swap(words[10], words[11]);
  CHECK(complaint(read_share(joined(words), list())).find("changed places") != std::string::npos);
  words.pop_back();
  CHECK(complaint(read_share(joined(words), list())).find("39/40") != std::string::npos);
}

TEST_CASE("share: no two words of the list can be taken for each other") {
  for (std::uint16_t number = 0; number < 1024; ++number)
    CHECK(list().similar(list().word(number)) == std::vector{list().word(number)});
}

TEST_CASE("share: a text holds many, as words over lines, codes and remarks") {
  const MadeKey key = made(5, 2, 3);
  const auto words = words_of(key.shares[0], list());
  std::string text = "# sheet 1\n";
  for (std::size_t at = 0; at < words.size(); ++at)
    text += words[at] + (at % 5 == 4 ? "\n" : "　");
  text += "\n# sheet 3\n" + code_of(key.shares[2]) + "\n" + joined(words_of(key.shares[1], list())) + "\n";
  const auto shares = read_shares(text, list());
  REQUIRE_MESSAGE(shares, shares.error().in(Language::english));
  CHECK(*shares == std::vector{key.shares[0], key.shares[2], key.shares[1]});
}

TEST_CASE("recovery key: enough shares open, too few and those of another set are told apart") {
  const MadeKey key = made(1, 3, 5), other = made(2, 3, 5);
  const auto opened = join_recovery_key({key.shares[4], key.shares[0], key.shares[2]});
  REQUIRE(opened);
  CHECK(opened->identity.recipient().text() == key.recipient.text());
  CHECK(opened->belongs_to(kOwner));
  CHECK_FALSE(opened->belongs_to({kOwner.town, *NodeId::from_bytes("another node ...")}));
  CHECK(join_recovery_key({key.shares.begin(), key.shares.end()}));

  const auto few = join_recovery_key({key.shares[0], key.shares[0], key.shares[1]});
  REQUIRE_FALSE(few);
  CHECK(few.error().what.english == "Too few shares: 3 are needed, 2 are here");
  const auto mixed = join_recovery_key({key.shares[0], other.shares[1], key.shares[2]});
  REQUIRE_FALSE(mixed);
  CHECK(mixed.error().what.english.find(set_name(key.set) + " = 1,3") != std::string::npos);
  std::vector<Share> forged{key.shares[0], key.shares[1], key.shares[2]};
  forged[1].value[3] = static_cast<char>(forged[1].value[3] ^ 1);
  CHECK(join_recovery_key(forged).error().what.english == "These shares do not fit together");
  SeededRandom random(1);
  CHECK_FALSE(make_recovery_key(random, kOwner, 3, 2));
  CHECK_FALSE(make_recovery_key(random, kOwner, 1, 17));
}
