#include "vault/object_writer.h"

#include "sync/tar.h"
#include "vault/signed_text.h"

namespace sonae::vault {

ObjectWriter::ObjectWriter(const Writing& writing) : writing_(writing) {
  index_.town = writing.town;
  index_.node = node_id_of(writing.key.public_key());
  index_.key = to_base64(writing.key.public_key().bytes());
  index_.made = writing.env.clock.now();
  // The time shows what is old, the random part keeps two runs of one moment apart.
  index_.name = compact_time(index_.made) + "-" + to_base32(writing.env.random.bytes(10));
  for (const AgeRecipient& recipient : writing.recipients)
    index_.recipients.push_back(recipient.text());
}

Result<std::unique_ptr<ObjectWriter>> ObjectWriter::begin(const Writing& writing) {
  std::unique_ptr<ObjectWriter> made(new ObjectWriter(writing));
  made->age_ = TRY(AgeWriter::begin(writing.env.random, writing.recipients,
                                    [into = &made->file_](BytesView bytes) -> Status {
                                      into->append(bytes);
                                      return {};
                                    }));
  return made;
}

Status ObjectWriter::member(const std::string& name, BytesView content) {
  return age_->write(sync::tar_member(name, content, index_.made.milliseconds / 1000));
}

void ObjectWriter::covers(const LogStretch& stretch, const Hash& root) {
  if (!index_.heads) index_.heads.emplace();
  std::erase_if(*index_.heads, [&](const BackupHead& head) {
    return head.node == stretch.node && head.stream == stretch.stream;
  });
  index_.heads->push_back({stretch.node, stretch.stream, stretch.next, root});
  if (!index_.logs.empty() && index_.logs.back().node == stretch.node &&
      index_.logs.back().stream == stretch.stream && index_.logs.back().next == stretch.first)
    index_.logs.back().next = stretch.next;
  else
    index_.logs.push_back(stretch);
}

Result<ObjectEntry> ObjectWriter::finish() {
  TRY(age_->write(sync::tar_end()));
  TRY(age_->finish());
  index_.digest = sha256(file_);
  index_.bytes = file_.size();
  const std::string path = std::string(kObjects) + "/" + index_.name;
  TRY(writing_.target.write(path + ".age", file_));
  TRY(writing_.target.write(path + ".json",
                            sign_text(to_text(to_json(index_)), writing_.town, writing_.key)));
  return ObjectEntry{index_.name, index_.digest, index_.bytes, index_.logs};
}

}  // namespace sonae::vault
