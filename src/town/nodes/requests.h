// What is asked of nodes, as plain structs, and what each does.
#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

#include "town/nodes/nodes.h"

namespace sonae::nodes {

struct NodeList {
  std::vector<Node> nodes;
};
BOOST_DESCRIBE_STRUCT(NodeList, (), (nodes))

struct EnrolNode {
  NodeId node;
  std::optional<std::string> public_key;  // base64; needed where none of its logs is here yet
  std::string name;
  std::optional<std::string> place;
};
BOOST_DESCRIBE_STRUCT(EnrolNode, (), (node, public_key, name, place))
Status enrol(Nodes& nodes, const api::Call& call, const EnrolNode& request);

struct RenameNode {
  NodeId node;
  std::string name;
  std::optional<std::string> place;
};
BOOST_DESCRIBE_STRUCT(RenameNode, (), (node, name, place))
Status rename(Nodes& nodes, const api::Call& call, const RenameNode& request);

struct RevokeNode {
  NodeId node;
  std::string because;
  // How much of its logs is still accepted; left out: all that is here now.
  std::optional<std::vector<Accepted>> accepted;
};
BOOST_DESCRIBE_STRUCT(RevokeNode, (), (node, because, accepted))
Status revoke(Nodes& nodes, const api::Call& call, const RevokeNode& request);

struct KindCount {
  std::string kind;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(KindCount, (), (kind, count))

// A stretch that is kept out of everything until a person judges it, and what was judged so far.
struct QuarantineRow {
  NodeId node;
  std::string name;
  Standing standing = Standing::unknown;
  bool forked = false;
  journal::Stream stream = journal::Stream::ordinary;
  std::uint64_t first = 0;
  std::uint64_t next = 0;
  std::vector<KindCount> kinds;  // of its first thousand facts
  std::optional<HybridTime> earliest;
  std::optional<HybridTime> latest;
  bool judged_out = false;   // somebody has said: this stays out
  bool contradicts = false;  // others said: this is accepted
};
BOOST_DESCRIBE_STRUCT(QuarantineRow, (),
                      (node, name, standing, forked, stream, first, next, kinds, earliest, latest, judged_out,
                       contradicts))
struct QuarantineList {
  std::vector<QuarantineRow> stretches;
  std::int64_t open = 0;  // those that nobody has judged, or that were judged differently
};
BOOST_DESCRIBE_STRUCT(QuarantineList, (), (stretches, open))
QuarantineList quarantine(const Nodes& nodes);

struct AskQuarantined {
  NodeId node;
  journal::Stream stream = journal::Stream::ordinary;
  std::uint64_t first = 0;
  std::uint64_t next = 0;
};
BOOST_DESCRIBE_STRUCT(AskQuarantined, (), (node, stream, first, next))
struct QuarantinedFact {
  FactId fact;
  std::string kind;
  HybridTime time;
  std::vector<journal::Subject> subjects;
  json::value body;
};
BOOST_DESCRIBE_STRUCT(QuarantinedFact, (), (fact, kind, time, subjects, body))
struct QuarantinedFacts {
  std::vector<QuarantinedFact> facts;  // a hundred at most
};
BOOST_DESCRIBE_STRUCT(QuarantinedFacts, (), (facts))
// Recorded as a look at everybody whom these facts are about.
Result<QuarantinedFacts> look_at_quarantined(Nodes& nodes, const api::Call& call,
                                             const AskQuarantined& request);

struct JudgeQuarantine {
  NodeId node;
  journal::Stream stream = journal::Stream::ordinary;
  std::uint64_t first = 0;
  std::uint64_t next = 0;
  bool accepted = false;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(JudgeQuarantine, (), (node, stream, first, next, accepted, because))
Status judge(Nodes& nodes, const api::Call& call, const JudgeQuarantine& request);

struct ForkRow {
  NodeId node;
  std::string name;
  journal::Stream stream = journal::Stream::ordinary;
  std::uint64_t position = 0;    // the first at which the two histories differ
  std::vector<KindCount> kinds;  // of the facts of both from there on, as far as they are here
  bool taken_over = false;
};
BOOST_DESCRIBE_STRUCT(ForkRow, (), (node, name, stream, position, kinds, taken_over))
struct ForkList {
  std::vector<ForkRow> forks;
};
BOOST_DESCRIBE_STRUCT(ForkList, (), (forks))
ForkList list_forks(const Nodes& nodes);

struct TakeOverBranch {
  NodeId node;
  journal::Stream stream = journal::Stream::ordinary;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(TakeOverBranch, (), (node, stream, because))
struct TakenOver {
  std::int64_t facts = 0;
};
BOOST_DESCRIBE_STRUCT(TakenOver, (), (facts))
Result<TakenOver> take_over(Nodes& nodes, const api::Call& call, const TakeOverBranch& request);

}  // namespace sonae::nodes
