// Identities as types of their own: two of different kinds can never be swapped by accident.
#pragma once

#include <array>
#include <compare>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace sonae {

class Random;

// 128 random bits, minted without asking anybody. Written as 26 letters and digits (base32).
template <class Tag>
class RandomId {
 public:
  static constexpr std::size_t kSize = 16;

  RandomId() = default;  // all zero: "none"
  static Result<RandomId> parse(std::string_view text) {
    const Bytes bytes = TRY(from_base32(text));
    return from_bytes(bytes);
  }
  static Result<RandomId> from_bytes(BytesView bytes) {
    if (bytes.size() != kSize)
      return fail(ErrorCode::invalid_input,
                  {"識別子の長さが違います", "This identifier has the wrong length"});
    RandomId id;
    std::memcpy(id.bytes_.data(), bytes.data(), kSize);
    return id;
  }

  BytesView bytes() const { return {bytes_.data(), kSize}; }
  std::string text() const { return to_base32(bytes()); }
  bool is_none() const { return *this == RandomId{}; }
  friend auto operator<=>(const RandomId&, const RandomId&) = default;

 private:
  std::array<char, kSize> bytes_{};
};

// An identity that others gave: a municipality's resident number, a name of an account. Kept as written.
template <class Tag>
class NamedId {
 public:
  NamedId() = default;
  explicit NamedId(std::string text) : text_(std::move(text)) {}
  const std::string& text() const { return text_; }
  bool is_none() const { return text_.empty(); }
  friend auto operator<=>(const NamedId&, const NamedId&) = default;

 private:
  std::string text_;
};

using FactId = RandomId<struct FactTag>;           // one fact of the journal
using NodeId = RandomId<struct NodeTag>;           // one node or device: the first 16 bytes of its key's hash
using TownId = RandomId<struct TownTag>;           // one town (one journal)
using GrantId = RandomId<struct GrantTag>;         // one person's leave to do something, from until
using PersonId = RandomId<struct PersonTag>;       // somebody who uses Sonae: a clerk, a volunteer
using EntryId = RandomId<struct EntryTag>;         // one person on one shelter list
using ResidentId = NamedId<struct ResidentTag>;    // 宛名番号: the municipality's number of a resident
using HouseholdId = NamedId<struct HouseholdTag>;  // 世帯番号

}  // namespace sonae

template <class Tag>
struct std::hash<sonae::RandomId<Tag>> {
  std::size_t operator()(const sonae::RandomId<Tag>& id) const {
    return std::hash<std::string_view>{}(id.bytes());
  }
};
template <class Tag>
struct std::hash<sonae::NamedId<Tag>> {
  std::size_t operator()(const sonae::NamedId<Tag>& id) const { return std::hash<std::string>{}(id.text()); }
};
