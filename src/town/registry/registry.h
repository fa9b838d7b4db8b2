// The resident registry replica (住民基本台帳の写し) of a town: brings files in and out, knows who lives
// here, and keeps what is protected from view. Any thread.
//
// How it is kept. A snapshot is a list of chunks (blobs of a few hundred residents each, every cell as it was
// written); the view holds only the snapshots, the chunks' first and last ids, the protections and the
// answers. There are no rows per resident in SQL: a resident is read out of the chunk in about 0.1 ms, all
// residents of a million in a second or two, an old snapshot costs nothing but its own chunks, and no
// canonical field is stored that a better layout table would read differently.
//
// The current residents are those of the newest snapshot (the latest as_of; where two of one day do not know
// of each other, the one with the higher fact id, and a question), and those who vanished from one snapshot
// to the next and of whom nobody has said that they moved or died.
//
// Addresses are not parsed here: whoever needs town and block asks text::parse_address with the town's
// gazetteer; the linkage index holds them parsed.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/operation.h"
#include "link/search.h"
#include "town/access/access.h"
#include "town/registry/output_filter.h"
#include "town/registry/reports.h"
#include "town/town.h"

namespace sonae::registry {

// The current residents in the form that linkage and search need: about 400 bytes each, shared by all who
// look. Those are in it who live here; the protected too, so every answer goes through the OutputFilter.
struct PeopleIndex {
  std::string version;  // Registry::version() that it was built for
  link::Registry linkage;
  link::Search search;
  PeopleIndex(std::string of, link::Registry people)
      : version(std::move(of)), linkage(std::move(people)), search(linkage) {}
};

class Registry {
 public:
  Registry(town::Town& town, access::Access& access);
  ~Registry();

  // --- For other concerns: no look is recorded; what is shown goes through an OutputFilter, and whoever
  // shows it records it.

  // Whom this actor may see on this day. Cheap after the first call for a state of the registry.
  OutputFilter output_filter(const api::Actor& actor, Date day) const;

  // Passes all current residents once, in the order of ids; those moved out, died or removed too (see
  // ResidentRow::lives_here). One state of the registry from begin to end. On the calling thread, about a
  // microsecond for each.
  void for_each_current(const std::function<void(const ResidentRow&)>& visit) const;

  // One current resident; absent where unknown. The texts in the row are valid during `use` only.
  bool find(const ResidentId& id, const std::function<void(const ResidentRow&)>& use) const;
  std::optional<Resident> find(const ResidentId& id) const;  // protected_person and items left empty

  // The state of the registry as a short text: the same text, the same current residents. Changes with
  // snapshots and answers on the vanished, not with protections. For caches.
  std::string version() const;

  // Shared and immutable; built (or mapped from DIR/index) when first asked for after a change: 50 ms for a
  // small town, some seconds for a million. Null while there is no registry.
  Result<std::shared_ptr<const PeopleIndex>> people_index(Progress& progress = no_progress()) const;

  // --- The operations, one method for each (operations.cc offers them). Looks are recorded before anything
  // is returned.

  Result<ImportReport> import(api::Call& call, const ImportRequest& request);
  Result<ExportAnswer> export_residents(api::Call& call, const ExportRequest& request);
  Result<api::FileAnswer> set_aside(api::Call& call, const SetAsideRequest& request);

  // not_found for who is unknown and who must not be shown, with the same bytes.
  Result<Resident> resident(api::Call& call, const ResidentRequest& request);
  Result<ResidentList> household(api::Call& call, const HouseholdRequest& request);
  Result<ResidentList> search(api::Call& call, const SearchRequest& request);

  Result<SnapshotList> snapshots(api::Call& call) const;
  Result<DifferenceReport> differences(api::Call& call, const DifferencesRequest& request);
  Result<Questions> questions(api::Call& call, const QuestionsRequest& request);
  Result<Recorded> answer_vanished(api::Call& call, const AnswerVanishedRequest& request);

  Result<Recorded> protect(api::Call& call, const ProtectRequest& request);
  Result<Recorded> lift_protection(api::Call& call, const LiftProtectionRequest& request);
  Result<Protections> protections(api::Call& call);

  Result<LayoutList> layouts(api::Call& call) const;
  Result<RegistryStatus> status(api::Call& call) const;

  void add_operations(api::Catalogue& catalogue);

  struct Inside;  // inside.h

 private:
  std::unique_ptr<Inside> inside_;
};

std::unique_ptr<journal::View> make_view();  // view.cc

}  // namespace sonae::registry
