// A mail as it came from outside: who says that they wrote it, what its newest part says, and whether it must
// be left unanswered. Reads whatever is sent (MIME by GMime): broken, huge, hostile. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace sonae::mail {

// So much of a mail is read. What people write stands before what they attach; the rest is not looked at.
inline constexpr std::size_t kMostRead = std::size_t{1} << 20;
inline constexpr std::size_t kMostText = std::size_t{64} << 10;  // of its text

struct Incoming {
  std::string id;         // Message-ID without brackets; the SHA-256 of what was read where there is none
  std::string from;       // the address that the mail names; anybody can write any
  std::string from_name;  // the name beside it
  std::string answer_to;  // where an answer may go (RFC 3834: the envelope's sender); empty: nowhere
  std::string subject;
  std::string text;              // UTF-8: what was written now, without quoted mails and signature
  std::string text_with_quoted;  // the same with them: some fill in the form inside the quotation
  std::string languages;  // what the writer's program prefers, as in Accept-Language (RFC 3282); often empty
  bool has_message_id = false;
  // Written by a machine (RFC 3834 Auto-Submitted, bounces, lists, bulk): nobody's message, never answered.
  bool automatic = false;
  // The town's own mail server found that the sender's domain disowns it (Authentication-Results, RFC 8601).
  bool disowned = false;
};

// `trusted_server` is the name under which the town's own mail server writes Authentication-Results; empty:
// nobody's are believed. invalid_input where there is no header at all.
Result<Incoming> read(std::string_view bytes, std::string_view trusted_server);

// One plain address (user@host) that may be written to and into a header.
bool is_address(std::string_view text);

// What somebody wrote above the mail that they answer.
std::string without_quoted(std::string_view text);

}  // namespace sonae::mail
