// Sends the notices that are due (town/notice/outgoing.h) by the ways that this node has: those of other ways
// stay due for a node that has them. Give only one node of the town a way out, or both send. One thread.
#pragma once

#include "mail/outgoing.h"
#include "post/poster.h"
#include "post/settings.h"
#include "post/status.h"
#include "town/town.h"

namespace sonae::post {

class Notices {
 public:
  // `sender` and `sms` may be null.
  Notices(town::Town& town, mail::Sender* sender, const SmsSettings* sms, Poster& poster, Counters& counters)
      : town_(town), sender_(sender), sms_(sms), poster_(poster), counters_(counters) {}

  void send_due();

 private:
  town::Town& town_;
  mail::Sender* const sender_;
  const SmsSettings* const sms_;
  Poster& poster_;
  Counters& counters_;
};

}  // namespace sonae::post
