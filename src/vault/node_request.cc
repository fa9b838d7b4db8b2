#include "vault/node_request.h"

#include <algorithm>

namespace sonae::vault {

namespace {

constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

bool is_folder(std::string_view name) {
  return std::ranges::find(kTargetFolders, name) != std::end(kTargetFolders);
}

}  // namespace

std::optional<NodeRequest> read_node_request(std::string_view line) {
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  std::string_view path = line.substr(space + 1);
  path = path.substr(0, path.find(' '));
  if (!path.starts_with(kNodePath)) return std::nullopt;
  path.remove_prefix(kNodePath.size());
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  return NodeRequest{std::string(line.substr(0, space)), std::string(path.substr(0, slash)),
                     std::string(path.substr(slash + 1))};
}

bool is_name_at_target(std::string_view name) {
  const std::size_t slash = name.find('/');
  if (slash == std::string_view::npos) return false;
  const std::string_view file = name.substr(slash + 1);
  return is_folder(name.substr(0, slash)) && !file.empty() && !file.starts_with('.') &&
         file.find_first_not_of(kLetters) == std::string_view::npos;
}

bool is_folder_of_target(std::string_view name) {
  return name.ends_with('/') && is_folder(name.substr(0, name.size() - 1));
}

}  // namespace sonae::vault
