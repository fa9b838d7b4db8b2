// What can happen in claims (本人の届け): somebody says without an account that they are safe; it is tied to
// a new entry by proof or by a clerk, or refused; either can be taken back. docs/formats.md, "Facts of
// claim".
#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

#include "town/reception/facts.h"

namespace sonae::claim {

using ClaimId = RandomId<struct ClaimTag>;

// The way by which a claim came.
enum class Channel : std::uint8_t { web, mail, sms, line };
BOOST_DESCRIBE_ENUM(Channel, web, mail, sms, line)

// claim.made, about claim:<id>. Texts as typed; nothing of it is believed yet. A later message of the same
// sender that says what was missing supersedes it.
struct Made {
  ClaimId claim;
  std::string name;
  std::string kana;
  std::string birth_date;
  std::string phone;
  std::string address;  // where they live
  reception::Condition condition = reception::Condition::well;
  reception::StayKind stay = reception::StayKind::elsewhere;
  std::string where;  // the shelter's name, or where else they stay
  std::string message;
  std::vector<reception::Audience> consent;  // who may know
  std::optional<Channel> via;                // absent: the web
  std::optional<std::string> sender;  // the address, number or account that wrote; anybody can write any
};
BOOST_DESCRIBE_STRUCT(Made, (),
                      (claim, name, kana, birth_date, phone, address, condition, stay, where, message,
                       consent, via, sender))

// claim.tied, about claim:<id>, in one batch with the entry that it becomes.
struct Tied {
  ClaimId claim;
  EntryId entry;
  std::optional<ResidentId> resident;  // absent: in no registry
  bool by_proof = false;               // name, birth date and telephone are those of one resident
  std::string because;
};
BOOST_DESCRIBE_STRUCT(Tied, (), (claim, entry, resident, by_proof, because))

// claim.refused, about claim:<id>: a trial, somebody else, not true.
struct Refused {
  ClaimId claim;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(Refused, (), (claim, because))

// claim.reopened, about claim:<id>; supersedes the tying or the refusal. The entry is withdrawn with it.
struct Reopened {
  ClaimId claim;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(Reopened, (), (claim, because))

}  // namespace sonae::claim
