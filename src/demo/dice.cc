#include "demo/dice.h"

namespace sonae::demo {

namespace {

// SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014): spreads a seed.
std::uint64_t spread(std::uint64_t& state) {
  std::uint64_t z = state += 0x9E3779B97F4A7C15;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

std::uint64_t rotate(std::uint64_t value, int by) {
  return (value << by) | (value >> (64 - by));
}

}  // namespace

Dice::Dice(std::uint64_t seed, Purpose purpose, std::uint64_t index) {
  std::uint64_t mixed = seed;
  mixed = spread(mixed) ^ static_cast<std::uint64_t>(purpose);
  mixed = spread(mixed) ^ index;
  for (std::uint64_t& word : state_)
    word = spread(mixed);
}

// xoshiro256** (Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", 2021).
std::uint64_t Dice::next() {
  const std::uint64_t result = rotate(state_[1] * 5, 7) * 9;
  const std::uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = rotate(state_[3], 45);
  return result;
}

// Lemire, "Fast Random Integer Generation in an Interval", 2019, without the rejection: for less than 2^32
// sides the bias is below 2^-32.
std::uint32_t Dice::below(std::uint32_t end) {
  return static_cast<std::uint32_t>(((next() >> 32) * end) >> 32);
}

}  // namespace sonae::demo
