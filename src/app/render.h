// An operation's answer as text for people: members by their labels, lists of objects as tables.
#pragma once

#include <string>

#include "base/json.h"
#include "base/phrase.h"

namespace sonae::app {

std::string render(const json::value& answer, Language language);

// How many columns of a terminal the text takes: two for East Asian wide characters.
std::size_t terminal_width(std::string_view text);

// The label of a member ("set_aside" → 別ファイルに分けた行); its name where the table has none.
std::string label_of(std::string_view member, Language language);

}  // namespace sonae::app
