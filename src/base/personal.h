// Personal data as a type that refuses to be printed, so that it cannot reach a log or an error by accident.
#pragma once

#include <fmt/core.h>

#include <iosfwd>
#include <type_traits>
#include <utility>

namespace sonae {

// Holds a value about a person. It can be read with reveal(), which is easy to search for; it cannot be
// streamed or formatted.
template <class T>
class Personal {
 public:
  Personal() = default;
  explicit Personal(T value) : value_(std::move(value)) {}
  const T& reveal() const { return value_; }
  T& reveal() { return value_; }
  friend bool operator==(const Personal&, const Personal&) = default;

  template <class Stream>
    requires std::is_base_of_v<std::ios_base, Stream>
  friend Stream& operator<<(Stream&, const Personal&) = delete;

 private:
  T value_{};
};

}  // namespace sonae

template <class T, class Char>
struct fmt::formatter<sonae::Personal<T>, Char> {
  formatter() = delete;
};
