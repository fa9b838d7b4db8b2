#include "journal/blob.h"

#include "journal/frame.h"

namespace sonae::journal {

namespace {
[[noreturn]] void damaged(const Hash& address) {
  throw store::StoreError({ErrorCode::corrupt,
                           {"保存された内容が壊れています", "A stored blob is damaged"},
                           "blob " + address.hex(),
                           {"控えから戻してください", "Restore it from a backup or another node"}});
}
}  // namespace

bool Blobs::has(const Hash& address) const {
  return connection_.query("SELECT 1 FROM journal_blob WHERE address = $1", store::Blob{address.bytes()})
      ->next();
}

std::optional<Bytes> Blobs::read(const Hash& address) const {
  const auto row = connection_.query("SELECT size, content FROM journal_blob WHERE address = $1",
                                     store::Blob{address.bytes()});
  if (!row->next()) return std::nullopt;
  std::optional<Bytes> content = unframed(row->bytes(1), static_cast<std::uint64_t>(row->integer(0)));
  if (!content || address_of(*content) != address) damaged(address);
  return content;
}

Hash Blobs::write(BytesView content) const {
  const Hash address = address_of(content);
  if (!has(address)) store_blob(connection_, address, content.size(), framed(content));
  return address;
}

void store_blob(store::Connection& connection, const Hash& address, std::uint64_t size, BytesView frame) {
  connection.run(
      "INSERT INTO journal_blob (address, size, content) VALUES ($1, $2, $3) "
      "ON CONFLICT (address) DO NOTHING",
      store::Blob{address.bytes()}, size, store::Blob{frame});
}

}  // namespace sonae::journal
