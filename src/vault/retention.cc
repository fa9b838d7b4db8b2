#include "vault/retention.h"

#include <set>

namespace sonae::vault {

namespace {

constexpr std::int64_t kWeek = std::int64_t{7} * 24 * 3'600'000;

// Objects of runs that were cut off and never gone on with. Younger ones may belong to a run under way.
Status remove_leftovers(Target& target, const std::set<std::string>& needed,
                        const std::set<std::string>& removed, Instant now) {
  const std::string limit = compact_time({now.milliseconds - kWeek});
  for (const std::string& file : TRY(target.list(std::string(kObjects)))) {
    const std::string name = file.substr(0, file.rfind('.'));
    if (name < limit && !needed.contains(name) && !removed.contains(name))
      TRY(target.remove(std::string(kObjects) + "/" + file));
  }
  return {};
}

}  // namespace

Result<std::uint64_t> retain_newest(Target& target, const Manifest& newest, std::int64_t keep) {
  std::vector<std::string> problems;
  const auto all = TRY(read_manifests(target, problems));
  // A manifest that cannot be read may name any object: then nothing is removed.
  if (!problems.empty())
    return fail(ErrorCode::corrupt,
                {"読めない控えの目録があるため、古い控えを消しません",
                 "A manifest cannot be read, so no old backup is removed"},
                problems.front());
  std::set<std::string> needed, unneeded;
  std::vector<std::string> old;
  std::int64_t own = 0;
  for (const NamedManifest& one : all) {
    const bool stays = one.manifest.node != newest.node || one.manifest.town != newest.town ||
                       own++ < std::max<std::int64_t>(1, keep);
    if (!stays) old.push_back(one.name);
    for (const ObjectEntry& object : one.manifest.objects)
      (stays ? needed : unneeded).insert(object.name);
  }
  // Manifests first: what a manifest names is always there.
  for (const std::string& name : old)
    TRY(target.remove(name));
  for (const std::string& name : unneeded)
    if (!needed.contains(name))
      for (const char* const ending : {".json", ".age"})
        TRY(target.remove(std::string(kObjects) + "/" + name + ending));
  TRY(remove_leftovers(target, needed, unneeded, newest.made));
  return old.size();
}

}  // namespace sonae::vault
