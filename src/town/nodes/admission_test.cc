// The ruling is a function of the set of governing facts: the order in which they came does not show.
#include "town/nodes/admission.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "base/fake_env.h"
#include "base/sign.h"

using namespace sonae;
using journal::PlacedFact;
using journal::Stream;

namespace {

struct Machines {
  SeededRandom dice;
  std::vector<PublicKey> keys;
  std::vector<NodeId> ids;

  explicit Machines(std::uint64_t seed) : dice(seed) {
    for (char letter = 'a'; letter < 'f'; ++letter) {
      keys.push_back(SigningKey::from_seed(Bytes(32, letter)).public_key());
      ids.push_back(node_id_of(keys.back()));
    }
  }
  std::size_t any() { return dice.below(ids.size()); }

  template <class Body>
  PlacedFact fact(std::uint64_t position, std::string kind, const Body& body) {
    PlacedFact made{{ids[any()], Stream::urgent}, position, {}};
    made.fact.header.id = dice.id<FactId>();
    made.fact.header.kind = std::move(kind);
    made.fact.body = to_text(to_json(body));
    return made;
  }
  // Machines let each other in, throw each other out, and judge what is left, all at once.
  PlacedFact any_fact(std::uint64_t position) {
    const std::size_t about = any();
    const auto stream = dice.below(2) == 0 ? Stream::urgent : Stream::ordinary;
    switch (dice.below(4)) {
      case 0:
        return fact(position, "node.revoked",
                    nodes::Revoked{ids[about], {{Stream::urgent, dice.below(20)}}, "x", {}});
      case 1:
        return fact(
            position, "node.quarantine_judged",
            nodes::QuarantineJudged{
                ids[about], stream, dice.below(10), 10 + dice.below(10), dice.below(2) == 0, "x", {}});
      case 2:
        return fact(position, "node.fork_found", nodes::ForkFound{ids[about], stream, dice.below(20), ""});
      default:
        return fact(position, "node.enrolled",
                    nodes::Enrolled{ids[about], to_base64(keys[about].bytes()), "x", "", {}, {}});
    }
  }
};

}  // namespace

TEST_CASE("admission: the order in which facts came makes no difference") {
  CHECK(rc::check([](std::uint64_t seed) {
    Machines machines(seed);
    std::vector<PlacedFact> facts;
    for (std::uint64_t i = 0, count = machines.dice.below(20); i < count; ++i) {
      facts.push_back(machines.any_fact(i));
      if (i > 0 && machines.dice.below(4) == 0)
        facts.back().fact.header.supersedes.push_back(facts[machines.dice.below(i)].fact.header.id);
    }
    const std::vector<NodeId> anchors{machines.ids[0]};
    const std::string first = nodes::admission().rule({}, anchors, facts).text();
    for (int round = 0; round < 5; ++round) {
      for (std::size_t i = facts.size(); i > 1; --i)
        std::swap(facts[i - 1], facts[machines.dice.below(i)]);
      RC_ASSERT(nodes::admission().rule({}, anchors, facts).text() == first);
    }
  }));
}

TEST_CASE("admission: an enrolment with a key that is not the node's lets nobody in") {
  Machines machines(1);
  PlacedFact fact{{machines.ids[0], Stream::urgent}, 0, {}};
  fact.fact.header.kind = "node.enrolled";
  fact.fact.body = to_text(
      to_json(nodes::Enrolled{machines.ids[1], to_base64(machines.keys[2].bytes()), "x", "", {}, {}}));
  const journal::Ruling ruling = nodes::admission().rule({}, std::vector{machines.ids[0]}, std::vector{fact});
  CHECK(ruling.admits({machines.ids[0], Stream::access}, 5));
  CHECK_FALSE(ruling.admits({machines.ids[1], Stream::urgent}, 0));
}
