// What a town is besides its journal: its profile, with the key of the blobs' addresses, and its own tables.
#pragma once

#include <map>

#include "base/env.h"
#include "town/profile.h"

namespace sonae::vault {

// By path within the town's directory: town.json, tables/...
using TownFiles = std::map<std::string, Bytes>;

Result<TownFiles> read_town_files(Env& env, const std::string& directory);
Bytes joined(const TownFiles& files);  // for a digest

// Puts the tables into a directory that exists. Paths that lead elsewhere are refused.
Status write_tables(Env& env, const std::string& directory, const TownFiles& files);

}  // namespace sonae::vault
