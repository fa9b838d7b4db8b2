// From links between characters to groups with one representative each.
//
// A plain union of all links would chain different characters together (斎-齋-齊-斉, 右-肱, 唐-塘, and by way
// of rare forms hundreds more). So characters in use are centres, each with its own group; two centres are
// one only where an official table or our own says so, and every other character goes to the centre that is
// nearest to it, if any is near enough. How near depends on how common the character is in names: one that
// everybody can type (JIS X 0208) is joined only on good authority.
#pragma once

#include <utility>
#include <vector>

#include "text/variants.h"

namespace sonae::text {

struct VariantGroup {
  char32_t character;
  char32_t representative;
};

// The characters that are not their own representative. The same links in any order give the same groups.
// `apart` are pairs that no link joins directly, whatever a table says.
std::vector<VariantGroup> group_variants(const std::vector<char32_t>& standard,
                                         const std::vector<VariantLink>& links,
                                         const std::vector<std::pair<char32_t, char32_t>>& apart);

}  // namespace sonae::text
