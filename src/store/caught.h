// A database that fails throws StoreError (store/store.h). A thread that goes on for as long as the program
// runs must outlive that: a disk may have room again, a server come back.
#pragma once

#include "store/store.h"

namespace sonae::store {

// Runs `work`, which gives a Status or a Result; where the database fails in the middle, that is its error.
template <class Work>
auto caught(Work work) -> decltype(work()) {
  try {
    return work();
  } catch (const StoreError& failure) {
    return std::unexpected(failure.error());
  }
}

}  // namespace sonae::store
