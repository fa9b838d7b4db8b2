// What can happen to the nodes of a town (ノード): enrolled, renamed, revoked; what was quarantined, judged;
// a forked log found. These facts govern which logs are admitted (journal/admission.h); all stand in the
// stream `urgent`, so that they arrive before what they admit. docs/formats.md, "Facts of nodes".
#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

#include "journal/fact.h"

namespace sonae::nodes {

// node.enrolled, about node:<id>.
struct Enrolled {
  NodeId node;
  std::string public_key;  // base64
  std::string name;        // what people call the machine: 第一小の受付
  std::string place;
  PersonId by;                            // who invited it or vouched for it; none: the town's founder
  std::optional<std::string> invitation;  // the number of the code that it came with
};
BOOST_DESCRIBE_STRUCT(Enrolled, (), (node, public_key, name, place, by, invitation))

// node.renamed, about node:<id>; supersedes the names before.
struct Renamed {
  NodeId node;
  std::string name;
  std::string place;
};
BOOST_DESCRIBE_STRUCT(Renamed, (), (node, name, place))

// How much of one log is still accepted: positions below `size`.
struct Accepted {
  journal::Stream stream = journal::Stream::ordinary;
  std::uint64_t size = 0;
};
BOOST_DESCRIBE_STRUCT(Accepted, (), (stream, size))

// node.revoked, about node:<id>. Of a stream that is not listed nothing is accepted.
struct Revoked {
  NodeId node;
  std::vector<Accepted> accepted;
  std::string because;
  PersonId by;
};
BOOST_DESCRIBE_STRUCT(Revoked, (), (node, accepted, because, by))

// node.quarantine_judged, about node:<id>; supersedes earlier judgements of the same stretch. Two that do not
// know of each other and differ: kept out until a person settles it.
struct QuarantineJudged {
  NodeId node;
  journal::Stream stream = journal::Stream::ordinary;
  std::uint64_t first = 0;
  std::uint64_t next = 0;  // positions first ... next - 1
  bool accepted = false;
  std::string because;
  PersonId by;
};
BOOST_DESCRIBE_STRUCT(QuarantineJudged, (), (node, stream, first, next, accepted, because, by))

// node.fork_found, about node:<id>: the node signed two histories of this log. From `position` on neither is
// admitted; a person takes over what of it is true (node.branch_taken_over).
struct ForkFound {
  NodeId node;
  journal::Stream stream = journal::Stream::ordinary;
  std::uint64_t position = 0;
  std::string note;  // the head of the other history, signed
};
BOOST_DESCRIBE_STRUCT(ForkFound, (), (node, stream, position, note))

// node.branch_taken_over, about node:<id>: the facts of both histories were written again, with their ids, in
// the log of the node where the person did it.
struct BranchTakenOver {
  NodeId node;
  journal::Stream stream = journal::Stream::ordinary;
  std::uint64_t position = 0;
  std::vector<FactId> facts;
  std::string because;
  PersonId by;
};
BOOST_DESCRIBE_STRUCT(BranchTakenOver, (), (node, stream, position, facts, because, by))

}  // namespace sonae::nodes
