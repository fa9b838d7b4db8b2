// From links between characters to groups with one representative each.
//
// A plain union of all links would chain different characters together (斎-齋-齊-斉, 弁-辨-辯, and by way of
// rare forms hundreds more). So every character in official use is a centre, centres are never joined except
// by official links, and every other character goes to the centre that is nearest to it.
#pragma once

#include <unordered_map>
#include <vector>

#include "text/variants.h"

namespace sonae::text {

// Character to representative, for the characters that are not their own. The same links in any order give
// the same groups.
std::unordered_map<char32_t, char32_t> group_variants(const std::vector<char32_t>& standard,
                                                      const std::vector<VariantLink>& links);

}  // namespace sonae::text
