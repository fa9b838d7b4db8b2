// One row of a made list, and who writes it: each error model is one writer. The writers have only dice and
// people in common, so that what is tuned on one is tested on the others.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bench/made_people.h"

namespace sonae::bench {

struct ListRow {
  std::string entry, name, kana, sex, birth_date, age, address, phone, note;
  std::uint32_t truth = 0;  // the resident; 0: none
};

struct ListOptions {
  enum class Model {
    haste,      // what is left out, abbreviated, written another way
    confusion,  // what eye, ear and keyboard do to single characters
    hearsay,    // what others say of somebody: held out, nothing is tuned on it
  } model = Model::haste;
  std::size_t rows = 20000;
  std::uint64_t seed = 1;
  double error = 1;  // multiplies all rates of error
  double strangers = .08;
  bool shuffled = false;
};

inline std::vector<std::string> characters(std::string_view text) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    const std::size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    all.emplace_back(text.substr(i, n));
    i += n;
  }
  return all;
}
inline std::string joined_text(const std::vector<std::string>& all) {
  std::string text;
  for (const auto& c : all)
    text += c;
  return text;
}

class ListWriter {
 public:
  ListWriter(World& world, Dice& dice, const ListOptions& options)
      : world_(world), dice_(dice), o_(options) {}
  virtual ~ListWriter() = default;
  virtual void turn_sheet() = 0;  // another hand: habits that hold for a whole sheet are drawn anew
  virtual ListRow write(Person person, std::uint32_t truth) = 0;

 protected:
  bool slip(double rate) { return dice_.chance(rate * o_.error); }

  World& world_;
  Dice& dice_;
  const ListOptions& o_;
};

}  // namespace sonae::bench
