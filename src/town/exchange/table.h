// The table of records as it is read: what holds of each, and the order of the feed. On one connection, by
// one thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "journal/fact.h"
#include "store/store.h"
#include "town/exchange/facts.h"

namespace sonae::exchange {

enum class Standing : std::uint8_t {
  received,   // from elsewhere; the fact `fact` has its fields
  published,  // ours; derived from the entry
  ended,      // its placeholder
};
BOOST_DESCRIBE_ENUM(Standing, received, published, ended)

struct Row {
  pfif::Kind kind = pfif::Kind::person;
  std::string record;
  std::string person;  // of a note: whose
  Standing standing = Standing::received;
  HybridTime entered;  // PFIF's entry_date: the time of the fact that holds
  Instant source_date;
  std::optional<Instant> expiry_date;
  FactId fact;
  std::optional<EntryId> entry;  // of one that is ours
  std::optional<Hash> digest;    // likewise
  std::optional<Why> why;        // of one that ended
  bool own = false;              // of this town
};

inline constexpr const char* kRowColumns =
    "kind, record, person, standing, entered, source_ms, expiry_ms, fact, entry, digest, why, own";
Row row_of(const store::Cursor& cursor);
std::optional<Row> find_row(store::Connection& connection, pfif::Kind kind, const std::string& record);
std::vector<Row> notes_of(store::Connection& connection, const std::string& person);
void for_each_published(store::Connection& connection, const std::function<void(const Row&)>& visit);

// All facts about a record whose bodies are to go with it.
std::vector<FactId> bodies_of(store::Connection& connection, pfif::Kind kind, const std::string& record);

journal::Subject subject_of(pfif::Kind kind, const std::string& record);

// The fields of a record that came in; absent where its body is gone.
std::optional<Received> received_of(store::Connection& connection, const Row& row);

}  // namespace sonae::exchange
