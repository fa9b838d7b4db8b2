#include "demo/names.h"

#include <charconv>

#include "demo/table.h"
#include "demo/variants.h"

namespace sonae::demo {

namespace {

constexpr double kLocalFamilies = 0.35;    // of the families bear a surname of the coast
constexpr double kCommonGivenNames = 0.4;  // of the people bear a name that is typical of their decade

}  // namespace

Status Names::read_families(Env& env, const std::string& directory) {
  TRY(read_table(env, directory + "/surnames.tsv", 3, [&](const Row& row) -> Status {
    national_.push_back(store(row[0], row[1]));
    national_weights_.add(static_cast<std::uint32_t>(TRY(number(row[2]))));
    return {};
  }));
  return read_table(env, directory + "/local_surnames.tsv", 3, [&](const Row& row) -> Status {
    local_.push_back(store(row[0], row[1]));
    local_weights_.add(static_cast<std::uint32_t>(TRY(number(row[2]))));
    return {};
  });
}

Status Names::read_given(Env& env, const std::string& directory) {
  return read_table(env, directory + "/given_names.tsv", 6, [&](const Row& row) -> Status {
    const auto index = static_cast<std::uint32_t>(given_.size());
    given_.push_back(store(row[1], row[2]));
    const int first = static_cast<int>(TRY(number(row[3])));
    const int last = static_cast<int>(TRY(number(row[4])));
    const auto weight = static_cast<std::uint32_t>(TRY(number(row[5])));
    auto& steps = (weight > 1 ? common_ : rare_)[row[0] == "f" ? 1 : 0];
    for (int step = 0; step < kSteps; ++step) {
      const int middle = kFirstYear + step * kYearsPerStep + kYearsPerStep / 2;
      if (middle < first || last < middle) continue;
      Choice& choice = steps[static_cast<std::size_t>(step)];
      choice.index.push_back(index);
      if (weight > 1) choice.weights.add(weight);
    }
    return {};
  });
}

Status Names::read_foreign(Env& env, const std::string& directory) {
  return read_table(env, directory + "/foreign_names.tsv", 6, [&](const Row& row) -> Status {
    foreign_.push_back({std::string(row[0]),
                        row[1] == "f" ? Sex::female : Sex::male,
                        {std::string(row[2]), std::string(row[3])},
                        {std::string(row[4]), std::string(row[5])}});
    return {};
  });
}

Result<Names> Names::open(Env& env, const std::string& data_directory) {
  Names names;
  const std::string directory = data_directory + "/names";
  TRY(names.read_families(env, directory));
  TRY(names.read_given(env, directory));
  TRY(names.read_foreign(env, directory));
  return names;
}

Names::Stored Names::store(std::string_view written, std::string_view kana) {
  return {{std::string(written), std::string(kana)}, may_be_registered_otherwise(written)};
}

Reading Names::draw(Dice& dice, const Stored& stored) {
  Reading name = stored.reading;
  if (stored.may_vary) write_as_registered(dice, name.written);
  return name;
}

Reading Names::family(Dice& dice) const {
  if (dice.chance(kLocalFamilies)) return draw(dice, local_[local_weights_.draw(dice)]);
  return draw(dice, national_[national_weights_.draw(dice)]);
}

Reading Names::given(Dice& dice, Sex sex, int birth_year) const {
  const auto step =
      static_cast<std::size_t>(std::clamp((birth_year - kFirstYear) / kYearsPerStep, 0, kSteps - 1));
  const auto by_sex = static_cast<std::size_t>(sex) - 1;
  const std::vector<std::uint32_t>& rare = rare_[by_sex][step].index;
  const Choice& common = common_[by_sex][step];
  if (rare.empty() || dice.chance(kCommonGivenNames))
    return draw(dice, given_[common.index[common.weights.draw(dice)]]);
  return draw(dice, given_[dice.one_of(rare)]);
}

std::string_view Names::country(Dice& dice) const {
  return dice.one_of(foreign_).country;
}

const ForeignName& Names::foreign(Dice& dice, std::string_view country, Sex sex) const {
  for (;;) {
    const ForeignName& name = dice.one_of(foreign_);
    if (name.country == country && name.sex == sex) return name;
  }
}

}  // namespace sonae::demo
