#include "town/reception/ids.h"

namespace sonae::reception {

namespace {

// Pieces of any content, each behind its length, so that no two lists of pieces are hashed alike.
Hash hash_of(std::string_view purpose, std::initializer_list<std::string_view> pieces) {
  Sha256 hash;
  hash.add(purpose);
  for (const std::string_view piece : pieces) {
    hash.add(to_big_endian(piece.size()));
    hash.add(piece);
  }
  return hash.finish();
}

template <class Id>
Id first_bytes(const Hash& hash) {
  return *Id::from_bytes(hash.bytes().substr(0, Id::kSize));
}

}  // namespace

SheetId sheet_id(const Hash& digest, std::string_view shelter) {
  return first_bytes<SheetId>(hash_of("sonae reception sheet", {digest.bytes(), shelter}));
}

// At the door the shelter is the one where they were received: who moves on stays in the family.
FamilyKey family_key(const EntryWritten& first, std::string_view family) {
  return first_bytes<FamilyKey>(
      first.sheet ? hash_of("sonae reception family of a sheet", {first.sheet->bytes(), family})
                  : hash_of("sonae reception family at the door", {first.shelter, family}));
}

FactId aspect_fact_id(const FactId& minted, std::string_view kind) {
  return first_bytes<FactId>(hash_of("sonae reception aspect", {minted.bytes(), kind}));
}

Hash standing_digest(std::span<const FactId> standing) {
  Sha256 hash;
  for (const FactId& fact : standing)
    hash.add(fact.bytes());
  return hash.finish();
}

void EntryIds::begin_row(std::string_view shelter, std::string_view raw, std::string_view above) {
  row_ = hash_of("sonae reception row", {shelter, raw, above});
  occurrence_ = rows_[row_]++;
}

EntryId EntryIds::id(std::uint32_t index) const {
  return first_bytes<EntryId>(
      hash_of("sonae reception entry", {row_.bytes(), to_big_endian(occurrence_), to_big_endian(index)}));
}

}  // namespace sonae::reception
