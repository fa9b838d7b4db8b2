// The part of an address after its town: 番地, 番, 号 and what may stand around them. Pure, any thread.
#pragma once

#include <string>

#include "text/address_notation.h"

namespace sonae::text {

struct Block {
  std::string text;     // "12-3-5", "甲12", "無番地"; empty where there is none
  std::size_t end = 0;  // the first piece after it
};

// Whether the piece is a number that counts blocks: not a room, a floor or a number inside a word (三分一).
bool begins_block(const Pieces& pieces, std::size_t at);

// Reads from `at` on. After `usual_parts` numbers, one of three digits that a dash joins is a room and not
// read (丁目 known: 2-3-101), and so is any after one more.
Block read_block(const Pieces& pieces, std::size_t at, std::size_t usual_parts);

}  // namespace sonae::text
