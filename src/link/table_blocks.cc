#include "link/table_blocks.h"

#include <algorithm>
#include <bitset>
#include <random>

#include "link/keys.h"

namespace sonae::link {
namespace {

constexpr std::size_t kSample = 20'000;   // records looked at for what agrees by chance
constexpr double kExpectedMost = 40;      // records that a block is expected to give for one
constexpr std::size_t kPartners = 16384;  // made-up pairs of partners on which blocks are tried

// How often a field that is there on both sides is right, and how often its beginning is all the same. Rough,
// and of little weight: they only say that any field may be wrong.
constexpr double kWholeRight = .85, kBeginningRight = .5;

// Below this size nothing is lost by looking more often; above it every list costs time and memory.
constexpr std::size_t kSmallTable = 50'000;
constexpr std::size_t kMostBlocksOfSmall = 180, kMostBlocks = 64;
constexpr double kLeastGain = 1e-10;  // of partners, for each record of a large table, for one more block

using Partners = std::bitset<kPartners>;

std::vector<BlockPart> parts_of(const Spec& spec) {
  std::vector<BlockPart> parts;
  for (std::size_t field = 0; field < spec.fields.size(); ++field) {
    parts.push_back({field, 0});
    switch (spec.fields[field].kind) {
      case FieldKind::name:
        parts.push_back({field, 3});
        break;
      case FieldKind::date:
        parts.push_back({field, 6});  // year and month
        break;
      case FieldKind::number:
        parts.push_back({field, 4});
        break;
      case FieldKind::text:
      case FieldKind::category:
        break;
    }
  }
  return parts;
}

// The chance that two records agree in a block, given what each record of a sample has in it.
double chance_of(std::vector<std::uint64_t>& hashes, std::size_t sample) {
  std::erase(hashes, 0);
  std::ranges::sort(hashes);
  double pairs = 0;
  for (std::size_t i = 0; i < hashes.size();) {
    std::size_t end = i;
    while (end < hashes.size() && hashes[end] == hashes[i])
      ++end;
    pairs += double(end - i) * double(end - i - 1);
    i = end;
  }
  const double all = double(sample) * double(std::max<std::size_t>(sample, 2) - 1);
  return std::max(pairs, 1.0) / all;
}

double filled(const Table& table, std::size_t field) {
  const std::size_t step = std::max<std::size_t>(1, table.size() / kSample);
  double there = 0, all = 0;
  for (std::size_t i = 0; i < table.size(); i += step, ++all)
    there += table.record(i)[field] != 0;
  return all > 0 ? there / all : 0;
}

// For each part, in which of the made-up pairs of partners both records agree in it.
std::vector<Partners> agreements(const std::vector<BlockPart>& parts, const Table& left, const Table& right,
                                 std::size_t fields) {
  std::mt19937_64 random(1);  // the standard says what it gives: the same blocks on every machine
  const auto below = [&](double share) { return double(random() >> 11) * 0x1p-53 < share; };
  std::vector<Partners> whole(fields), beginning(fields);
  for (std::size_t field = 0; field < fields; ++field) {
    const double there = filled(left, field) * filled(right, field);
    for (std::size_t i = 0; i < kPartners; ++i) {
      if (!below(there)) continue;
      whole[field][i] = below(kWholeRight);
      beginning[field][i] = whole[field][i] || below(kBeginningRight);
    }
  }
  std::vector<Partners> all;
  for (const BlockPart& part : parts)
    all.push_back(part.letters == 0 ? whole[part.field] : beginning[part.field]);
  return all;
}

struct Offer {
  Block block;
  double expected;  // records that agree in it by chance
  Partners finds;
};

}  // namespace

std::uint64_t part_hash(const BlockPart& part, const ValueNumber* record,
                        const std::vector<Dictionary>& dictionaries) {
  const ValueNumber value = record[part.field];
  if (value == 0) return 0;
  if (part.letters == 0) return mixed(value, part.field + 1);
  const std::u32string& text = dictionaries[part.field].text(value);
  std::uint64_t hash = part.field + 100;
  for (std::size_t i = 0; i < std::min(part.letters, text.size()); ++i)
    hash = mixed(hash, text[i]);
  return hash;
}

std::uint64_t block_hash(const Block& block, const ValueNumber* record,
                         const std::vector<Dictionary>& dictionaries) {
  std::uint64_t hash = 1;
  for (const BlockPart& part : block) {
    const std::uint64_t of_part = part_hash(part, record, dictionaries);
    if (of_part == 0) return 0;
    hash = mixed(hash, of_part);
  }
  return hash | 1;
}

std::vector<Block> choose_blocks(const Spec& spec, const std::vector<Dictionary>& dictionaries,
                                 const Table& left, const Table& right) {
  const std::vector<BlockPart> parts = parts_of(spec);
  const std::vector<Partners> agree = agreements(parts, left, right, spec.fields.size());
  const std::size_t step = std::max<std::size_t>(1, right.size() / kSample);
  std::vector<std::vector<std::uint64_t>> of_part(parts.size());
  for (std::size_t p = 0; p < parts.size(); ++p)
    for (std::size_t i = 0; i < right.size(); i += step)
      of_part[p].push_back(part_hash(parts[p], right.record(i), dictionaries));

  std::vector<Offer> offers;
  const auto offer = [&](Block block, std::vector<std::uint64_t> hashes, const Partners& finds, double most) {
    const std::size_t sample = hashes.size();
    const double expected = double(right.size()) * chance_of(hashes, sample);
    if (expected <= most) offers.push_back({std::move(block), expected, finds});
  };
  for (std::size_t one = 0; one < parts.size(); ++one) {
    offer({parts[one]}, of_part[one], agree[one], 2);
    for (std::size_t other = one + 1; other < parts.size(); ++other) {
      if (parts[one].field == parts[other].field) continue;
      std::vector<std::uint64_t> both(of_part[one].size());
      for (std::size_t i = 0; i < both.size(); ++i)
        both[i] =
            of_part[one][i] == 0 || of_part[other][i] == 0 ? 0 : mixed(of_part[one][i], of_part[other][i]);
      offer({parts[one], parts[other]}, std::move(both), agree[one] & agree[other], kExpectedMost);
    }
  }
  std::ranges::stable_sort(offers, {}, &Offer::expected);

  const bool small = right.size() <= kSmallTable;
  std::vector<Block> chosen;
  Partners missed;
  missed.set();
  while (!offers.empty() && chosen.size() < (small ? kMostBlocksOfSmall : kMostBlocks)) {
    // A candidate that is no partner costs a comparison; a list costs something even where it gives none.
    const auto worth = [&](const Offer& o) { return double((o.finds & missed).count()) / (o.expected + 5); };
    const auto best = std::ranges::max_element(offers, {}, worth);
    const auto gain = double((best->finds & missed).count()) / double(kPartners);
    if (!small && gain < kLeastGain * double(right.size())) break;
    missed &= ~best->finds;
    chosen.push_back(std::move(best->block));
    offers.erase(best);
  }
  return chosen;
}

}  // namespace sonae::link
