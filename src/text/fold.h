// Folding (正規化): what people write in many ways is brought to one form, for matching only. What is stored
// is never rewritten.
//
// All functions are pure and may be called from any thread. Input is UTF-8; bytes that are not UTF-8 become
// U+FFFD.
#pragma once

#include <string>
#include <string_view>

#include "text/tables.h"

namespace sonae::text {

class Gaiji;  // a vendor's private characters (外字) and what they stand for: text/gaiji.h

// A name or place in kanji: variation selectors stripped, NFKC, 外字 replaced, kanji variants brought to the
// representative of their group (親字), kana inside it folded as by fold_kana, 々 written out, ヶ ヵ ガ が
// between two kanji and ノ の 之 made one, Latin letters in lower case without marks, white space and
// punctuation left out. Cost: well under a microsecond for a name.
std::string fold_name(const Tables& tables, std::string_view written, const Gaiji* gaiji = nullptr);

// Kana (any kind, half-width too) as katakana in which spellings that sound alike are the same: small kana
// large, 長音 and doubled vowels reduced (also オ段 + ウ; エ段 + ー and エ段 + エ are エ段 + イ), ヂヅ to
// ジズ, ヴ to ブ, ヰヱヲ to イエオ. White space and punctuation left out, so that サトウ ウメ and サトウウメ
// are one. What is not kana is kept, folded as fold_name would without variants.
std::string fold_kana(std::string_view written);

// The same as code points, for those who go on to compare character by character.
std::u32string fold_name_characters(const Tables& tables, std::string_view written,
                                    const Gaiji* gaiji = nullptr);
std::u32string fold_kana_characters(std::string_view written);

}  // namespace sonae::text
