// How near two folded texts are to each other, typed by what they are. Pure, any thread.
// All similarities are in [0, 1], 1 for equal, symmetric, and 0 where one side is empty.
#pragma once

#include <string_view>

#include "text/date.h"
#include "text/tables.h"

namespace sonae::text {

// Names in folded kanji: Jaro-Winkler over characters, where two characters of the confusables table count by
// their nearness (斎/斉). Winkler, "String Comparator Metrics", 1990.
double name_similarity(const Tables& tables, std::string_view folded_one, std::string_view folded_other);

// Folded kana: 1 minus a Damerau-Levenshtein distance in which kana that sound or look alike cost less than
// others, divided by the longer length.
double kana_similarity(std::string_view folded_one, std::string_view folded_other);

// The same for those who keep folded texts as code points (fold_name_characters): nothing is allocated.
double name_similarity(const Tables& tables, std::u32string_view folded_one,
                       std::u32string_view folded_other);
double kana_similarity(std::u32string_view folded_one, std::u32string_view folded_other);

// Dates: 1 when all known parts agree; less for one wrong digit, month and day exchanged, a neighbouring era
// of the same year number (昭和10年/平成10年); parts that one side does not know count neither way.
double date_similarity(PartialDate one, PartialDate other);

}  // namespace sonae::text
