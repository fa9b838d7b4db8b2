// The acts that operators.cc chooses among, by operation.
#pragma once

#include "sim/operators.h"

namespace sonae::sim {

// One act on its way: who does it where, with which dice.
struct Acting {
  Machine& machine;
  People& people;
  SeededRandom& dice;

  bool once_in(std::uint64_t n) { return dice.below(n) == 0; }
  template <class T>
  const T* any(const std::vector<T>& all) {
    return all.empty() ? nullptr : &all[dice.below(all.size())];
  }
  // An entry of this node, mostly; sometimes one that it may never have heard of.
  EntryId some_entry();
  std::optional<reception::Entry> entry_here();
  ResidentId some_resident();
  const demo::Resident& somebody();  // of the registry, by name
  // Whether this is about the visitor: people of one name whom no registry knows.
  bool visitor() { return people.topic ? people.topic->visitor : once_in(6); }
  NodeId some_node();

  template <class Request>
  Act run(const std::string& operation, const Request& request, std::optional<api::InputFile> file = {}) {
    return finish(operation, machine.run(operation, to_json(request), std::move(file)));
  }
  Act run_json(const std::string& operation, json::object request) {
    return finish(operation, machine.run(operation, json::value(std::move(request))));
  }
  Act finish(const std::string& operation, const Result<json::value>& answer);
};

inline constexpr const char* kVisitorFamily = "架空";
inline constexpr const char* kVisitorName = "架空 花子";
inline constexpr const char* kVisitorKana = "カクウ ハナコ";

using Actor = Act (*)(Acting&, const std::string& operation);
// By operation; sorted by name.
const std::map<std::string, Actor>& acts_of_reception();
const std::map<std::string, Actor>& acts_of_town();
const std::map<std::string, Actor>& acts_of_desks();

}  // namespace sonae::sim
