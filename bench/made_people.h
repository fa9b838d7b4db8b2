// People made up for measuring linkage: a prefecture of residents in households, with the names and towns of
// data/. Independent of the demonstration town (src/demo/), so that what suits one can be tried on the other.
#pragma once

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "bench/foreign_people.h"

namespace sonae::bench {

inline constexpr std::uint32_t kElsewhere = 0xFFFFFFFF;  // a town that the registry does not have

class Dice {  // splitmix64 (Vigna)
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15ULL + 1) {}
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  int upto(std::uint64_t n) { return static_cast<int>(next() % n); }  // 0 to n-1
  double unit() { return double(next() >> 11) * 0x1.0p-53; }
  bool chance(double p) { return unit() < p; }
  template <class T>
  const T& of(const std::vector<T>& items) {
    return items[next() % items.size()];
  }
  std::size_t weighted(const std::vector<double>& cumulative) {
    const double at = unit() * cumulative.back();
    return static_cast<std::size_t>(std::upper_bound(cumulative.begin(), cumulative.end(), at) -
                                    cumulative.begin());
  }

 private:
  std::uint64_t state_;
};

struct Person {
  std::uint32_t id = 0, household = 0;
  std::string family, given, family_kana, given_kana;
  int sex = 0;  // 1, 2
  int year = 0, month = 0, day = 0;
  std::uint32_t town = 0;
  int banchi = 0, branch = 0;
  std::string phone;
  Origin origin = Origin::japan;
  std::string alias;                    // 通称; most have none
  std::string family_also, given_also;  // another reading of a foreign name
};

inline std::vector<std::vector<std::string>> read_tsv(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error("cannot read " + path);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> cells(1);
    for (const char c : line) {
      if (c == '\t')
        cells.emplace_back();
      else if (c != '\r')
        cells.back() += c;
    }
    rows.push_back(std::move(cells));
  }
  return rows;
}

struct Town {
  std::string prefecture = "和歌山県", municipality, name, postcode;
};

// Names and towns, with how frequent they are.
class World {
 public:
  explicit World(const std::string& data) {
    for (const auto& row : read_tsv(data + "/names/surnames.tsv")) {
      families_.push_back({row[0], row[1]});
      family_weight_.push_back((family_weight_.empty() ? 0 : family_weight_.back()) + std::stod(row[2]));
    }
    for (const auto& row : read_tsv(data + "/names/given_names.tsv"))
      givens_.push_back(
          {row[1], row[2], row[0] == "m" ? 1 : 2, std::stoi(row[3]), std::stoi(row[4]), std::stod(row[5])});
    for (const auto& given : givens_)
      by_reading_[given.kana].push_back(given.kanji);
    for (int decade = 1900; decade < 2030; decade += 10) {
      for (int sex = 1; sex <= 2; ++sex) {
        auto& [who, weight] = choices_[{decade, sex}];
        for (std::size_t i = 0; i < givens_.size(); ++i) {
          const Given& g = givens_[i];
          if (g.sex != sex || g.to < decade || g.from > decade + 9) continue;
          who.push_back(i);
          weight.push_back((weight.empty() ? 0 : weight.back()) + g.weight);
        }
      }
    }
    std::map<std::string, std::string> municipalities;
    for (const auto& row : read_tsv(data + "/address/municipalities.tsv"))
      if (row.size() > 3) municipalities[row[0]] = municipality_of(row);
    bool header = true;
    double total = 0;
    for (const auto& row : read_tsv(data + "/address/wakayama_towns.tsv")) {
      if (std::exchange(header, false) || !row[2].empty() || row[1].empty()) continue;
      towns_.push_back({"和歌山県", municipalities[row[0]], row[1], row.size() > 5 ? row[5] : ""});
      total += 1.0 / (1.0 + double(towns_.size() % 37));
      town_weight_.push_back(total);
    }
  }

