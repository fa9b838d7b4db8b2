#include "link/table_candidates.h"

#include <algorithm>

#include "link/keys.h"

namespace sonae::link {
namespace {

constexpr std::size_t kLongList = 300;  // records of one key; longer lists prove too little
constexpr double kExpectedMost = 40;    // records that a list's key is expected to have
constexpr std::size_t kMostLists = 60;

}  // namespace

std::uint64_t TableCandidates::part_hash(const Part& part, const ValueNumber* record) const {
  const ValueNumber value = record[part.field];
  if (value == 0) return 0;
  if (part.letters == 0) return mixed(value, part.field + 1);
  const std::u32string& text = dictionaries_[part.field].text(value);
  std::uint64_t hash = part.field + 100;
  for (std::size_t i = 0; i < std::min(part.letters, text.size()); ++i)
    hash = mixed(hash, text[i]);
  return hash;
}

std::uint64_t TableCandidates::key(std::size_t list, const ValueNumber* record) const {
  std::uint64_t hash = list + 1;
  for (const Part& part : lists_[list]) {
    const std::uint64_t of_part = part_hash(part, record);
    if (of_part == 0) return 0;
    hash = mixed(hash, of_part);
  }
  return hash | 1;
}

TableCandidates::TableCandidates(const Spec& spec, const std::vector<Dictionary>& dictionaries,
                                 const Table& right)
    : spec_(spec), dictionaries_(dictionaries) {
  std::vector<Part> parts;
  for (std::size_t f = 0; f < spec.fields.size(); ++f) {
    parts.push_back({f, 0});
    if (spec.fields[f].kind == FieldKind::name) parts.push_back({f, 3});
    if (spec.fields[f].kind == FieldKind::date) parts.push_back({f, 6});
    if (spec.fields[f].kind == FieldKind::number) parts.push_back({f, 4});
  }
  // The chance that two records agree in a part, from a sample.
  const std::size_t step = std::max<std::size_t>(1, right.size() / 20000);
  std::vector<double> chance;
  for (const Part& part : parts) {
    std::vector<std::uint64_t> hashes;
    for (std::size_t i = 0; i < right.size(); i += step)
      if (const std::uint64_t h = part_hash(part, right.record(i))) hashes.push_back(h);
    std::ranges::sort(hashes);
    double pairs = 0;
    for (std::size_t i = 0; i < hashes.size();) {
      std::size_t end = i;
      while (end < hashes.size() && hashes[end] == hashes[i])
        ++end;
      pairs += double(end - i) * double(end - i - 1);
      i = end;
    }
    const double all = double(hashes.size()) * double(hashes.size() - (hashes.empty() ? 0 : 1));
    chance.push_back(all > 0 ? std::max(pairs / all, 1 / all) : 1);
  }
  struct List {
    std::vector<Part> parts;
    double expected;
  };
  std::vector<List> lists;
  const auto n = double(right.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (n * chance[i] <= 2) lists.push_back({{parts[i]}, n * chance[i]});
    for (std::size_t j = i + 1; j < parts.size(); ++j) {
      if (parts[i].field == parts[j].field) continue;
      // Where whole fields are expected to be met by few, beginnings are no use beside them.
      const double expected = n * chance[i] * chance[j];
      if (expected <= kExpectedMost) lists.push_back({{parts[i], parts[j]}, expected});
    }
  }
  std::ranges::stable_sort(lists, [](const List& a, const List& b) { return a.expected < b.expected; });
  // Beginnings of fields find what whole fields miss: of both kinds the most telling.
  for (List& list : lists) {
    if (lists_.size() >= (n > 200000 ? kMostLists / 4 : kMostLists * 3)) break;
    lists_.push_back(std::move(list.parts));
  }
  entries_.reserve(right.size() * lists_.size());
  for (std::uint32_t i = 0; i < right.size(); ++i)
    for (std::size_t list = 0; list < lists_.size(); ++list)
      if (const std::uint64_t k = key(list, right.record(i))) entries_.push_back({k, i});
  std::ranges::sort(entries_, [](const Entry& a, const Entry& b) {
    return a.key != b.key ? a.key < b.key : a.record < b.record;
  });
}

void TableCandidates::find(const ValueNumber* left, std::vector<std::uint32_t>& found) const {
  found.clear();
  for (std::size_t list = 0; list < lists_.size(); ++list) {
    const std::uint64_t k = key(list, left);
    if (k == 0) continue;
    auto at = std::ranges::lower_bound(entries_, k, {}, &Entry::key);
    const auto begin = at;
    while (at != entries_.end() && at->key == k && at - begin < std::ptrdiff_t(kLongList))
      ++at;
    for (auto i = begin; i != at; ++i)
      found.push_back(i->record);
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
}

}  // namespace sonae::link
