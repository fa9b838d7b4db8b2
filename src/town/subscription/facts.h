// What can happen in subscriptions (知らせの申し込み): somebody who asked for a person wants to be told when
// news of them comes, is told, or wants it no more. docs/formats.md, "Facts of subscription".
#pragma once

#include "town/inquiry/facts.h"
#include "town/notice/outgoing.h"

namespace sonae::subscription {

using SubscriptionId = RandomId<struct SubscriptionTag>;

// subscription.made, about subscription:<id>. As with inquiries no resident is named: the journal says the
// same of a protected person as of an unknown one.
struct Made {
  SubscriptionId subscription;
  inquiry::Asker asker;
  std::string purpose;
  std::string line;  // the person sought, as typed: name and birth date
  inquiry::Desk desk = inquiry::Desk::web;
  notice::Address to;
  std::optional<std::string> language;  // "vi": the table of data/words/ in which they want to be told
};
BOOST_DESCRIBE_STRUCT(Made, (), (subscription, asker, purpose, line, desk, to, language))

// subscription.told, about subscription:<id>, in one batch with the notice: what the subscriber is told.
struct Told {
  SubscriptionId subscription;
  notice::NoticeId notice;
  EntryId entry;
  std::vector<inquiry::Item> told;
  Hash digest;  // of the words: the same are not sent twice
};
BOOST_DESCRIBE_STRUCT(Told, (), (subscription, notice, entry, told, digest))

// subscription.ended, about subscription:<id>.
struct Ended {
  SubscriptionId subscription;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(Ended, (), (subscription, because))

}  // namespace sonae::subscription
