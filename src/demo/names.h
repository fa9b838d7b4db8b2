// The names that the demonstration town is peopled with: surnames by frequency with the coast's own mixed in,
// given names that fit the decade of birth, kanji variants as registries hold them, names of foreign
// residents. Read from data/names/. Immutable after opening; every thread may use it.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/env.h"
#include "demo/dice.h"

namespace sonae::demo {

enum class Sex : std::uint8_t { male = 1, female = 2 };

struct Reading {
  std::string written;
  std::string kana;  // katakana
};

struct ForeignName {
  std::string country;  // two letters: vn, ph, cn, kr, ...
  Sex sex = Sex::male;
  Reading family;
  Reading given;
};

class Names {
 public:
  static Result<Names> open(Env& env, const std::string& data_directory);

  // As the family writes it: 渡辺, 渡邊 or 渡邉; 高橋 or 髙橋.
  Reading family(Dice& dice) const;
  Reading given(Dice& dice, Sex sex, int birth_year) const;
  const ForeignName& foreign(Dice& dice, std::string_view country, Sex sex) const;
  std::string_view country(Dice& dice) const;

 private:
  struct Stored {
    Reading reading;
    bool may_vary = false;  // has a character that registries also hold in another form
  };
  struct Choice {  // some of given_
    std::vector<std::uint32_t> index;
    Weights weights;  // only where they differ
  };
  static constexpr int kFirstYear = 1900, kYearsPerStep = 5, kSteps = 27;

  static Stored store(std::string_view written, std::string_view kana);
  static Reading draw(Dice& dice, const Stored& stored);
  Status read_families(Env& env, const std::string& directory);
  Status read_given(Env& env, const std::string& directory);
  Status read_foreign(Env& env, const std::string& directory);

  std::vector<Stored> national_, local_;
  Weights national_weights_, local_weights_;
  std::vector<Stored> given_;
  std::array<std::array<Choice, kSteps>, 2> common_, rare_;  // by sex and step of years
  std::vector<ForeignName> foreign_;
};

}  // namespace sonae::demo
