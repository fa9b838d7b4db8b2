#include "service/town_service.h"

#include "service/town_operations.h"
#include "service/upkeep.h"
#include "town/claim/claim.h"
#include "town/erasure/erasure.h"
#include "town/exchange/exchange.h"
#include "town/headquarters/headquarters.h"
#include "town/inquiry/inquiry.h"
#include "town/matching/matching.h"
#include "town/nodes/admission.h"
#include "town/nodes/nodes.h"
#include "town/notice/outgoing.h"
#include "town/paper/paper.h"
#include "town/reception/reception.h"
#include "town/registry/registry.h"
#include "town/safety/safety.h"
#include "town/shelter/shelter.h"
#include "town/subscription/subscription.h"

namespace sonae::service {

std::vector<std::unique_ptr<journal::View>> make_views() {
  std::vector<std::unique_ptr<journal::View>> views;
  views.push_back(access::make_view());
  views.push_back(nodes::make_view());
  views.push_back(registry::make_view());
  views.push_back(reception::make_view());
  views.push_back(matching::make_view());
  views.push_back(safety::make_view());
  views.push_back(shelter::make_view());
  views.push_back(headquarters::make_view());
  views.push_back(paper::make_view());
  views.push_back(notice::make_view());
  views.push_back(inquiry::make_view());
  views.push_back(claim::make_view());
  views.push_back(subscription::make_view());
  views.push_back(exchange::make_view());
  return views;
}

std::vector<journal::View*> pointers_to(const std::vector<std::unique_ptr<journal::View>>& views) {
  std::vector<journal::View*> pointers;
  for (const auto& view : views)
    pointers.push_back(view.get());
  return pointers;
}

TownService::TownService() = default;
TownService::~TownService() = default;

Result<std::unique_ptr<TownService>> TownService::open(Env& env, const town::Places& places,
                                                       const std::string& directory) {
  std::unique_ptr<TownService> made(new TownService);
  made->views_ = make_views();
  made->town_ = TRY(town::Town::open(env, places, directory, pointers_to(made->views_), &nodes::admission()));
  town::Town& town = *made->town_;
  made->access_ = std::make_unique<access::Access>(town);
  made->nodes_ = std::make_unique<nodes::Nodes>(town, *made->access_);
  TRY(made->nodes_->introduce_itself({}));
  TRY(made->nodes_->tell_trusted());
  made->registry_ = std::make_unique<registry::Registry>(town, *made->access_);
  made->reception_ = std::make_unique<reception::Reception>(town, *made->access_);
  made->matching_ =
      std::make_unique<matching::Matching>(town, *made->access_, *made->registry_, *made->reception_);
  made->safety_ = std::make_unique<safety::Safety>(town, *made->access_, *made->registry_, *made->matching_);
  made->shelters_ = std::make_unique<shelter::Shelters>(town, *made->access_, *made->reception_);
  made->papers_ = std::make_unique<paper::Papers>(town, *made->access_, *made->reception_);
  made->inquiries_ =
      std::make_unique<inquiry::Inquiries>(town, *made->access_, *made->registry_, *made->matching_);
  made->claims_ = std::make_unique<claim::Claims>(town, *made->access_, *made->registry_, *made->matching_);
  made->subscriptions_ =
      std::make_unique<subscription::Subscriptions>(town, *made->access_, *made->inquiries_);
  made->exchange_ = std::make_unique<exchange::Exchange>(town, *made->access_, *made->registry_,
                                                         *made->matching_, *made->inquiries_);

  add_town_operations(made->operations_, town);
  add_upkeep_operations(made->operations_, town, *made->access_);
  made->access_->add_operations(made->operations_);
  made->nodes_->add_operations(made->operations_);
  made->registry_->add_operations(made->operations_);
  made->reception_->add_operations(made->operations_);
  made->matching_->add_operations(made->operations_);
  made->safety_->add_operations(made->operations_);
  made->shelters_->add_operations(made->operations_);
  made->papers_->add_operations(made->operations_);
  made->inquiries_->add_operations(made->operations_);
  made->claims_->add_operations(made->operations_);
  erasure::add_operations(town, made->operations_);
  headquarters::add_operations(
      std::make_shared<headquarters::Headquarters>(town, *made->access_, *made->registry_, *made->reception_,
                                                   *made->matching_, *made->safety_),
      made->operations_);
  made->subscriptions_->add_operations(made->operations_);
  made->exchange_->add_operations(made->operations_);
  return made;
}

}  // namespace sonae::service
