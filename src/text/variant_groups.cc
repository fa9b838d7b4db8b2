#include "text/variant_groups.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "text/cp932_table.h"

namespace sonae::text {

namespace {

// Characters of JIS X 0208 level 1, level 2, and all others.
enum class Use { common, known, rare };
Use use_of(char32_t c) {
  const unsigned code = c < 0x10000 ? cp932_table().code[c] : 0;
  if (code >= 0x889F && code <= 0x9872) return Use::common;
  if (code >= 0x989F && code <= 0xEAA4) return Use::known;
  return Use::rare;
}

// The greatest sum of distances at which a character still joins a centre. A direct link of the registers is
// 2; two of them in a row 4.
constexpr int kFarthest = 6;
int farthest(Use use) {
  return use == Use::common ? 2 : use == Use::known ? 4 : kFarthest;
}

struct Edge {
  char32_t from;
  char32_t to;
  int distance;
  friend auto operator<=>(const Edge&, const Edge&) = default;
};

// Both directions of every link, sorted; one edge for each pair. Two files that agree on a pair for which
// each alone is weak are taken as one step nearer.
std::vector<Edge> edges_of(const std::vector<VariantLink>& links,
                           const std::vector<std::pair<char32_t, char32_t>>& apart) {
  std::set<std::pair<char32_t, char32_t>> refused;
  for (const auto& [one, other] : apart)
    refused.insert({one, other}), refused.insert({other, one});
  std::vector<Edge> edges;
  edges.reserve(links.size() * 2);
  for (const VariantLink& link : links) {
    if (refused.contains({link.variant, link.proper})) continue;
    edges.push_back({link.variant, link.proper, std::max(link.distance, 1)});
    edges.push_back({link.proper, link.variant, std::max(link.distance, 1)});
  }
  std::sort(edges.begin(), edges.end());
  std::size_t kept = 0;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    Edge& last = edges[kept == 0 ? 0 : kept - 1];
    if (kept > 0 && last.from == edges[i].from && last.to == edges[i].to) {
      if (last.distance == 3 && edges[i].distance == 3) last.distance = 2;
    } else {
      edges[kept++] = edges[i];
    }
  }
  edges.resize(kept);
  return edges;
}

// The proper form that a link of distance 0 or 1 names; our own table goes before the others.
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

// Follows official forms to the end (穎 to 頴 to ...); a circle ends at its lowest character.
char32_t end_of(char32_t c, const std::map<char32_t, char32_t>& forms) {
  std::set<char32_t> seen;
  while (seen.insert(c).second) {
    const auto next = forms.find(c);
    if (next == forms.end()) return c;
    c = next->second;
  }
  return *seen.begin();
}

class Grouping {
 public:
  explicit Grouping(std::vector<Edge> edges) : edges_(std::move(edges)) {
    for (const Edge& edge : edges_)
      if (nodes_.empty() || nodes_.back().character != edge.from)
        nodes_.push_back({edge.from, 0, static_cast<std::size_t>(&edge - edges_.data())});
  }

  struct Node {
    char32_t character;
    char32_t centre;  // 0 while it has none
    std::size_t first_edge;
  };
  std::vector<Node>& nodes() { return nodes_; }

  Node* find(char32_t c) {
    const auto found =
        std::lower_bound(nodes_.begin(), nodes_.end(), c,
                         [](const Node& node, char32_t value) { return node.character < value; });
    return found != nodes_.end() && found->character == c ? &*found : nullptr;
  }

  // From characters that have a centre to those that have none: to the nearest, and among equally near ones
  // to the lowest code point (many-sourced shortest paths, a bucket for each distance).
  void spread(const std::vector<Node*>& from) {
    struct Arrival {
      char32_t centre;
      Node* node;
    };
    std::array<std::vector<Arrival>, kFarthest + 1> buckets;
    const auto go_on = [&](const Node& node, int distance) {
      for (std::size_t i = node.first_edge; i < edges_.size() && edges_[i].from == node.character; ++i) {
        Node* const next = find(edges_[i].to);
        const int there = distance + edges_[i].distance;
        if (next->centre == 0 && there <= farthest(use_of(next->character)))
          buckets[static_cast<std::size_t>(there)].push_back({node.centre, next});
      }
    };
    for (const Node* const node : from)
      go_on(*node, 0);
    for (int distance = 0; distance <= kFarthest; ++distance) {
      auto& arrivals = buckets[static_cast<std::size_t>(distance)];
      std::sort(arrivals.begin(), arrivals.end(),
                [](const Arrival& one, const Arrival& other) { return one.centre < other.centre; });
      for (const Arrival& arrival : arrivals) {
        if (arrival.node->centre != 0) continue;
        arrival.node->centre = arrival.centre;
        go_on(*arrival.node, distance);
      }
    }
  }

 private:
  std::vector<Edge> edges_;
  std::vector<Node> nodes_;  // in order of code points
};

}  // namespace

std::vector<VariantGroup> group_variants(const std::vector<char32_t>& standard,
                                         const std::vector<VariantLink>& links,
                                         const std::vector<std::pair<char32_t, char32_t>>& apart) {
  Grouping grouping(edges_of(links, apart));
  const auto forms = official_forms(links);

  std::set<char32_t> centres(standard.begin(), standard.end());
  for (const auto& [variant, proper] : forms)
    centres.insert(variant), centres.insert(proper);
  std::vector<Grouping::Node*> sources;
  for (const char32_t centre : centres)
    if (Grouping::Node* const node = grouping.find(centre)) {
      node->centre = end_of(centre, forms);
      sources.push_back(node);
    }
  grouping.spread(sources);

  // Characters far from every centre become centres themselves, the commoner ones first.
  for (const Use use : {Use::common, Use::known, Use::rare})
    for (Grouping::Node& node : grouping.nodes())
      if (node.centre == 0 && use_of(node.character) == use) {
        node.centre = node.character;
        grouping.spread({&node});
      }

  std::vector<VariantGroup> groups;
  for (const Grouping::Node& node : grouping.nodes())
    if (node.centre != node.character) groups.push_back({node.character, node.centre});
  return groups;
}

}  // namespace sonae::text
