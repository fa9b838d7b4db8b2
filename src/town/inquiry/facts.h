// What can happen in inquiries (安否照会): somebody asks for a person, is answered, the answer turns out
// wrong, the asking is taken back, an asker is made to wait. docs/formats.md, "Facts of inquiry".
#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace sonae::inquiry {

using InquiryId = RandomId<struct InquiryTag>;

// What the asker is to the person asked for (災害対策基本法 86条の15).
enum class Relation : std::uint8_t {
  self,
  family,        // 同居の親族, 配偶者 (those in a like relation included)
  relative,      // その他の親族
  workplace,     // 勤務先その他の関係者
  acquaintance,  // 知人その他
  municipality,  // 他の地方公共団体
};
BOOST_DESCRIBE_ENUM(Relation, self, family, relative, workplace, acquaintance, municipality)

// How it is known who asks; each includes those before it.
enum class Proof : std::uint8_t { none, callback, document };
BOOST_DESCRIBE_ENUM(Proof, none, callback, document)

enum class Item : std::uint8_t { held, condition, whereabouts, contact, other };
BOOST_DESCRIBE_ENUM(Item, held, condition, whereabouts, contact, other)

enum class Desk : std::uint8_t { counter, telephone, web };
BOOST_DESCRIBE_ENUM(Desk, counter, telephone, web)

// Who asks. The law wants name, address and what identifies the asker.
struct Asker {
  std::string name;
  std::string address;
  std::string phone;
  Relation relation = Relation::acquaintance;
  Proof proof = Proof::none;
  friend bool operator==(const Asker&, const Asker&) = default;
};
BOOST_DESCRIBE_STRUCT(Asker, (), (name, address, phone, relation, proof))

// inquiry.asked, about inquiry:<id>. The person sought is the line as it was typed: no resident is named, so
// that the journal says the same of a protected person as of an unknown one.
struct Asked {
  InquiryId inquiry;
  Asker asker;
  std::string purpose;
  std::string line;
  Desk desk = Desk::telephone;
};
BOOST_DESCRIBE_STRUCT(Asked, (), (inquiry, asker, purpose, line, desk))

// inquiry.answered, about inquiry:<id>; durable before the answer
// leaves. `words` are those that were read out.
struct Answered {
  InquiryId inquiry;
  std::optional<EntryId> entry;  // absent: nothing could be told
  std::vector<Item> told;
  Relation by_row = Relation::acquaintance;  // the row of the table that held
  std::string words;
  std::optional<bool> referred;  // true: somebody in charge has to speak to the asker
};
BOOST_DESCRIBE_STRUCT(Answered, (), (inquiry, entry, told, by_row, words, referred))

// inquiry.corrected, about inquiry:<id>: what was told was wrong; says what was done about it.
struct Corrected {
  InquiryId inquiry;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(Corrected, (), (inquiry, because))

// inquiry.withdrawn, about inquiry:<id>: a trial, or asked by mistake. The answer stays readable.
struct Withdrawn {
  InquiryId inquiry;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(Withdrawn, (), (inquiry, because))

// inquiry.limited, about desk:<person>, the account at the desk: an asker has to wait. Recorded when a wait
// begins.
struct Limited {
  Asker asker;
  std::int64_t seconds = 0;
};
BOOST_DESCRIBE_STRUCT(Limited, (), (asker, seconds))

}  // namespace sonae::inquiry
