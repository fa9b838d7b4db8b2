// What becomes known of somebody after they were received: where they stay, how they are, what they need,
// whom they let know, how they can be reached. Each is a fact of its own about entry:<id>, so that two people
// who write down different things at two places do not contradict each other; each supersedes what was seen
// of its own kind, and two of one kind that do not know of each other are a question. Whom it is about stands
// in the fact's header alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "town/reception/facts.h"

namespace sonae::reception {

// reception.stay_changed: moved within the shelter or on, went home (退所), stays elsewhere.
struct StayChanged {
  StayKind stay = StayKind::shelter;
  std::string shelter;        // the shelter from now on; empty: unchanged
  std::string room;           // 3年2組, 車両 和歌山 300 あ 12-34
  std::string address;        // where they stay if it is not a shelter, or where they went
  std::optional<Instant> at;  // when, as told; absent: about when it was written down
  std::string note;
  friend bool operator==(const StayChanged&, const StayChanged&) = default;
};
BOOST_DESCRIBE_STRUCT(StayChanged, (), (stay, shelter, room, address, at, note))

// reception.condition_changed: a death included.
struct ConditionChanged {
  Condition condition = Condition::not_stated;
  std::optional<Instant> at;
  std::string note;
  friend bool operator==(const ConditionChanged&, const ConditionChanged&) = default;
};
BOOST_DESCRIBE_STRUCT(ConditionChanged, (), (condition, at, note))

// reception.needs_changed (要配慮): all of them, not only the new ones.
struct NeedsChanged {
  std::vector<std::string> needs;  // codes of data/reception/words.tsv, sorted
  std::string languages;           // which the person speaks, as told
  std::string pets;
  std::string note;
  friend bool operator==(const NeedsChanged&, const NeedsChanged&) = default;
};
BOOST_DESCRIBE_STRUCT(NeedsChanged, (), (needs, languages, pets, note))

// reception.consent_given: all items that were asked; what was not asked is not allowed.
struct ConsentGiven {
  std::vector<Consent> items;
  std::string said_by;  // 本人, 妻
  friend bool operator==(const ConsentGiven&, const ConsentGiven&) = default;
};
BOOST_DESCRIBE_STRUCT(ConsentGiven, (), (items, said_by))

// reception.contact_changed: beside the telephone number that was written at first.
struct ContactChanged {
  std::string phone;
  std::string mail;
  std::string note;
  friend bool operator==(const ContactChanged&, const ContactChanged&) = default;
};
BOOST_DESCRIBE_STRUCT(ContactChanged, (), (phone, mail, note))

// reception.change_taken_back: the first change of its kind was a mistake. Supersedes it: what was written at
// first holds again. (A later change is taken back by writing once more what stood before it.)
struct ChangeTakenBack {
  std::string because;
};
BOOST_DESCRIBE_STRUCT(ChangeTakenBack, (), (because))

enum class Aspect : std::uint8_t { stay, condition, needs, consent, contact };
BOOST_DESCRIBE_ENUM(Aspect, stay, condition, needs, consent, contact)

// The facts on one aspect that hold.
struct AspectFacts {
  Aspect aspect = Aspect::stay;
  std::vector<FactId> facts;   // several: written apart from each other
  bool contradictory = false;  // and they differ: a question
  friend bool operator==(const AspectFacts&, const AspectFacts&) = default;
};
BOOST_DESCRIBE_STRUCT(AspectFacts, (), (aspect, facts, contradictory))

// All that was learnt since. Where several facts hold, the first by (time, id) is shown.
struct Since {
  std::optional<StayChanged> stay;
  std::optional<ConditionChanged> condition;
  std::optional<NeedsChanged> needs;
  std::optional<ConsentGiven> consent;
  std::optional<ContactChanged> contact;
  std::vector<AspectFacts> standing;
};
BOOST_DESCRIBE_STRUCT(Since, (), (stay, condition, needs, consent, contact, standing))

// The name of the kind of fact for an aspect: "reception.stay_changed".
std::string_view kind_of(Aspect aspect);

}  // namespace sonae::reception
