#include "vault/manifest.h"

#include <algorithm>

#include "vault/erasures.h"
#include "vault/signed_text.h"

namespace sonae::vault {

template <class Document>
Result<Document> read_document(BytesView note) {
  const SignedText text = TRY(read_signed_text(note));
  const Document document = TRY(from_json_text<Document>(text.text));
  if (document.format != Document{}.format)
    return fail(ErrorCode::unsupported,
                {"控えの形式が新しすぎます", "The format of this backup is not known here"}, document.format);
  const PublicKey key = TRY(PublicKey::from_bytes(TRY(from_base64(document.key))));
  if (node_id_of(key) != document.node || !is_signed_by(text, document.town, key))
    return fail(ErrorCode::corrupt, {"署名が合いません", "The signature is not good"});
  return document;
}
template Result<Manifest> read_document<Manifest>(BytesView);
template Result<ObjectIndex> read_document<ObjectIndex>(BytesView);
template Result<ErasureList> read_document<ErasureList>(BytesView);

int restore_order(journal::Stream stream) {
  using enum journal::Stream;
  switch (stream) {
    case restricted:  // marks of protected persons, before anybody can be looked up
      return 0;
    case ordinary:  // the registry
      return 1;
    case urgent:  // reception
      return 2;
    case access:
      return 3;
  }
  return 3;
}

std::string compact_time(Instant instant) {
  std::string text = to_rfc3339(instant);
  std::erase_if(text, [](char letter) { return letter == '-' || letter == ':'; });
  return text;
}

std::string manifest_name(Instant made, const NodeId& node) {
  return std::string(kManifests) + "/" + compact_time(made) + "-" + node.text() + ".json";
}

Result<std::vector<NamedManifest>> read_manifests(Target& target, std::vector<std::string>& problems) {
  std::vector<NamedManifest> found;
  for (const std::string& file : TRY(target.list(std::string(kManifests)))) {
    const std::string name = std::string(kManifests) + "/" + file;
    const auto content = target.read(name);
    auto manifest = content ? read_document<Manifest>(*content) : std::unexpected(content.error());
    if (manifest)
      found.push_back({name, std::move(*manifest)});
    else
      problems.push_back(name + ": " + manifest.error().in(Language::english));
  }
  std::ranges::sort(found, std::ranges::greater{},
                    [](const NamedManifest& one) { return std::pair(one.manifest.made, one.name); });
  return found;
}

}  // namespace sonae::vault
