// What the parts of Inquiries share.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>

#include "town/inquiry/disclosure.h"
#include "town/inquiry/held.h"
#include "town/inquiry/inquiry.h"
#include "town/inquiry/knowable.h"
#include "town/inquiry/limits.h"

namespace sonae::inquiry {

inline constexpr std::size_t kMostCandidates = 10;

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
  // Of the asker, and of the desk or, where nobody is signed in, of the network address.
  Status check_limits(const api::Call& call, const Asker& asker);
  // Who may be told of at all and meets every word of the line.
  Result<std::vector<const Known*>> find(const Held& held, const std::string& line) const;
  // Those of them who may be told of to this asker; records the look.
  Result<std::vector<Candidate>> candidates(const api::Call& call, const Asker& asker,
                                            const std::vector<const Known*>& found);
  // Records and gives the answer; `known` null: nothing. `asked` is recorded together with it where given.
  Result<AskAnswer> tell(api::Call& call, const Asked& asked, bool record_asking, const Known* known);
};

// A line of one word names nobody well enough to be answered at once.
bool names_somebody(std::string_view line);

journal::Draft draft_of(const api::Call& call, const char* kind, const InquiryId& id, const auto& body) {
  return journal::draft(journal::Stream::ordinary, kind, {{"inquiry", id.text()}}, call.actor.grant, body);
}

std::optional<InquiryRow> find_inquiry(store::Connection& connection, const InquiryId& id);

}  // namespace sonae::inquiry
