// Forgetting (消去): a person orders that what the journal holds about somebody or something be erased, by
// which rule; everybody can see later who erased how much of what kind, and nobody what it was. What cannot
// be erased so: who belongs to the town, accounts, looks (they show who saw what), orders themselves; and
// single residents of a registry, which goes as a whole. Any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/operation.h"
#include "town/erasure/facts.h"
#include "town/town.h"

namespace sonae::erasure {

struct AboutRequest {
  std::vector<journal::Subject> subjects;  // "entry:...", "sheet:...", "claim:...", "snapshot:..."
};
BOOST_DESCRIBE_STRUCT(AboutRequest, (), (subjects))

struct Preview {
  std::int64_t facts = 0;
  std::vector<KindCount> kinds;
  std::vector<journal::Subject> also_about;  // where else it stands: a list's file, another entry
};
BOOST_DESCRIBE_STRUCT(Preview, (), (facts, kinds, also_about))

struct EraseRequest {
  std::vector<journal::Subject> subjects;
  std::string rule;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(EraseRequest, (), (subjects, rule, because))

struct Erased {
  std::int64_t facts = 0;
  std::vector<FactId> receipts;  // of the orders
};
BOOST_DESCRIBE_STRUCT(Erased, (), (facts, receipts))

struct Order {
  FactId order;
  Instant at;
  PersonId by;
  std::string rule;
  std::string because;
  std::vector<KindCount> kinds;
  std::vector<journal::Subject> subjects;  // what it was about
  // Facts about the same subjects that came from elsewhere and are not erased: written by who did not know.
  std::int64_t came_later = 0;
};
BOOST_DESCRIBE_STRUCT(Order, (), (order, at, by, rule, because, kinds, subjects, came_later))
struct Orders {
  std::vector<Order> orders;  // the newest first
};
BOOST_DESCRIBE_STRUCT(Orders, (), (orders))

Preview preview(town::Town& town, const AboutRequest& request);
// not_found where nothing is to be erased, conflict where it is the registry in use.
Result<Erased> erase(town::Town& town, const api::Call& call, const EraseRequest& request);
Orders orders(town::Town& town);

// erasure.preview, erasure.erase, erasure.orders.
void add_operations(town::Town& town, api::Catalogue& catalogue);

}  // namespace sonae::erasure
