#include "link/record.h"

#include <array>

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

}  // namespace sonae::link
