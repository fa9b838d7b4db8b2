// What the parts of Shelters share.
#pragma once

#include "town/reception/vocabulary.h"
#include "town/shelter/shelter.h"

namespace sonae::shelter {

struct Shelters::Inside {
  town::Town& town;
  access::Access& access;
  reception::Reception& reception;
  Result<std::shared_ptr<const reception::Vocabulary>> vocabulary;

  // The entries of a shelter that this caller may be shown.
  std::vector<reception::Entry> entries_of(const api::Call& call, store::Connection& connection,
                                           const std::string& shelter) const;
  Figures figures_of(const api::Call& call, store::Connection& connection, const std::string& shelter,
                     Date day) const;
  std::string name_of_need(const std::string& code, Language language) const;
};

// The view's tables.
std::vector<Supply> supplies_in(store::Connection& connection, const std::optional<std::string>& shelter,
                                bool open_only);
std::optional<Supply> find_supply(store::Connection& connection, const SupplyId& id);
std::vector<Report> reports_in(store::Connection& connection, const ReportsRequest& request);
bool is_open(SupplyState state);

Status check_shelter(const std::string& name);

}  // namespace sonae::shelter
