// Kanji variants (異体字) and characters that are taken for each other. Immutable; every thread may use it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "text/fold_table.h"

namespace sonae::text {

// "This character is a form of that one", as a table says it; `distance` is how far to trust the table.
struct VariantLink {
  char32_t variant;
  char32_t proper;
  int distance;  // 0: our own table, 1: official pairs of old and new forms, up to 4: general dictionaries
};

enum class NearKind : std::uint8_t {
  confused,  // different characters that people exchange: 斎 and 斉
  looks,     // alike on paper: 未 and 末
};
struct Near {
  char32_t one;
  char32_t other;
  NearKind kind;
  float nearness;  // 0..1
};

struct Confusables {
  std::vector<VariantLink> variants;
  std::vector<std::pair<char32_t, char32_t>> apart;  // never one group, whatever other tables say
  std::vector<Near> near;
};

class Variants {
 public:
  // `standard` are the characters in official use: two of them are one group only where a link of distance 1
  // or less says so. The variants of `confusables` are taken with the links, and go before them.
  Variants(const std::vector<char32_t>& standard, const std::vector<VariantLink>& links,
           const Confusables& confusables);

  // The representative of a character's group: itself where it has no variants.
  char32_t representative(char32_t c) const {
    const auto entry = table_.at(c);
    return entry.step == FoldTable::Step::keep ? entry.character : c;
  }

  // How near two folded characters are: 1 for the same, 0 where the table says nothing.
  double nearness(char32_t one, char32_t other) const;
  bool has_near(char32_t folded) const { return near_to_anything_.contains(folded); }

  const FoldTable& fold_table() const { return table_; }
  std::size_t groups() const { return groups_; }    // with two members or more
  std::size_t members() const { return members_; }  // characters in them
  std::size_t largest() const { return largest_; }  // members of the largest

 private:
  FoldTable table_;
  std::unordered_map<std::uint64_t, float> nearness_;
  std::unordered_map<char32_t, int> near_to_anything_;
  std::size_t groups_ = 0;
  std::size_t members_ = 0;
  std::size_t largest_ = 0;
};

// The files that hold them; `file` is for error messages.
Result<std::vector<VariantLink>> parse_variant_links(std::string_view tsv, const std::string& file);
Result<std::vector<char32_t>> parse_standard_characters(std::string_view tsv, const std::string& file);
Result<Confusables> parse_confusables(std::string_view tsv, const std::string& file);

}  // namespace sonae::text