  // Everybody, in households, about `count` of them.
  std::vector<Person> people(std::size_t count, std::uint64_t seed, double with_phone, double foreign = .02) {
    Dice dice(seed);
    std::vector<Person> all;
    all.reserve(count);
    for (std::uint32_t household = 1; all.size() < count; ++household) {
      static const std::vector<double> kSizes = {.36, .66, .82, .94, .98, 1};
      const std::size_t size = dice.weighted(kSizes) + 1;
      const std::size_t family = dice.weighted(family_weight_);
      Person common;
      common.household = household;
      common.family = families_[family].first;
      common.family_kana = families_[family].second;
      common.town = static_cast<std::uint32_t>(dice.weighted(town_weight_));
      common.banchi = 1 + dice.upto(dice.chance(.5) ? 300 : 3000);
      common.branch = dice.chance(.6) ? 1 + dice.upto(20) : 0;
      if (dice.chance(with_phone))
        common.phone = "073" + std::to_string(2 + dice.upto(8)) + std::to_string(100000 + dice.upto(900000));
      if (dice.chance(foreign)) common.origin = static_cast<Origin>(1 + dice.upto(4));
      const int head = common.origin == Origin::japan ? 1930 + dice.upto(70) : 1960 + dice.upto(45);
      for (std::size_t i = 0; i < size && all.size() < count; ++i) {
        Person p = common;
        p.id = static_cast<std::uint32_t>(all.size() + 1);
        p.sex = i == 0 ? (dice.chance(.75) ? 1 : 2) : i == 1 ? 3 - all.back().sex : 1 + dice.upto(2);
        p.year = i == 0   ? head
                 : i == 1 ? head + dice.upto(11) - 4
                          : std::min(2026, head + 22 + dice.upto(18));
        p.month = 1 + dice.upto(12);
        p.day = 1 + dice.upto(28);
        give_name(p, dice);
        all.push_back(std::move(p));
      }
    }
    return all;
  }
  void give_name(Person& p, Dice& dice) {
    if (p.origin != Origin::japan) {
      const ForeignName name = foreign_name(p.origin, p.sex, [&](std::size_t n) { return dice.upto(n); });
      p.family = name.family;
      p.given = name.given;
      p.family_kana = name.family_kana;
      p.given_kana = name.given_kana;
      p.family_also = name.family_also;
      p.given_also = name.given_also;
      if (p.origin == Origin::korea && dice.chance(.5)) {
        const auto& family = families_[static_cast<std::size_t>(dice.upto(200))];
        Person everyday = p;
        everyday.origin = Origin::japan;
        give_name(everyday, dice);
        p.alias = family.first + "　" + everyday.given;
      }
      return;
    }
    const auto& [who, weight] = choices_[{p.year / 10 * 10, p.sex}];
    const Given& given = givens_[who[dice.weighted(weight)]];
    p.given = given.kanji;
    p.given_kana = given.kana;
  }
  const std::vector<std::string>& same_reading(const std::string& kana) { return by_reading_[kana]; }
  const std::vector<Town>& towns() const { return towns_; }
  const std::vector<std::pair<std::string, std::string>>& families() const { return families_; }

 private:
  struct Given {
    std::string kanji, kana;
    int sex, from, to;
    double weight;
  };
  static std::string municipality_of(const std::vector<std::string>& row) {
    std::string name;  // the county, where there is one, and the municipality
    for (std::size_t i = 2; i < row.size(); ++i)
      if (!row[i].empty() && (row[i].ends_with("郡") || row[i].ends_with("市") || row[i].ends_with("町") ||
                              row[i].ends_with("村")))
        name += row[i];
    return name;
  }

  std::vector<std::pair<std::string, std::string>> families_;
  std::vector<double> family_weight_;
  std::vector<Given> givens_;
  std::map<std::string, std::vector<std::string>> by_reading_;
  std::map<std::pair<int, int>, std::pair<std::vector<std::size_t>, std::vector<double>>> choices_;
  std::vector<Town> towns_;
  std::vector<double> town_weight_;
};

}  // namespace sonae::bench
