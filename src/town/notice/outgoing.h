// Notices that are to leave the town (mail, SMS): what is due, to whom, in which words, and what became of
// it. Whoever has something to tell adds a notice; whoever can send asks what is due, sends it, and says how
// it went. Everything is a fact, so any node of the town may send, and what failed is tried again. Any
// thread.
#pragma once

#include <boost/describe.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "town/town.h"

namespace sonae::notice {

using NoticeId = RandomId<struct NoticeTag>;

enum class Channel : std::uint8_t { mail, sms };
BOOST_DESCRIBE_ENUM(Channel, mail, sms)

struct Address {
  Channel channel = Channel::mail;
  std::string to;  // an address of mail, or a telephone number as typed
  friend bool operator==(const Address&, const Address&) = default;
};
BOOST_DESCRIBE_STRUCT(Address, (), (channel, to))

// notice.due, about notice:<id>. The same words in both languages; a sender may put one below the other.
struct Due {
  NoticeId notice;
  Address to;
  std::string about;  // what asked for it: "subscription:<id>"
  std::string subject_ja;
  std::string subject_en;
  std::string text_ja;
  std::string text_en;
  // In the tongue that they chose, where it is a third one: "vi".
  std::optional<std::string> language;
  std::optional<std::string> subject;
  std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(Due, (),
                      (notice, to, about, subject_ja, subject_en, text_ja, text_en, language, subject, text))

// notice.sent, about notice:<id>: taken over by the mail server or the carrier.
struct Sent {
  NoticeId notice;
};
BOOST_DESCRIBE_STRUCT(Sent, (), (notice))

// notice.failed, about notice:<id>. `because` is the sender's code, never the address or the words.
struct Failed {
  NoticeId notice;
  std::string because;
  bool for_good = false;  // no such address: not to be tried again
};
BOOST_DESCRIBE_STRUCT(Failed, (), (notice, because, for_good))

enum class State : std::uint8_t { due, sent, given_up };
BOOST_DESCRIBE_ENUM(State, due, sent, given_up)

struct Row {
  Due due;
  Instant at;
  State state = State::due;
  std::int64_t failures = 0;
  std::string because;  // of the last failure
  Instant next_try;     // while it is due
};
BOOST_DESCRIBE_STRUCT(Row, (), (due, at, state, failures, because, next_try))

// The wait after the n-th failure (1, 2, ...) doubles from a minute to six hours; after the tenth it is given
// up.
inline constexpr std::int64_t kMostTries = 10;
std::int64_t wait_after_ms(std::int64_t failures);

// To be appended in one batch with the facts that make it due.
journal::Draft draft_of(const Due& due, const GrantId& grant);

class Outgoing {
 public:
  explicit Outgoing(town::Town& town) : town_(town) {}

  // Those whose time has come, the oldest first.
  std::vector<Row> due(std::size_t limit) const;
  Status mark_sent(const NoticeId& notice);
  Status mark_failed(const NoticeId& notice, const std::string& because, bool for_good);
  std::vector<Row> about(const std::string& what) const;  // all notices for this reason, the newest first

 private:
  town::Town& town_;
};

std::unique_ptr<journal::View> make_view();

}  // namespace sonae::notice
