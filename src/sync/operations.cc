// The operations that sync offers.
#include <algorithm>

#include "sync/bundle.h"
#include "sync/status.h"

namespace sonae::sync {

namespace {

struct Invite {
  std::string name;
  std::optional<std::string> place;
  std::optional<std::vector<std::string>> addresses;  // of this node; those it listens at where left out
};
BOOST_DESCRIBE_STRUCT(Invite, (), (name, place, addresses))
struct InviteAnswer {
  std::string code;
  std::string text;  // for the QR code: code, addresses and this node's fingerprint
  std::vector<std::string> addresses;
  NodeId node;  // the fingerprint of this node's key
  std::int64_t minutes = 10;
};
BOOST_DESCRIBE_STRUCT(InviteAnswer, (), (code, text, addresses, node, minutes))

struct AddPeer {
  std::string address;
  std::optional<std::string> link;
  std::optional<std::int64_t> every_seconds;  // 300 where left out; 0: only when asked
};
BOOST_DESCRIBE_STRUCT(AddPeer, (), (address, link, every_seconds))
struct RemovePeer {
  std::string address;
};
BOOST_DESCRIBE_STRUCT(RemovePeer, (), (address))

struct SyncNow {
  std::optional<std::string> address;  // left out: every configured peer
  std::optional<std::string> link;
  std::optional<bool> give;  // false: take only
  std::optional<bool> take;  // false: give only
};
BOOST_DESCRIBE_STRUCT(SyncNow, (), (address, link, give, take))
struct SyncedNow {
  std::vector<Exchanged> exchanges;
  std::vector<std::string> failed;  // addresses, with what went wrong
};
BOOST_DESCRIBE_STRUCT(SyncedNow, (), (exchanges, failed))

Result<InviteAnswer> invite(Sync& sync, const api::Call& call, const Invite& request) {
  JoinText text;
  text.addresses = request.addresses ? *request.addresses : sync.addresses();
  for (const std::string& address : text.addresses)
    TRY(parse_address(address));
  text.node = sync.service().town().journal().node();
  text.secret = TRY(sync.invitations().issue(request.name, request.place.value_or(""), call.actor.person,
                                             call.actor.grant));
  return InviteAnswer{write_code(text.secret), write_join_text(text), text.addresses, *text.node};
}

Result<SyncedNow> sync_now(Sync& sync, api::Call& call, const SyncNow& request) {
  ExchangeSettings settings;
  settings.gives = request.give.value_or(true);
  settings.takes = request.take.value_or(true);
  std::vector<ConfiguredPeer> peers;
  const auto configured = sync.contacts().peers();
  if (request.address) {
    const auto known = std::ranges::find(configured, *request.address, &ConfiguredPeer::address);
    peers.push_back(known == configured.end() ? ConfiguredPeer{*request.address, "lan", 0, {}, {}, {}, {}}
                                              : *known);
  } else {
    peers = configured;
  }
  SyncedNow answer;
  for (const ConfiguredPeer& peer : peers) {
    call.progress.report({peer.address + " と同期しています", "Exchanging with " + peer.address},
                         answer.exchanges.size(), peers.size());
    const LinkProfile profile = TRY(link_profile(request.link.value_or(peer.link)));
    auto done = sync.exchange_with(peer.address, profile, settings);
    sync.contacts().tried(peer.address, sync.service().town().env().clock.now(),
                          done ? std::optional(done->node) : std::nullopt,
                          done ? "" : done.error().what.english);
    if (!done && request.address) return std::unexpected(done.error());
    if (done)
      answer.exchanges.push_back(std::move(*done));
    else
      answer.failed.push_back(peer.address + ": " + done.error().in(call.language));
  }
  return answer;
}

}  // namespace

void Sync::add_operations(api::Catalogue& catalogue) {
  using api::Call;
  using api::Nothing;
  using enum api::Permission;

  add_bundle_operations(service_, catalogue);
  catalogue.add(api::operation<Invite, InviteAnswer>(
                    "nodes.invite", {"ノードを招く符号", "Invite a machine with a code"}, administer,
                    [this](Call& call, const Invite& request) { return invite(*this, call, request); })
                    .writing());
  catalogue.add(api::operation<Nothing, SyncStatus>(
                    "sync.status", {"同期の状態", "What has arrived where"}, signed_in,
                    [this](Call&, const Nothing&) -> Result<SyncStatus> { return status(*this); })
                    .openly());
  catalogue.add(api::operation<AskWhereabouts, Whereabouts>(
      "sync.whereabouts", {"記録の届き先", "Where these facts have arrived"}, signed_in,
      [this](Call&, const AskWhereabouts& request) { return whereabouts(*this, request); }));
  catalogue.add(api::operation<AddPeer, Nothing>(
                    "sync.add_peer", {"同期の相手を加える", "Call this peer regularly"}, administer,
                    [this](Call&, const AddPeer& request) -> Result<Nothing> {
                      TRY(parse_address(request.address));
                      TRY(link_profile(request.link.value_or("lan")));
                      contacts_.add_peer({request.address,
                                          request.link.value_or("lan"),
                                          std::max<std::int64_t>(0, request.every_seconds.value_or(300)),
                                          {},
                                          {},
                                          {},
                                          {}});
                      return Nothing{};
                    })
                    .writing());
  catalogue.add(api::operation<RemovePeer, Nothing>(
                    "sync.remove_peer", {"同期の相手を外す", "Call this peer no more"}, administer,
                    [this](Call&, const RemovePeer& request) -> Result<Nothing> {
                      if (!contacts_.remove_peer(request.address))
                        return fail(ErrorCode::not_found,
                                    {"この相手は登録されていません", "There is no such peer"},
                                    request.address);
                      return Nothing{};
                    })
                    .writing());
  catalogue.add(api::operation<SyncNow, SyncedNow>(
                    "sync.now", {"いま同期する", "Exchange with peers now"}, administer,
                    [this](Call& call, const SyncNow& request) { return sync_now(*this, call, request); })
                    .writing()
                    .long_running());
}

}  // namespace sonae::sync
