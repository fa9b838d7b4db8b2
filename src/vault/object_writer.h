// Writes one object of a backup: an age file of a tar archive, like a bundle, gathered in memory, put to the
// target whole, and its signed index after it.
#pragma once

#include <memory>

#include "base/age.h"
#include "vault/manifest.h"

namespace sonae::vault {

// What all objects of one run share.
struct Writing {
  Env& env;
  Target& target;
  TownId town;
  const SigningKey& key;
  std::vector<AgeRecipient> recipients;
};

class ObjectWriter {
 public:
  static Result<std::unique_ptr<ObjectWriter>> begin(const Writing& writing);

  Status member(const std::string& name, BytesView content);
  void covers(const LogStretch& stretch, const Hash& root);  // of the log's tree at the stretch's end
  void holds(const Hash& blob) { index_.blobs.push_back(blob); }
  void counts(std::uint64_t facts) { index_.facts += facts; }
  std::size_t bytes() const { return file_.size(); }

  Result<ObjectEntry> finish();

 private:
  explicit ObjectWriter(const Writing& writing);
  const Writing& writing_;
  ObjectIndex index_;
  Bytes file_;
  std::optional<AgeWriter> age_;
};

}  // namespace sonae::vault
