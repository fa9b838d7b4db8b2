// One town: its directory, its journal, its tables. The concerns (access, registry, ...) stand on it.
//
// The directory holds all of it but the node's own key, which lies outside (KeyStore): a directory that was
// copied, restored or failed over goes on as a new node with a new log, so that logs never fork.
//
//   town.json    who the town is (TownProfile) and its key for blob addresses; readable by the owner only
//   town.db      the journal and the views (SQLite)
//   index/       derived files; may be deleted at any time
//   tables/      the town's own tables: layouts/*.toml, gaiji.tsv, gazetteer additions; all optional
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "journal/journal.h"
#include "text/gaiji.h"
#include "text/gazetteer.h"
#include "text/tables.h"

namespace sonae::town {

struct TownProfile {
  TownId id;
  std::string code;  // 全国地方公共団体コード, six digits
  std::string name;  // 串本町
  Instant created;
  std::string blob_key;    // base64 of 32 bytes
  bool fictional = false;  // a demonstration: pages and papers say so
};
BOOST_DESCRIBE_STRUCT(TownProfile, (), (id, code, name, created, blob_key, fictional))

struct Places {
  std::string data;  // the data/ folder of the program
  std::string keys;  // where node keys lie; default_places() says where
};
// From SONAE_DATA and SONAE_KEYS, else beside the program and under the user's state directory.
Places default_places();

class Town {
 public:
  // Makes an empty town; conflict where the directory already holds one.
  static Status init(Env& env, const std::string& directory, const std::string& code, const std::string& name,
                     bool fictional);
  // Opens it for work. One process at a time (busy otherwise). The views outlive the town.
  static Result<std::unique_ptr<Town>> open(Env& env, const Places& places, const std::string& directory,
                                            std::vector<journal::View*> views);
  ~Town();

  Env& env() const { return env_; }
  const std::string& directory() const { return directory_; }
  const TownProfile& profile() const { return profile_; }
  journal::Journal& journal() const { return *journal_; }
  store::Database& database() const { return *database_; }
  const std::vector<journal::View*>& views() const { return views_; }
  const text::Tables& tables() const { return *tables_; }
  const text::Gazetteer& gazetteer() const { return *gazetteer_; }
  const text::Gaiji* gaiji() const { return gaiji_.get(); }  // null where the town has none
  const Places& places() const { return places_; }
  Date today() const { return japan_date(env_.clock.now()); }
  journal::Options journal_options() const;

 private:
  Town(Env& env, std::string directory, Places places);

  Env& env_;
  std::string directory_;
  Places places_;
  TownProfile profile_;
  std::vector<journal::View*> views_;
  std::shared_ptr<const text::Tables> tables_;
  std::unique_ptr<text::Gazetteer> gazetteer_;
  std::unique_ptr<text::Gaiji> gaiji_;
  std::unique_ptr<store::Database> database_;
  std::unique_ptr<journal::Journal> journal_;
  std::string key_seed_;
};

}  // namespace sonae::town
