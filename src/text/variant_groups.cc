#include "text/variant_groups.h"

#include <algorithm>
#include <map>
#include <queue>
#include <set>
#include <tuple>

namespace sonae::text {

namespace {

// Beyond this sum of distances a character is left alone: two dictionary links, or a chain of three in the
// registers.
constexpr int kFarthest = 6;

struct Neighbour {
  char32_t character;
  int distance;
};
using Graph = std::map<char32_t, std::vector<Neighbour>>;

// The proper form that an official link of distance 0 or 1 names; our own table goes before the others.
std::map<char32_t, char32_t> official_forms(const std::vector<VariantLink>& links) {
  std::map<char32_t, std::pair<int, char32_t>> best;
  for (const VariantLink& link : links) {
    if (link.distance > 1) continue;
    const std::pair<int, char32_t> offer{link.distance, link.proper};
    const auto [at, fresh] = best.try_emplace(link.variant, offer);
    if (!fresh) at->second = std::min(at->second, offer);
  }
  std::map<char32_t, char32_t> forms;
  for (const auto& [variant, offer] : best)
    forms[variant] = offer.second;
  return forms;
}

// Follows official forms to the end (檜 to 桧 to ...); a circle ends at its lowest character.
char32_t end_of(char32_t c, const std::map<char32_t, char32_t>& forms) {
  std::set<char32_t> seen;
  while (seen.insert(c).second) {
    const auto next = forms.find(c);
    if (next == forms.end()) return c;
    c = next->second;
  }
  return *seen.begin();
}

using Groups = std::unordered_map<char32_t, char32_t>;

// Gives every character that is reached from `centres` to the nearest of them; among equally near ones, to
// the one with the lower code point (many-sourced shortest paths).
void spread(const Graph& graph, const std::vector<char32_t>& centres, Groups& groups) {
  using Step = std::tuple<int, char32_t, char32_t>;  // distance, centre, character
  std::priority_queue<Step, std::vector<Step>, std::greater<>> queue;
  for (const char32_t centre : centres)
    queue.emplace(0, groups.contains(centre) ? groups[centre] : centre, centre);
  std::set<char32_t> settled;
  while (!queue.empty()) {
    const auto [distance, centre, character] = queue.top();
    queue.pop();
    if (!settled.insert(character).second) continue;
    groups.try_emplace(character, centre);
    const auto near = graph.find(character);
    if (near == graph.end()) continue;
    for (const Neighbour& next : near->second)
      if (distance + next.distance <= kFarthest && !groups.contains(next.character))
        queue.emplace(distance + next.distance, centre, next.character);
  }
}

}  // namespace

std::unordered_map<char32_t, char32_t> group_variants(const std::vector<char32_t>& standard,
                                                      const std::vector<VariantLink>& links) {
  Graph graph;
  for (const VariantLink& link : links) {
    graph[link.variant].push_back({link.proper, std::max(link.distance, 1)});
    graph[link.proper].push_back({link.variant, std::max(link.distance, 1)});
  }

  const auto forms = official_forms(links);
  Groups groups;
  for (const auto& [variant, proper] : forms)
    groups[variant] = end_of(variant, forms);
  std::set<char32_t> centres(standard.begin(), standard.end());
  for (const auto& [variant, proper] : forms)
    centres.insert(variant), centres.insert(proper);
  for (const char32_t centre : centres)
    groups.try_emplace(centre, centre);
  spread(graph, {centres.begin(), centres.end()}, groups);

  // Characters far from every centre: each that is still alone becomes one, the lowest code point first.
  for (const auto& [character, neighbours] : graph)
    if (!groups.contains(character)) spread(graph, {character}, groups);

  std::erase_if(groups, [](const auto& entry) { return entry.first == entry.second; });
  return groups;
}

}  // namespace sonae::text
