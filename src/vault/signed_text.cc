#include "vault/signed_text.h"

namespace sonae::vault {

namespace {

constexpr std::string_view kDash = "\u2014 ";
constexpr std::size_t kKeyHash = 4;

std::string name_of(const TownId& town, const PublicKey& key) {
  return "sonae/" + town.text() + "/" + node_id_of(key).text();
}
Bytes hash_of(const std::string& name, const PublicKey& key) {
  return Bytes(sha256({name, "\n\x01", key.bytes()}).bytes().substr(0, kKeyHash));
}

}  // namespace

Bytes sign_text(std::string_view text, const TownId& town, const SigningKey& key) {
  const std::string name = name_of(town, key.public_key());
  const std::string line = std::string(text) + "\n";
  return line + "\n" + std::string(kDash) + name + " " +
         to_base64(hash_of(name, key.public_key()) + key.sign(line)) + "\n";
}

Result<SignedText> read_signed_text(BytesView note) {
  const auto damaged = [] {
    return fail(ErrorCode::corrupt, {"署名つきの文書が壊れています", "A signed document is damaged"});
  };
  const std::size_t end = note.find("\n\n");
  if (end == BytesView::npos) return damaged();
  BytesView line = note.substr(end + 2);
  if (!line.starts_with(kDash) || !line.ends_with('\n') || line.find('\n') != line.size() - 1)
    return damaged();
  line = line.substr(kDash.size(), line.size() - kDash.size() - 1);
  const std::size_t space = line.find(' ');
  if (space == BytesView::npos) return damaged();
  const auto signature = from_base64(line.substr(space + 1));
  if (!signature || signature->size() != kKeyHash + 64) return damaged();
  return SignedText{std::string(note.substr(0, end)), std::string(line.substr(0, space)),
                    signature->substr(0, kKeyHash), signature->substr(kKeyHash)};
}

bool is_signed_by(const SignedText& note, const TownId& town, const PublicKey& key) {
  return note.name == name_of(town, key) && note.key_hash == hash_of(note.name, key) &&
         signature_is_good(key, note.text + "\n", note.signature);
}

}  // namespace sonae::vault
