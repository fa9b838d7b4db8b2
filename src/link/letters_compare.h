// How near two short words of letters are. Words are held in registers: nothing here touches memory but a
// small table.
#pragma once

#include "link/features.h"

namespace sonae::link {

// The number of letters put in, left out, replaced or exchanged with the neighbour (optimal string alignment;
// Damerau 1964), counted no further than 2: 2 means two or more.
unsigned kana_distance(Letters one, Letters other);

// Whether two kana are taken for each other: by sound (カ/ガ, シ/ヒ) or by shape (ソ/ン, シ/ツ, ク/ワ).
bool kana_confusable(std::uint8_t one, std::uint8_t other);

// One kana differs, or too many or missing; in words of two kana only a confusable one may differ.
bool kana_near(Letters one, Letters other);

// Of several kanji all but one are the same in their places, or the same but for one more.
bool kanji_near(Letters one, Letters other);

// The shorter is the beginning of the longer, and is at least two kana or one kanji long.
bool begins_alike(Letters one, Letters other, unsigned bits_per_letter);

}  // namespace sonae::link
