#include "text/similarity.h"

#include "text/jaro_winkler.h"
#include "text/utf8.h"
#include "text/variants.h"

namespace sonae::text {

double name_similarity(const Tables& tables, std::u32string_view folded_one,
                       std::u32string_view folded_other) {
  const Variants& variants = tables.variants();
  return jaro_winkler(folded_one, folded_other, [&](char32_t one, char32_t other) {
    return variants.has_near(one) ? variants.nearness(one, other) : 0;
  });
}

double name_similarity(const Tables& tables, std::string_view folded_one, std::string_view folded_other) {
  if (folded_one.empty() || folded_other.empty()) return 0;
  if (folded_one == folded_other) return 1;
  return name_similarity(tables, to_characters(folded_one), to_characters(folded_other));
}

}  // namespace sonae::text
