// What folding does with each code point, as a flat two-level table: one lookup per character.
// Immutable after building; every thread may use it.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace sonae::text {

class FoldTable {
 public:
  enum class Step : std::uint8_t {
    keep,            // becomes the character that the entry names (itself where there is no entry)
    drop,            // white space, punctuation, variation selectors, controls
    kana,            // full-width katakana; the sound rules follow
    dash,            // 長音, or a dash that is one after kana
    iterate_kanji,   // 々: the kanji before it again
    iterate_kana,    // ゝ ヽ
    iterate_voiced,  // ゞ ヾ
    private_use,     // 外字: asked of the vendor's table
    normalise,       // becomes several characters by NFKC, or joins with its neighbours
  };
  struct Entry {
    char32_t character;
    Step step;
  };

  Entry at(char32_t c) const {
    const std::uint32_t packed = entries_[(c < kEnd ? pages_[c >> 8] : 0) * 256U + (c & 0xFF)];
    if (packed == 0) return {c, Step::keep};
    return {packed & 0x1FFFFF, static_cast<Step>(packed >> 24)};
  }
  void set(char32_t c, char32_t becomes, Step step);
  // Planes 15 and 16, all private use, share one page: their entries name no character.
  void set_private_planes();

  FoldTable() : entries_(256, 0) {}

 private:
  static constexpr char32_t kEnd = 0x110000;
  std::array<std::uint16_t, kEnd / 256> pages_{};  // page 0 is the empty one
  std::vector<std::uint32_t> entries_;
};

// Folding that needs no file: NFKC, case, marks on Latin letters, kana. Built at first use.
const FoldTable& plain_fold_table();

}  // namespace sonae::text
