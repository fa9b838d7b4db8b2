// What can be wrong with a line or an item of a registry file. Says what was expected, never what stood
// there.
#pragma once

#include <boost/describe.hpp>

#include <cstdint>
#include <string>

#include "base/json.h"
#include "base/phrase.h"

namespace sonae::registry {

enum class ProblemKind : std::uint8_t {
  // Errors: the line is set aside.
  cell_count,  // detail: how many were expected
  unclosed_quote,
  not_in_encoding,  // detail: the encoding
  too_long_line,
  required_missing,
  id_unusable,
  id_twice,       // detail: the line that has the id first
  id_already_in,  // a mended line whose id is in the snapshot already
  // Of an item: an error, or a warning where the layout says lenient.
  not_a_date,
  not_a_code,  // detail: the codes
  not_digits,
  too_wide,  // detail: the width
  // Warnings: the line is taken as it is.
  era_disagrees,
  check_digit,
  too_wide_text,
};
BOOST_DESCRIBE_ENUM(ProblemKind, cell_count, unclosed_quote, not_in_encoding, too_long_line, required_missing,
                    id_twice, id_already_in, not_a_date, not_a_code, not_digits, too_wide, era_disagrees,
                    check_digit, too_wide_text)

struct Problem {
  ProblemKind kind = ProblemKind::cell_count;
  std::string item;    // the column; empty where the whole line is meant
  std::string detail;  // see ProblemKind
  bool warning = false;
};
BOOST_DESCRIBE_STRUCT(Problem, (), (kind, item, detail, warning))

Phrase what(const Problem& problem);
Phrase what_to_do(const Problem& problem);

}  // namespace sonae::registry
