#include "sim/acts.h"
#include "town/access/requests.h"
#include "town/matching/requests.h"
#include "town/nodes/requests.h"
#include "town/registry/reports.h"

namespace sonae::sim {

namespace {

Act decide(Acting& acting, const std::string& operation) {
  matching::DecideRequest request;
  request.entry = acting.some_entry();
  // What stands there is looked at first, mostly.
  if (!acting.once_in(5))
    if (const auto shown = acting.machine.ask<matching::QuestionAnswer>(
            "matching.question", matching::EntryRequest{request.entry}))
      request.seen = shown->question.seen;
  if (!acting.once_in(4)) request.resident = acting.some_resident();
  return acting.run(operation, request);
}

Act pick(Acting& acting, const std::string& operation) {
  matching::PickRequest request;
  request.picked.push_back({acting.some_entry(), acting.dice.id<FactId>(), acting.some_resident()});
  return acting.run(operation, request);
}

Act take_back(Acting& acting, const std::string& operation) {
  matching::TakeBackRequest request{acting.some_entry(), "見まちがい"};
  matching::QueueRequest query;
  query.decided = true;
  const auto decided = acting.machine.ask<matching::Queue>("matching.queue", query);
  if (decided && !decided->questions.empty())
    request.entry = decided->questions[acting.dice.below(decided->questions.size())].entry.entry;
  return acting.run(operation, request);
}

Act same_person(Acting& acting, const std::string& operation) {
  const EntryId one = acting.some_entry();
  EntryId other = acting.some_entry();
  for (int tried = 0; tried < 4 && other == one; ++tried)
    other = acting.some_entry();
  return acting.run(operation, matching::SamePersonRequest{one, other, !acting.once_in(3), std::nullopt});
}

Act import_registry(Acting& acting, const std::string& operation) {
  const bool second = acting.people.registry_sent && !acting.once_in(3);
  acting.people.registry_sent = true;
  registry::ImportRequest request;
  request.layout = "simple";
  request.as_of = Date{2026, 11, second ? std::uint8_t{21} : std::uint8_t{20}};
  return acting.run(operation, request,
                    api::InputFile{second ? "second.csv" : "first.csv",
                                   second ? acting.people.registry_second : acting.people.registry_first});
}

Act protect(Acting& acting, const std::string& operation) {
  registry::ProtectRequest request;
  request.resident = acting.some_resident();
  return acting.run(operation, request);
}

Act lift_protection(Acting& acting, const std::string& operation) {
  registry::LiftProtectionRequest request;
  request.resident = acting.some_resident();
  if (const auto marked = acting.machine.ask<registry::Protections>("registry.protected", api::Nothing{}))
    if (!marked->protections.empty())
      request.resident = marked->protections[acting.dice.below(marked->protections.size())].resident;
  return acting.run(operation, request);
}

Act answer_vanished(Acting& acting, const std::string& operation) {
  registry::AnswerVanishedRequest request{acting.some_resident(), acting.dice.id<registry::SnapshotId>(),
                                          registry::VanishedOutcome::moved_out, std::nullopt};
  const auto open =
      acting.machine.ask<registry::Questions>("registry.questions", registry::QuestionsRequest{});
  if (open && !open->vanished.empty()) {
    const auto& question = open->vanished[acting.dice.below(open->vanished.size())];
    request.resident = question.resident.id;
    request.snapshot = question.snapshot;
  }
  return acting.run(operation, request);
}

Act open_account(Acting& acting, const std::string& operation) {
  access::OpenAccount request;
  request.login = "clerk" + std::to_string(acting.dice.below(4));  // the same one at two places, now and then
  request.name = "花子";
  request.role = static_cast<access::Role>(acting.dice.below(5));
  return acting.run(operation, request);
}

Act grant(Acting& acting, const std::string& operation) {
  access::GiveGrant request;
  // Somebody who has an account here, mostly.
  for (int tried = 0; tried < 4; ++tried) {
    request.login = "clerk" + std::to_string(acting.dice.below(4));
    if (acting.machine.service->access().actor(request.login)) break;
  }
  request.role = static_cast<access::Role>(acting.dice.below(5));
  return acting.run(operation, request);
}

Act rename_node(Acting& acting, const std::string& operation) {
  return acting.run(operation,
                    nodes::RenameNode{acting.some_node(), "机" + to_hex(acting.dice.bytes(1)), std::nullopt});
}

Act revoke_node(Acting& acting, const std::string& operation) {
  nodes::RevokeNode request{acting.some_node(), "紛失", std::nullopt};
  // One of the machines that are known here, mostly.
  if (!acting.once_in(4)) {
    std::vector<NodeId> others;
    for (const nodes::Node& node : acting.machine.service->nodes().list())
      if (!node.here && !node.founder && node.standing == nodes::Standing::enrolled)
        others.push_back(node.node);
    if (const NodeId* const one = acting.any(others)) request.node = *one;
  }
  // The founder stays: who belongs is asked of its machine in the end.
  const auto found = acting.machine.service->nodes().find(request.node);
  if (found && found->founder) request.node = acting.dice.id<NodeId>();
  return acting.run(operation, request);
}

Act enrol_node(Acting& acting, const std::string& operation) {
  return acting.run(operation, nodes::EnrolNode{acting.some_node(), std::nullopt, "机", std::nullopt});
}

Act judge(Acting& acting, const std::string& operation) {
  nodes::JudgeQuarantine request{
      acting.some_node(), journal::Stream::urgent, 0, 5, !acting.once_in(2), "確認"};
  const auto waiting = acting.machine.ask<nodes::QuarantineList>("nodes.quarantine", api::Nothing{});
  if (waiting && !waiting->stretches.empty()) {
    const auto& stretch = waiting->stretches[acting.dice.below(waiting->stretches.size())];
    request.node = stretch.node;
    request.stream = stretch.stream;
    request.first = stretch.first;
    request.next = stretch.next;
  }
  return acting.run(operation, request);
}

Act take_over(Acting& acting, const std::string& operation) {
  nodes::TakeOverBranch request{acting.some_node(), journal::Stream::urgent, "本人に確認"};
  const auto forks = acting.machine.ask<nodes::ForkList>("nodes.forks", api::Nothing{});
  if (forks && !forks->forks.empty()) {
    const auto& fork = forks->forks[acting.dice.below(forks->forks.size())];
    request.node = fork.node;
    request.stream = fork.stream;
  }
  return acting.run(operation, request);
}

}  // namespace

const std::map<std::string, Actor>& acts_of_town() {
  static const std::map<std::string, Actor> all{{"matching.decide", decide},
                                                {"matching.pick", pick},
                                                {"matching.take_back", take_back},
                                                {"matching.same_person", same_person},
                                                {"registry.import", import_registry},
                                                {"registry.protect", protect},
                                                {"registry.lift_protection", lift_protection},
                                                {"registry.answer_vanished", answer_vanished},
                                                {"access.open_account", open_account},
                                                {"access.grant", grant},
                                                {"nodes.rename", rename_node},
                                                {"nodes.revoke", revoke_node},
                                                {"nodes.enrol", enrol_node},
                                                {"nodes.judge", judge},
                                                {"nodes.take_over", take_over}};
  return all;
}

}  // namespace sonae::sim
