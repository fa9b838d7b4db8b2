#include "journal/checkpoint.h"

#include <charconv>

#include "journal/header.h"

namespace sonae::journal {

namespace {

constexpr std::string_view kDash = "\u2014 ";
constexpr std::string_view kEd25519("\x01", 1);
constexpr std::size_t kKeyHashSize = 4;

std::string signed_text(const Checkpoint& checkpoint) {
  return checkpoint.origin + '\n' + std::to_string(checkpoint.size) + '\n' +
         to_base64(checkpoint.root.bytes()) + '\n';
}

Bytes key_hash(std::string_view name, const PublicKey& key) {
  return Bytes(sha256({name, "\n", kEd25519, key.bytes()}).bytes().substr(0, kKeyHashSize));
}

std::unexpected<Error> not_a_checkpoint() {
  return fail(ErrorCode::invalid_input, {"チェックポイントとして読めません", "This is not a checkpoint"});
}

// Takes one line off the front; false where no line end is left.
bool take_line(std::string_view& text, std::string_view& line) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return false;
  line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return true;
}

Result<NoteSignature> read_signature(std::string_view line) {
  if (!line.starts_with(kDash)) return not_a_checkpoint();
  line.remove_prefix(kDash.size());
  const std::size_t space = line.find(' ');
  if (space == 0 || space == std::string_view::npos) return not_a_checkpoint();
  const Bytes bytes = TRY(from_base64(line.substr(space + 1)));
  if (bytes.size() <= kKeyHashSize) return not_a_checkpoint();
  return NoteSignature{std::string(line.substr(0, space)), bytes.substr(0, kKeyHashSize),
                       bytes.substr(kKeyHashSize)};
}

}  // namespace

std::string origin_of(const TownId& town, const LogId& log) {
  return "sonae/" + town.text() + "/" + log.node.text() + "/" + std::string(stream_name(log.stream));
}

Bytes note_text(const SignedCheckpoint& note) {
  Bytes text = signed_text(note.checkpoint) + '\n';
  for (const NoteSignature& signature : note.signatures)
    text += std::string(kDash) + signature.name + ' ' + to_base64(signature.key_hash + signature.signature) +
            '\n';
  return text;
}

Bytes sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key) {
  const std::string& name = checkpoint.origin;
  return note_text(
      {checkpoint, {{name, key_hash(name, key.public_key()), key.sign(signed_text(checkpoint))}}});
}

Result<SignedCheckpoint> read_checkpoint(BytesView note) {
  std::string_view origin, size, root, blank, line;
  if (!take_line(note, origin) || !take_line(note, size) || !take_line(note, root) ||
      !take_line(note, blank) || origin.empty() || !blank.empty() || note.empty())
    return not_a_checkpoint();
  SignedCheckpoint read;
  read.checkpoint.origin = origin;
  const auto [end, error] = std::from_chars(size.data(), size.data() + size.size(), read.checkpoint.size);
  const bool leading_zero = size.size() > 1 && size.front() == '0';
  if (error != std::errc{} || end != size.data() + size.size() || leading_zero) return not_a_checkpoint();
  read.checkpoint.root = TRY(Hash::from_bytes(TRY(from_base64(root))));
  while (!note.empty()) {
    if (!take_line(note, line)) return not_a_checkpoint();
    read.signatures.push_back(TRY(read_signature(line)));
  }
  return read;
}

bool is_signed_by(const SignedCheckpoint& note, const PublicKey& key) {
  const std::string text = signed_text(note.checkpoint);
  const Bytes expected = key_hash(note.checkpoint.origin, key);
  for (const NoteSignature& found : note.signatures)
    if (found.name == note.checkpoint.origin && found.key_hash == expected &&
        signature_is_good(key, text, found.signature))
      return true;
  return false;
}

}  // namespace sonae::journal
