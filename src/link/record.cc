#include "link/record.h"

#include <array>

#include "text/two_digit_years.h"

namespace sonae::link {

Sex read_sex(std::string_view written) {
  while (!written.empty() && (written.back() == ' ' || written.back() == '\r'))
    written.remove_suffix(1);
  while (!written.empty() && written.front() == ' ')
    written.remove_prefix(1);
  static constexpr std::array<std::string_view, 13> kMale = {
      "1", "男", "男性", "M", "m", "male", "Male", "MALE", "１", "おとこ", "男子", "男の子", "♂"};
  static constexpr std::array<std::string_view, 13> kFemale = {
      "2", "女", "女性", "F", "f", "female", "Female", "FEMALE", "２", "おんな", "女子", "女の子", "♀"};
  for (const std::string_view word : kMale)
    if (written == word) return Sex::male;
  for (const std::string_view word : kFemale)
    if (written == word) return Sex::female;
  return Sex::unknown;
}

void put_other_births(Date today, Record& record) {
  std::size_t at = 0;
  for (const text::PartialDate meaning : text::meanings_of_two_digits(record.birth, today))
    if (meaning != record.birth && at < record.other_births.size()) record.other_births[at++] = meaning;
}

}  // namespace sonae::link
