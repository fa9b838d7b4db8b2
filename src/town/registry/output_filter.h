// THE ONE OUTPUT FILTER: which people may be shown to whoever asks. Every list, search, reason, total, export
// and inquiry goes through it, in every concern.
//
// Protected persons (支援措置: domestic violence, stalking, child abuse and the like) exist only for those
// with Permission::see_protected. For all others they are exactly like an unknown id: not found with the same
// bytes, not in a list, not in a total; and how many were left out is never told.
//
// A filter is built for one actor and one day by Registry::output_filter and used for one call; immutable.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>

#include "base/error.h"
#include "base/id.h"

namespace sonae::registry {

class OutputFilter {
 public:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  using ProtectedIds = std::unordered_set<std::string, TextHash, std::equal_to<>>;

  OutputFilter(std::shared_ptr<const ProtectedIds> protected_ids, bool sees_protected)
      : protected_(std::move(protected_ids)), sees_protected_(sees_protected) {}

  bool may_show(std::string_view resident) const { return sees_protected_ || !is_protected(resident); }
  bool may_show(const ResidentId& resident) const { return may_show(resident.text()); }

  // Whether to mark the person as protected on what is shown: false for those who may not know.
  bool shows_as_protected(std::string_view resident) const {
    return sees_protected_ && is_protected(resident);
  }

  bool sees_protected() const { return sees_protected_; }

 private:
  bool is_protected(std::string_view resident) const { return protected_->contains(resident); }

  std::shared_ptr<const ProtectedIds> protected_;
  bool sees_protected_;
};

// The error for an unknown resident and for one who must not be shown: the same bytes.
std::unexpected<Error> no_such_resident();

}  // namespace sonae::registry
