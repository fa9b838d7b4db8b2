#include "journal/proof.h"

#include <doctest/doctest.h>

#include <bit>

#include "journal/checkpoint.h"
#include "journal/fact_proof.h"
#include "journal/testing.h"
#include "journal/testing_view.h"

using namespace sonae;
using namespace sonae::journal;

namespace {

// The second implementation: the definitions of RFC 9162 word for word over lists of leaf hashes.
using Leaves = std::span<const Hash>;

std::size_t largest_power_below(std::size_t n) {
  std::size_t k = 1;
  while (k * 2 < n)
    k *= 2;
  return k;
}

Hash plain_root(Leaves d) {
  if (d.empty()) return sha256({});
  if (d.size() == 1) return d[0];
  const std::size_t k = largest_power_below(d.size());
  return sha256(
      {std::string_view("\x01", 1), plain_root(d.first(k)).bytes(), plain_root(d.subspan(k)).bytes()});
}

std::vector<Hash> plain_path(std::size_t m, Leaves d) {
  if (d.size() == 1) return {};
  const std::size_t k = largest_power_below(d.size());
  std::vector<Hash> path = m < k ? plain_path(m, d.first(k)) : plain_path(m - k, d.subspan(k));
  path.push_back(plain_root(m < k ? d.subspan(k) : d.first(k)));
  return path;
}

std::vector<Hash> plain_subproof(std::size_t m, Leaves d, bool known) {
  if (m == d.size()) return known ? std::vector<Hash>{} : std::vector<Hash>{plain_root(d)};
  const std::size_t k = largest_power_below(d.size());
  std::vector<Hash> proof =
      m <= k ? plain_subproof(m, d.first(k), known) : plain_subproof(m - k, d.subspan(k), false);
  proof.push_back(plain_root(m <= k ? d.subspan(k) : d.first(k)));
  return proof;
}

// The root that a path leads to, from the top down.
Hash plain_root_from_path(Hash leaf, std::size_t m, std::size_t n, std::span<const Hash> path) {
  if (n == 1) return leaf;
  const std::size_t k = largest_power_below(n);
  const auto below = path.first(path.size() - 1);
  if (m < k) return node_hash(plain_root_from_path(leaf, m, k, below), path.back());
  return node_hash(path.back(), plain_root_from_path(leaf, m - k, n - k, below));
}

std::vector<Hash> some_leaves(std::size_t count) {
  std::vector<Hash> leaves;
  for (std::size_t i = 0; i < count; ++i)
    leaves.push_back(sha256(std::to_string(i)));
  return leaves;
}

HashSource source_of(const std::vector<Hash>& leaves) {
  return [&leaves](const Subtree& subtree) {
    return plain_root(
        Leaves(leaves).subspan(subtree.number << subtree.height, std::size_t{1} << subtree.height));
  };
}

void check_inclusion(const std::vector<Hash>& leaves, std::size_t index, std::size_t size) {
  const Leaves tree = Leaves(leaves).first(size);
  const Hash root = plain_root(tree);
  const std::vector<Hash> proof = inclusion_proof(source_of(leaves), index, size);
  REQUIRE(proof == plain_path(index, tree));
  REQUIRE(plain_root_from_path(leaves[index], index, size, proof) == root);
  REQUIRE(inclusion_is_proven(leaves[index], index, size, proof, root));
  REQUIRE(!inclusion_is_proven(leaves[index], index + 1, size, proof, root));
  REQUIRE(!inclusion_is_proven(sha256("another"), index, size, proof, root));
  if (!proof.empty())
    REQUIRE(!inclusion_is_proven(leaves[index], index, size, std::span(proof).first(proof.size() - 1), root));
}

void check_consistency(const std::vector<Hash>& leaves, std::size_t first, std::size_t second) {
  const Hash first_root = plain_root(Leaves(leaves).first(first));
  const Hash second_root = plain_root(Leaves(leaves).first(second));
  const std::vector<Hash> proof = consistency_proof(source_of(leaves), first, second);
  if (first > 0 && first < second)
    REQUIRE(proof == plain_subproof(first, Leaves(leaves).first(second), true));
  REQUIRE(consistency_is_proven(first, first_root, second, second_root, proof));
  REQUIRE(!consistency_is_proven(first, sha256("another"), second, second_root, proof));
  if (first > 0) REQUIRE(!consistency_is_proven(first, first_root, second, sha256("another"), proof));
  std::vector<Hash> longer = proof;
  longer.push_back(sha256("more"));
  REQUIRE(!consistency_is_proven(first, first_root, second, second_root, longer));
}

}  // namespace

