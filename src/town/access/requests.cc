#include "town/access/requests.h"

#include <algorithm>

#include "town/access/accounts.h"
#include "town/access/roles.h"

namespace sonae::access {

namespace {

constexpr std::size_t kShortestPassword =
    8;  // characters, as they are counted by a person; longest 1,024 bytes

journal::Subject about(const PersonId& person) {
  return {"person", person.text()};
}

Status append(town::Town& town, std::vector<journal::Draft> drafts) {
  journal::Batch batch;
  batch.drafts = std::move(drafts);
  TRY(town.journal().append(std::move(batch)));
  return {};
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
}

Status check_password(std::string_view password) {
  if (characters(password) < kShortestPassword || password.size() > 1024)
    return fail(ErrorCode::invalid_input,
                {"パスワードは8文字以上にしてください", "A password has at least 8 characters"}, "password");
  return {};
}

Result<PersonId> person_named(town::Town& town, const std::string& login) {
  const auto person = person_of_login(*town.journal().reader(), login);
  if (!person) return fail(ErrorCode::not_found, {"この利用者はいません", "There is no such account"}, login);
  return *person;
}

journal::Draft password_draft(town::Town& town, const GrantId& under, const PersonId& person,
                              std::string_view password, bool must_change) {
  auto made = journal::draft(journal::Stream::restricted, "access.password_set", {about(person)}, under,
                             PasswordSet{person, password_verifier(password), must_change});
  for (const Verifier& one : verifiers(*town.journal().reader(), person))
    made.supersedes.push_back(one.fact);
  return made;
}

}  // namespace

Result<AccountOpenedAnswer> open_account(town::Town& town, const GrantId& under, const PersonId& by,
                                         const OpenAccount& request) {
  const std::string& login = request.login;
  if (login.empty() || login.size() > 64 || login.find_first_of(" \t\r\n/:") != std::string::npos)
    return fail(
        ErrorCode::invalid_input,
        {"利用者名は空白のない64文字以内にしてください", "A login has 1 to 64 characters and no spaces"},
        "login");
  if (request.password) TRY(check_password(*request.password));
  if (person_of_login(*town.journal().reader(), login))
    return fail(ErrorCode::conflict, {"この利用者名は使われています", "This login is taken"}, login);

  const PersonId person = request.person.value_or(town.env().random.id<PersonId>());
  std::vector<journal::Draft> drafts;
  drafts.push_back(journal::draft(journal::Stream::ordinary, "access.account_opened", {about(person)}, under,
                                  AccountOpened{person, login, request.name.empty() ? login : request.name}));
  drafts.push_back(
      journal::draft(journal::Stream::ordinary, "access.granted", {about(person)}, under,
                     Granted{town.env().random.id<GrantId>(), person, request.role,
                             request.place.value_or(""), town.env().clock.now(), request.until, by}));
  if (request.password)
    drafts.push_back(password_draft(town, under, person, *request.password, by != person));
  TRY(append(town, std::move(drafts)));
  return AccountOpenedAnswer{person};
}

Status set_password(town::Town& town, const api::Call& call, const SetPassword& request) {
  TRY(check_password(request.password));
  const bool own = !request.login || *request.login == call.actor.login;
  if (own) {
    const auto held = verifiers(*town.journal().reader(), call.actor.person);
    const bool right = held.empty() || std::any_of(held.begin(), held.end(), [&](const Verifier& one) {
                         return password_is_right(request.old_password.value_or(""), one.text);
                       });
    if (!right && !call.actor.permissions.has(api::Permission::administer))
      return fail(ErrorCode::forbidden, {"いまのパスワードが違います", "The present password is not right"},
                  "old_password");
    return append(town, {password_draft(town, call.actor.grant, call.actor.person, request.password, false)});
  }
  if (!call.actor.permissions.has(api::Permission::administer)) return fail(ErrorCode::forbidden, {});
  const PersonId person = TRY(person_named(town, *request.login));
  return append(town, {password_draft(town, call.actor.grant, person, request.password, true)});
}

Status give_grant(town::Town& town, const api::Call& call, const GiveGrant& request) {
  const PersonId person = TRY(person_named(town, request.login));
  const Instant now = town.env().clock.now();
  if (request.until && *request.until <= now)
    return fail(ErrorCode::invalid_input, {"期限が過去です", "The end lies in the past"}, "until");
  return append(
      town, {journal::draft(journal::Stream::ordinary, "access.granted", {about(person)}, call.actor.grant,
                            Granted{town.env().random.id<GrantId>(), person, request.role,
                                    request.place.value_or(""), now, request.until, call.actor.person})});
}

Status revoke_grant(town::Town& town, const api::Call& call, const RevokeGrant& request) {
  const PersonId person = TRY(person_named(town, request.login));
  for (const GrantRow& one : grants(*town.journal().reader(), person)) {
    if (one.granted.grant != request.grant) continue;
    if (one.revoked) return {};
    auto made = journal::draft(journal::Stream::ordinary, "access.revoked", {about(person)}, call.actor.grant,
                               Revoked{request.grant, person, request.reason});
    made.supersedes = {one.fact};
    return append(town, {std::move(made)});
  }
  return fail(ErrorCode::not_found, {"この付与はありません", "This account has no such grant"}, "grant");
}

}  // namespace sonae::access
