// One share of a recovery key: what an officer holds on paper, as words and as the text of a QR code. Any
// `need` shares of one set give the key that opens the town's backups; fewer tell nothing about it.
// docs/formats.md, "Recovery shares", has the bits.
#pragma once

#include <compare>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "vault/share_words.h"

namespace sonae::vault {

inline constexpr int kMostShares = 16;
inline constexpr std::size_t kShareBytes = 40;
inline constexpr std::size_t kWordsOfShare = 40;

struct Share {
  std::uint32_t set = 0;  // 20 random bits: which shares belong together
  int need = 0;           // how many of the set give the key
  int index = 0;          // which of the set this is, from 1
  Bytes value;            // kShareBytes
  friend bool operator==(const Share&, const Share&) = default;
};

// "q4vd": how a set is named to people.
std::string set_name(std::uint32_t set);

std::vector<std::string> words_of(const Share& share, const ShareWords& list);
std::string code_of(const Share& share);  // "SONAE-SHARE:" and 80 letters: a QR code of the small alphabet

// Reads words or code. invalid_input names the word that is no word of the list, or the one that the check
// words show to be wrong, and says how many are missing. The message holds words of the share: it is for the
// person who types.
Result<Share> read_share(std::string_view typed, const ShareWords& list);

// All shares of a text: words may run over lines, a code is one line; lines that begin with # are passed
// over.
Result<std::vector<Share>> read_shares(std::string_view text, const ShareWords& list);

}  // namespace sonae::vault
