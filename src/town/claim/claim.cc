#include "town/claim/claim.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/fold.h"
#include "town/access/append.h"
#include "town/claim/inside.h"

namespace sonae::claim {

namespace {

constexpr std::size_t kLongest = 200, kLongestMessage = 1000;
// A family claims from one telephone; a shelter from one network address.
constexpr inquiry::Allowance kOfAPhone{6, 600'000, 30'000, 3'600'000};

Status check(const MakeRequest& request) {
  for (const auto& [text, member] :
       {std::pair<const std::string&, const char*>{request.name, "name"}, {request.birth_date, "birth_date"}})
    if (text.empty())
      return fail(ErrorCode::invalid_input,
                  {"名前と生年月日を入れてください", "Give the name and the birth date"}, member);
  for (const std::string* const text :
       {&request.name, &request.kana, &request.birth_date, &request.phone, &request.address, &request.where})
    if (text->size() > kLongest) return fail(ErrorCode::too_large, {"長すぎます", "This is too long"});
  if (request.message.size() > kLongestMessage)
    return fail(ErrorCode::too_large, {"伝言が長すぎます", "The message is too long"}, "message");
  using enum reception::Condition;
  if (request.condition != well && request.condition != ill && request.condition != injured)
    return fail(ErrorCode::invalid_input, {"無事、体調不良、けがのどれかです", "Well, ill or injured"},
                "condition");
  return {};
}

}  // namespace

Claims::Claims(town::Town& town, access::Access& access, registry::Registry& registry,
               matching::Matching& matching)
    : inside_(new Inside{town, access, registry, matching}) {}
Claims::~Claims() = default;

std::unexpected<Error> no_such_claim() {
  return fail(ErrorCode::not_found, {"この届けはありません", "There is no such claim"}, "claim");
}

Result<MakeAnswer> Claims::make(api::Call& call, const MakeRequest& request) {
  Inside& in = *inside_;
  TRY(check(request));
  const Instant now = in.town.env().clock.now();
  auto verdict = in.limits.ask("source " + call.source, inquiry::kOfASource, now);
  if (verdict.seconds == 0 && !request.phone.empty())
    verdict = in.limits.ask("phone " + text::fold_name(in.town.tables(), request.phone), kOfAPhone, now);
  if (verdict.seconds != 0)
    return fail(ErrorCode::too_many,
                {fmt::format("続けての届けが多いため、あと {} 秒お待ちください", verdict.seconds),
                 fmt::format("Too many were sent: wait {} seconds", verdict.seconds)});
  const auto id = in.town.env().random.id<ClaimId>();
  const Made made{id,
                  request.name,
                  request.kana,
                  request.birth_date,
                  request.phone,
                  request.address,
                  request.condition,
                  request.stay,
                  request.where,
                  request.message,
                  request.consent,
                  Channel::web,
                  std::nullopt};
  journal::Batch batch;
  batch.drafts.push_back(
      journal::draft(journal::Stream::urgent, "claim.made", {{"claim", id.text()}}, call.actor.grant, made));
  TRY(access::append_held(in.town.journal(), call, std::move(batch)));
  return MakeAnswer{id};
}

Result<ClaimList> Claims::list(api::Call& call, const ListRequest& request) {
  Inside& in = *inside_;
  const auto connection = in.town.journal().reader();
  const registry::OutputFilter filter = in.registry.output_filter(call.actor, in.town.today());
  const std::int64_t offset = std::max<std::int64_t>(request.offset.value_or(0), 0);
  const std::int64_t limit = std::clamp<std::int64_t>(request.limit.value_or(50), 1, 500);
  const std::string state = request.state ? boost::describe::enum_to_string(*request.state, "") : "";
  ClaimList list;
  std::vector<std::string> shown;
  const auto row = connection->query(
      "SELECT row FROM claim_made WHERE ($1 = '' OR state = $1) ORDER BY made, claim", state);
  while (row->next()) {
    ClaimRow one = TRY(from_json_text<ClaimRow>(row->text(0)));
    if (one.resident && !filter.may_show(*one.resident)) continue;
    if (list.total >= offset && list.total < offset + limit) {
      shown.push_back("claim:" + one.claim.claim.text());
      list.claims.push_back(std::move(one));
    }
    ++list.total;
  }
  TRY(in.access.record_look(call, "claim.list", std::move(shown)));
  return list;
}

void Claims::add_operations(api::Catalogue& catalogue) {
  using api::Call;
  using enum api::Permission;
  catalogue.add(api::operation<MakeRequest, MakeAnswer>(
                    "claim.make", {"無事の届け", "Say that one is safe"}, none,
                    [this](Call& call, const MakeRequest& request) { return make(call, request); })
                    .writing());
  catalogue.add(api::operation<TieRequest, TieReport>(
                    "claim.tie", {"届けの結び付け", "Tie the claims that are proven"}, decide_matches,
                    [this](Call& call, const TieRequest&) { return tie(call); })
                    .writing());
  catalogue.add(api::operation<ListRequest, ClaimList>(
      "claim.list", {"届けの一覧", "List the claims"}, decide_matches,
      [this](Call& call, const ListRequest& request) { return list(call, request); }));
  catalogue.add(api::operation<ConfirmRequest, Recorded>(
                    "claim.confirm", {"届けの確認", "Confirm a claim"}, decide_matches,
                    [this](Call& call, const ConfirmRequest& request) { return confirm(call, request); })
                    .writing());
  catalogue.add(api::operation<ChangeRequest, Recorded>(
                    "claim.refuse", {"届けを受け付けない", "Refuse a claim"}, decide_matches,
                    [this](Call& call, const ChangeRequest& request) { return refuse(call, request); })
                    .writing());
  catalogue.add(api::operation<ChangeRequest, Recorded>(
                    "claim.reopen", {"届けの判断の取り消し", "Take the answer on a claim back"},
                    decide_matches,
                    [this](Call& call, const ChangeRequest& request) { return reopen(call, request); })
                    .writing());
}

}  // namespace sonae::claim
