#include "text/address_place.h"

#include <algorithm>
#include <tuple>

namespace sonae::text {

namespace {

using Index = Gazetteer::Index;

constexpr std::size_t kLongestCounty = 7;   // pieces, 郡 included
constexpr std::size_t kLongestStreet = 24;  // pieces of a 通り名

struct Match {
  SymbolTrie::Ending ending;
  std::size_t end = 0;  // 0: nothing matched
};

class Finder {
 public:
  Finder(const Index& index, const Pieces& pieces, std::size_t start)
      : index_(index), pieces_(pieces), start_(start) {
    best_.end = start;
  }

  PlaceFound find() {
    try_after_prefecture(start_, std::nullopt, false);
    SymbolTrie::Node node = index_.prefecture_names;
    for (std::size_t at = start_; (node = index_.trie.step(node, pieces_.at(at))) != SymbolTrie::kNone;) {
      ++at;
      for (std::uint32_t i = index_.trie.first_ending(node); i != 0; i = index_.trie.ending(i).next) {
        const SymbolTrie::Ending& ending = index_.trie.ending(i);
        if (ending.doubt == Index::kAsItIs) offer_prefecture(ending.id, at);
        try_after_prefecture(at, ending.id, true);
      }
    }
    return best_;
  }

 private:
  void offer_prefecture(std::uint32_t prefecture, std::size_t end) {
    PlaceFound found;
    found.prefecture = prefecture;
    found.prefecture_written = true;
    found.end = end;
    offer(found, Index::kAsItIs);
  }

  void try_after_prefecture(std::size_t at, std::optional<std::uint32_t> prefecture, bool written) {
    const bool any = try_municipalities(at, prefecture, written);
    const bool home =
        index_.home && (!prefecture || *prefecture == index_.municipalities[*index_.home].prefecture);
    if (home) try_home(at, written, Index::kAsItIs);
    for (std::size_t i = at + 1; i < at + kLongestCounty && i < pieces_.size(); ++i) {
      if (pieces_[i].symbol != U'郡') continue;
      if (!any) try_municipalities(i + 1, prefecture, written);  // a 郡 that is misspelt or was changed
      if (home) try_home(i + 1, written, Index::kAltered);       // 東牟婁郡串本1735
    }
  }

  // The towns of home, which need no municipality before them.
  void try_home(std::size_t at, bool prefecture_written, std::uint8_t doubt) {
    for (const std::uint32_t part : index_.home_parts)
      try_towns(part, at, prefecture_written, false, doubt);
  }

  bool try_municipalities(std::size_t at, std::optional<std::uint32_t> prefecture, bool prefecture_written) {
    bool any = false;
    SymbolTrie::Node node = index_.municipality_names;
    while ((node = index_.trie.step(node, pieces_.at(at))) != SymbolTrie::kNone) {
      ++at;
      for (std::uint32_t i = index_.trie.first_ending(node); i != 0; i = index_.trie.ending(i).next) {
        const SymbolTrie::Ending& ending = index_.trie.ending(i);
        const Index::Municipality& municipality = index_.municipalities[ending.id];
        if (prefecture && municipality.prefecture != *prefecture) continue;
        if (inside_home_ && ending.id != index_.home) continue;
        any = true;
        try_towns(ending.id, at, prefecture_written, true, ending.doubt);
        // A part of home between it and its town: 串本町古座町津荷.
        if (ending.id == index_.home && !inside_home_) {
          inside_home_ = true;
          try_municipalities(at, prefecture, prefecture_written);
          inside_home_ = false;
        }
        for (const std::uint32_t ward : municipality.wards)
          try_towns(ward, at, prefecture_written, true, Index::kAltered);
      }
    }
    return any;
  }

  void try_towns(std::uint32_t municipality, std::size_t at, bool prefecture_written, bool written,
                 std::uint8_t doubt) {
    PlaceFound found;
    found.prefecture = index_.municipalities[municipality].prefecture;
    found.municipality = municipality;
    found.prefecture_written = prefecture_written;
    found.municipality_written = written;
    found.end = at;
    if (written) offer(found, doubt);
    offer_town(found, longest_town(municipality, at), doubt);
    if (!index_.municipalities[municipality].has_street_names) return;
    if (const std::size_t after = after_street(pieces_, at); after > at) {
      found.street_begin = at;
      found.street_end = after;
      offer_town(found, longest_town(municipality, after), doubt);
    }
  }

  void offer_town(PlaceFound found, const Match& match, std::uint8_t doubt) {
    if (match.end == 0) return;
    found.end = match.end;
    if (match.ending.kind == Index::kLocality) {
      found.locality = match.ending.id;
      found.town = index_.localities[match.ending.id].town;
    } else {
      found.town = match.ending.id;
    }
    offer(found, std::max(doubt, match.ending.doubt));
  }

