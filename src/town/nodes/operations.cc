// The operations that nodes offers.
#include "town/nodes/requests.h"

namespace sonae::nodes {

namespace {

Result<api::Nothing> done(const Status& status) {
  if (!status) return std::unexpected(status.error());
  return api::Nothing{};
}

}  // namespace

void Nodes::add_operations(api::Catalogue& catalogue) {
  using api::Call;
  using api::Nothing;
  using enum api::Permission;

  catalogue.add(api::operation<Nothing, NodeList>(
                    "nodes.list", {"ノードの一覧", "The nodes of the town"}, signed_in,
                    [this](Call&, const Nothing&) -> Result<NodeList> { return NodeList{list()}; })
                    .openly());
  catalogue.add(
      api::operation<EnrolNode, Nothing>(
          "nodes.enrol", {"ノードの登録", "Vouch for a node"}, administer,
          [this](Call& call, const EnrolNode& request) { return done(nodes::enrol(*this, call, request)); })
          .writing());
  catalogue.add(
      api::operation<RenameNode, Nothing>(
          "nodes.rename", {"ノードの名前", "Name a node"}, administer,
          [this](Call& call, const RenameNode& request) { return done(rename(*this, call, request)); })
          .writing());
  catalogue.add(
      api::operation<RevokeNode, Nothing>(
          "nodes.revoke", {"ノードの取消し", "Revoke a node"}, administer,
          [this](Call& call, const RevokeNode& request) { return done(revoke(*this, call, request)); })
          .writing());
  catalogue.add(api::operation<Nothing, QuarantineList>(
                    "nodes.quarantine", {"隔離された記録", "What is in quarantine"}, administer,
                    [this](Call&, const Nothing&) -> Result<QuarantineList> { return quarantine(*this); })
                    .openly());
  catalogue.add(api::operation<AskQuarantined, QuarantinedFacts>(
      "nodes.look_at_quarantined", {"隔離された記録の中身", "Look into what is in quarantine"}, administer,
      [this](Call& call, const AskQuarantined& request) {
        return look_at_quarantined(*this, call, request);
      }));
  catalogue.add(
      api::operation<JudgeQuarantine, Nothing>(
          "nodes.judge", {"隔離された記録の判断", "Judge what is in quarantine"}, administer,
          [this](Call& call, const JudgeQuarantine& request) { return done(judge(*this, call, request)); })
          .writing());
  catalogue.add(api::operation<Nothing, ForkList>(
                    "nodes.forks", {"分かれた記録（複製されたノード）", "Forked logs: cloned nodes"},
                    administer,
                    [this](Call&, const Nothing&) -> Result<ForkList> { return list_forks(*this); })
                    .openly());
  catalogue.add(
      api::operation<TakeOverBranch, TakenOver>(
          "nodes.take_over", {"分かれた記録の引取り", "Take over what a forked log holds"}, administer,
          [this](Call& call, const TakeOverBranch& request) { return take_over(*this, call, request); })
          .writing());
}

}  // namespace sonae::nodes
