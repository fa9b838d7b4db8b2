// Matching (突合): which resident each entry of the shelter lists is, by the machine where it is sure, by a
// person where it is not. The machine never overturns a person. Any thread.
#pragma once

#include <functional>
#include <memory>

#include "api/operation.h"
#include "town/matching/facts.h"
#include "town/reception/reception.h"
#include "town/registry/registry.h"

namespace sonae::matching {

// How an entry stands.
enum class State : std::uint8_t {
  decided,        // a person said which resident it is
  not_resident,   // a person said that it is none
  contradictory,  // people said different things: a question for a person
  matched,        // the machine is sure
  ask,            // the machine asks a person
  none,           // the machine finds nobody
  unnamed,        // nobody can be found: no name was written ("外3名")
};
BOOST_DESCRIBE_ENUM(State, decided, not_resident, contradictory, matched, ask, none, unnamed)

class Matching {
 public:
  Matching(town::Town& town, access::Access& access, registry::Registry& registry,
           reception::Reception& reception);
  ~Matching();

  // Brings the machine's answers up to date with entries, registry and decisions. Every operation of matching
  // does so first, and so does reception after each import; it costs nothing where nothing changed.
  Status catch_up(Progress& progress);

  void add_operations(api::Catalogue& catalogue);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

// Residents who stand on a list: decided by a person (How::decided) or matched by the machine (How::matched),
// by an entry that is not withdrawn and does not say that the person is missing (who is written down as dead
// is accounted for). A resident on several lists comes once for each. Without filter and without record: for
// those above that have their own. Call Matching::catch_up before.
enum class How : std::uint8_t { decided, matched };
BOOST_DESCRIBE_ENUM(How, decided, matched)
void for_each_confirmed(store::Connection& connection,
                        const std::function<void(const ResidentId&, const EntryId&, How)>& visit);

std::unique_ptr<journal::View> make_view();

}  // namespace sonae::matching
