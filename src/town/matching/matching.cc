#include "town/matching/matching.h"

#include <algorithm>

#include "town/matching/inside.h"

namespace sonae::matching {

Matching::Matching(town::Town& town, access::Access& access, registry::Registry& registry,
                   reception::Reception& reception)
    : inside_(std::make_unique<Inside>(town, access, registry, reception)) {
  create_answer_tables(*town.database().connect());
  town.journal().listen([touched = inside_->touched](std::span<const journal::Subject> subjects) {
    for (const journal::Subject& subject : subjects)
      if (subject.kind == "entry") touched->entries = true;
  });
  reception.after_change([this](Progress& progress) { return catch_up(progress); });
  reception.withhold([this](const api::Call& call, store::Connection& connection) {
    return inside_->hidden_from(call, connection);
  });
}
Matching::~Matching() = default;

Status Matching::catch_up(Progress& progress) {
  if (const auto done = inside_->catch_up(progress); !done) return std::unexpected(done.error());
  return {};
}

std::set<EntryId> Matching::Inside::hidden_from(const api::Call& call, store::Connection& connection) const {
  std::set<EntryId> hidden;
  const registry::OutputFilter filter = registry.output_filter(call.actor, town.today());
  if (filter.sees_protected()) return hidden;
  const auto hide = [&](std::unique_ptr<store::Cursor> row) {
    while (row->next())
      if (!filter.may_show(row->text(1))) hidden.insert(row->id<EntryId>(0));
  };
  hide(connection.query("SELECT entry, resident FROM matching_decision WHERE resident IS NOT NULL"));
  hide(connection.query(
      "SELECT entry, resident FROM local_matching_answer WHERE decision <> $1 AND resident <> ''",
      static_cast<int>(link::Decision::none)));
  return hidden;
}

Summary summary_of(const std::vector<Standing>& standings) {
  Summary summary;
  for (const Standing& standing : standings) {
    ++summary.entries;
    switch (standing.state) {
      case State::decided:
        ++summary.decided;
        break;
      case State::not_resident:
        ++summary.not_resident;
        break;
      case State::contradictory:
        ++summary.contradictory;
        ++summary.to_decide;
        break;
      case State::matched:
        ++summary.matched;
        break;
      case State::ask:
        ++summary.ask;
        ++summary.to_decide;
        break;
      case State::none:
        ++summary.none;
        break;
      case State::unnamed:
        ++summary.unnamed;
        break;
    }
  }
  return summary;
}

void add_shown(const Question& question, std::vector<std::string>& shown) {
  shown.push_back(access::shown(question.entry.entry));
  const auto add = [&](const ResidentId& resident) {
    std::string text = access::shown(resident);
    if (std::ranges::find(shown, text) == shown.end()) shown.push_back(std::move(text));
  };
  if (question.resident) add(*question.resident);
  for (const Candidate& candidate : question.candidates)
    add(candidate.resident);
}

}  // namespace sonae::matching
