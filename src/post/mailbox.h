// The Maildir into which the town's mail server puts what residents write
// (https://cr.yp.to/proto/maildir.html). Each mail becomes a claim, durably, before its file moves from new/
// to cur/ as NAME:2, ; when it is answered it becomes NAME:2,RS, and NAME:2,S where no answer is due. So a
// program that was killed anywhere between goes on where it was: nothing is lost and nothing is taken twice.
// One thread.
#pragma once

#include <map>
#include <string>

#include "post/settings.h"
#include "post/status.h"
#include "service/town_service.h"
#include "text/tongues.h"
#include "town/inquiry/limits.h"
#include "town/reception/vocabulary.h"

namespace sonae::post {

class Mailbox {
 public:
  // `sender` may be null: nothing is answered.
  Mailbox(service::TownService& service, const reception::Vocabulary& vocabulary,
          const text::Tongues& tongues, MailSettings settings, mail::Sender* sender, Counters& counters);

  // Takes what has come and answers what waits; true where it did anything. What cannot be done now (the disk
  // is full, the server is down) is tried again by a later call.
  bool look();

 private:
  struct Waiting {  // for its answer
    mail::Outgoing answer;
    Instant next;
    int tries = 0;
  };

  bool take(const std::string& name, bool moved);
  void answer_those_due();
  void settle(const std::string& name, const char* flags);

  service::TownService& service_;
  const reception::Vocabulary& vocabulary_;
  const text::Tongues& tongues_;
  const MailSettings settings_;
  mail::Sender* const sender_;
  Counters& counters_;
  bool resumed_ = false;
  std::map<std::string, Waiting> waiting_;     // by the file's name in cur/, without its flags
  std::map<std::string, Instant> not_before_;  // files of new/ that could not be taken yet
  inquiry::Limits answers_;                    // to one address
};

}  // namespace sonae::post
