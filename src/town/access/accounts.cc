#include "town/access/accounts.h"

#include "town/access/roles.h"

namespace sonae::access {

std::optional<PersonId> person_of_login(store::Connection& connection, const std::string& login) {
  const auto row =
      connection.query("SELECT person FROM access_account WHERE login = $1 ORDER BY person LIMIT 1", login);
  if (!row->next()) return std::nullopt;
  return row->id<PersonId>(0);
}

std::vector<GrantRow> grants(store::Connection& connection, const PersonId& person) {
  std::vector<GrantRow> all;
  const auto row = connection.query(
      "SELECT grant_id, fact, role, place, from_ms, until_ms, given_by, revoked FROM access_grant WHERE "
      "person = $1 "
      "ORDER BY from_ms, grant_id",
      person);
  while (row->next()) {
    GrantRow one;
    one.granted.grant = row->id<GrantId>(0);
    one.fact = row->id<FactId>(1);
    one.granted.person = person;
    boost::describe::enum_from_string(row->string(2).c_str(), one.granted.role);
    one.granted.place = row->string(3);
    one.granted.from = Instant{row->integer(4)};
    if (!row->is_null(5)) one.granted.until = Instant{row->integer(5)};
    one.granted.given_by = row->id<PersonId>(6);
    one.revoked = row->integer(7) != 0;
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<Verifier> verifiers(store::Connection& connection, const PersonId& person) {
  std::vector<Verifier> all;
  const auto row = connection.query(
      "SELECT fact, verifier, must_change FROM access_password WHERE person = $1 ORDER BY fact", person);
  while (row->next())
    all.push_back({row->id<FactId>(0), row->string(1), row->integer(2) != 0});
  return all;
}

std::optional<Account> account(store::Connection& connection, const PersonId& person) {
  Account found;
  {
    const auto row = connection.query("SELECT login, name FROM access_account WHERE person = $1", person);
    if (!row->next()) return std::nullopt;
    found.person = person;
    found.login = row->string(0);
    found.name = row->string(1);
  }
  for (GrantRow& one : grants(connection, person))
    if (!one.revoked) found.grants.push_back(std::move(one.granted));
  for (const Verifier& one : verifiers(connection, person)) {
    found.has_password = true;
    found.must_change_password = found.must_change_password || one.must_change;
  }
  return found;
}

std::vector<Account> accounts(store::Connection& connection) {
  std::vector<PersonId> people;
  {
    const auto row = connection.query("SELECT person FROM access_account ORDER BY login, person");
    while (row->next())
      people.push_back(row->id<PersonId>(0));
  }
  std::vector<Account> all;
  for (const PersonId& person : people)
    if (auto found = account(connection, person)) all.push_back(std::move(*found));
  return all;
}

std::string name_of(store::Connection& connection, const GrantId& grant) {
  const auto row = connection.query(
      "SELECT a.name FROM access_grant g JOIN access_account a ON a.person = g.person WHERE g.grant_id = $1",
      grant);
  return row->next() ? std::string(row->text(0)) : std::string();
}

Result<api::Actor> actor_of(const Account& account, Instant now) {
  api::Actor actor{account.person, {}, account.login, account.name, {}};
  for (const Granted& one : account.grants) {
    if (one.from > now || (one.until && *one.until <= now)) continue;
    const api::Permissions more = actor.permissions | permissions_of(one.role);
    if (actor.grant.is_none() || !(more == actor.permissions)) actor.grant = one.grant;
    actor.permissions = more;
  }
  if (actor.grant.is_none())
    return fail(ErrorCode::forbidden, {"いま有効な権限がありません", "No grant of this account holds now"},
                account.login, {"管理者に役割の付与を依頼してください", "Ask an administrator for a role"});
  return actor;
}

}  // namespace sonae::access
