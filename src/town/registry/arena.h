// Memory for texts that are made while something is read, given back all at once.
#pragma once

#include <algorithm>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <string_view>
#include <vector>

namespace sonae::registry {

class Arena {
 public:
  std::string_view keep(std::initializer_list<std::string_view> pieces) {
    std::size_t size = 0;
    for (const std::string_view piece : pieces)
      size += piece.size();
    char* const text = reserve(size);
    char* at = text;
    for (const std::string_view piece : pieces) {
      if (!piece.empty()) std::memcpy(at, piece.data(), piece.size());
      at += piece.size();
    }
    return {text, size};
  }
  std::string_view keep(std::string_view text) { return keep({text}); }

  // Space for at most `size` bytes; what is not used is given back with `shrink`.
  char* reserve(std::size_t size) {
    if (size > left_) {
      left_ = std::max<std::size_t>(size, kBlock);
      blocks_.push_back(std::make_unique_for_overwrite<char[]>(left_));
      next_ = blocks_.back().get();
    }
    char* const given = next_;
    next_ += size;
    left_ -= size;
    return given;
  }
  void give_back(std::size_t bytes) {
    next_ -= bytes;
    left_ += bytes;
  }

  // Everything that was kept is gone; one block stays for the next round.
  void clear() {
    if (blocks_.empty()) return;
    if (blocks_.size() > 1) blocks_.resize(1);
    next_ = blocks_.front().get();
    left_ = kBlock;  // the first block is at least as large
  }

 private:
  static constexpr std::size_t kBlock = std::size_t{64} << 10;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace sonae::registry
