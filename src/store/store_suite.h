// What every store must do: one suite for all engines.
#pragma once

#include <functional>
#include <memory>

#include "store/store.h"

namespace sonae::store {

// Called within a test case; the factory gives an empty database each time.
void store_suite(const std::function<std::unique_ptr<Database>()>& empty_database);

}  // namespace sonae::store
