// Search as you type over the residents, by any spelling of a name, birth date, town, phone or number, alone
// or two and more together. Const members may be called from any thread.
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "link/registry.h"

namespace sonae::link {

struct SearchOptions {
  std::size_t limit = 20;
  // Whether a resident may be shown to whoever asks; called only for residents that match. Absent: all.
  std::function<bool(std::string_view resident)> allowed;
};

struct Found {
  Slot slot{};
  std::string_view resident;  // the registry's id; valid until the registry is changed
};

class Search {
 public:
  // Builds the orders that searching needs (about a second for a million residents). The registry must
  // outlive the search; after put and remove, call refresh.
  explicit Search(const Registry& registry);
  ~Search();
  void refresh();

  // Words are separated by spaces, and each must be met: 山田, やまだ, ヤマ, yama, 1948-03-11, S23.3.11, a
  // town, digits of a phone number, an id. A word of a name is met by the beginning of the family or given
  // name. In the order of the readings.
  std::vector<Found> find(std::string_view typed, const SearchOptions& options = {}) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sonae::link
