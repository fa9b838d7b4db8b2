// The way out by SMTP (RFC 5321), through libcurl: to the town's own mail server, which queues and delivers.
#pragma once

#include <memory>
#include <string>

#include "mail/outgoing.h"

namespace sonae::mail {

struct SmtpSettings {
  std::string url;   // smtp://127.0.0.1:25, smtps://mail.town.example
  std::string user;  // empty: the server asks for none
  std::string password;
  bool require_tls = false;  // give up rather than send in the clear (STARTTLS)
  std::string from;          // the town's address
  std::string from_name;
};

// invalid_input where the settings are of no use.
Result<std::unique_ptr<Sender>> make_smtp_sender(Env& env, SmtpSettings settings);

}  // namespace sonae::mail
