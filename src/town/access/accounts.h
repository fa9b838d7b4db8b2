// Reading accounts and grants from the views of access. On one connection, by one thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/call.h"
#include "store/store.h"
#include "town/access/access.h"

namespace sonae::access {

// The account that a login names. Where two nodes opened the same login apart, the one with the smaller id;
// the other is shown in the list of accounts and can be given another login.
std::optional<PersonId> person_of_login(store::Connection& connection, const std::string& login);
std::optional<Account> account(store::Connection& connection, const PersonId& person);
std::vector<Account> accounts(store::Connection& connection);

// The verifiers that hold: usually one; two where a password was set on two nodes apart (either is then
// accepted).
struct Verifier {
  FactId fact;
  std::string text;
  bool must_change = false;
};
std::vector<Verifier> verifiers(store::Connection& connection, const PersonId& person);

struct GrantRow {
  Granted granted;
  FactId fact;
  bool revoked = false;
};
std::vector<GrantRow> grants(store::Connection& connection, const PersonId& person);

// Who acted under a grant, as others know them; empty where the grant or the account is not here.
std::string name_of(store::Connection& connection, const GrantId& grant);

// The person acting under the widest of the grants that hold now; forbidden where none does.
Result<api::Actor> actor_of(const Account& account, Instant now);

}  // namespace sonae::access
