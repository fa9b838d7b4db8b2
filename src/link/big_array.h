// Vectors of a million and more elements, whose new elements of plain types are left as they are, not
// cleared: memory that is touched for the first time costs more than most of what is then done with it.
// (Pages of 2 MB were tried: no gain, since clearing them is what costs.)
#pragma once

#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace sonae::link {

template <class T>
class Uncleared : public std::allocator<T> {
 public:
  using value_type = T;
  Uncleared() = default;
  template <class U>
  Uncleared(const Uncleared<U>&) {}  // NOLINT(google-explicit-constructor): allocators convert

  template <class U, class... Arguments>
  void construct(U* at, Arguments&&... arguments) {
    if constexpr (sizeof...(Arguments) == 0) {
      ::new (static_cast<void*>(at)) U;
    } else {
      ::new (static_cast<void*>(at)) U(std::forward<Arguments>(arguments)...);
    }
  }
};

// resize() does not clear what is new: whoever resizes writes every element.
template <class T>
using BigVector = std::vector<T, Uncleared<T>>;

}  // namespace sonae::link
