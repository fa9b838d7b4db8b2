// What can happen in exchange (情報連携): partners are enrolled, records of PFIF come in and end, our own are
// published, a record is tied to a resident, other towns are asked. docs/formats.md, "Facts of exchange".
#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

#include "base/hash.h"
#include "town/exchange/pfif.h"

namespace sonae::exchange {

enum class PartnerKind : std::uint8_t {
  pfif,          // a repository or program that speaks PFIF
  municipality,  // another town's Sonae
};
BOOST_DESCRIBE_ENUM(PartnerKind, pfif, municipality)

enum class Right : std::uint8_t {
  read,           // the feed, and records by id: those of this town that may be published
  read_received,  // also those that came in from others
  search,
  write,  // records of the partner's own domain
  ask,    // safety inquiries as another municipality (the decision table's row)
};
BOOST_DESCRIBE_ENUM(Right, read, read_received, search, write, ask)

// exchange.partner_enrolled, about partner:<id>; each supersedes the one before (a new key, other rights).
// The partner is an account of town/access with a grant of the role partner, from and until when.
struct PartnerEnrolled {
  PersonId partner;
  std::string name;
  PartnerKind kind = PartnerKind::pfif;
  std::string domain;  // of its PFIF records; empty: it writes none
  std::vector<Right> rights;
  Hash key_hash;  // SHA-256 of the key, which is 256 random bits
};
BOOST_DESCRIBE_STRUCT(PartnerEnrolled, (), (partner, name, kind, domain, rights, key_hash))

// exchange.town_reached, about partner:<id>, in the restricted stream; supersedes the one before: where the
// other town answers, and the key that it gave us, sealed to this town (sealed.h).
struct TownReached {
  PersonId partner;
  std::string url;
  std::string sealed_key;
};
BOOST_DESCRIBE_STRUCT(TownReached, (), (partner, url, sealed_key))

using ImportId = RandomId<struct ExchangeImportTag>;

// Where a record came from.
struct Source {
  std::string name;  // of the file or of the partner
  std::optional<ImportId> import;
  std::optional<PersonId> partner;
};
BOOST_DESCRIBE_STRUCT(Source, (), (name, import, partner))

// exchange.received, about pfif_person:<record id> or pfif_note:<record id>. Of several the one with the
// latest source_date holds.
struct Received {
  pfif::Record record;
  Source source;
};
BOOST_DESCRIBE_STRUCT(Received, (), (record, source))

enum class Why : std::uint8_t {
  expired,    // its expiry_date passed
  deleted,    // its home repository sent a placeholder
  withdrawn,  // ours: it may not be published any more
};
BOOST_DESCRIBE_ENUM(Why, expired, deleted, withdrawn)

// exchange.ended, about the record: what is left of it, its placeholder. `facts` were erased with it: a node
// that still holds their bodies erases them when it learns of this.
struct Ended {
  pfif::Kind kind = pfif::Kind::person;
  std::string record;
  Why why = Why::expired;
  Instant source_date;
  Instant expiry_date;
  std::vector<FactId> facts;
};
BOOST_DESCRIBE_STRUCT(Ended, (), (kind, record, why, source_date, expiry_date, facts))

// exchange.published, about pfif_person:<record id>: this entry's person may be told of to anyone. What is
// told is derived from the entry whenever it is asked for; the digest says when that has changed.
struct Published {
  std::string record;
  EntryId entry;  // the person's first: it makes the record's id
  Hash digest;
  Instant source_date;
  Instant expiry_date;
};
BOOST_DESCRIBE_STRUCT(Published, (), (record, entry, digest, source_date, expiry_date))

// exchange.tied, about pfif_person:<record id>: somebody says which resident a record means, in one batch
// with the entry that follows from it. Superseded by exchange.untied.
struct Tied {
  std::string record;
  ResidentId resident;
  EntryId entry;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(Tied, (), (record, resident, entry, because))
struct Untied {
  std::string record;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(Untied, (), (record, because))

// exchange.imported, about import:<id>: a file came in.
struct Imported {
  ImportId import;
  std::string file_name;
  Hash digest;
  std::int64_t records = 0;
  std::int64_t taken = 0;
  std::int64_t ended = 0;
  std::int64_t refused = 0;
};
BOOST_DESCRIBE_STRUCT(Imported, (), (import, file_name, digest, records, taken, ended, refused))

// How asking one town went.
enum class Reply : std::uint8_t { told, nothing, away, refused };
BOOST_DESCRIBE_ENUM(Reply, told, nothing, away, refused)

using WideId = RandomId<struct WideInquiryTag>;

struct TownReply {
  PersonId partner;
  std::string name;
  Reply reply = Reply::away;
  std::string words;  // what the other town told, or why it could not be asked
};
BOOST_DESCRIBE_STRUCT(TownReply, (), (partner, name, reply, words))

// exchange.towns_asked, about wide_inquiry:<id>: one person was asked for in other towns.
struct TownsAsked {
  WideId inquiry;
  std::string asker;
  std::string purpose;
  std::string line;
  std::vector<TownReply> replies;
};
BOOST_DESCRIBE_STRUCT(TownsAsked, (), (inquiry, asker, purpose, line, replies))

}  // namespace sonae::exchange
