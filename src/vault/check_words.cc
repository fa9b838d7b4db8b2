#include "vault/check_words.h"

#include <array>

#include "vault/galois.h"

namespace sonae::vault {

namespace {

using Field = Galois1024;
constexpr std::uint32_t kGenerator = 2;

// The symbols as a polynomial, the first with the highest degree, at x^1 ... x^5: all zero for a sound text.
std::array<std::uint32_t, kCheckWords> syndromes(const Symbols& symbols) {
  std::array<std::uint32_t, kCheckWords> values{};
  std::uint32_t at = 1;
  for (std::uint32_t& value : values) {
    at = Field::product(at, kGenerator);
    for (const std::uint16_t symbol : symbols)
      value = Field::product(value, at) ^ symbol;
  }
  return values;
}

}  // namespace

void add_check_words(Symbols& symbols) {
  // (x - 2)(x - 4)(x - 8)(x - 16)(x - 32), without its leading 1; the highest degree first.
  std::array<std::uint32_t, kCheckWords + 1> generator{1};
  std::uint32_t root = 1;
  for (std::size_t degree = 1; degree <= kCheckWords; ++degree) {
    root = Field::product(root, kGenerator);
    for (std::size_t at = degree; at > 0; --at)
      generator[at] ^= Field::product(generator[at - 1], root);
  }
  // What is left of the text times x^5 on division by the generator.
  std::array<std::uint32_t, kCheckWords> rest{};
  for (const std::uint16_t symbol : symbols) {
    const std::uint32_t factor = symbol ^ rest[0];
    for (std::size_t at = 0; at < kCheckWords; ++at)
      rest[at] = (at + 1 < kCheckWords ? rest[at + 1] : 0) ^ Field::product(factor, generator[at + 1]);
  }
  for (const std::uint32_t symbol : rest)
    symbols.push_back(static_cast<std::uint16_t>(symbol));
}

bool check_words_hold(const Symbols& symbols) {
  return syndromes(symbols) == std::array<std::uint32_t, kCheckWords>{};
}

std::optional<WrongWord> find_wrong_word(const Symbols& symbols) {
  // One error e at x^p makes the syndromes e x^p, e x^2p, e x^3p ...: each is the one before times x^p.
  const auto found = syndromes(symbols);
  if (found[0] == 0) return std::nullopt;
  const std::uint32_t ratio = Field::product(found[1], Field::inverse(found[0]));
  if (ratio == 0) return std::nullopt;
  for (std::size_t at = 1; at < kCheckWords; ++at)
    if (found[at] != Field::product(found[at - 1], ratio)) return std::nullopt;
  std::uint32_t power = 1;
  for (std::size_t degree = 0; degree < symbols.size(); ++degree, power = Field::product(power, kGenerator))
    if (power == ratio) {
      const std::size_t position = symbols.size() - 1 - degree;
      const std::uint32_t error = Field::product(found[0], Field::inverse(ratio));
      return WrongWord{position, static_cast<std::uint16_t>(symbols[position] ^ error)};
    }
  return std::nullopt;
}

}  // namespace sonae::vault
