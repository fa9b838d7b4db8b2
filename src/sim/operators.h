// The people at the machines: what they do, sensible and senseless, drawn from dice. Each act is an operation
// of the catalogue, so everything goes the way of the program.
#pragma once

#include <string>
#include <vector>

#include "demo/resident.h"
#include "sim/machine.h"
#include "town/reception/requests.h"

namespace sonae::sim {

// What several people talk of at once, at machines that do not hear of each other.
struct Topic {
  EntryId entry;
  ResidentId resident;
  NodeId node;
  bool visitor = false;  // about somebody who is in no registry
};

// What the people of the town have in common, whichever machine they sit at.
struct People {
  std::vector<demo::Resident> residents;
  Bytes registry_first, registry_second;            // the registry's file, and the next day's
  std::vector<EntryId> entries;                     // that anybody has ever seen
  std::vector<reception::ReceiveRequest> received;  // what devices sent, to be sent once more elsewhere
  std::vector<NodeId> nodes;                        // that anybody has ever heard of
  std::vector<EntryId> withdrawn;
  std::optional<Topic> topic;  // all that they do now is about this
  bool registry_sent = false;  // the first day's; the next day's comes later

  ResidentId some_resident(SeededRandom& dice) const {
    return ResidentId(residents[dice.below(residents.size())].id);
  }
};
People make_people(std::uint64_t seed, const std::string& data_directory);

struct Act {
  std::string operation;
  bool done = false;
  std::string outcome;  // "done", or the error's name: part of the history
  std::vector<FactId> receipts;
};

// Every operation that act() may choose.
const std::vector<std::string>& operations_tried();

// Something that somebody does at this machine. Nothing of it is certain to succeed.
Act act(Machine& machine, People& people, SeededRandom& dice);
Act act(const std::string& operation, Machine& machine, People& people, SeededRandom& dice);

}  // namespace sonae::sim
