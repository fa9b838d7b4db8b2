// What the machine answers about each entry: a node's own, in tables that no dump holds, thrown away and made
// again whenever entries, registry or engine change.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "link/answer.h"
#include "store/store.h"
#include "town/matching/facts.h"

namespace sonae::matching {

// One reason as it is kept: the phrase follows from field and level.
struct KeptReason {
  std::uint8_t field = 0;
  std::uint8_t level = 0;
  double weight = 0;
};
BOOST_DESCRIBE_STRUCT(KeptReason, (), (field, level, weight))
struct KeptCandidate {
  ResidentId resident;
  double probability = 0;
  std::vector<KeptReason> reasons;
};
BOOST_DESCRIBE_STRUCT(KeptCandidate, (), (resident, probability, reasons))

struct Answer {
  EntryId entry;
  Hash standing;  // reception::standing_digest of what was matched
  link::Decision decision = link::Decision::none;
  std::vector<KeptCandidate> candidates;  // the likeliest first
  Phrase what_would_settle;
  std::optional<EntryId> same_as;  // an earlier entry that seems to be the same person
  double same_as_probability = 0;

  double probability() const { return candidates.empty() ? 0 : candidates.front().probability; }
};

Answer kept(const link::Answer& answer, const EntryId& entry, const Hash& standing);
std::vector<link::Reason> reasons_of(const KeptCandidate& candidate);

// Makes the tables where they are missing. Within no transaction.
void create_answer_tables(store::Connection& connection);

// Within a write transaction.
void store_answer(store::Connection& connection, const Answer& answer);
void forget_withdrawn(store::Connection& connection);
void remember(store::Connection& connection, std::string_view key, std::string_view value);

std::string recalled(store::Connection& connection, std::string_view key);  // empty where there is nothing
std::optional<Answer> find_answer(store::Connection& connection, const EntryId& entry);
void for_each_answer(store::Connection& connection, const std::function<void(const Answer&)>& visit);

}  // namespace sonae::matching
