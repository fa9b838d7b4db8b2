#include "vault/shamir.h"

#include <sodium.h>

#include "vault/galois.h"

namespace sonae::vault {

namespace {

std::uint8_t byte_of(const Bytes& bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]);
}

}  // namespace

std::vector<Point> split_secret(Random& random, BytesView secret, int need, int count) {
  // Coefficients of x^1 ... x^(need - 1); that of x^0 is the secret.
  std::vector<Bytes> coefficients;
  for (int degree = 1; degree < need; ++degree)
    coefficients.push_back(random.bytes(secret.size()));
  std::vector<Point> points;
  for (int x = 1; x <= count; ++x) {
    Point point{static_cast<std::uint8_t>(x), Bytes(secret)};
    for (std::size_t at = 0; at < secret.size(); ++at) {
      std::uint32_t value = 0;  // Horner, from the highest
      for (std::size_t degree = coefficients.size(); degree > 0; --degree)
        value = Galois256::product(value ^ byte_of(coefficients[degree - 1], at), point.x);
      point.y[at] = static_cast<char>(value ^ static_cast<std::uint8_t>(secret[at]));
    }
    points.push_back(std::move(point));
  }
  for (Bytes& coefficient : coefficients)
    sodium_memzero(coefficient.data(), coefficient.size());
  return points;
}

Bytes join_secret(const std::vector<Point>& points) {
  if (points.empty()) return {};
  Bytes secret(points.front().y.size(), '\0');
  for (const Point& point : points) {
    // Lagrange's polynomial of this point, at 0: the product of x' / (x' - x) over the others.
    std::uint32_t weight = 1;
    for (const Point& other : points)
      if (other.x != point.x)
        weight =
            Galois256::product(weight, Galois256::product(other.x, Galois256::inverse(other.x ^ point.x)));
    for (std::size_t at = 0; at < secret.size(); ++at)
      secret[at] = static_cast<char>(byte_of(secret, at) ^ Galois256::product(weight, byte_of(point.y, at)));
  }
  return secret;
}

}  // namespace sonae::vault
