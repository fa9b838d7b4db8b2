// Erasing (消去): a body and its salt are dropped, the hash of both stays, so every proof and every signed
// head stays what it was. It is ordered by a fact that supersedes what it erases; so the order lists all
// subjects of those facts (their rows are folded anew where it arrives), and whether it counts is a question
// of admission like any other.
//
// Wherever such an order stands, the bodies that it names go, whether they came before it, with it or after
// it: out of an old bundle, a backup, another log, quarantine or a branch. An order that does not count any
// more (its node was revoked before it was written) is made good: what it erased is asked for again from
// nodes that still have it.
#pragma once

#include <set>
#include <span>
#include <vector>

#include "journal/entries.h"
#include "store/store.h"

namespace sonae::journal {

inline constexpr std::string_view kErasureOrdered = "erasure.ordered";
// Every order is about this too: so all orders are found.
inline const Subject kErasureOrders{"erasure", "orders"};

inline bool orders_erasure(const Header& header) {
  return header.kind == kErasureOrdered;
}
// Who belongs to the town, and what was erased, is never erased.
bool may_be_erased(const Header& header);

// Whether an order stands here at all: nothing of what follows costs anything before the first one.
bool anything_ordered_erased(store::Connection& connection);
// Whether an order that stands names this fact.
bool is_ordered_erased(store::Connection& connection, const Header& header);

// Within a write transaction: drops the bodies of these facts where an order that stands names them, and then
// the blobs that nobody names any more, `blobs` among them.
void erase_where_ordered(store::Connection& connection, std::span<const FactId> facts,
                         std::set<Hash> blobs = {});

// The same for everything that any order names, after admission has moved entries; and notes what is erased
// without an order now, as lacking.
void erase_all_ordered(store::Connection& connection);

// For what has just been stored of a range.
void erase_in_range(store::Connection& connection, std::span<const EntryToStore> entries);

// Notes that this entry came without its body, and no order is here that says so.
void note_lacking(store::Connection& connection, std::int64_t row);

// Entries whose bodies are to be fetched again, by log; the first position of each.
struct Lacking {
  LogId log;
  std::uint64_t first = 0;
};
std::vector<Lacking> lacking(store::Connection& connection);

// Puts a body back that came again, where it is lacking. True where it was.
bool put_back(store::Connection& connection, std::int64_t row, const EntryToStore& entry);

}  // namespace sonae::journal
