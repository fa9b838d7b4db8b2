// Partners: who they are, their keys, what they may do.
#include <algorithm>

#include "town/access/accounts.h"
#include "town/access/requests.h"
#include "town/exchange/http_post.h"
#include "town/exchange/inside.h"
#include "town/exchange/sealed.h"

namespace sonae::exchange {

namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kLongest = 200;
// A repository reads its feed in pages without a pause; who looks for single people does not do so by the
// thousand.
constexpr inquiry::Allowance kOfPages{5000, 50, 10'000, 600'000};
constexpr inquiry::Allowance kOfQuestions{300, 2'000, 10'000, 600'000};

std::unexpected<Error> no_such_partner() {
  return fail(ErrorCode::not_found, {"この連携先はありません", "There is no such partner"}, "partner");
}

journal::Subject subject_of_partner(const PersonId& id) {
  return {"partner", id.text()};
}

struct Stored {
  PartnerEnrolled enrolled;
  std::optional<TownReached> reached;
};

Result<std::vector<Stored>> stored(const std::unique_ptr<store::Cursor>& cursor) {
  std::vector<Stored> all;
  while (cursor->next()) {
    Stored one{TRY(from_json_text<PartnerEnrolled>(cursor->text(0))), {}};
    if (!cursor->is_null(1)) one.reached = TRY(from_json_text<TownReached>(cursor->text(1)));
    all.push_back(std::move(one));
  }
  return all;
}

Result<Stored> find_partner(store::Connection& connection, const PersonId& id) {
  auto all =
      TRY(stored(connection.query("SELECT row, reached FROM exchange_partner WHERE partner = $1", id)));
  if (all.empty()) return no_such_partner();
  return std::move(all.front());
}

// The facts of this kind about the partner that still stand.
std::vector<FactId> standing(store::Connection& connection, const PersonId& id, std::string_view kind) {
  std::vector<FactId> facts;
  for (const journal::Fact& fact : journal::facts_about(connection, subject_of_partner(id)))
    if (fact.header.kind == kind && !fact.superseded) facts.push_back(fact.header.id);
  return facts;
}

Status record(town::Town& town, const api::Call& call, journal::Stream stream, const char* kind,
              const PersonId& partner, const auto& body) {
  journal::Batch batch;
  batch.drafts.push_back(journal::draft(stream, kind, {subject_of_partner(partner)}, call.actor.grant, body));
  batch.drafts.back().supersedes = standing(*town.journal().reader(), partner, kind);
  TRY(town.journal().append(std::move(batch)));
  return {};
}

}  // namespace

bool KnownPartner::has(Right right) const {
  return std::ranges::find(enrolled.rights, right) != enrolled.rights.end();
}

// The key is 256 random bits: its hash needs no salt and no slowness, and finds the partner at once.
Result<KnownPartner> Exchange::Inside::partner(api::Call& call, const std::string& key, Right right) {
  const auto unknown = [] {
    return fail(ErrorCode::unauthenticated,
                {"連携先の鍵が違うか、期限が切れています", "No partner has this key, or its time is over"});
  };
  std::optional<KnownPartner> known;
  {
    const auto connection = town.journal().reader();
    const Hash hash = sha256(key);
    auto all = TRY(stored(connection->query("SELECT row, reached FROM exchange_partner WHERE key_hash = $1",
                                            store::Blob{hash.bytes()})));
    if (key.empty() || all.size() != 1) return unknown();
    known = KnownPartner{std::move(all.front().enrolled)};
  }
  auto actor = access.refresh(known->enrolled.partner);
  if (!actor) return unknown();
  if (!known->has(right))
    return fail(ErrorCode::forbidden,
                {"この連携先にはこの権限がありません", "This partner does not have this right"},
                boost::describe::enum_to_string(right, ""));
  const bool asks = right == Right::search || right == Right::ask;
  const auto verdict = limits.ask((asks ? "questions of " : "pages of ") + known->enrolled.partner.text(),
                                  asks ? kOfQuestions : kOfPages, town.env().clock.now());
  if (verdict.seconds != 0)
    return fail(ErrorCode::too_many, {"続けての要求が多すぎます", "Too many requests in a row"}, {},
                {"少し待ってください", "Wait a little"});
  call.actor = std::move(*actor);
  call.purpose = "exchange";
  return std::move(*known);
}

Result<EnrolAnswer> Exchange::enrol(api::Call& call, const EnrolRequest& request) {
  Inside& in = *inside_;
  if (request.name.empty() || request.name.size() > kLongest)
    return fail(ErrorCode::invalid_input, {"連携先の名前を入れてください", "Give the partner's name"},
                "name");
  const std::string domain = request.domain.value_or("");
  const bool writes = std::ranges::find(request.rights, Right::write) != request.rights.end();
  if ((writes || !domain.empty()) && pfif::domain_of(domain + "/x").empty())
    return fail(
        ErrorCode::invalid_input,
        {"書き込む連携先には PFIF のドメインが要ります", "A partner that writes needs its domain of PFIF"},
        "domain");
  const auto partner = in.town.env().random.id<PersonId>();
  const std::string key = to_base32(in.town.env().random.bytes(kKeyBytes));
  TRY(access::open_account(in.town, call.actor.grant, call.actor.person,
                           {partner,
                            "partner-" + partner.text().substr(0, 12),
                            request.name,
                            access::Role::partner,
                            {},
                            request.until,
                            {}}));
  TRY(record(in.town, call, journal::Stream::ordinary, "exchange.partner_enrolled", partner,
             PartnerEnrolled{partner, request.name, request.kind, domain, request.rights, sha256(key)}));
  return EnrolAnswer{partner, key};
}

Result<EnrolAnswer> Exchange::renew_key(api::Call& call, const PartnerRequest& request) {
  Inside& in = *inside_;
  PartnerEnrolled enrolled = TRY(find_partner(*in.town.journal().reader(), request.partner)).enrolled;
  const std::string key = to_base32(in.town.env().random.bytes(kKeyBytes));
  enrolled.key_hash = sha256(key);
  TRY(record(in.town, call, journal::Stream::ordinary, "exchange.partner_enrolled", request.partner,
             enrolled));
  return EnrolAnswer{request.partner, key};
}

Status Exchange::revoke(api::Call& call, const PartnerRequest& request) {
  Inside& in = *inside_;
  const auto connection = in.town.journal().reader();
  TRY(find_partner(*connection, request.partner));
  const auto account = access::account(*connection, request.partner);
  if (!account) return no_such_partner();
  for (const access::Granted& granted : account->grants)
    TRY(access::revoke_grant(in.town, call, {account->login, granted.grant, call.purpose}));
  return {};
}

Status Exchange::reach_town(api::Call& call, const ReachRequest& request) {
  Inside& in = *inside_;
  const Stored one = TRY(find_partner(*in.town.journal().reader(), request.partner));
  if (one.enrolled.kind != PartnerKind::municipality)
    return fail(ErrorCode::invalid_input, {"自治体の連携先ではありません", "This partner is no municipality"},
                "partner");
  TRY(check_town_url(request.url));
  return record(in.town, call, journal::Stream::restricted, "exchange.town_reached", request.partner,
                TownReached{request.partner, request.url, seal(in.town, request.key)});
}

Result<PartnerList> Exchange::partners(api::Call&) const {
  Inside& in = *inside_;
  PartnerList list;
  const auto connection = in.town.journal().reader();
  for (const Stored& one :
       TRY(stored(connection->query("SELECT row, reached FROM exchange_partner ORDER BY partner")))) {
    const PartnerEnrolled& enrolled = one.enrolled;
    Partner shown{enrolled.partner,
                  enrolled.name,
                  enrolled.kind,
                  enrolled.domain,
                  enrolled.rights,
                  {},
                  false,
                  one.reached ? one.reached->url : ""};
    if (const auto account = access::account(*connection, enrolled.partner)) {
      shown.holds = access::actor_of(*account, in.town.env().clock.now()).has_value();
      for (const access::Granted& granted : account->grants)
        shown.until = granted.until;
    }
    list.partners.push_back(std::move(shown));
  }
  return list;
}

Result<std::vector<ReachableTown>> Exchange::Inside::reachable_towns() const {
  std::vector<ReachableTown> towns;
  const auto connection = town.journal().reader();
  for (const Stored& one : TRY(stored(connection->query(
           "SELECT row, reached FROM exchange_partner WHERE reached IS NOT NULL ORDER BY partner"))))
    towns.push_back({one.enrolled.partner, one.enrolled.name, one.reached->url,
                     TRY(open_sealed(town, one.reached->sealed_key))});
  return towns;
}

}  // namespace sonae::exchange
