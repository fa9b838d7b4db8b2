// Of whom news is held: the people on lists and at the door, searchable by any spelling of name, kana, birth
// date, town and phone, as the entry or the registry has them. Protected persons (支援措置) and those of whom
// it is not sure are left out when it is built, not when it is asked: an ask for them runs as one for a
// stranger. Immutable; any thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "link/search.h"
#include "town/matching/matching.h"

namespace sonae::inquiry {

struct Known {
  std::optional<ResidentId> resident;  // absent: in no registry
  std::vector<EntryId> entries;        // the newest last
};

class Held {
 public:
  // `allowed` names the residents who may be told of (registry::OutputFilter of nobody in particular).
  static std::shared_ptr<const Held> build(town::Town& town, registry::Registry& registry,
                                           store::Connection& connection,
                                           const registry::OutputFilter& allowed);

  // Who meets every word of the line; at most `limit` people. Always searched to the end.
  std::vector<const Known*> find(std::string_view line, std::size_t limit) const;
  std::size_t size() const { return people_.size(); }

 private:
  explicit Held(link::Registry registry) : linkage_(std::move(registry)), search_(linkage_) {}
  link::Registry linkage_;
  link::Search search_;
  std::vector<Known> people_;
};

}  // namespace sonae::inquiry
