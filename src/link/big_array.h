// Vectors of a million and more elements. From a few megabytes on they ask the kernel for pages of 2 MB: far
// fewer page faults while they are filled, and fewer address translations missing when residents are looked
// at in no order. New elements of plain types are left as they are, not cleared: whoever resizes writes them
// all.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace sonae::link {

template <class T>
class BigPages {
 public:
  using value_type = T;
  BigPages() = default;
  template <class U>
  BigPages(const BigPages<U>&) {}  // NOLINT(google-explicit-constructor): allocators convert

  T* allocate(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    if (bytes < kWorthIt) return static_cast<T*>(::operator new(bytes, std::align_val_t{alignment(bytes)}));
    const std::size_t whole = (bytes + kPage - 1) / kPage * kPage;
    void* const at = ::operator new(whole, std::align_val_t{kPage});
    madvise(at, whole, MADV_HUGEPAGE);  // only advice: where it is refused, all works as before
    return static_cast<T*>(at);
  }
  void deallocate(T* at, std::size_t count) {
    ::operator delete(at, std::align_val_t{alignment(count * sizeof(T))});
  }
  template <class U, class... Arguments>
  void construct(U* at, Arguments&&... arguments) {
    if constexpr (sizeof...(Arguments) == 0) {
      ::new (static_cast<void*>(at)) U;
    } else {
      ::new (static_cast<void*>(at)) U(std::forward<Arguments>(arguments)...);
    }
  }
  friend bool operator==(BigPages, BigPages) { return true; }

 private:
  static constexpr std::size_t kPage = 1U << 21, kWorthIt = 2 * kPage;
  static std::size_t alignment(std::size_t bytes) { return bytes < kWorthIt ? alignof(T) : kPage; }
};

// resize() does not clear what is new: whoever resizes writes every element.
template <class T>
using BigVector = std::vector<T, BigPages<T>>;

}  // namespace sonae::link
