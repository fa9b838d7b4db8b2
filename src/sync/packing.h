// Integers and strings packed one after another: the inside of frames.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"

namespace sonae::sync {

// Integers as LEB128: seven bits a byte, least significant first, the eighth bit says that more follow.
class Packer {
 public:
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7)
      out_ += static_cast<char>((value & 0x7F) | 0x80);
    out_ += static_cast<char>(value);
  }
  void fixed(BytesView bytes) { out_ += bytes; }
  void text(BytesView bytes) {
    number(bytes.size());
    out_ += bytes;
  }
  Bytes take() { return std::move(out_); }

 private:
  Bytes out_;
};

// Reads them back; after the first thing that is not there everything is empty and good() is false.
class Unpacker {
 public:
  explicit Unpacker(BytesView bytes) : left_(bytes) {}
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (left_.empty()) return bad();
      const auto byte = static_cast<unsigned char>(left_.front());
      left_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    return bad();
  }
  BytesView fixed(std::uint64_t count) {
    if (count > left_.size()) return bad(), BytesView{};
    const BytesView taken = left_.substr(0, count);
    left_.remove_prefix(count);
    return taken;
  }
  BytesView text() { return fixed(number()); }
  std::size_t left() const { return left_.size(); }
  bool good() const { return good_; }
  bool finished() const { return good_ && left_.empty(); }

 private:
  std::uint64_t bad() {
    good_ = false;
    left_ = {};
    return 0;
  }
  BytesView left_;
  bool good_ = true;
};

}  // namespace sonae::sync
