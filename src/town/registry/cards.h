// Evacuee cards (避難者カード): a household's code, made beforehand and printed, by which a device at the
// door finds the household with no network. The code is a keyed hash: it tells nothing to a stranger who
// finds the card, and the same household has the same code on every node and tomorrow. docs/formats.md,
// "Codes on paper".
#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace sonae::registry {

// The code of a household, or of a resident of whom no household is known.
std::string card_code(BytesView town_key, std::string_view household, std::string_view resident);
// What the QR code on a card holds.
std::string card_text(std::string_view code);

// registry.cards. Protected persons stand on no card, whoever asks: cards are carried from house to house.
struct CardsRequest {
  std::optional<std::string> address;  // a part of it, as it is written in the registry; all where not given
  std::optional<std::int64_t> offset;
  std::optional<std::int64_t> limit;  // 50 where not given, 500 at most
};
BOOST_DESCRIBE_STRUCT(CardsRequest, (), (address, offset, limit))

struct Card {
  std::string code;     // "7KQF-012A-M3XW-P"
  std::string name;     // of one of them: the head of the household where that is said
  std::string address;  // so that it can be handed out
  std::int64_t others = 0;
  std::string svg;  // the QR code
};
BOOST_DESCRIBE_STRUCT(Card, (), (code, name, address, others, svg))

struct CardList {
  std::int64_t total = 0;   // households that answer the request
  std::vector<Card> cards;  // by address
};
BOOST_DESCRIBE_STRUCT(CardList, (), (total, cards))

}  // namespace sonae::registry
