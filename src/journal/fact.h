// A fact: what happened, appended once by the node where it happened, never changed. docs/formats.md has the
// bytes.
#pragma once

#include <boost/describe.hpp>

#include <string>
#include <vector>

#include "base/json_text.h"

namespace sonae::journal {

// The unit of order, priority, zone and replication: each node keeps one log for each stream of a town.
enum class Stream : std::uint8_t { urgent, ordinary, access, restricted };
BOOST_DESCRIBE_ENUM(Stream, urgent, ordinary, access, restricted)

// What a fact is about: a kind ("entry", "resident", "snapshot") and an id within the kind. Written
// "entry:abc".
struct Subject {
  std::string kind;
  std::string id;
  friend auto operator<=>(const Subject&, const Subject&) = default;
};

struct Header {
  FactId id;
  std::string kind;               // "reception.entry_written"; the concern stands before the point
  std::vector<Subject> subjects;  // all of them: a view folds each subject from its facts alone
  HybridTime time;
  NodeId device;                   // who made it
  GrantId grant;                   // under which leave: person, role, from, until
  std::vector<FactId> supersedes;  // a superseding fact lists all subjects of the facts that it supersedes
};
BOOST_DESCRIBE_STRUCT(Header, (), (id, kind, subjects, time, device, grant, supersedes))

// A fact as it was read: the exact bytes that were written, and what they say.
struct Fact {
  Header header;
  Bytes header_bytes;
  Bytes salt;  // 16 bytes
  Bytes body;  // JSON; empty where it was erased
  bool erased = false;
  bool superseded = false;  // another fact that is here supersedes it

  // The body as the described struct of its kind; the error names the fact.
  template <class Body>
  Result<Body> as() const {
    auto value = from_json_text<Body>(body);
    if (!value) value.error().where = header.kind + " " + header.id.text() + " " + value.error().where;
    return value;
  }
};

// What an operation asks to be recorded.
struct Draft {
  Stream stream = Stream::ordinary;
  std::string kind;
  std::vector<Subject> subjects;
  GrantId grant;
  std::vector<FactId> supersedes;
  Bytes body;  // JSON text of a described struct: draft() below makes it
  FactId id;   // none: the journal mints one; set where a device minted it
};

template <class Body>
Draft draft(Stream stream, std::string kind, std::vector<Subject> subjects, GrantId grant, const Body& body) {
  Draft made;
  made.stream = stream;
  made.kind = std::move(kind);
  made.subjects = std::move(subjects);
  made.grant = grant;
  made.body = to_json_text(body);
  return made;
}

// The log of one node for one stream of the town.
struct LogId {
  NodeId node;
  Stream stream = Stream::ordinary;
  friend auto operator<=>(const LogId&, const LogId&) = default;
};
BOOST_DESCRIBE_STRUCT(LogId, (), (node, stream))

// Given after the fact is on the disk, never before.
struct Receipt {
  FactId fact;
  LogId log;
  std::uint64_t position = 0;  // from 0
};
BOOST_DESCRIBE_STRUCT(Receipt, (), (fact, log, position))

}  // namespace sonae::journal

template <>
struct sonae::JsonText<sonae::journal::Subject> {
  static constexpr std::string_view kFormat = "subject";
  static std::string write(const journal::Subject& subject) { return subject.kind + ":" + subject.id; }
  static Result<journal::Subject> read(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0)
      return fail(ErrorCode::invalid_input,
                  {"主題は「種別:番号」と書きます", "A subject is written kind:id"});
    return journal::Subject{std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
  }
};
