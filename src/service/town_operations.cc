#include "service/town_operations.h"

namespace sonae::service {

namespace {

struct TownStatus {
  std::string name;
  std::string code;
  bool fictional = false;
  NodeId node;
  Date today;
  Instant now;
};
BOOST_DESCRIBE_STRUCT(TownStatus, (), (name, code, fictional, node, today, now))

}  // namespace

void add_town_operations(api::Catalogue& catalogue, town::Town& town) {
  catalogue.add(api::operation<api::Nothing, TownStatus>(
                    "town.status", {"町の概要", "The town"}, api::Permission::signed_in,
                    [&town](api::Call&, const api::Nothing&) -> Result<TownStatus> {
                      const town::TownProfile& profile = town.profile();
                      return TownStatus{profile.name,          profile.code, profile.fictional,
                                        town.journal().node(), town.today(), town.env().clock.now()};
                    })
                    .openly());
}

}  // namespace sonae::service
