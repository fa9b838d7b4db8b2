#include "town/access/access.h"

#include "town/access/accounts.h"
#include "town/access/lockout.h"
#include "town/access/looks.h"
#include "town/access/requests.h"

namespace sonae::access {

struct Access::Inside {
  explicit Inside(town::Town& opened) : town(opened), looks(opened.journal()) {}
  town::Town& town;
  LookRecorder looks;
  Lockout lockout;
};

Access::Access(town::Town& town) : inside_(std::make_unique<Inside>(town)) {}
Access::~Access() = default;

town::Town& Access::town() const {
  return inside_->town;
}

Result<PersonId> Access::enrol_first(const std::string& login, const std::string& name) {
  {
    const auto connection = inside_->town.journal().reader();
    if (!accounts(*connection).empty())
      return fail(ErrorCode::conflict, {"すでに利用者がいます", "There are accounts already"});
  }
  const PersonId person = inside_->town.env().random.id<PersonId>();
  TRY(open_account(inside_->town, GrantId{}, PersonId{},
                   {person, login, name, Role::administrator, {}, std::nullopt, std::nullopt}));
  return person;
}

Result<api::Actor> Access::actor(const std::string& login) const {
  const auto connection = inside_->town.journal().reader();
  const auto person = person_of_login(*connection, login);
  if (!person)
    return fail(ErrorCode::forbidden, {"この利用者はいません", "There is no such account in this town"},
                login,
                {"--as で登録された利用者を指定してください", "Name an account of this town with --as"});
  return actor_of(*account(*connection, *person), inside_->town.env().clock.now());
}

Result<api::Actor> Access::refresh(const PersonId& person) const {
  const auto connection = inside_->town.journal().reader();
  const auto found = account(*connection, person);
  if (!found) return fail(ErrorCode::unauthenticated, {});
  return actor_of(*found, inside_->town.env().clock.now());
}

Result<api::Actor> Access::sign_in(const std::string& login, std::string_view password,
                                   const std::string& from) {
  const Instant now = inside_->town.env().clock.now();
  if (const std::int64_t wait = inside_->lockout.seconds_to_wait(login, now); wait > 0)
    return fail(ErrorCode::too_many,
                {"続けて失敗したため、しばらく受け付けません（あと" + std::to_string(wait) + "秒）",
                 "Too many wrong passwords: wait " + std::to_string(wait) + " seconds"});

  std::optional<PersonId> person;
  std::vector<Verifier> held;
  std::optional<Account> found;
  {
    const auto connection = inside_->town.journal().reader();
    person = person_of_login(*connection, login);
    if (person) {
      held = verifiers(*connection, *person);
      found = account(*connection, *person);
    }
  }
  bool right = false;
  for (const Verifier& one : held)
    right = right || password_is_right(password, one.text);
  if (held.empty()) {
    // An unknown login costs the same time as a wrong password.
    static const std::string nobody = password_verifier("nobody");
    password_is_right(password, nobody);
  }
  if (!right) {
    if (inside_->lockout.failed(login, now) && person) {
      journal::Batch batch;
      batch.drafts.push_back(journal::draft(journal::Stream::access, "access.sign_in_refused",
                                            {looker(*person)}, GrantId{}, SignIn{*person, from}));
      TRY(inside_->town.journal().append(std::move(batch)));
    }
    return fail(ErrorCode::unauthenticated,
                {"利用者名かパスワードが違います", "The login or the password is not right"});
  }
  inside_->lockout.succeeded(login);
  const api::Actor actor = TRY(actor_of(*found, now));
  journal::Batch batch;
  batch.drafts.push_back(journal::draft(journal::Stream::access, "access.signed_in", {looker(*person)},
                                        actor.grant, SignIn{*person, from}));
  TRY(inside_->town.journal().append(std::move(batch)));
  return actor;
}

Status Access::signed_out(const api::Actor& actor, const std::string& from) {
  journal::Batch batch;
  batch.drafts.push_back(journal::draft(journal::Stream::access, "access.signed_out", {looker(actor.person)},
                                        actor.grant, SignIn{actor.person, from}));
  TRY(inside_->town.journal().append(std::move(batch)));
  return {};
}

Status Access::record_look(const api::Call& call, std::string_view operation,
                           std::vector<std::string> shown) {
  const auto count = static_cast<std::int64_t>(shown.size());
  Look look{inside_->town.env().clock.now(),
            call.actor.person,
            call.actor.grant,
            std::string(operation),
            call.purpose,
            std::move(shown),
            count,
            std::nullopt};
  if (!call.hold) return inside_->looks.record(std::move(look));
  inside_->looks.record_later(std::move(look), call.hold->begin());
  return {};
}

Status Access::record_export(const api::Call& call, std::string_view operation, std::int64_t count,
                             const Hash& digest, std::vector<std::string> shown) {
  return inside_->looks.record({inside_->town.env().clock.now(), call.actor.person, call.actor.grant,
                                std::string(operation), call.purpose, std::move(shown), count, digest});
}

}  // namespace sonae::access
