#include "link/frequencies.h"

#include <bit>

namespace sonae::link {

Frequencies::Frequencies(std::size_t residents)
    : owned_(2 * std::clamp<std::size_t>(std::bit_ceil(4 * residents), 1U << 14, 1U << 22)),
      counts_(owned_) {}

void Frequencies::own() {
  if (!owned_.empty()) return;
  owned_.assign(counts_.begin(), counts_.end());
  if (owned_.empty()) owned_.resize(1U << 13);
  counts_ = owned_;
}

}  // namespace sonae::link
