// The operations that access offers.
#include "town/access/accounts.h"
#include "town/access/requests.h"

namespace sonae::access {

namespace {

std::vector<api::Permission> listed(const api::Permissions& permissions) {
  std::vector<api::Permission> all;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<api::Permission>>([&](auto one) {
    if (permissions.has(one.value) && one.value != api::Permission::none) all.push_back(one.value);
  });
  return all;
}

// Turns a change that only succeeds or fails into the answer of an operation.
Result<api::Nothing> done(const Status& status) {
  if (!status) return std::unexpected(status.error());
  return api::Nothing{};
}

}  // namespace

void Access::add_operations(api::Catalogue& catalogue) {
  using api::Call;
  using api::Nothing;
  using enum api::Permission;
  town::Town& town = this->town();

  catalogue.add(api::operation<Nothing, Me>(
                    "access.me", {"自分の権限", "Who I am and what I may do"}, signed_in,
                    [&town](Call& call, const Nothing&) -> Result<Me> {
                      const auto connection = town.journal().reader();
                      store::Transaction one_moment(*connection, store::Transaction::Kind::read);
                      const auto mine = account(*connection, call.actor.person);
                      return Me{call.actor.person, call.actor.login, call.actor.name,
                                listed(call.actor.permissions), mine && mine->must_change_password};
                    })
                    .openly());
  catalogue.add(api::operation<Nothing, AccountList>("access.accounts", {"利用者の一覧", "List the accounts"},
                                                     administer,
                                                     [&town](Call&, const Nothing&) -> Result<AccountList> {
                                                       return AccountList{accounts(*town.journal().reader())};
                                                     })
                    .openly());
  catalogue.add(api::operation<OpenAccount, AccountOpenedAnswer>(
                    "access.open_account", {"利用者の登録", "Open an account"}, administer,
                    [&town](Call& call, const OpenAccount& request) {
                      return open_account(town, call.actor.grant, call.actor.person, request);
                    })
                    .writing());
  catalogue.add(
      api::operation<SetPassword, Nothing>(
          "access.set_password", {"パスワードの設定", "Set a password"}, signed_in,
          [&town](Call& call, const SetPassword& request) { return done(set_password(town, call, request)); })
          .writing());
  catalogue.add(api::operation<GiveGrant, Nothing>("access.grant", {"役割の付与", "Give a role"}, administer,
                                                   [&town](Call& call, const GiveGrant& request) {
                                                     return done(give_grant(town, call, request));
                                                   })
                    .writing());
  catalogue.add(
      api::operation<RevokeGrant, Nothing>(
          "access.revoke", {"役割の取消し", "Take a role back"}, administer,
          [&town](Call& call, const RevokeGrant& request) { return done(revoke_grant(town, call, request)); })
          .writing());
  catalogue.add(api::operation<AskLooks, LookList>(
      "access.looks", {"閲覧記録", "Who looked at whom"}, audit,
      [&town](Call&, const AskLooks& request) { return looks(town, request); }));
}

}  // namespace sonae::access
