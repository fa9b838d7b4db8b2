// The cell for the name, in which haste puts whole families: "佐藤 一郎・花子・子2人", "山田太郎 外3名",
// "妻 花子(68)", "〃 次郎", "山田 はな ※車椅子". Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "town/reception/vocabulary.h"

namespace sonae::reception {

struct NamedPerson {
  std::string name;  // empty: a companion without a name
  std::string kana;
  std::string relation;
  Sex sex = Sex::unknown;
  std::optional<int> age;
  std::optional<int> age_months;
  std::vector<std::string> notes;
  std::vector<Remark> remarks;
};

struct NameCell {
  std::vector<NamedPerson> persons;
  std::vector<std::string> notes;     // of the row: pets, words that are no name
  bool same_family_as_above = false;  // the cell takes the surname from above, or is a relation
  bool took_from_above = false;
  std::size_t companions_refused = 0;  // how many more were counted than one line may have
};

struct NameContext {
  std::string_view surname_above;  // of the row above; empty where there is none
  bool family_goes_on = false;     // the rest of the row shows that it belongs to the row above
};

inline constexpr std::size_t kMostOnOneLine = 60;

NameCell read_name_cell(const Vocabulary& vocabulary, std::string_view written, const NameContext& context);

// The surname of a name as it was written: what stands before the first space, else what the table of
// surnames knows, else a rule of thumb (the first two of three and more characters); `guessed` where it was
// that rule.
std::string_view surname_of_written(const Vocabulary& vocabulary, std::string_view name,
                                    bool* guessed = nullptr);

}  // namespace sonae::reception
