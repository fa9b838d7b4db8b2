#include "link/search.h"

#include <algorithm>
#include <array>
#include <string>
#include <thread>

#include "link/index.h"
#include "link/search_words.h"

namespace sonae::link {
namespace {

// The orders in which residents stand; each ends with the reading, so that what is found comes in that order.
enum Order : std::uint8_t {
  by_kana,
  by_given_kana,
  by_kanji,
  by_given_kanji,
  by_birth,
  by_town,
  by_phone,
  kOrders
};

Packed reversed_bytes(Packed value) {
  return (Packed{__builtin_bswap64(static_cast<std::uint64_t>(value))} << 64) |
         __builtin_bswap64(static_cast<std::uint64_t>(value >> 64));
}

// Letters so that their order as numbers is their order as words. (Kanji units are little-endian pairs of
// bytes: turned round, each unit's bytes are exchanged; the order is another than Unicode's, but one order.)
Packed as_word(Letters letters) {
  return reversed_bytes(letters.packed);
}

// What a resident is ordered by; compared as one 128-bit number.
Packed rank_of(Order order, const Features& f) {
  const Packed kana = as_word(f.all_kana()) >> 64;  // the first eight kana
  switch (order) {
    case by_kana:
      return as_word(f.all_kana());
    case by_given_kana:
      return as_word(f.given_kana());
    case by_kanji:
      return as_word(f.all_kanji());
    case by_given_kanji:
      return as_word(f.given_kanji());
    case by_birth:
      return (static_cast<Packed>(f.year * 512 + f.month * 32 + f.day) << 64) | kana;
    case by_town:
      return (Packed{f.town} << 80) | (Packed{f.numbers[0]} << 64) | kana;
    case by_phone:
      return (Packed{f.phone} << 64) | kana;
    default:
      return 0;
  }
}

struct Range {
  Order order;
  Packed from, to;  // both ends included
};

// Where the residents stand that may meet a meaning: all in one or two ranges.
void ranges_of(const Meaning& meaning, std::vector<Range>& ranges) {
  using Kind = Meaning::Kind;
  const Packed rest = low_bits(64);
  switch (meaning.kind) {
    case Kind::kana:
    case Kind::kanji: {
      const unsigned bits = meaning.kind == Kind::kana ? kKanaBits : kKanjiBits;
      const Packed from = as_word(meaning.letters);
      const unsigned used = bits * meaning.letters.count;
      const Packed to = used >= 128 ? from : from | (~Packed{0} >> used);
      const bool kana = meaning.kind == Kind::kana;
      ranges.push_back({kana ? by_kana : by_kanji, from, to});
      ranges.push_back({kana ? by_given_kana : by_given_kanji, from, to});
      return;
    }
    case Kind::kanji_then_kana: {
      const Packed from = as_word(meaning.letters);
      const unsigned used = kKanjiBits * meaning.letters.count;
      ranges.push_back({by_kanji, from, used >= 128 ? from : from | (~Packed{0} >> used)});
      return;
    }
    case Kind::birth: {
      const text::PartialDate b = meaning.birth;
      if (b.year == 0) {
        ranges.push_back({by_birth, 0, ~Packed{0}});
        return;
      }
      const int from = b.year * 512 + b.month * 32 + b.day;
      const int to = b.month == 0 ? b.year * 512 + 511 : b.day == 0 ? from + 31 : from;
      ranges.push_back({by_birth, static_cast<Packed>(from) << 64, (static_cast<Packed>(to) << 64) | rest});
      return;
    }
    case Kind::town: {
      const Packed from = (Packed{meaning.town} << 80) | (Packed{meaning.number} << 64);
      ranges.push_back({by_town, from, meaning.number ? from | rest : from | low_bits(80)});
      return;
    }
    case Kind::phone:
      ranges.push_back({by_phone, Packed{meaning.phone_from} << 64, (Packed{meaning.phone_to} << 64) | rest});
      return;
    case Kind::id:
      return;
  }
}

}  // namespace

struct Search::State {
  explicit State(const Registry& r) : registry(r), index(r.index()) {}
  void build(Order order);
  std::span<const std::uint32_t> slots_in(const Range& range) const;

