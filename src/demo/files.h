// The demonstration town as a folder of files, for `sonae demo`, drills and benchmarks:
//
//   README.txt                     says that all of it is fictional
//   registry.csv                   the registry in the simple layout
//   registry_next_day.csv          the registry of the day after
//   registry_kihon.csv             the 基本データリスト layout, with who is protected
//   registry_kihon_next_day.csv    the day after: the dead and the moved stand there as such
//   registry_plain_2012.csv        the plain layout of 2012: CP932, with a vendor's 外字
//   gaiji.tsv                      what those 外字 stand for
//   protected.csv                  ids of those under protection (支援措置), to be marked by hand
//   lists/NN_SHELTER.csv           the shelter lists as typed
//   entries.csv                    the persons named on them, one a row, for `sonae match`
//   tsunami_area.geojson           the area that the fictional tsunami reached
//   truth/lists.csv                which resident each person on the lists is
//   truth/next_day.csv             what happened between the two registries
//   truth/whereabouts.csv          where everybody is
//
// The other layouts are left out where the town is larger than kOtherLayoutsUpTo.
#pragma once

#include <string>
#include <vector>

#include "base/progress.h"
#include "demo/sheet.h"

namespace sonae::demo {

inline constexpr std::uint64_t kOtherLayoutsUpTo = 100'000;

struct ListFile {
  std::string path;  // whole
  std::string shelter;
  std::uint64_t persons = 0;
};

struct Summary {
  std::uint64_t residents = 0;
  std::uint64_t in_the_tsunami_area = 0;
  std::uint64_t differences = 0;
  std::vector<ListFile> lists;
  std::vector<std::string> protected_ids;
  std::string registry, registry_next_day, entries, area;  // whole paths
  // Whole paths; empty where left out.
  std::string registry_kihon, registry_kihon_next_day, registry_plain_2012, gaiji;
};

// Writes everything into `directory`, which is made where it is not there; files of that name are replaced.
Result<Summary> write_files(Env& env, const Names& names, const Places& places, const std::string& directory,
                            const TownOptions& town, const ListOptions& lists, Progress& progress);

}  // namespace sonae::demo
