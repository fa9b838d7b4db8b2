#include "town/node_key.h"

#include <boost/describe.hpp>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/json.h"

namespace sonae::town {

namespace {

struct KeyFile {
  std::string seed;  // base64
  std::vector<journal::LogHead> heads;
};
BOOST_DESCRIBE_STRUCT(KeyFile, (), (seed, heads))

// Room beside the key, for noting how far the logs have come on a disk that is full by then. What stands in
// it means nothing; it cannot be compressed away.
constexpr std::size_t kRoomBytes = 16'384;

std::string path_of_room(const std::string& key) {
  return key + ".room";
}

// Where it cannot be kept the note is only taken while the disk has room by itself.
void keep_room(Env& env, const std::string& key) {
  const auto status = env.disk.status(path_of_room(key));
  if (status && status->bytes == kRoomBytes) return;
  Bytes filler;
  while (filler.size() < kRoomBytes)
    filler += sha256(std::to_string(filler.size())).bytes();
  static_cast<void>(env.disk.write_whole(path_of_room(key), filler, true));
}

Status write(Env& env, const NodeKey& key) {
  const KeyFile file{to_base64(key.key.seed()), key.heads};
  const std::string text = to_text(to_json(file)) + "\n";
  Status written = env.disk.write_whole(key.path, text, true);
  if (!written && written.error().code == ErrorCode::disk_full) {
    TRY(env.disk.remove(path_of_room(key.path)));
    written = env.disk.write_whole(key.path, text, true);
  }
  if (written) keep_room(env, key.path);
  return written;
}

Result<std::string> path_of_key(Env& env, const std::string& keys_directory, const TownId& town,
                                const std::string& directory) {
  const FileStatus status = TRY(env.disk.status(directory));
  return fmt::format("{}/{}-{:x}-{:x}.json", keys_directory, town.text(), status.device, status.inode);
}

}  // namespace

Status adopt_node_key(Env& env, const std::string& keys_directory, const TownId& town,
                      const std::string& directory, const SigningKey& key) {
  const NodeKey adopted{key, TRY(path_of_key(env, keys_directory, town, directory)), true, {}};
  if (env.disk.status(adopted.path))
    return fail(ErrorCode::conflict, {"すでに鍵があります", "There is a key already"}, adopted.path);
  TRY(env.disk.make_directories(keys_directory, true));
  return write(env, adopted);
}

Result<NodeKey> find_or_make_node_key(Env& env, const std::string& keys_directory, const TownId& town,
                                      const std::string& directory) {
  const std::string path = TRY(path_of_key(env, keys_directory, town, directory));
  const auto content = env.disk.read_all(path);
  if (content) {
    auto file = from_json_text<KeyFile>(*content);
    if (!file) {
      file.error().where = path + " " + file.error().where;
      return std::unexpected(file.error());
    }
    const Bytes seed = TRY(from_base64(file->seed));
    if (seed.size() != 32)
      return fail(ErrorCode::corrupt, {"鍵の長さが違います", "The key has the wrong length"}, path);
    return NodeKey{SigningKey::from_seed(seed), path, false, file->heads};
  }
  if (content.error().code != ErrorCode::not_found) return std::unexpected(content.error());
  TRY(env.disk.make_directories(keys_directory, true));
  NodeKey made{SigningKey::generate(env.random), path, true, {}};
  TRY(write(env, made));
  return made;
}

Result<NodeKey> replace_node_key(Env& env, const NodeKey& old) {
  TRY(env.disk.rename(old.path, old.path + "." + node_id_of(old.key.public_key()).text() + ".old"));
  NodeKey made{SigningKey::generate(env.random), old.path, true, {}};
  TRY(write(env, made));
  return made;
}

Status note_heads(Env& env, NodeKey& key, std::vector<journal::LogHead> heads) {
  key.heads = std::move(heads);
  return write(env, key);
}

}  // namespace sonae::town
