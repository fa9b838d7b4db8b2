#include "town/registry/door_extract.h"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "text/address.h"
#include "text/fold.h"
#include "text/utf8.h"
#include "text/variants.h"
#include "town/registry/cards.h"
#include "town/registry/inside.h"

namespace sonae::registry {
namespace {

constexpr std::int64_t kDays = 3;
constexpr std::int64_t kMillisecondsOfADay = 24LL * 60 * 60 * 1000;

std::string name_of(Sex sex) {
  return boost::describe::enum_to_string(sex, "unknown");
}

std::string digits_of(std::string_view written) {
  std::string digits;
  for (const char c : written)
    if (c >= '0' && c <= '9') digits += c;
  return digits;
}

// Each word of a name folded by itself, so that a given name is found by its beginning.
template <class Fold>
std::string by_words(std::string_view written, Fold fold) {
  std::string folded;
  while (!written.empty()) {
    std::size_t end = std::min(written.find(' '), written.find("　"));
    if (end == std::string_view::npos) end = written.size();
    const std::string word = fold(written.substr(0, end));
    if (!word.empty()) folded += (folded.empty() ? "" : " ") + word;
    written.remove_prefix(end);
    while (written.starts_with(' ') || written.starts_with("　"))
      written.remove_prefix(written.starts_with(' ') ? 1 : std::string_view("　").size());
  }
  return folded;
}

// Characters in the CJK blocks that become one of `wanted` when they are folded.
std::string variants_of(const text::Variants& variants, const std::unordered_set<char32_t>& wanted) {
  std::string pairs;
  const auto add = [&](char32_t first, char32_t last) {
    for (char32_t c = first; c <= last; ++c) {
      const char32_t becomes = variants.representative(c);
      if (becomes == c || !wanted.contains(becomes)) continue;
      text::append_utf8(pairs, c);
      text::append_utf8(pairs, becomes);
    }
  };
  add(0x3400, 0x4DBF);    // CJK Unified Ideographs Extension A
  add(0x4E00, 0x9FFF);    // CJK Unified Ideographs
  add(0xF900, 0xFAFF);    // CJK Compatibility Ideographs
  add(0x20000, 0x2FA1F);  // Extensions B to F, Compatibility Ideographs Supplement
  return pairs;
}

std::vector<std::vector<std::string>> places_of(const text::Gazetteer& gazetteer,
                                                const std::map<std::string, std::int64_t>& residents) {
  const auto living_in = [&](const std::vector<std::string>& place) {
    const auto found = residents.find(place.front());
    return found == residents.end() ? 0 : found->second;
  };
  std::vector<std::vector<std::string>> places;
  for (const text::Town& town : gazetteer.home_towns())
    places.push_back({town.name, town.kana});
  std::ranges::stable_sort(places, std::greater(), living_in);
  return places;
}

}  // namespace

Result<DoorExtract> Registry::Inside::door_extract(api::Call& call) {
  const StatePtr now = state();
  const auto connection = town.journal().reader();
  // Protected persons never leave for a device, whoever asks.
  const auto hidden = protected_ids(*now, town.today());
  DoorExtract extract;
  extract.made = town.env().clock.now();
  extract.expires = {extract.made.milliseconds + kDays * kMillisecondsOfADay};
  extract.version = now->version;
  extract.columns = {"id",  "household", "name",    "kana",  "folded_name", "folded_kana",
                     "sex", "birth",     "address", "phone", "relation",    "card"};
  std::unordered_set<char32_t> letters;
  std::unordered_set<std::string>
      with_card;  // a household's code stands with the first of it: codes are long
  std::map<std::string, std::int64_t> living_in;
  for_each(*connection, *now, [&](const ResidentRow& row) {
    if (!row.lives_here() || hidden->contains(row.id)) return;
    const std::string name = by_words(row.name, [&](std::string_view word) {
      const std::u32string folded = text::fold_name_characters(town.tables(), word, town.gaiji());
      letters.insert(folded.begin(), folded.end());
      return text::to_utf8(folded);
    });
    if (const auto address = text::parse_address(town.gazetteer(), town.tables(), row.address);
        address.town_known)
      ++living_in[address.town];
    const bool first = row.household.empty() || with_card.emplace(row.household).second;
    extract.rows.push_back({std::string(row.id), std::string(row.household), std::string(row.name),
                            std::string(row.kana), name, by_words(row.kana, text::fold_kana),
                            name_of(row.sex), row.birth.is_unknown() ? "" : text::to_text(row.birth),
                            std::string(row.address), digits_of(row.phone), std::string(row.relation),
                            first ? card_code(town.journal_options().town_key, row.household, row.id) : ""});
  });
  extract.variants = variants_of(town.tables().variants(), letters);
  extract.places = places_of(town.gazetteer(), living_in);
  Sha256 digest;
  for (const auto& row : extract.rows)
    digest.add(row.front() + "\n");
  TRY(access.record_export(call, "registry.door_extract", static_cast<std::int64_t>(extract.rows.size()),
                           digest.finish(), {}));
  return extract;
}

}  // namespace sonae::registry
