// What the parts of Exchange share.
#pragma once

#include <atomic>
#include <mutex>

#include "town/exchange/exchange.h"
#include "town/exchange/own.h"
#include "town/inquiry/limits.h"

namespace sonae::exchange {

// A partner who has shown its key: acts under its grant, with no permission but its rights.
struct KnownPartner {
  PartnerEnrolled enrolled;
  bool has(Right right) const;
};

// A town that can be asked: where it answers, and the key that it gave us.
struct ReachableTown {
  PersonId partner;
  std::string name;
  std::string url;
  Bytes key;
};

struct Exchange::Inside {
  town::Town& town;
  access::Access& access;
  registry::Registry& registry;
  matching::Matching& matching;
  inquiry::Inquiries& inquiries;
  Result<inquiry::Disclosure> disclosure;
  inquiry::Limits limits{};

  // Set by the journal; entries may be told of a moment later, residents (protections) never.
  struct Touched {
    std::atomic<bool> entries = true, residents = true;
  };
  std::shared_ptr<Touched> touched = std::make_shared<Touched>();
  std::mutex mutex{};  // guards what follows; one builds and publishes, the others wait
  std::shared_ptr<const OwnRecords> own_{};
  std::int64_t built_at = 0, took = 0;  // microseconds, monotonic
  Date built_on{};

  // What may be told today. Where it changed, the changes are published before this returns.
  Result<std::shared_ptr<const OwnRecords>> own(Progress& progress, UpkeepReport* report = nullptr);
  // Ends what has expired, erases what was ended.
  Status end_expired(UpkeepReport& report);
  Status erase_ended(UpkeepReport& report);
  Status publish(const OwnRecords& own, UpkeepReport& report);

  // partners.cc
  Result<KnownPartner> partner(api::Call& call, const std::string& key, Right right);
  Result<std::vector<ReachableTown>> reachable_towns() const;
  // import.cc: `only_domain`: where a partner writes, records of its own domain only.
  Result<ImportReport> take_file(api::Call& call, BytesView content, const Source& source,
                                 const std::string& only_domain);

  // What leaves of one row: absent where there is nothing (a note of an ended person). A person of ours who
  // may not be told of any more, and one that ended, is a placeholder.
  std::optional<pfif::Record> leaving(store::Connection& connection, const OwnRecords& own,
                                      const Row& row) const;
};

}  // namespace sonae::exchange
