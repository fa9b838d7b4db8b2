// Chance that can be repeated: the same seed and the same question give the same answer on every machine.
// (The standard library's distributions differ between libraries; base::Random is for keys and ids.)
//
// A Dice is a value of one thread; making one costs a few nanoseconds, so every household has its own and is
// the same whatever was made before it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

namespace sonae::demo {

// What the draws of one Dice are for: another purpose never disturbs the draws of the others.
enum class Purpose : std::uint64_t { household = 1, next_day, whereabouts, sheet, writing, visitor };

class Dice {
 public:
  Dice(std::uint64_t seed, Purpose purpose, std::uint64_t index = 0);

  std::uint64_t next();                    // 64 random bits
  std::uint32_t below(std::uint32_t end);  // 0 .. end - 1; end is at least 1
  int between(int least, int most) {       // both included
    return least + static_cast<int>(below(static_cast<std::uint32_t>(most - least) + 1));
  }
  int around(int least, int most) {  // both included, the middle likelier (the mean of two draws)
    return (between(least, most) + between(least, most)) / 2;
  }
  bool chance(double probability) { return static_cast<double>(next() >> 11) * 0x1.0p-53 < probability; }
  template <class T>
  const T& one_of(const std::vector<T>& things) {
    return things[below(static_cast<std::uint32_t>(things.size()))];
  }
  template <class T>
  T one_of(std::initializer_list<T> things) {
    return *(things.begin() + below(static_cast<std::uint32_t>(things.size())));
  }
  template <class T>
  void shuffle(std::vector<T>& things) {
    for (std::size_t i = things.size(); i > 1; --i)
      std::swap(things[i - 1], things[below(static_cast<std::uint32_t>(i))]);
  }

 private:
  std::uint64_t state_[4];
};

// Draws an index by weight: prepared once, then a binary search.
class Weights {
 public:
  void add(std::uint32_t weight) { sums_.push_back(total() + weight); }
  std::uint32_t total() const { return sums_.empty() ? 0 : sums_.back(); }
  std::size_t draw(Dice& dice) const {  // total() is at least 1
    const std::uint32_t mark = dice.below(total());
    return static_cast<std::size_t>(std::upper_bound(sums_.begin(), sums_.end(), mark) - sums_.begin());
  }

 private:
  std::vector<std::uint32_t> sums_;
};

}  // namespace sonae::demo
