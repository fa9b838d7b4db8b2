#include "town/reception/phone_cell.h"

#include <algorithm>

#include "town/reception/cell.h"
#include "town/reception/name_words.h"
#include "town/reception/note_cell.h"
#include "town/reception/remarks.h"

namespace sonae::reception {

namespace {

bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

}  // namespace

bool looks_like_phone(std::string_view written) {
  const std::string narrowed = narrow(trim(written));
  const auto digits = std::ranges::count_if(narrowed, is_digit);
  const bool only = narrowed.find_first_not_of("0123456789-() +") == std::string::npos;
  return only && digits >= 9 && digits <= 13 &&
         (narrowed[0] == '0' || narrowed[0] == '+' || narrowed[0] == '(');
}

std::string read_phone(std::string_view written, std::vector<Remark>& remarks) {
  const std::string_view phone = trim(written);
  const std::string narrowed = narrow(phone);
  if (says_no_name(narrowed)) return {};
  if (narrowed.find("E+") != std::string::npos || narrowed.find("e+") != std::string::npos) {
    add_remark(remarks, remark::phone_damaged, "phone");
    return {};
  }
  // Digits alone, one too few, not beginning with 0: 90-1234-5678 and 735-62-0555 as numbers of a
  // spreadsheet.
  const bool number = !narrowed.empty() && std::ranges::all_of(narrowed, is_digit);
  const std::size_t size = narrowed.size();
  if (number && narrowed[0] != '0' &&
      (size == 9 || (size == 10 && (narrowed[0] >= '7' && narrowed[0] <= '9')))) {
    add_remark(remarks, remark::phone_zero_added, "phone");
    return "0" + narrowed;
  }
  return std::string(phone);
}

}  // namespace sonae::reception
