#include "sync/cosignature.h"

namespace sonae::sync {

namespace {

constexpr std::string_view kDash = "\u2014 ";
constexpr std::string_view kType("\x04", 1);
constexpr std::size_t kKeyHash = 4, kTime = 8;

Bytes key_hash(std::string_view name, const PublicKey& key) {
  return Bytes(sha256({name, "\n", kType, key.bytes()}).bytes().substr(0, kKeyHash));
}

// The text of a note that is signed: up to and with the line end before the empty line.
BytesView signed_part(BytesView note) {
  const std::size_t blank = note.find("\n\n");
  return blank == BytesView::npos ? note : note.substr(0, blank + 1);
}

Bytes message(BytesView note, std::uint64_t seconds) {
  return "cosignature/v1\ntime " + std::to_string(seconds) + "\n" + Bytes(signed_part(note));
}

}  // namespace

std::string cosigner_name(const TownId& town, const NodeId& node) {
  return "sonae/" + town.text() + "/" + node.text();
}

std::string cosign(const TownId& town, BytesView note, const SigningKey& key, Instant at) {
  const std::string name = cosigner_name(town, node_id_of(key.public_key()));
  const auto seconds = static_cast<std::uint64_t>(at.milliseconds / 1000);
  return std::string(kDash) + name + ' ' +
         to_base64(key_hash(name, key.public_key()) + to_big_endian(seconds) +
                   key.sign(message(note, seconds))) +
         '\n';
}

bool is_cosigned_by(const TownId& town, BytesView note, std::string_view line, const PublicKey& key) {
  const std::string name = cosigner_name(town, node_id_of(key));
  const std::string begin = std::string(kDash) + name + ' ';
  if (!line.starts_with(begin) || !line.ends_with('\n')) return false;
  line.remove_prefix(begin.size());
  line.remove_suffix(1);
  const auto bytes = from_base64(line);
  if (!bytes || bytes->size() != kKeyHash + kTime + 64 || !bytes->starts_with(key_hash(name, key)))
    return false;
  const std::uint64_t seconds = from_big_endian(std::string_view(*bytes).substr(kKeyHash, kTime));
  return signature_is_good(key, message(note, seconds), std::string_view(*bytes).substr(kKeyHash + kTime));
}

}  // namespace sonae::sync
