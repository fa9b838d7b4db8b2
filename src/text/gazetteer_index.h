// What a gazetteer knows, in the form that reading an address needs: names as paths of one trie.
// Immutable once the gazetteer is built; every thread may use it.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/gazetteer.h"
#include "text/symbol_trie.h"

namespace sonae::text {

class Gazetteer::Index {
 public:
  enum Kind : std::uint8_t {
    kPrefecture,
    kMunicipality,
    kTown,
    kTownBeforeDash,  // 中央2 of 中央二丁目: the town only where a dash or the like follows (中央2-3)
    kLocality,
    kBuildingWord,
  };

  // How far a spelling is from the name, as the trie's endings have it.
  enum Doubt : std::uint8_t {
    kAsItIs,
    kAltered,  // 大字, ノ or the like left out; an old name; kana
    kGuessed,  // 町 left out: taken only where nothing else fits
  };

  struct Municipality {
    std::string code;
    std::uint32_t prefecture = 0;
    std::string county;
    std::string name;                  // 串本町, 札幌市中央区
    SymbolTrie::Node towns = 0;        // the root of its towns' names
    std::vector<std::uint32_t> wards;  // of a designated city (政令指定都市)
    bool has_street_names = false;     // 京都市: 通り名 may stand before the town
  };
  struct TownName {
    std::uint32_t municipality = 0;
    std::string name;
    std::string kana;
    std::optional<Position> position;
    bool listed = true;  // false: 戎町 of 戎町一丁目, 二丁目 ..., where the gazetteer has only these
  };
  struct Locality {
    std::uint32_t town = 0;
    std::string name;
    std::optional<Position> position;
  };

  Index(const Tables& tables, std::string home);

  // Building, in this order: municipalities, their towns, localities and other names.
  std::uint32_t add_municipality(std::string_view code, std::string_view prefecture, std::string_view county,
                                 std::string_view city, std::string_view ward);
  void add_prefecture_name(std::string_view prefecture, std::string_view name);  // in kana
  void add_municipality_name(std::string_view code, std::string_view name);      // an old one, or in kana
  std::uint32_t add_town(std::uint32_t municipality, std::string_view name, std::optional<Position> position);
  void add_town_name(std::uint32_t town, std::string_view name);
  void add_names_without_count();  // once all towns are there
  void add_locality(std::uint32_t town, std::string_view name, std::optional<Position> position,
                    bool alone = false);  // alone: known without its town before it, too
  void set_kana(std::uint32_t town, std::string_view kana);
  void set_blocks(std::vector<BlockPoint> blocks);
  void finish();  // lists the towns of the home municipality

  std::optional<std::uint32_t> municipality_of_code(std::string_view code) const;
  std::optional<std::uint32_t> town_of_name(std::uint32_t municipality, std::string_view name) const;
  std::optional<Placed> place(std::uint32_t municipality, std::string_view town,
                              std::string_view block) const;

  const AddressNotation notation;
  SymbolTrie trie;
  const SymbolTrie::Node prefecture_names;
  const SymbolTrie::Node municipality_names;
  const SymbolTrie::Node building_words;
  std::vector<std::string> prefectures;
  std::vector<Municipality> municipalities;
  std::vector<TownName> towns;
  std::vector<Locality> localities;
  std::string home_code;
  std::optional<std::uint32_t> home;
  std::vector<std::uint32_t> home_parts;  // home, and its wards where it is a designated city
  std::vector<Town> home_towns;
  std::vector<BlockPoint> blocks;

 private:
  std::uint32_t prefecture_of_name(std::string_view name);
  void add_home_without_suffix(std::uint32_t municipality);
  void add_spellings(SymbolTrie::Node root, std::vector<Symbol> name, std::uint32_t id, Kind kind,
                     std::uint8_t doubt);

  std::unordered_map<std::string, std::uint32_t> by_code_;
  std::unordered_map<std::string, Position> position_of_block_;     // "town index/block"
  std::unordered_map<std::string, Position> position_of_a_branch_;  // of blocks whose branches have points
};

}  // namespace sonae::text
