// Kanji variants: how registries write a name (渡邊, 髙橋, 山﨑, 𠮷田, with variation selectors now and
// then), and how people write it who do not know or cannot type that. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "demo/dice.h"

namespace sonae::demo {

bool may_be_registered_otherwise(std::string_view name);

// Puts a registered variant in place of a character, at the rates of the table in variants.cc.
void write_as_registered(Dice& dice, std::string& name);

// The name with one character in another form of the same character (邊 to 辺, 崎 to 﨑); false where it has
// none.
bool write_in_another_form(Dice& dice, std::string& name);

// The name with one character taken for one that looks or sounds alike (斎 for 斉, 末 for 未, 宏 for 広);
// false where none of its characters has such a neighbour.
bool miswrite(Dice& dice, std::string& name);

}  // namespace sonae::demo
