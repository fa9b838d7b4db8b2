// One town put together: its views, its concerns on top of each other, and all operations they offer. Any
// thread.
#pragma once

#include <memory>
#include <vector>

#include "api/operation.h"
#include "town/access/access.h"
#include "town/town.h"

namespace sonae::nodes {
class Nodes;
}
namespace sonae::registry {
class Registry;
}
namespace sonae::reception {
class Reception;
}
namespace sonae::matching {
class Matching;
}
namespace sonae::safety {
class Safety;
}
namespace sonae::paper {
class Papers;
}
namespace sonae::shelter {
class Shelters;
}
namespace sonae::inquiry {
class Inquiries;
}

namespace sonae::claim {
class Claims;
}
namespace sonae::subscription {
class Subscriptions;
}
namespace sonae::exchange {
class Exchange;
}

namespace sonae::service {

// The views of all concerns, in the order of the floors: what verify, dump and rebuild go through.
std::vector<std::unique_ptr<journal::View>> make_views();
std::vector<journal::View*> pointers_to(const std::vector<std::unique_ptr<journal::View>>& views);

class TownService {
 public:
  // busy where another process has the town open.
  static Result<std::unique_ptr<TownService>> open(Env& env, const town::Places& places,
                                                   const std::string& directory);
  ~TownService();

  town::Town& town() { return *town_; }
  access::Access& access() { return *access_; }
  nodes::Nodes& nodes() { return *nodes_; }
  registry::Registry& registry() { return *registry_; }
  claim::Claims& claims() { return *claims_; }
  subscription::Subscriptions& subscriptions() { return *subscriptions_; }
  exchange::Exchange& exchange() { return *exchange_; }
  const api::Catalogue& operations() const { return operations_; }
  // For the floors above, to add what they offer before anything runs.
  api::Catalogue& catalogue() { return operations_; }

 private:
  TownService();
  std::vector<std::unique_ptr<journal::View>> views_;
  std::unique_ptr<town::Town> town_;
  std::unique_ptr<access::Access> access_;
  std::unique_ptr<nodes::Nodes> nodes_;
  std::unique_ptr<registry::Registry> registry_;
  std::unique_ptr<reception::Reception> reception_;
  std::unique_ptr<matching::Matching> matching_;
  std::unique_ptr<safety::Safety> safety_;
  std::unique_ptr<shelter::Shelters> shelters_;
  std::unique_ptr<paper::Papers> papers_;
  std::unique_ptr<inquiry::Inquiries> inquiries_;
  std::unique_ptr<claim::Claims> claims_;
  std::unique_ptr<subscription::Subscriptions> subscriptions_;
  std::unique_ptr<exchange::Exchange> exchange_;
  api::Catalogue operations_;
};

}  // namespace sonae::service
