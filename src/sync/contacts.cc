#include "sync/contacts.h"

#include "journal/tables.h"

namespace sonae::sync {

namespace {

constexpr std::string_view kTables = R"sql(
CREATE TABLE IF NOT EXISTS local_sync_peer (address TEXT NOT NULL PRIMARY KEY, link TEXT NOT NULL,
  every_seconds BIGINT NOT NULL, node BYTES, tried_ms BIGINT, succeeded_ms BIGINT, error TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS local_sync_contact (node BYTES NOT NULL PRIMARY KEY, at_ms BIGINT NOT NULL,
  address TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS local_sync_has (node BYTES NOT NULL, log_node BYTES NOT NULL, stream BIGINT NOT NULL,
  size BIGINT NOT NULL, PRIMARY KEY (node, log_node, stream));
)sql";

std::optional<Instant> instant(const store::Cursor& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return Instant{row.integer(column)};
}

}  // namespace

Contacts::Contacts(store::Database& database) : connection_(database.connect()) {
  store::Transaction transaction(*connection_, store::Transaction::Kind::write);
  connection_->script(kTables);
  transaction.commit();
}

void Contacts::add_peer(const ConfiguredPeer& peer) {
  const std::lock_guard lock(mutex_);
  store::Transaction transaction(*connection_, store::Transaction::Kind::write);
  connection_->run("DELETE FROM local_sync_peer WHERE address = $1", peer.address);
  connection_->run(
      "INSERT INTO local_sync_peer (address, link, every_seconds, error) VALUES ($1, $2, $3, '')",
      peer.address, peer.link, peer.every_seconds);
  transaction.commit();
}

bool Contacts::remove_peer(const std::string& address) {
  const std::lock_guard lock(mutex_);
  store::Transaction transaction(*connection_, store::Transaction::Kind::write);
  const bool was_there = connection_->run("DELETE FROM local_sync_peer WHERE address = $1", address) > 0;
  transaction.commit();
  return was_there;
}

std::vector<ConfiguredPeer> Contacts::peers() {
  const std::lock_guard lock(mutex_);
  std::vector<ConfiguredPeer> all;
  const auto row = connection_->query(
      "SELECT address, link, every_seconds, node, tried_ms, succeeded_ms, error FROM local_sync_peer ORDER "
      "BY "
      "address");
  while (row->next()) {
    ConfiguredPeer one{row->string(0),   row->string(1),   row->integer(2), std::nullopt,
                       instant(*row, 4), instant(*row, 5), row->string(6)};
    if (!row->is_null(3)) one.node = row->id<NodeId>(3);
    all.push_back(std::move(one));
  }
  return all;
}

void Contacts::tried(const std::string& address, Instant at, const std::optional<NodeId>& node,
                     const std::string& error) {
  const std::lock_guard lock(mutex_);
  store::Transaction transaction(*connection_, store::Transaction::Kind::write);
  connection_->run("UPDATE local_sync_peer SET tried_ms = $1, error = $2 WHERE address = $3", at.milliseconds,
                   error, address);
  if (error.empty() && node)
    connection_->run("UPDATE local_sync_peer SET succeeded_ms = $1, node = $2 WHERE address = $3",
                     at.milliseconds, *node, address);
  transaction.commit();
}

void Contacts::heard(const NodeId& node, Instant at, const std::string& address,
                     const std::vector<Head>& heads) {
  const std::lock_guard lock(mutex_);
  store::Transaction transaction(*connection_, store::Transaction::Kind::write);
  connection_->run("DELETE FROM local_sync_contact WHERE node = $1", node);
  connection_->run("INSERT INTO local_sync_contact (node, at_ms, address) VALUES ($1, $2, $3)", node,
                   at.milliseconds, address);
  connection_->run("DELETE FROM local_sync_has WHERE node = $1", node);
  for (const Head& head : heads)
    connection_->run(
        "INSERT INTO local_sync_has (node, log_node, stream, size) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (node, log_node, stream) DO NOTHING",
        node, head.node, static_cast<int>(head.stream), head.size);
  transaction.commit();
}

std::vector<Contact> Contacts::contacts() {
  const std::lock_guard lock(mutex_);
  std::map<NodeId, Contact> by_node;
  {
    const auto row = connection_->query("SELECT node, at_ms, address FROM local_sync_contact");
    while (row->next())
      by_node[row->id<NodeId>(0)] = {row->id<NodeId>(0), Instant{row->integer(1)}, row->string(2), {}};
  }
  const auto row = connection_->query("SELECT node, log_node, stream, size FROM local_sync_has");
  while (row->next())
    if (const auto found = by_node.find(row->id<NodeId>(0)); found != by_node.end())
      found->second.has[{row->id<NodeId>(1), journal::stream_in(*row, 2)}] =
          static_cast<std::uint64_t>(row->integer(3));
  std::vector<Contact> all;
  for (auto& [node, contact] : by_node)
    all.push_back(std::move(contact));
  return all;
}

}  // namespace sonae::sync
