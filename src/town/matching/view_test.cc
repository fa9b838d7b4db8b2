// The promises of the view of decisions: the same whatever the order in which facts arrived.
#include <doctest/doctest.h>

#include "journal/testing.h"
#include "town/matching/matching.h"

namespace sonae::matching {

TEST_CASE("matching: decisions, contradictions and withdrawals give the same view in any order") {
  const auto view = make_view();
  journal::TestTown town({view.get()});
  std::vector<FactId> facts;
  const auto append = [&](std::string kind, std::vector<journal::Subject> subjects, const auto& body,
                          std::vector<FactId> supersedes) {
    journal::Batch batch;
    batch.drafts.push_back(
        journal::draft(journal::Stream::urgent, std::move(kind), std::move(subjects), GrantId{}, body));
    batch.drafts.back().supersedes = std::move(supersedes);
    facts.push_back(town.journal().append(std::move(batch)).value().front().fact);
  };
  for (int i = 0; i < 6; ++i) {
    const auto id = town.random().id<EntryId>(), other = town.random().id<EntryId>();
    const journal::Subject entry{"entry", id.text()}, second{"entry", other.text()}, r1{"resident", "1"},
        r2{"resident", "2"};
    append("matching.decided", {entry, r1}, Decided{id, ResidentId("1"), "", {}}, {});
    append("matching.decided", {entry, r2}, Decided{id, ResidentId("2"), "", {}}, {});
    append("matching.same_person_decided", {entry, second}, SamePersonDecided{id, other, i % 2 == 0, ""}, {});
    if (i % 2 == 0)
      append("matching.taken_back", {entry, r1, r2}, TakenBack{{id}, ""},
             {facts[facts.size() - 3], facts[facts.size() - 2]});
    if (i % 3 == 0) append("matching.decided", {entry}, Decided{id, std::nullopt, "町外", {}}, {});
  }
  CHECK(journal::check_order_does_not_matter(town, 11) == std::nullopt);
  CHECK(journal::check_rebuild(town) == std::nullopt);
}

}  // namespace sonae::matching
