// Supplies (物資): asked for, sent, arrived, refused, and what was said of them taken back.
#include <algorithm>

#include "town/shelter/inside.h"

namespace sonae::shelter {

namespace {

constexpr std::int64_t kMostAmount = 1'000'000;

journal::Subject subject_of(const SupplyId& id) {
  return {"supply", id.text()};
}

Status check_amount(std::int64_t amount) {
  if (amount >= 1 && amount <= kMostAmount) return {};
  return fail(ErrorCode::invalid_input,
              {"数量は1から1,000,000までで入れてください", "The amount is a number from 1 to 1,000,000"},
              "amount");
}

}  // namespace

Result<SupplyRecorded> Shelters::ask_supply(api::Call& call, const AskSupplyRequest& request) {
  TRY(check_shelter(request.shelter));
  if (request.item.empty())
    return fail(ErrorCode::invalid_input, {"品名を入れてください", "Say what is needed"}, "item");
  TRY(check_amount(request.amount));
  const SupplyId id = request.supply ? *request.supply : inside_->town.env().random.id<SupplyId>();
  const auto connection = inside_->town.journal().reader();
  for (const journal::Fact& fact : journal::facts_about(*connection, subject_of(id)))
    if (fact.header.kind == "shelter.supply_asked") {  // sent twice
      TRY(inside_->town.journal().settle());
      return SupplyRecorded{id, fact.header.id};
    }
  journal::Batch batch;
  batch.drafts.push_back(journal::draft(
      request.urgent.value_or(false) ? journal::Stream::urgent : journal::Stream::ordinary,
      "shelter.supply_asked", {subject_of(id)}, call.actor.grant,
      SupplyAsked{id, request.shelter, request.item, request.amount, request.unit, request.needed_by,
                  request.urgent.value_or(false), request.note.value_or("")}));
  const auto receipts = TRY(inside_->town.journal().append(std::move(batch)));
  return SupplyRecorded{id, receipts.front().fact};
}

Result<Recorded> Shelters::settle_supply(api::Call& call, const SettleSupplyRequest& request) {
  const auto connection = inside_->town.journal().reader();
  const auto supply = find_supply(*connection, request.supply);
  if (!supply)
    return fail(ErrorCode::not_found, {"この要請はありません", "Nothing of this kind was asked for"},
                "supply");
  auto seen = request.seen, standing = supply->standing;
  std::ranges::sort(seen);
  std::ranges::sort(standing);
  if (seen != standing)
    return fail(
        ErrorCode::conflict,
        {"ほかの人が先に対応を書いています", "Somebody else has dealt with it meanwhile"}, "supply",
        {"最新の状態を見てから、もう一度書いてください", "Look at it as it stands, then write again"});
  const std::int64_t amount =
      request.state == SupplyState::asked ? 0 : request.amount.value_or(supply->amount);
  if (request.state == SupplyState::on_the_way || request.state == SupplyState::arrived)
    TRY(check_amount(amount));
  journal::Batch batch;
  batch.drafts.push_back(journal::draft(
      journal::Stream::ordinary, "shelter.supply_settled", {subject_of(request.supply)}, call.actor.grant,
      SupplySettled{request.supply, request.state, amount, request.note.value_or("")}));
  batch.drafts.back().supersedes = standing;
  const auto receipts = TRY(inside_->town.journal().append(std::move(batch)));
  return Recorded{receipts.front().fact};
}

Result<SupplyList> Shelters::supplies(api::Call&, const SuppliesRequest& request) {
  return SupplyList{
      supplies_in(*inside_->town.journal().reader(), request.shelter, request.open.value_or(false))};
}

}  // namespace sonae::shelter
