#include "sim/acts.h"

namespace sonae::sim {

namespace {

constexpr const char* kShelters[] = {"串本小学校", "大島小学校", "潮岬中学校"};

std::string some_shelter(Acting& acting) {
  if (acting.people.topic) return kShelters[0];
  return kShelters[acting.dice.below(std::size(kShelters))];
}

reception::Person person(Acting& acting) {
  reception::Person person;
  if (acting.once_in(10)) return person;  // nobody wrote a name
  if (acting.visitor()) {
    person.name = kVisitorName;
    person.kana = kVisitorKana;
    return person;
  }
  const demo::Resident& resident = acting.somebody();
  person.name = demo::full_name(resident);
  person.kana = demo::full_kana(resident);
  person.phone = resident.phone;
  if (acting.once_in(3)) person.age = static_cast<int>(acting.dice.below(140));  // now and then impossible
  return person;
}

Act receive(Acting& acting, const std::string& operation) {
  // A device that had no answer sends the same again, wherever it is now.
  if (!acting.people.topic && acting.once_in(5))
    if (const auto* const before = acting.any(acting.people.received)) return acting.run(operation, *before);
  reception::ReceiveRequest request;
  request.shelter = some_shelter(acting);
  request.received.at = acting.machine.clock.now();
  for (std::uint64_t i = 0, count = acting.people.topic ? 2 : acting.dice.below(4); i < count; ++i) {
    request.persons.push_back({acting.dice.id<EntryId>(), acting.dice.id<FactId>(), person(acting)});
    acting.people.entries.push_back(request.persons.back().entry);
  }
  acting.people.received.push_back(request);
  return acting.run(operation, request);
}

reception::StayChanged some_stay(Acting& acting) {
  reception::StayChanged stay;
  stay.stay = static_cast<reception::StayKind>(acting.dice.below(7));
  stay.shelter = some_shelter(acting);
  return stay;
}

Act change(Acting& acting, const std::string& operation) {
  reception::ChangeRequest request;
  const auto here = acting.entry_here();
  request.entry = here ? here->entry : acting.some_entry();
  request.change = acting.dice.id<FactId>();
  if (here && !acting.once_in(4))
    for (const reception::AspectFacts& aspect : here->since.standing)
      request.seen.insert(request.seen.end(), aspect.facts.begin(), aspect.facts.end());
  if (acting.once_in(2)) request.stay = some_stay(acting);
  if (acting.once_in(2))
    request.condition.emplace().condition = static_cast<reception::Condition>(acting.dice.below(6));
  if (acting.once_in(4)) request.contact.emplace().phone = to_hex(acting.dice.bytes(3));
  return acting.run(operation, request);
}

Act undo_change(Acting& acting, const std::string& operation) {
  reception::UndoChangeRequest request;
  request.entry = acting.some_entry();
  request.fact = acting.dice.id<FactId>();
  // Somebody whose change there is to take back, if there is one.
  for (int tried = 0; tried < 8; ++tried) {
    const auto here = acting.entry_here();
    if (!here || here->since.standing.empty()) continue;
    request.entry = here->entry;
    request.fact = here->since.standing[acting.dice.below(here->since.standing.size())].facts.front();
    break;
  }
  return acting.run(operation, request);
}

Act correct(Acting& acting, const std::string& operation) {
  reception::CorrectRequest request;
  const auto here = acting.entry_here();
  request.entry = here ? here->entry : acting.some_entry();
  if (here && !acting.once_in(6)) request.seen = here->standing;
  request.person = person(acting);
  request.because = "本人に確認";
  return acting.run(operation, request);
}

Act withdraw_or_restore(Acting& acting, const std::string& operation) {
  reception::WithdrawRequest request{acting.some_entry(), acting.once_in(8) ? "" : "二重に書いた"};
  // What was withdrawn is not among the entries that are passed: any that somebody has heard of.
  if (operation == "reception.restore")
    if (const EntryId* const heard_of =
            acting.any(acting.once_in(3) ? acting.people.entries : acting.people.withdrawn))
      request.entry = *heard_of;
  Act made = acting.run(operation, request);
  if (made.done && operation == "reception.withdraw") acting.people.withdrawn.push_back(request.entry);
  return made;
}

// One of a few lists, so that the same comes in at several places.
Act import(Acting& acting, const std::string& operation) {
  const std::uint64_t number = acting.dice.below(4);
  std::string csv = "氏名,年齢,住所\r\n";
  for (std::uint64_t i = 0; i < 3; ++i)
    csv += demo::full_name(acting.people.residents[number * 3 + i]) + "," + std::to_string(20 + i * number) +
           ",串本\r\n";
  if (acting.once_in(10)) csv = Bytes("\xff\x00", 2) + csv.substr(5);
  return acting.run(operation, reception::ImportRequest{some_shelter(acting), std::nullopt},
                    api::InputFile{"list" + std::to_string(number) + ".csv", csv});
}

Act open_shelter(Acting& acting, const std::string& operation) {
  return acting.run(operation, reception::ShelterOpened{some_shelter(acting), to_hex(acting.dice.bytes(2)),
                                                        std::nullopt, std::nullopt});
}

Act look(Acting& acting, const std::string& operation) {
  reception::EntriesRequest request;
  request.limit = 3;
  return acting.run(operation, request);
}

}  // namespace

const std::map<std::string, Actor>& acts_of_reception() {
  static const std::map<std::string, Actor> all{{"reception.receive", receive},
                                                {"reception.change", change},
                                                {"reception.undo_change", undo_change},
                                                {"reception.correct", correct},
                                                {"reception.withdraw", withdraw_or_restore},
                                                {"reception.restore", withdraw_or_restore},
                                                {"reception.import", import},
                                                {"reception.open_shelter", open_shelter},
                                                {"reception.entries", look}};
  return all;
}

}  // namespace sonae::sim
