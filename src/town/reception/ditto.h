// Ditto marks (〃, 同上, 々, ″): a cell that says "as above". Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace sonae::reception {

// Whether the whole cell says "as above".
bool is_ditto(std::string_view cell);

// How many bytes of a ditto mark stand before something else ("〃 花子", "同 花子", "〃3-5"); 0 where none
// does. Words that only begin like one (同居, 々木) are none.
std::size_t ditto_before(std::string_view cell);

// Where people type a straight quotation mark (") as ditto mark into an unquoted cell, CSV sees a quotation
// that begins and swallows the cells and lines that follow. The result reads it as the cell that was meant;
// line breaks stay where they are.
std::string mend_ditto_quotes(std::string_view content);

}  // namespace sonae::reception
