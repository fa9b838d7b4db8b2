// The first line of a request to a node that keeps backups (node_target.h), and which names it may ask for.
// Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sonae::vault {

inline constexpr std::string_view kNodePath = "/sonae/vault/";
inline constexpr std::string_view kTargetFolders[] = {"objects", "manifests", "erasures", "proofs"};

struct NodeRequest {
  std::string method;
  std::string town;
  std::string name;  // "objects/", "objects/NAME", "challenge"
};
// "GET /sonae/vault/TOWN/objects/NAME HTTP/1.1"; absent where it is none of these.
std::optional<NodeRequest> read_node_request(std::string_view line);

// A file in one of the folders, and no way out of them.
bool is_name_at_target(std::string_view name);
bool is_folder_of_target(std::string_view name);  // "objects/"

}  // namespace sonae::vault
