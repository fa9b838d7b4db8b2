#include "town/registry/pair_file.h"

#include "base/hash.h"

namespace sonae::registry {
namespace {

// One line for each: what happened, a tab, the id. "fresh" beside the kinds of change.
constexpr std::string_view kFresh = "fresh";

std::optional<Change> change_named(const std::string& name) {
  Change change{};
  if (!boost::describe::enum_from_string(name.c_str(), change)) return std::nullopt;
  return change;
}

}  // namespace

std::string pair_file_name(const FactId& before, const FactId& after) {
  return "differences-" + before.text() + "-" + after.text() + ".txt";
}

std::optional<PairDifferences> read_pair(Env& env, const std::string& path) {
  const auto content = env.disk.read_all(path);
  if (!content) return std::nullopt;
  std::string_view rest = *content;
  const std::size_t first_end = rest.find('\n');
  if (first_end == std::string_view::npos) return std::nullopt;
  const std::string_view digest = rest.substr(0, first_end);
  rest.remove_prefix(first_end + 1);
  if (sha256(rest).hex() != digest) return std::nullopt;
  PairDifferences differences;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos) return std::nullopt;
    const std::string id(line.substr(tab + 1));
    if (line.substr(0, tab) == kFresh) {
      differences.fresh.push_back(id);
    } else {
      const auto change = change_named(std::string(line.substr(0, tab)));
      if (!change) return std::nullopt;
      differences.all.push_back({id, *change});
    }
  }
  return differences;
}

Status write_pair(Env& env, const std::string& path, const PairDifferences& differences) {
  std::string lines;
  for (const std::string& id : differences.fresh)
    lines.append(kFresh).append("\t").append(id).append("\n");
  for (const PairDifferences::One& one : differences.all)
    lines.append(boost::describe::enum_to_string(one.change, "")).append("\t").append(one.id).append("\n");
  return env.disk.write_whole(path, sha256(lines).hex() + "\n" + lines, true);
}

}  // namespace sonae::registry
