#include "town/town.h"

#include <algorithm>

#include "text/gaiji.h"
#include "town/database.h"
#include "town/node_key.h"

namespace sonae::town {

namespace {

// The town's own table of private characters; lines that cannot be read are told by doctor, the others serve.
Result<std::unique_ptr<const text::Gaiji>> open_gaiji(Env& env, const std::string& directory,
                                                      std::vector<Error>& problems) {
  const std::string path = directory + "/tables/gaiji.tsv";
  if (!env.disk.status(path)) return nullptr;
  const Bytes content = TRY(env.disk.read_all(path));
  return std::make_unique<const text::Gaiji>(text::Gaiji::parse(content, path, problems));
}

// The points of the town's blocks, where the town has a table of them.
Result<std::vector<text::BlockPoint>> open_blocks(Env& env, const std::string& directory) {
  const std::string path = directory + "/tables/blocks.tsv";
  if (!env.disk.status(path)) return std::vector<text::BlockPoint>{};
  return text::read_block_points(env, path);
}

// A directory trusts the node that works in it: after a restore nobody else may be left to vouch for it. A
// town from before nodes were enrolled trusts those whose logs it holds.
Status trust_own_node(Env& env, const std::string& directory, store::Connection& connection,
                      const NodeId& own, TownProfile& profile) {
  std::vector<NodeId> anchors = profile.anchors;
  const bool founded = !profile.founder;
  if (founded) {
    profile.founder = own;
    for (const NodeId& node : journal::nodes_with_logs(connection))
      anchors.push_back(node);
  }
  anchors.push_back(own);
  std::ranges::sort(anchors);
  const auto repeated = std::ranges::unique(anchors);
  anchors.erase(repeated.begin(), repeated.end());
  std::erase(anchors, *profile.founder);
  if (anchors == profile.anchors && !founded) return {};
  profile.anchors = std::move(anchors);
  return write_profile(env, directory, profile);
}

}  // namespace

std::vector<NodeId> anchors_of(const TownProfile& profile) {
  std::vector<NodeId> anchors;
  if (profile.founder) anchors.push_back(*profile.founder);
  anchors.insert(anchors.end(), profile.anchors.begin(), profile.anchors.end());
  return anchors;
}

Town::Town(Env& env, Places places, std::string directory, TownProfile profile, journal::Options options)
    : env_(env),
      directory_(std::move(directory)),
      places_(std::move(places)),
      profile_(std::move(profile)),
      options_(std::move(options)) {}

Status Town::init(Env& env, const std::string& directory, const std::string& code, const std::string& name,
                  bool fictional) {
  TRY(make_profile(env, directory, code, name, fictional));
  return {};
}

Result<std::unique_ptr<Town>> Town::open(Env& env, const Places& places, const std::string& directory,
                                         std::vector<journal::View*> views,
                                         const journal::Admission* admission) {
  TownProfile profile = TRY(read_profile(env, directory));
  NodeKey key = TRY(find_or_make_node_key(env, places.keys, profile.id, directory));
  auto database = TRY(open_database(env, directory, {.vfs = places.vfs}));
  // Logs that are behind what was noted came back from a copy: going on under the old key would fork them.
  if (journal::compare(*database->connect(), key.heads) != journal::HighWater::fits)
    key = TRY(replace_node_key(env, key));
  TRY(trust_own_node(env, directory, *database->connect(), node_id_of(key.key.public_key()), profile));
  const Bytes blob_key = TRY(from_base64(profile.blob_key));
  journal::Options options{profile.id, blob_key, key.key, admission, anchors_of(profile)};

  std::unique_ptr<Town> town(new Town(env, places, directory, std::move(profile), std::move(options)));
  town->database_ = std::move(database);
  town->node_key_ = std::make_unique<NodeKey>(std::move(key));
  town->views_ = std::move(views);
  town->tables_ = places.tables ? places.tables : TRY(text::Tables::open(env, places.data));
  town->gazetteer_ = std::make_unique<text::Gazetteer>(TRY(text::Gazetteer::open(
      env, places.data, *town->tables_, town->profile_.code, TRY(open_blocks(env, directory)))));
  town->gaiji_ = TRY(open_gaiji(env, directory, town->table_problems_));
  town->journal_ = TRY(journal::Journal::open(env, *town->database_, town->options_, town->views_));
  TRY(town->note_logs());
  return town;
}

Town::~Town() {
  if (!journal_) return;
  journal_.reset();  // ends the writer: now the heads stand still
  try {
    // Where this fails the heads noted before still serve.
    const NodeId node = node_id_of(node_key_->key.public_key());
    static_cast<void>(note_heads(env_, *node_key_, journal::heads(*database_->connect(), node)));
  } catch (const store::StoreError&) {
    return;
  }
}

Status Town::note_logs() {
  std::vector<journal::LogHead> heads = journal::heads(*journal_->reader(), journal_->node());
  if (heads == node_key_->heads) return {};
  // A note that is ahead of the disk would take this directory for an old copy after a power cut.
  TRY(journal_->settle());
  return note_heads(env_, *node_key_, std::move(heads));
}

const text::Gaiji* Town::gaiji() const {
  return gaiji_.get();
}

}  // namespace sonae::town
