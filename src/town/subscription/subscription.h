// Subscriptions (知らせの申し込み): who asked for a person leaves an address and is told when news of them
// comes, as far as the decision table lets this asker be told. Subscribing compares with nobody: its answer
// and its time are the same for the known, the unknown and the protected, of whom no news ever comes. Any
// thread.
#pragma once

#include "api/operation.h"
#include "town/inquiry/inquiry.h"
#include "town/subscription/facts.h"

namespace sonae::subscription {

struct MakeRequest {
  std::string asker_name;
  std::string asker_phone;
  inquiry::Relation relation = inquiry::Relation::acquaintance;  // as claimed
  std::string purpose;
  std::string name;  // of the person sought, in any spelling
  std::string birth_date;
  notice::Address to;
  std::optional<std::string> language;  // "vi": in which they want to be told, beside Japanese and English
};
BOOST_DESCRIBE_STRUCT(MakeRequest, (),
                      (asker_name, asker_phone, relation, purpose, name, birth_date, to, language))
// At the desk, where somebody has seen who asks.
struct MakeAtDeskRequest {
  inquiry::Asker asker;
  std::string purpose;
  std::string line;
  inquiry::Desk desk = inquiry::Desk::counter;
  notice::Address to;
  std::optional<std::string> language;
};
BOOST_DESCRIBE_STRUCT(MakeAtDeskRequest, (), (asker, purpose, line, desk, to, language))
// The same whoever is sought. Who has the number can end it.
struct MakeAnswer {
  SubscriptionId subscription;
};
BOOST_DESCRIBE_STRUCT(MakeAnswer, (), (subscription))

struct EndRequest {
  SubscriptionId subscription;
  std::optional<std::string> because;  // the caller's purpose where not given
};
BOOST_DESCRIBE_STRUCT(EndRequest, (), (subscription, because))

enum class State : std::uint8_t { standing, ended };
BOOST_DESCRIBE_ENUM(State, standing, ended)

struct Row {
  Made made;
  Instant at;
  std::optional<Instant> ended_at;
  std::string ended_because;
  std::int64_t times_told = 0;
  std::optional<Hash> last_told;
};
BOOST_DESCRIBE_STRUCT(Row, (), (made, at, ended_at, ended_because, times_told, last_told))

struct ListRequest {
  std::optional<std::string> text;  // anywhere in who asked, who is sought and why, in any spelling
  std::optional<State> state;
  std::optional<std::int64_t> offset;
  std::optional<std::int64_t> limit;  // 50 where not given, 500 at most
};
BOOST_DESCRIBE_STRUCT(ListRequest, (), (text, state, offset, limit))
// A notice to this subscriber, for who looks why nothing came.
struct Listed {
  Row subscription;
  std::vector<notice::Row> notices;
};
BOOST_DESCRIBE_STRUCT(Listed, (), (subscription, notices))
struct SubscriptionList {
  std::int64_t total = 0;
  std::vector<Listed> subscriptions;  // the newest first
};
BOOST_DESCRIBE_STRUCT(SubscriptionList, (), (total, subscriptions))

struct UpkeepReport {
  std::int64_t due = 0;  // notices that became due
};
BOOST_DESCRIBE_STRUCT(UpkeepReport, (), (due))

class Subscriptions {
 public:
  Subscriptions(town::Town& town, access::Access& access, inquiry::Inquiries& inquiries);
  ~Subscriptions();

  // too_many, with the seconds to wait, where an address or a network address subscribes too often.
  Result<MakeAnswer> make(api::Call& call, const MakeRequest& request);
  Result<MakeAnswer> make_at_desk(api::Call& call, const MakeAtDeskRequest& request);
  // Nothing tells whether there was such a subscription.
  Status end(api::Call& call, const EndRequest& request);
  Result<SubscriptionList> list(api::Call& call, const ListRequest& request);

  // Makes notices due where news came since the last time. To be run once a minute or so; cheap where nothing
  // has changed.
  Result<UpkeepReport> upkeep(Progress& progress);

  void add_operations(api::Catalogue& catalogue);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

std::unique_ptr<journal::View> make_view();

}  // namespace sonae::subscription
