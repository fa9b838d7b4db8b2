// Secret sharing: any `need` of the shares give the secret, fewer tell nothing at all about it.
// Source: A. Shamir, "How to Share a Secret", CACM 22 (1979); byte by byte over GF(256).
#pragma once

#include <vector>

#include "base/env.h"

namespace sonae::vault {

struct Point {
  std::uint8_t x = 0;  // never 0: there the secret lies
  Bytes y;
};

// Points x = 1 ... count of a polynomial of degree need - 1 for each byte. 1 <= need <= count <= 255.
std::vector<Point> split_secret(Random& random, BytesView secret, int need, int count);

// The secret again from points of different x and equal length; nonsense where they are too few.
Bytes join_secret(const std::vector<Point>& points);

}  // namespace sonae::vault
