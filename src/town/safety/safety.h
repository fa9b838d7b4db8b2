// Safety (安否の確認): who is confirmed and who is still unconfirmed in an area. The unconfirmed list is the
// registry in the area minus those who stand on a list. Any thread.
#pragma once

#include <memory>

#include "api/operation.h"
#include "town/matching/matching.h"
#include "town/registry/registry.h"
#include "town/safety/area.h"
#include "town/safety/requests.h"

namespace sonae::safety {

// The residents on the map, and for each of their places whether it lies in an area.
struct PlacedIn {
  std::shared_ptr<const PlacedResidents> residents;
  std::vector<Where> where;  // by index into PlacedResidents::places
};

class Safety {
 public:
  Safety(town::Town& town, access::Access& access, registry::Registry& registry,
         matching::Matching& matching);
  ~Safety();

  // Numbers of those whom the caller may see, and one page of the unconfirmed; the page's residents are
  // recorded as looked at. not_found where no area has the name, conflict where several have.
  Result<UnconfirmedAnswer> unconfirmed(api::Call& call, const UnconfirmedRequest& request);
  // All unconfirmed of the area as CSV for spreadsheets (UTF-8 with a byte-order mark), those who cannot be
  // placed last.
  Result<api::FileAnswer> export_unconfirmed(api::Call& call, const AreaChoice& choice);
  // The area's blocks with their numbers; no person is named.
  Result<MapAnswer> map(api::Call& call, const AreaChoice& choice);
  Result<BaseMap> base_map() const;

  // For other concerns: no filter, and nothing is recorded.
  Result<PlacedIn> placed_in(const AreaChoice& choice);

  Result<AreaList> areas() const;
  Result<AreaRecorded> define_area(api::Call& call, const DefineAreaRequest& request);
  Result<ImportAreasReport> import_areas(api::Call& call, const ImportAreasRequest& request);
  Result<AreaRecorded> remove_area(api::Call& call, const RemoveAreaRequest& request);

  void add_operations(api::Catalogue& catalogue);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

std::unique_ptr<journal::View> make_view();

}  // namespace sonae::safety
