#include "town/reading.h"

#include "town/database.h"

namespace sonae::town {

Result<ReadOnlyTown> open_for_reading(Env& env, const std::string& directory,
                                      const journal::Admission* admission, const std::string& vfs) {
  TownProfile profile = TRY(read_profile(env, directory));
  const Bytes blob_key = TRY(from_base64(profile.blob_key));
  auto database = TRY(open_database(env, directory, {.create = false, .vfs = vfs}));
  journal::Options options{profile.id, blob_key, SigningKey::generate(env.random), admission,
                           anchors_of(profile)};
  return ReadOnlyTown{std::move(profile), std::move(options), std::move(database)};
}

}  // namespace sonae::town
