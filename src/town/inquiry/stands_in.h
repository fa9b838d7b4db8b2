// Looking through what askers typed: inquiries and subscriptions have the same members. Pure, any thread.
#pragma once

#include <string>

#include "text/fold.h"

namespace sonae::inquiry {

// Whether `folded` (by text::fold_name) stands anywhere in who asked, who is sought and why, in any spelling.
template <class Asked>
bool stands_in(const text::Tables& tables, const Asked& one, const std::string& folded) {
  for (const std::string* const text :
       {&one.asker.name, &one.asker.phone, &one.purpose, &one.line, &one.asker.address})
    if (text::fold_name(tables, *text).find(folded) != std::string::npos) return true;
  return false;
}

}  // namespace sonae::inquiry
