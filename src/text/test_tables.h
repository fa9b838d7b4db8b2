// For tests: the tables of data/, opened once, and where the third-party material is, if it is.
#pragma once

#include <doctest/doctest.h>

#include <optional>
#include <string>

#include "text/tables.h"

namespace sonae::text {

inline const Tables& test_tables() {
  static const std::shared_ptr<const Tables> tables = [] {
    auto opened = Tables::open(real_env(), SONAE_DATA_DIR);
    if (!opened) FAIL(opened.error().in(Language::english));
    return *opened;
  }();
  return *tables;
}

// The content of a file of the shared material; absent where it is not there.
inline std::optional<std::string> shared_file(const std::string& name) {
  for (const char* const up : {"/../shared/data/", "/../../shared/data/"})
    if (auto content = real_env().disk.read_all(std::string(SONAE_SOURCE_DIR) + up + name)) return *content;
  return std::nullopt;
}

}  // namespace sonae::text
