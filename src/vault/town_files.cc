#include "vault/town_files.h"

namespace sonae::vault {

namespace {

Status read_folder(Env& env, const std::string& directory, const std::string& folder, TownFiles& files) {
  auto names = env.disk.list(directory + "/" + folder);
  if (!names && names.error().code == ErrorCode::not_found) return {};
  for (const std::string& name : TRY(std::move(names))) {
    const std::string path = folder + "/" + name;
    if (TRY(env.disk.status(directory + "/" + path)).is_directory)
      TRY(read_folder(env, directory, path, files));
    else
      files[path] = TRY(env.disk.read_all(directory + "/" + path));
  }
  return {};
}

}  // namespace

Result<TownFiles> read_town_files(Env& env, const std::string& directory) {
  TownFiles files;
  files["town.json"] = TRY(env.disk.read_all(directory + "/town.json"));
  TRY(read_folder(env, directory, "tables", files));
  return files;
}

Bytes joined(const TownFiles& files) {
  Bytes all;
  for (const auto& [path, content] : files)
    all.append(path).append(1, '\0').append(to_big_endian(content.size())).append(content);
  return all;
}

Status write_tables(Env& env, const std::string& directory, const TownFiles& files) {
  for (const auto& [path, content] : files) {
    if (path == "town.json") continue;
    if (!path.starts_with("tables/") || path.find("..") != std::string::npos)
      return fail(ErrorCode::corrupt,
                  {"控えの中のファイル名が使えません", "A file in the backup has a bad name"});
    TRY(env.disk.make_directories(directory + "/" + path.substr(0, path.rfind('/')), true));
    TRY(env.disk.write_whole(directory + "/" + path, content));
  }
  return {};
}

}  // namespace sonae::vault
