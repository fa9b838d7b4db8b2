// The tables of nodes: who is enrolled under which name, who was revoked, what was judged. Which logs are
// admitted is the journal's ruling, not a view's.
#include "journal/view.h"
#include "town/nodes/nodes.h"

namespace sonae::nodes {

namespace {

constexpr std::string_view kTables = R"sql(
CREATE TABLE nodes_node (
  node BYTES NOT NULL PRIMARY KEY,
  public_key TEXT NOT NULL,
  name TEXT NOT NULL,
  place TEXT NOT NULL,
  enrolled_ms BIGINT NOT NULL,
  enrolled_by BYTES NOT NULL
);
CREATE TABLE nodes_name (
  node BYTES NOT NULL,
  fact BYTES NOT NULL,
  name TEXT NOT NULL,
  place TEXT NOT NULL,
  PRIMARY KEY (node, fact)
);
CREATE TABLE nodes_revoked (
  node BYTES NOT NULL,
  fact BYTES NOT NULL,
  because TEXT NOT NULL,
  PRIMARY KEY (node, fact)
);
CREATE TABLE nodes_judged (
  node BYTES NOT NULL,
  fact BYTES NOT NULL,
  stream BIGINT NOT NULL,
  first BIGINT NOT NULL,
  next BIGINT NOT NULL,
  accepted BIGINT NOT NULL,
  because TEXT NOT NULL,
  PRIMARY KEY (node, fact)
);
CREATE TABLE nodes_fork (
  node BYTES NOT NULL,
  fact BYTES NOT NULL,
  stream BIGINT NOT NULL,
  position BIGINT NOT NULL,
  taken_over BIGINT NOT NULL,
  PRIMARY KEY (node, fact)
);
)sql";

class NodesView final : public journal::View {
 public:
  std::string_view name() const override { return "nodes"; }
  int version() const override { return 1; }
  std::string_view tables() const override { return kTables; }
  std::vector<std::string> table_names() const override {
    return {"nodes_node", "nodes_name", "nodes_revoked", "nodes_judged", "nodes_fork"};
  }
  std::vector<std::string> subject_kinds() const override { return {"node"}; }

  void fold(store::Connection& connection, const journal::Blobs&, const journal::Subject& subject,
            std::span<const journal::Fact> facts) override {
    const auto node = NodeId::parse(subject.id);
    if (!node) return;
    for (const std::string& table : table_names())
      connection.run("DELETE FROM " + table + " WHERE node = $1", *node);
    std::vector<BranchTakenOver> taken;
    for (const journal::Fact& fact : facts)
      if (fact.header.kind == "node.branch_taken_over" && !fact.erased)
        if (auto body = fact.as<BranchTakenOver>()) taken.push_back(std::move(*body));
    // Where a node introduced itself and somebody vouched for it as well, it has the name that they gave it.
    for (const bool vouched : {true, false})
      for (const journal::Fact& fact : facts)
        if (!fact.erased && fact.header.kind == "node.enrolled") enrol(connection, *node, fact, vouched);
    for (const journal::Fact& fact : facts)
      if (!fact.erased && !fact.superseded) fold_one(connection, *node, fact, taken);
  }

  std::vector<journal::DumpTable> dump() const override {
    return {
        {"nodes_node",
         "SELECT node, public_key, name, place, enrolled_ms, enrolled_by FROM nodes_node ORDER BY node"},
        {"nodes_name", "SELECT node, fact, name, place FROM nodes_name ORDER BY node, fact"},
        {"nodes_revoked", "SELECT node, fact, because FROM nodes_revoked ORDER BY node, fact"},
        {"nodes_judged",
         "SELECT node, fact, stream, first, next, accepted, because FROM nodes_judged ORDER BY node, fact"},
        {"nodes_fork",
         "SELECT node, fact, stream, position, taken_over FROM nodes_fork ORDER BY node, fact"}};
  }

 private:
  static void enrol(store::Connection& connection, const NodeId& node, const journal::Fact& fact,
                    bool vouched) {
    const auto body = fact.as<Enrolled>();
    if (!body || body->node != node || body->by.is_none() == vouched) return;
    connection.run(
        "INSERT INTO nodes_node (node, public_key, name, place, enrolled_ms, enrolled_by) "
        "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        node, body->public_key, body->name, body->place, fact.header.time.wall.milliseconds, body->by);
  }
  static void fold_one(store::Connection& connection, const NodeId& node, const journal::Fact& fact,
                       const std::vector<BranchTakenOver>& taken) {
    const std::string& kind = fact.header.kind;
    if (kind == "node.renamed") {
      if (const auto body = fact.as<Renamed>())
        connection.run("INSERT INTO nodes_name (node, fact, name, place) VALUES ($1, $2, $3, $4)", node,
                       fact.header.id, body->name, body->place);
    } else if (kind == "node.revoked") {
      if (const auto body = fact.as<Revoked>(); body && body->node == node)
        connection.run("INSERT INTO nodes_revoked (node, fact, because) VALUES ($1, $2, $3)", node,
                       fact.header.id, body->because);
    } else if (kind == "node.quarantine_judged") {
      if (const auto body = fact.as<QuarantineJudged>(); body && body->node == node)
        connection.run(
            "INSERT INTO nodes_judged (node, fact, stream, first, next, accepted, because) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7)",
            node, fact.header.id, static_cast<int>(body->stream), body->first, body->next, body->accepted,
            body->because);
    } else if (kind == "node.fork_found") {
      if (const auto body = fact.as<ForkFound>(); body && body->node == node) {
        bool over = false;
        for (const BranchTakenOver& one : taken)
          over = over || (one.stream == body->stream && one.position <= body->position);
        connection.run(
            "INSERT INTO nodes_fork (node, fact, stream, position, taken_over) VALUES ($1, $2, $3, $4, $5)",
            node, fact.header.id, static_cast<int>(body->stream), body->position, over);
      }
    }
  }
};

}  // namespace

std::unique_ptr<journal::View> make_view() {
  return std::make_unique<NodesView>();
}

}  // namespace sonae::nodes
