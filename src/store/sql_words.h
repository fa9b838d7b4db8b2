// Statements word by word, for putting the few words that differ into each engine's own.
#pragma once

#include <string>
#include <string_view>

namespace sonae::store {

// The first of one word, one quoted piece, one comment, or one other character (white space too).
std::string_view next_sql_token(std::string_view sql);

bool is_white_sql(std::string_view token);  // white space or a comment
std::string upper_sql(std::string_view word);

}  // namespace sonae::store
