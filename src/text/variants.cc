#include "text/variants.h"

#include <algorithm>
#include <map>

#include "text/script.h"
#include "text/variant_groups.h"

namespace sonae::text {

namespace {

std::uint64_t pair_key(char32_t one, char32_t other) {
  return static_cast<std::uint64_t>(std::min(one, other)) << 32 | std::max(one, other);
}

}  // namespace

Variants::Variants(const std::vector<char32_t>& standard, const std::vector<VariantLink>& links,
                   const Confusables& confusables)
    : table_(plain_fold_table()) {
  std::vector<VariantLink> all = links;
  all.insert(all.end(), confusables.variants.begin(), confusables.variants.end());
  std::map<char32_t, std::size_t> sizes;
  for (const auto& [variant, proper] : group_variants(standard, all, confusables.apart)) {
    if (table_.at(variant).step != FoldTable::Step::keep) continue;
    // 一之瀬 is 一ノ瀬 is 一の瀬.
    table_.set(variant, proper == U'之' ? U'ノ' : proper,
               proper == U'之' ? FoldTable::Step::kana : FoldTable::Step::keep);
    ++sizes[proper];
  }
  // A compatibility form goes where its plain character goes: radicals (⻑, ⿓) that PDF readers copy out,
  // and compatibility ideographs.
  constexpr struct {
    char32_t first, last;
  } kForms[] = {{0x2E80, 0x33FF}, {0xF900, 0xFAFF}, {0x2F800, 0x2FA1F}};
  for (const auto& forms : kForms)
    for (char32_t c = forms.first; c <= forms.last; ++c) {
      const auto entry = table_.at(c);
      if (entry.step != FoldTable::Step::keep) continue;
      table_.set(c, table_.at(entry.character).character, entry.step);
    }
  // And 之 itself; ヵ in a name is ヶ.
  table_.set(U'之', U'ノ', FoldTable::Step::kana);
  table_.set(U'ヵ', U'ヶ', FoldTable::Step::kana);

  groups_ = sizes.size();
  for (const auto& [proper, size] : sizes) {
    members_ += size + 1;
    largest_ = std::max(largest_, size + 1);
  }
  for (const Near& entry : confusables.near) {
    const char32_t one = representative(entry.one);
    const char32_t other = representative(entry.other);
    if (one == other) continue;
    float& known = nearness_[pair_key(one, other)];
    known = std::max(known, entry.nearness);
    near_to_anything_[one] = near_to_anything_[other] = 1;
  }
}

double Variants::nearness(char32_t one, char32_t other) const {
  if (one == other) return 1;
  const auto found = nearness_.find(pair_key(one, other));
  return found == nearness_.end() ? 0 : static_cast<double>(found->second);
}

}  // namespace sonae::text
