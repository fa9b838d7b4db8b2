#include "town/town.h"

#include "text/gaiji.h"
#include "town/node_key.h"

namespace sonae::town {

namespace {

std::string database_path(const std::string& directory) {
  return directory + "/town.db";
}

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

}  // namespace

Town::Town(Env& env, Places places, std::string directory, TownProfile profile, journal::Options options)
    : env_(env),
      directory_(std::move(directory)),
      places_(std::move(places)),
      profile_(std::move(profile)),
      options_(std::move(options)) {}

Status Town::init(Env& env, const std::string& directory, const std::string& code, const std::string& name,
                  bool fictional) {
  TRY(make_profile(env, directory, code, name, fictional));
  TRY(env.disk.make_directories(directory + "/index", true));
  TRY(env.disk.make_directories(directory + "/tables/layouts", true));
  return {};
}

Result<std::unique_ptr<Town>> Town::open(Env& env, const Places& places, const std::string& directory,
                                         std::vector<journal::View*> views) {
  TownProfile profile = TRY(read_profile(env, directory));
  NodeKey key = TRY(find_or_make_node_key(env, places.keys, profile.id, directory));
  auto database = TRY(store::open_sqlite(database_path(directory)));
  // Logs that are behind what was noted came back from a copy: going on under the old key would fork them.
  if (journal::compare(*database->connect(), key.heads) != journal::HighWater::fits)
    key = TRY(replace_node_key(env, key));
  const Bytes blob_key = TRY(from_base64(profile.blob_key));
  journal::Options options{profile.id, blob_key, key.key};

  std::unique_ptr<Town> town(new Town(env, places, directory, std::move(profile), std::move(options)));
  town->database_ = std::move(database);
  town->node_key_ = std::make_unique<NodeKey>(std::move(key));
  town->views_ = std::move(views);
  town->tables_ = TRY(text::Tables::open(env, places.data));
  town->gazetteer_ = std::make_unique<text::Gazetteer>(TRY(text::Gazetteer::open(
      env, places.data, *town->tables_, town->profile_.code, TRY(open_blocks(env, directory)))));
  town->gaiji_ = TRY(open_gaiji(env, directory, town->table_problems_));
  town->journal_ = TRY(journal::Journal::open(env, *town->database_, town->options_, town->views_));
  TRY(note_heads(env, *town->node_key_, *town->journal_->reader()));
  return town;
}

Town::~Town() {
  if (!journal_) return;
  journal_.reset();  // ends the writer: now the heads stand still
  try {
    // Where this fails the heads noted at the opening still serve.
    static_cast<void>(note_heads(env_, *node_key_, *database_->connect()));
  } catch (const store::StoreError&) {
    return;
  }
}

const text::Gaiji* Town::gaiji() const {
  return gaiji_.get();
}

}  // namespace sonae::town
