#include "town/profile.h"

namespace sonae::town {

namespace {
std::string profile_path(const std::string& directory) {
  return directory + "/town.json";
}
}  // namespace

bool municipality_code_is_good(std::string_view six_digits) {
  if (six_digits.size() != 6) return false;
  int sum = 0;
  for (int i = 0; i < 6; ++i) {
    const char digit = six_digits[static_cast<std::size_t>(i)];
    if (digit < '0' || digit > '9') return false;
    if (i < 5) sum += (digit - '0') * (6 - i);
  }
  return (11 - sum % 11) % 10 == six_digits[5] - '0';
}

Result<TownProfile> read_profile(Env& env, const std::string& directory) {
  const auto content = env.disk.read_all(profile_path(directory));
  if (!content) {
    if (content.error().code != ErrorCode::not_found) return std::unexpected(content.error());
    return fail(
        ErrorCode::not_found, {"ここには町がありません", "There is no town here"}, directory,
        {"sonae init で作るか、場所を確かめてください", "Make one with `sonae init`, or check the path"});
  }
  auto profile = from_json_text<TownProfile>(*content);
  if (!profile) profile.error().where = profile_path(directory) + " " + profile.error().where;
  return profile;
}

Status write_profile(Env& env, const std::string& directory, const TownProfile& profile) {
  return env.disk.write_whole(profile_path(directory), to_text(to_json(profile)) + "\n", true);
}

Status make_directory(Env& env, const std::string& directory, const TownProfile& profile) {
  if (env.disk.status(profile_path(directory)))
    return fail(ErrorCode::conflict, {"すでに町があります", "There is a town here already"}, directory);
  TRY(env.disk.make_directories(directory, true));
  TRY(env.disk.make_directories(directory + "/index", true));
  TRY(env.disk.make_directories(directory + "/tables/layouts", true));
  return write_profile(env, directory, profile);
}

Result<TownProfile> make_profile(Env& env, const std::string& directory, const std::string& code,
                                 const std::string& name, bool fictional) {
  if (!municipality_code_is_good(code))
    return fail(ErrorCode::invalid_input,
                {"全国地方公共団体コード（検査数字を含む6桁）ではありません",
                 "This is not a municipality's code (six digits with the check digit)"},
                code);
  if (name.empty())
    return fail(ErrorCode::invalid_input, {"町の名前が要ります", "The town needs a name"}, "--name");
  if (env.disk.status(profile_path(directory)))
    return fail(ErrorCode::conflict, {"すでに町があります", "There is a town here already"}, directory);
  TownProfile profile;
  profile.id = env.random.id<TownId>();
  profile.code = code;
  profile.name = name;
  profile.created = env.clock.now();
  profile.blob_key = to_base64(env.random.bytes(32));
  profile.fictional = fictional;
  TRY(make_directory(env, directory, profile));
  return profile;
}

}  // namespace sonae::town
