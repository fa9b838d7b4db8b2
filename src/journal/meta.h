// The few settings that a journal keeps about itself, and making its tables.
#pragma once

#include <optional>
#include <string>

#include "journal/view.h"

namespace sonae::journal {

std::optional<std::string> meta(store::Connection& connection, std::string_view name);
void set_meta(store::Connection& connection, std::string_view name, std::string_view value);

// Under which name the version of a view's tables is kept.
std::string version_name(const View& view);

// Within a write transaction: makes what is missing. True where the journal is new.
bool make_journal_tables(store::Connection& connection);

}  // namespace sonae::journal
