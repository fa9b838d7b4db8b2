// The nodes of a town: which machines belong to it, who let them in, what of revoked, unknown and cloned ones
// waits for a person's judgement. Any thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/operation.h"
#include "journal/admission.h"
#include "town/access/access.h"
#include "town/nodes/facts.h"

namespace sonae::nodes {

// How a node stands to the town, as far as it is known here.
enum class Standing : std::uint8_t {
  enrolled,
  unknown,  // its logs came, and nobody has vouched for it
  revoked,
};
BOOST_DESCRIBE_ENUM(Standing, enrolled, unknown, revoked)

struct Node {
  NodeId node;
  std::string name;  // empty where nobody gave it one
  std::string place;
  Standing standing = Standing::enrolled;
  bool here = false;  // the node that answers
  bool founder = false;
  std::string public_key;              // base64
  std::optional<Instant> enrolled_at;  // by the clock of who enrolled it
  std::optional<PersonId> by;
  std::string because;           // why it was revoked
  std::int64_t facts = 0;        // of its logs that are here
  std::int64_t quarantined = 0;  // how many of them wait
  bool forked = false;           // two histories of one of its logs were found
};
BOOST_DESCRIBE_STRUCT(Node, (),
                      (node, name, place, standing, here, founder, public_key, enrolled_at, by, because,
                       facts, quarantined, forked))

class Nodes {
 public:
  Nodes(town::Town& town, access::Access& access) : town_(town), access_(access) {}

  // The founder, and whoever goes on in a directory that was restored or copied, says who it is. For others
  // this counts only where they know the node (the founder) or somebody vouches for it.
  Status introduce_itself(const std::string& name);
  // The forks that facts tell of: from which position on a log is forked.
  std::map<journal::LogId, std::uint64_t> forked_from() const;
  // What this node alone knows about nodes, and others must: written as facts, once. Called after each
  // exchange and when the town is opened.
  Status tell();
  Status tell_forks();    // each forked log that was found
  Status tell_trusted();  // whom the directory trusts, and the town does not by its facts

  std::vector<Node> list() const;
  std::optional<Node> find(const NodeId& node) const;
  // Whether a peer with this key may exchange with us: it belongs to the town and is not revoked.
  bool may_exchange(const PublicKey& key) const;
  // Enrols a node that came with a code; the inviting person and grant are those of the invitation.
  Status enrol(const Enrolled& body, const GrantId& under);

  void add_operations(api::Catalogue& catalogue);
  town::Town& town() const { return town_; }
  access::Access& access() const { return access_; }

 private:
  town::Town& town_;
  access::Access& access_;
};

std::unique_ptr<journal::View> make_view();

}  // namespace sonae::nodes