  const Registry& registry;
  const Index& index;
  std::array<std::vector<std::uint32_t>, kOrders> orders;
  std::size_t ordered = 0;  // slots that the orders hold; those after it are looked through one by one
};

void Search::State::build(Order order) {
  struct Ranked {
    Packed rank;
    std::uint32_t slot;
  };
  std::vector<Ranked> ranked;
  ranked.reserve(index.slots());
  for (std::uint32_t slot = 0; slot < index.slots(); ++slot) {
    if (index.gone(slot)) continue;
    const Features& f = index.features(slot);
    const bool empty = (order == by_given_kana && f.given_kana().empty()) ||
                       (order == by_given_kanji && f.given_kanji().empty()) ||
                       (order == by_phone && f.phone == 0);
    if (!empty) ranked.push_back({rank_of(order, f), slot});
  }
  std::ranges::sort(ranked, [](const Ranked& one, const Ranked& other) {
    return one.rank != other.rank ? one.rank < other.rank : one.slot < other.slot;
  });
  orders[order].clear();
  orders[order].reserve(ranked.size());
  for (const Ranked& r : ranked)
    orders[order].push_back(r.slot);
}

std::span<const std::uint32_t> Search::State::slots_in(const Range& range) const {
  const std::vector<std::uint32_t>& order = orders[range.order];
  const auto rank = [&](std::uint32_t slot) { return rank_of(range.order, index.features(slot)); };
  const auto from = std::ranges::lower_bound(order, range.from, {}, rank);
  const auto to = std::ranges::upper_bound(from, order.end(), range.to, {}, rank);
  return {from, to};
}

Search::Search(const Registry& registry) : state_(std::make_unique<State>(registry)) {
  refresh();
}
Search::~Search() = default;

void Search::refresh() {
  State& s = *state_;
  // Few changes are looked through one by one; the orders are made anew only when that would be felt.
  if (s.ordered > 0 && s.index.slots() - s.ordered < 2000) return;
  const auto build_every_second = [&](unsigned from) {
    for (unsigned order = from; order < kOrders; order += 2)
      s.build(static_cast<Order>(order));
  };
  {
    const std::jthread other([&] { build_every_second(1); });
    build_every_second(0);
  }
  s.ordered = s.index.slots();
}

std::vector<Found> Search::find(std::string_view typed, const SearchOptions& options) const {
  const State& s = *state_;
  const std::vector<Meanings> words = read_words(s.registry.context(), s.index.places(), typed);
  std::vector<Found> found;
  if (words.empty() || options.limit == 0) return found;

  std::vector<std::uint32_t> residents;  // found so far
  const auto meets = [](const Meanings& meanings, const Features& f) {
    return std::ranges::any_of(meanings, [&](const Meaning& m) { return m.met_by(f); });
  };
  // False when there are enough.
  const auto take = [&](std::uint32_t slot) {
    const std::uint32_t resident = s.index.resident_of(slot);
    const std::string_view id = s.index.id(resident);
    if (std::ranges::find(residents, resident) != residents.end()) return true;
    if (options.allowed && !options.allowed(id)) return true;
    residents.push_back(resident);
    found.push_back({Slot{resident}, id});
    return found.size() < options.limit;
  };

  if (words.size() == 1) {
    if (const auto slot = s.index.find(typed); slot && !take(*slot)) return found;
  }
  // The word that the fewest can meet leads; the others are looked at in each resident's features.
  std::vector<std::vector<std::span<const std::uint32_t>>> slots(words.size());
  std::size_t leader = 0, fewest = ~std::size_t{0};
  for (std::size_t w = 0; w < words.size(); ++w) {
    std::vector<Range> ranges;
    for (const Meaning& meaning : words[w])
      ranges_of(meaning, ranges);
    std::size_t count = 0;
    for (const Range& range : ranges) {
      slots[w].push_back(s.slots_in(range));
      count += slots[w].back().size();
    }
    if (count < fewest) {
      fewest = count;
      leader = w;
    }
  }
  const auto meets_all = [&](const Features& f) {
    return std::ranges::all_of(words, [&](const Meanings& word) { return meets(word, f); });
  };
  for (auto slot = static_cast<std::uint32_t>(s.ordered); slot < s.index.slots(); ++slot)
    if (!s.index.gone(slot) && meets_all(s.index.features(slot)) && !take(slot)) return found;
  for (const auto& range : slots[leader]) {
    for (std::size_t i = 0; i < range.size(); ++i) {
      if (i + 8 < range.size()) __builtin_prefetch(&s.index.features(range[i + 8]));
      if (s.index.gone(range[i]) || !meets_all(s.index.features(range[i]))) continue;
      if (!take(range[i])) return found;
    }
  }
  return found;
}

}  // namespace sonae::link