TEST_CASE("the known answers of Certificate Transparency's test tree") {
  // The eight leaves that the Certificate Transparency implementations use in their own tests.
  const std::vector<Bytes> inputs{"",
                                  Bytes(1, '\0'),
                                  "\x10",
                                  "\x20\x21",
                                  "\x30\x31",
                                  "\x40\x41\x42\x43",
                                  "\x50\x51\x52\x53\x54\x55\x56\x57",
                                  "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};
  Frontier frontier;
  for (const Bytes& input : inputs)
    frontier.add(sha256({std::string_view("\x00", 1), input}), [](const Subtree&, const Hash&) {});
  CHECK(frontier.root().hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
  CHECK(empty_root().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("the growing edge has the root of the whole tree at every size") {
  const std::vector<Hash> leaves = some_leaves(300);
  Frontier frontier;
  for (std::size_t size = 0; size < leaves.size(); ++size) {
    CHECK(frontier.root() == plain_root(Leaves(leaves).first(size)));
    CHECK(frontier.root() == root_of(source_of(leaves), size));
    frontier.add(leaves[size], [&](const Subtree& subtree, const Hash& hash) {
      CHECK(hash == source_of(leaves)(subtree));
    });
  }
}

TEST_CASE("proofs agree with a second implementation at all small sizes and at random larger ones") {
  const std::vector<Hash> leaves = some_leaves(2000);
  for (std::size_t size = 1; size <= 130; ++size)
    for (std::size_t index = 0; index < size; ++index)
      check_inclusion(leaves, index, size);
  for (std::size_t second = 0; second <= 130; ++second)
    for (std::size_t first = 0; first <= second; ++first)
      check_consistency(leaves, first, second);
  SeededRandom dice(9162);
  for (int i = 0; i < 60; ++i) {
    const std::size_t size = 131 + dice.below(leaves.size() - 131);
    check_inclusion(leaves, dice.below(size), size);
    check_consistency(leaves, dice.below(size), size);
  }
}

TEST_CASE("a stored fact is proven to a stranger, and nothing else is") {
  NotesView view;
  TestTown town({&view});
  std::vector<Receipt> receipts;
  for (int i = 0; i < 3; ++i) {
    Batch batch;
    for (int k = 0; k < 201; ++k)
      batch.drafts.push_back(note("page", std::to_string(k)));
    const std::vector<Receipt> given = town.journal().append(std::move(batch)).value();
    receipts.insert(receipts.end(), given.begin(), given.end());
  }
  const auto reader = town.journal().reader();
  for (const std::size_t at : {0, 200, 255, 256, 511, 512, 602}) {
    const auto proven = prove(*reader, receipts[at].fact);
    if (!proven) MESSAGE(proven.error().in(Language::english));
    REQUIRE(proven);
    const FactProof& proof = *proven;
    const auto carried = from_json_text<FactProof>(to_text(to_json(proof)));
    REQUIRE(carried);
    const auto header = check(*carried);
    REQUIRE(header);
    CHECK(header->id == receipts[at].fact);
    FactProof forged = proof;
    forged.body = to_base64(R"({"text":"forged"})");
    CHECK(!check(forged));
    forged = proof;
    forged.position ^= 1;
    CHECK(!check(forged));
    forged = proof;
    forged.checkpoint[forged.checkpoint.size() - 10] ^= 1;
    CHECK(!check(forged));
    forged = proof;
    forged.public_key = to_base64(SigningKey::from_seed(Bytes(32, 'x')).public_key().bytes());
    CHECK(!check(forged));
  }
  CHECK(prove(*reader, town.random().id<FactId>()).error().code == ErrorCode::not_found);
}

TEST_CASE("a checkpoint is a signed note as C2SP writes it") {
  const SigningKey key = SigningKey::from_seed(Bytes(32, 'k'));
  const Checkpoint checkpoint{"sonae/town/node/urgent", 42, sha256("root")};
  const Bytes note = sign_checkpoint(checkpoint, key);
  CHECK(note.starts_with("sonae/town/node/urgent\n42\n" + to_base64(sha256("root").bytes()) +
                         "\n\n\u2014 sonae/town/node/urgent "));
  CHECK(note.ends_with('\n'));
  const auto read = read_checkpoint(note);
  REQUIRE(read);
  CHECK(read->checkpoint == checkpoint);
  CHECK(is_signed_by(*read, key.public_key()));
  CHECK(!is_signed_by(*read, SigningKey::from_seed(Bytes(32, 'x')).public_key()));
  CHECK(note_text(*read) == note);
  for (const std::string broken : {"", "a\n1\n", "a\n01\nAAAA\n\n", "a\n1\n\n\n", "a\n-1\nAAAA\n\n"})
    CHECK(!read_checkpoint(broken));
  CHECK(!read_checkpoint(note.substr(0, note.size() - 1)));
}
