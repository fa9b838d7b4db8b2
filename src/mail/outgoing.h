// A mail that Sonae sends: how it is written, and the way out. Replies to machines are nobody's wish: whoever
// sends says so in `automatic_answer_to`, and the mail is marked (RFC 3834) and has no return path.
#pragma once

#include <string>

#include "base/env.h"

namespace sonae::mail {

struct Outgoing {
  std::string to;       // one plain address
  std::string subject;  // any text: it is encoded
  std::string text;     // UTF-8, lines end with \n
  // The Message-ID (without brackets) that this answers by machine; empty: it answers nothing.
  std::string automatic_answer_to;
  bool automatic = true;  // written by a machine: marked, and its bounces come back to nobody
};

// The way out of the town: an SMTP server, or what a test puts there. send returns when the server has taken
// the mail over; io_failure where it could not be reached, invalid_input where it refused the mail for good.
// Any thread.
class Sender {
 public:
  virtual ~Sender() = default;
  virtual Status send(const Outgoing& mail) = 0;
};

// The mail's bytes, lines ended with CR LF (RFC 5322, RFC 2045).
std::string write(Env& env, const Outgoing& mail, const std::string& from_name, const std::string& from);

}  // namespace sonae::mail