  void offer(const PlaceFound& found, std::uint8_t doubt) {
    const auto rank = [&](const PlaceFound& place, std::uint8_t how_far) {
      const auto& parts = index_.home_parts;
      const bool home =
          place.municipality && std::find(parts.begin(), parts.end(), *place.municipality) != parts.end();
      const bool near = index_.home && place.prefecture == index_.municipalities[*index_.home].prefecture;
      return std::tuple(place.end, place.town.has_value(), -how_far, home, near);
    };
    if (rank(found, doubt) <= rank(best_, best_doubt_)) return;
    best_ = found;
    best_doubt_ = doubt;
  }

  Match longest_town(std::uint32_t municipality, std::size_t at) const {
    Match best;
    walk_towns(index_.municipalities[municipality].towns, at, Index::kAsItIs, best);
    return best;
  }

  // `doubt` is at least what the way to `node` brought.
  void walk_towns(SymbolTrie::Node node, std::size_t at, std::uint8_t doubt, Match& best) const {
    for (;;) {
      for (std::uint32_t i = index_.trie.first_ending(node); i != 0; i = index_.trie.ending(i).next)
        consider(index_.trie.ending(i), at, doubt, best);
      const Symbol symbol = pieces_.at(at);
      if (symbol == Pieces::kNothing) return;
      const SymbolTrie::Node next = index_.trie.step(node, symbol);
      if (const std::size_t passed = pass_over(at); passed > 0) {
        if (next == SymbolTrie::kNone) {
          at += passed;
          doubt = Index::kAltered;
          continue;
        }
        walk_towns(node, at + passed, Index::kAltered, best);
      }
      if (next == SymbolTrie::kNone) return;
      node = next;
      ++at;
    }
  }

  // 大字, 小字, 字 and の are written where the gazetteer has none.
  std::size_t pass_over(std::size_t at) const {
    const Symbol symbol = pieces_.at(at);
    if ((symbol == U'大' || symbol == U'小') && pieces_.at(at + 1) == U'字') return 2;
    return symbol == U'字' || symbol == U'ノ' ? 1 : 0;
  }

  void consider(SymbolTrie::Ending ending, std::size_t end, std::uint8_t doubt, Match& best) const {
    if (ending.kind == Index::kTownBeforeDash) {
      const bool joint = pieces_.at(end) == '-' || pieces_.at(end) == U'ノ';
      const bool joined = joint && is_number(pieces_.at(end + 1));
      // 中央2 alone is 中央二丁目 only where 中央 itself is no town of its own.
      const bool last = pieces_.gap_before(end) && (best.end == 0 || !is_listed(best.ending));
      if (!joined && !last) return;
      if (joined) ++end;
    }
    ending.doubt = std::max(ending.doubt, doubt);
    // A guess is taken only where nothing else fits; then the longest, the surest, the whole town.
    const auto rank = [](const Match& match) {
      return std::tuple(match.ending.doubt != Index::kGuessed, match.end, -match.ending.doubt,
                        match.ending.kind == Index::kTown);
    };
    const bool better = best.end == 0 || rank({ending, end}) > rank(best);
    if (better) best = {ending, end};
  }

  bool is_listed(const SymbolTrie::Ending& ending) const {
    return ending.kind == Index::kLocality || index_.towns[ending.id].listed;
  }

  const Index& index_;
  const Pieces& pieces_;
  const std::size_t start_;
  bool inside_home_ = false;
  PlaceFound best_;
  std::uint8_t best_doubt_ = Index::kGuessed;
};

}  // namespace

PlaceFound find_place(const Gazetteer::Index& index, const Pieces& pieces, std::size_t at) {
  return Finder(index, pieces, at).find();
}

std::size_t after_street(const Pieces& pieces, std::size_t at) {
  std::size_t after = at;
  for (std::size_t i = at + 1; i < pieces.size() && i < at + kLongestStreet; ++i) {
    const Symbol before = pieces[i - 1].symbol;
    const Symbol symbol = pieces[i].symbol;
    if (symbol == U'ル' && (before == U'上' || before == U'下' || before == U'入')) after = i + 1;
    if (symbol == U'入' && (before == U'東' || before == U'西')) after = i + 1;
  }
  return after;
}

bool is_building_word(const Gazetteer::Index& index, const Pieces& pieces, std::size_t at) {
  SymbolTrie::Node node = index.building_words;
  for (std::size_t i = at; (node = index.trie.step(node, pieces.at(i))) != SymbolTrie::kNone; ++i) {
    // 荘, 方 and 室 are part of many names of places: they tell a building only at the end of a word.
    if (index.trie.first_ending(node) != 0 && (i > at || pieces.gap_before(i + 1))) return true;
  }
  return false;
}

}  // namespace sonae::text
