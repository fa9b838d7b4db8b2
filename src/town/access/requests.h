// What is asked of access, as plain structs, and what each does.
#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

#include "town/access/access.h"

namespace sonae::access {

struct OpenAccount {
  std::optional<PersonId> person;  // minted where it is left out
  std::string login;               // 1 to 64 characters without spaces
  std::string name;
  Role role = Role::viewer;
  std::optional<std::string> place;
  std::optional<Instant> until;
  std::optional<std::string>
      password;  // must be changed at the first sign-in; none: no sign-in by browser yet
};
BOOST_DESCRIBE_STRUCT(OpenAccount, (), (person, login, name, role, place, until, password))

struct AccountOpenedAnswer {
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(AccountOpenedAnswer, (), (person))

// Opens an account with one grant. invalid_input, or conflict where the login is taken.
Result<AccountOpenedAnswer> open_account(town::Town& town, const GrantId& under, const PersonId& by,
                                         const OpenAccount& request);

struct SetPassword {
  std::optional<std::string> login;         // another's; administrators only. Left out: one's own
  std::optional<std::string> old_password;  // needed for one's own where there is one
  std::string password;
};
BOOST_DESCRIBE_STRUCT(SetPassword, (), (login, old_password, password))
Status set_password(town::Town& town, const api::Call& call, const SetPassword& request);

struct GiveGrant {
  std::string login;
  Role role = Role::viewer;
  std::optional<std::string> place;
  std::optional<Instant> until;
};
BOOST_DESCRIBE_STRUCT(GiveGrant, (), (login, role, place, until))
Status give_grant(town::Town& town, const api::Call& call, const GiveGrant& request);

struct RevokeGrant {
  std::string login;
  GrantId grant;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(RevokeGrant, (), (login, grant, reason))
Status revoke_grant(town::Town& town, const api::Call& call, const RevokeGrant& request);

struct Me {
  PersonId person;
  std::string login;
  std::string name;
  std::vector<api::Permission> permissions;
  bool must_change_password = false;
};
BOOST_DESCRIBE_STRUCT(Me, (), (person, login, name, permissions, must_change_password))

struct AccountList {
  std::vector<Account> accounts;
};
BOOST_DESCRIBE_STRUCT(AccountList, (), (accounts))

struct AskLooks {
  std::optional<std::string> seen;    // "resident:1001": who looked at this one
  std::optional<std::string> login;   // what this account looked at; neither: the newest of all
  std::optional<std::int64_t> limit;  // 1 to 1000, else 100
};
BOOST_DESCRIBE_STRUCT(AskLooks, (), (seen, login, limit))

struct LookRow {
  Instant at;
  std::string login;
  std::string name;
  std::string operation;
  std::string purpose;
  std::vector<std::string> shown;
  std::int64_t count = 0;
  FactId fact;  // where it stands in the journal
};
BOOST_DESCRIBE_STRUCT(LookRow, (), (at, login, name, operation, purpose, shown, count, fact))

struct LookList {
  std::vector<LookRow> looks;  // newest first
};
BOOST_DESCRIBE_STRUCT(LookList, (), (looks))
Result<LookList> looks(town::Town& town, const AskLooks& request);

}  // namespace sonae::access
