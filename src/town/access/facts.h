// What can happen in access (ID管理・閲覧記録): accounts, grants, and every look at a person.
#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace sonae::access {

// What somebody does here; each role is a set of permissions (roles.h).
enum class Role : std::uint8_t {
  administrator,  // 管理者: everything but the audit of their own looks
  clerk,          // 職員: registry, lists, matching, exports
  shelter,        // 避難所担当: reception and search at the door, no protected persons
  viewer,         // 閲覧のみ
  auditor,        // 監査: who looked at whom
  partner,        // 連携先: another system, by a key; what it may do stands with the key
};
BOOST_DESCRIBE_ENUM(Role, administrator, clerk, shelter, viewer, auditor, partner)

// access.account_opened, about person:<id> and login:<login>.
struct AccountOpened {
  PersonId person;
  std::string login;  // unique in the town; what is typed
  std::string name;   // shown to others: 串本 花子（防災課）
};
BOOST_DESCRIBE_STRUCT(AccountOpened, (), (person, login, name))

// access.password_set, about person:<id>; each supersedes the one before.
struct PasswordSet {
  PersonId person;
  std::string verifier;      // argon2id, in libsodium's text form
  bool must_change = false;  // chosen by somebody else
};
BOOST_DESCRIBE_STRUCT(PasswordSet, (), (person, verifier, must_change))

// access.granted, about person:<id>.
struct Granted {
  GrantId grant;
  PersonId person;
  Role role = Role::viewer;
  std::string place;  // a shelter or an office; empty: the whole town
  Instant from;
  std::optional<Instant> until;
  PersonId given_by;  // none for the first administrator, whom init enrols
};
BOOST_DESCRIBE_STRUCT(Granted, (), (grant, person, role, place, from, until, given_by))

// access.revoked, about person:<id>; supersedes the grant's fact.
struct Revoked {
  GrantId grant;
  PersonId person;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(Revoked, (), (grant, person, reason))

// One look at people: a record opened, or a search, list or export with the ids that were shown.
struct Look {
  Instant at;
  PersonId person;  // who looked
  GrantId grant;
  std::string operation;  // "registry.search"
  std::string purpose;
  std::vector<std::string> shown;  // subjects: "resident:1001", "entry:..."
  std::int64_t count = 0;      // how many were shown; more than shown.size() where a file names them (digest)
  std::optional<Hash> digest;  // SHA-256 of the exported file
};
BOOST_DESCRIBE_STRUCT(Look, (), (at, person, grant, operation, purpose, shown, count, digest))

// access.looked: the looks of one moment on this node, recorded together; about the looker and those looked
// at.
struct Looked {
  std::vector<Look> looks;
};
BOOST_DESCRIBE_STRUCT(Looked, (), (looks))

// access.signed_in, access.signed_out, access.sign_in_refused, about person:<id>.
struct SignIn {
  PersonId person;
  std::string from;  // the address of the other side, or "command line"
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (person, from))

}  // namespace sonae::access
