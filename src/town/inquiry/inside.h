// What the parts of Inquiries share.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>

#include "town/inquiry/disclosure.h"
#include "town/inquiry/held.h"
#include "town/inquiry/inquiry.h"
#include "town/inquiry/limits.h"

namespace sonae::inquiry {

// Everybody's view of the town: sees no protected person, whatever the clerk at the desk may see.
registry::OutputFilter told_to_anybody(registry::Registry& registry, Date day);

struct Inquiries::Inside {
  town::Town& town;
  access::Access& access;
  registry::Registry& registry;
  matching::Matching& matching;
  Result<Disclosure> disclosure;  // an error where the table cannot be read: then nothing is answered
  Limits limits{};

  // Set by the journal; entries may be told of a moment later, residents (protections) never.
  struct Touched {
    std::atomic<bool> entries = true, residents = true;
  };
  std::shared_ptr<Touched> touched = std::make_shared<Touched>();
  std::mutex mutex{};  // guards what follows; one builds, the others wait
  std::shared_ptr<const Held> held_{};
  std::string held_for{};               // state of the registry and day
  std::int64_t built_at = 0, took = 0;  // microseconds, monotonic

  Result<std::shared_ptr<const Held>> held(Progress& progress);
  Status check_limits(const api::Call& call, const Asker& asker);
  // Records and gives the answer; `known` null: nothing. `asked` is recorded together with it where given.
  Result<AskAnswer> tell(api::Call& call, const Asked& asked, bool record_asking, const Known* known);
};

// The newest entry that says something, as it stands now; absent where all are withdrawn.
std::optional<reception::Entry> newest_entry(store::Connection& connection, const Known& known);
// What is read out.
Phrase words_for(const reception::Entry& entry, const std::vector<Item>& told);
const Phrase& words_of_nothing();
const Phrase& words_of_referral();

std::optional<InquiryRow> find_inquiry(store::Connection& connection, const InquiryId& id);

}  // namespace sonae::inquiry
