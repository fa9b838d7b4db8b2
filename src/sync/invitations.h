// Invitations: one-time codes with which a machine joins the town. A code is 80 random bits, written as
// sixteen letters and digits; it holds for ten minutes and for one machine. It never crosses the line: both
// sides prove that they know it over the keys that they showed (join.h). They lie in DIR/invitations.json,
// readable by the owner only, so that a restart forgets none. Any thread.
#pragma once

#include <boost/describe.hpp>

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "api/call.h"
#include "base/env.h"
#include "base/json.h"

namespace sonae::sync {

struct Invitation {
  std::string number;  // tells which invitation a code is of, and nothing about the code
  std::string secret;  // base64
  std::string name;    // what the machine will be called
  std::string place;
  PersonId by;
  GrantId under;
  Instant until;
  std::int64_t failures = 0;
  std::optional<NodeId> used_by;
};
BOOST_DESCRIBE_STRUCT(Invitation, (), (number, secret, name, place, by, under, until, failures, used_by))

// What is typed or scanned: "sonae-join:CODE@ADDRESS,ADDRESS#NODE".
struct JoinText {
  Bytes secret;
  std::vector<std::string> addresses;
  std::optional<NodeId> node;  // who invites
};
// Takes the whole text, or the code alone (with or without hyphens).
Result<JoinText> read_join_text(const std::string& text);
std::string write_join_text(const JoinText& text);
std::string write_code(BytesView secret);  // abcd-efgh-ijkl-mnop
std::string number_of_code(BytesView secret);

class Invitations {
 public:
  Invitations(Env& env, const std::string& directory) : env_(env), path_(directory + "/invitations.json") {}

  // A new one; the answer is its secret.
  Result<Bytes> issue(const std::string& name, const std::string& place, const PersonId& by,
                      const GrantId& under);
  // The one with this number, while it holds; forbidden otherwise, without a word on why.
  Result<Invitation> find(const std::string& number);
  Status note_failure(const std::string& number);
  Status note_use(const std::string& number, const NodeId& node);

 private:
  Result<std::vector<Invitation>> read();  // those that hold
  Status write(const std::vector<Invitation>& all);

  Env& env_;
  std::string path_;
  std::mutex mutex_;
};

}  // namespace sonae::sync
