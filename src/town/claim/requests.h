// What the operations of claims are asked and what they answer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "town/claim/facts.h"

namespace sonae::claim {

struct MakeRequest {
  std::string name;
  std::string kana;
  std::string birth_date;
  std::string phone;
  std::string address;
  reception::Condition condition = reception::Condition::well;
  reception::StayKind stay = reception::StayKind::elsewhere;
  std::string where;
  std::string message;
  std::vector<reception::Audience> consent;
};
BOOST_DESCRIBE_STRUCT(MakeRequest, (),
                      (name, kana, birth_date, phone, address, condition, stay, where, message, consent))
// The same whoever claims: a number to name it by, and never whether it fits somebody.
struct MakeAnswer {
  ClaimId claim;
};
BOOST_DESCRIBE_STRUCT(MakeAnswer, (), (claim))

// A mail, an SMS or a LINE message that was read: what it says of its writer, as far as it says it.
struct Message {
  Channel via = Channel::mail;
  std::string sender;
  std::string id;  // the channel's own id of it: what comes twice is taken once
  MakeRequest said;
};
struct Taken {
  ClaimId claim;
  bool again = false;  // this message was taken before
  Made now;            // the claim, with what earlier messages of the sender had said
};

enum class State : std::uint8_t {
  waiting,  // for a clerk
  tied,     // became an entry
  refused,
  question,  // two clerks said different things that did not know of each other
};
BOOST_DESCRIBE_ENUM(State, waiting, tied, refused, question)

struct ClaimRow {
  Made claim;
  Instant at;
  State state = State::waiting;
  std::optional<EntryId> entry;
  std::optional<ResidentId> resident;
  bool by_proof = false;
  std::string because;
  std::vector<FactId> standing;  // the tyings and refusals that hold
};
BOOST_DESCRIBE_STRUCT(ClaimRow, (), (claim, at, state, entry, resident, by_proof, because, standing))

struct ListRequest {
  std::optional<State> state;  // all where not given
  std::optional<std::int64_t> offset;
  std::optional<std::int64_t> limit;  // 50 where not given, 500 at most
};
BOOST_DESCRIBE_STRUCT(ListRequest, (), (state, offset, limit))
struct ClaimList {
  std::int64_t total = 0;
  std::vector<ClaimRow> claims;  // the oldest first: they wait
};
BOOST_DESCRIBE_STRUCT(ClaimList, (), (total, claims))

// claim.confirm: a clerk is sure who it is; no resident where they are in no registry.
struct ConfirmRequest {
  ClaimId claim;
  std::optional<ResidentId> resident;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(ConfirmRequest, (), (claim, resident, because))
// claim.refuse and claim.reopen.
struct ChangeRequest {
  ClaimId claim;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(ChangeRequest, (), (claim, because))
struct Recorded {
  FactId fact;
};
BOOST_DESCRIBE_STRUCT(Recorded, (), (fact))

struct TieRequest {};
BOOST_DESCRIBE_STRUCT(TieRequest, (), ())
struct TieReport {
  std::int64_t tied = 0;
};
BOOST_DESCRIBE_STRUCT(TieReport, (), (tied))

}  // namespace sonae::claim
