// The demonstration town as a folder of files, for `sonae demo`, drills and benchmarks:
//
//   README.txt                  says that all of it is fictional
//   registry.csv                the registry in the simple layout
//   registry_next_day.csv       the registry of the day after
//   lists/NN_SHELTER.csv        the shelter lists as typed
//   entries.csv                 the persons named on them, one a row, in the columns that `sonae match` reads
//   tsunami_area.geojson        the area that the fictional tsunami reached
//   truth/lists.csv             which resident each person on the lists is
//   truth/next_day.csv          what happened between the two registries
//   truth/whereabouts.csv       where everybody is
#pragma once

#include <string>
#include <vector>

#include "base/progress.h"
#include "demo/sheet.h"

namespace sonae::demo {

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
  std::string registry, registry_next_day, entries, area;  // whole paths
};

// Writes everything into `directory`, which is made where it is not there; files of that name are replaced.
Result<Summary> write_files(Env& env, const Names& names, const Places& places, const std::string& directory,
                            const TownOptions& town, const ListOptions& lists, Progress& progress);

}  // namespace sonae::demo
