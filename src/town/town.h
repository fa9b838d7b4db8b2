// One town: its directory, its journal, its tables. The concerns (access, registry, ...) stand on it.
//
// The directory holds all of it but the node's own key, which lies outside (node_key.h): a directory that was
// copied, restored or failed over goes on as a new node with a new log, so that logs never fork.
//
//   town.json    who the town is (TownProfile) and its key for blob addresses; readable by the owner only
//   town.db      the journal and the views (SQLite), or store.json: where else they are (database.h)
//   index/       derived files; may be deleted at any time
//   tables/      the town's own tables, all optional: layouts/*.toml, gaiji.tsv, blocks.tsv, base_map.geojson
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "journal/journal.h"
#include "text/gazetteer.h"
#include "text/tables.h"
#include "town/profile.h"

namespace sonae::text {
class Gaiji;
}

namespace sonae::town {

struct NodeKey;

// Where the program finds what does not lie in the town's directory.
struct Places {
  std::string data;   // the data/ folder of the program
  std::string keys;   // where node keys lie
  std::string vfs{};  // store::SqliteOptions::vfs: a disk of a simulation; empty for the system's
  // Those of `data`, for who opens many towns; each town opens its own where this is empty.
  std::shared_ptr<const text::Tables> tables{};
};

// The nodes that the directory trusts without a fact, the founder first.
std::vector<NodeId> anchors_of(const TownProfile& profile);

class Town {
 public:
  // Makes an empty town; conflict where the directory already holds one.
  static Status init(Env& env, const std::string& directory, const std::string& code, const std::string& name,
                     bool fictional);
  // Opens it for work. One process at a time (busy otherwise). The views and the admission outlive the town;
  // without an admission every log is admitted.
  static Result<std::unique_ptr<Town>> open(Env& env, const Places& places, const std::string& directory,
                                            std::vector<journal::View*> views,
                                            const journal::Admission* admission = nullptr);
  ~Town();

  Env& env() const { return env_; }
  const std::string& directory() const { return directory_; }
  const TownProfile& profile() const { return profile_; }
  journal::Journal& journal() const { return *journal_; }
  store::Database& database() const { return *database_; }
  const std::vector<journal::View*>& views() const { return views_; }
  const text::Tables& tables() const { return *tables_; }
  const text::Gazetteer& gazetteer() const { return *gazetteer_; }
  const text::Gaiji* gaiji() const;  // null where the town has none
  const Places& places() const { return places_; }
  // What could not be read in the town's own tables; the rest of them serves all the same.
  const std::vector<Error>& table_problems() const { return table_problems_; }
  Date today() const { return japan_date(env_.clock.now()); }
  const journal::Options& journal_options() const { return options_; }

  // Notes how far this node's logs have come, where they have (town/node_key.h). Noted at the opening and at
  // the close as well; whoever serves calls it now and then, one thread at a time: of a machine that is
  // killed only such a note tells its directory from an old copy of it.
  Status note_logs();

 private:
  Town(Env& env, Places places, std::string directory, TownProfile profile, journal::Options options);

  Env& env_;
  std::string directory_;
  Places places_;
  TownProfile profile_;
  journal::Options options_;
  std::vector<journal::View*> views_;
  std::shared_ptr<const text::Tables> tables_;
  std::unique_ptr<text::Gazetteer> gazetteer_;
  std::unique_ptr<const text::Gaiji> gaiji_;
  std::vector<Error> table_problems_;
  std::unique_ptr<store::Database> database_;
  std::unique_ptr<NodeKey> node_key_;
  std::unique_ptr<journal::Journal> journal_;
};

}  // namespace sonae::town
