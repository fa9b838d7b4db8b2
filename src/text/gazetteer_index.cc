#include "text/gazetteer_index.h"

#include <algorithm>
#include <map>

namespace sonae::text {

namespace {

using Symbols = std::vector<Symbol>;

// Words that tell the name of a building from that of a place.
constexpr std::string_view kBuildingWords[] = {
    "号室",   "号棟",     "号館",     "室",         "棟",         "階",       "荘",     "寮",       "様方",
    "社宅",   "官舎",     "団地",     "住宅",       "会館",       "病院",     "学校",   "役場",     "宿舎",
    "旅館",   "ビル",     "コーポ",   "ハイツ",     "マンション", "アパート", "ハウス", "メゾン",   "パレス",
    "タワー", "ホーム",   "ハイム",   "レジデンス", "グリーン",   "ガーデン", "ホテル", "センター", "テラス",
    "ヴィラ", "シャトー", "ロイヤル", "プラザ",     "方"};  // one character: only last

// 大字 and 字 are written or left out at will.
Symbols without_aza(const Symbols& name) {
  Symbols result;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == U'大' && i + 1 < name.size() && name[i + 1] == U'字')
      ++i;
    else if (name[i] != U'字')
      result.push_back(name[i]);
  }
  return result;
}

// 三ノ宮 and 三宮, 槍ケ沢 and 槍沢: the linking kana inside a name is often not written.
Symbols without_linking_kana(const Symbols& name) {
  Symbols result;
  const auto is_kana = [](Symbol symbol) { return symbol >= U'ァ' && symbol <= U'ー'; };
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool links = (name[i] == U'ノ' || name[i] == U'ケ') && i > 0 && i + 1 < name.size() &&
                       !is_kana(name[i - 1]) && !is_kana(name[i + 1]);
    if (!links) result.push_back(name[i]);
  }
  return result;
}

// 北3西3 for 北三条西三丁目, 22地割 for 第二十二地割.
Symbols without_counting_words(const Symbols& name) {
  Symbols result;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool left_out = (name[i] == U'条' && i > 0 && is_number(name[i - 1]) && i + 2 < name.size()) ||
                          (name[i] == U'第' && i + 1 < name.size() && is_number(name[i + 1]));
    if (!left_out) result.push_back(name[i]);
  }
  return result;
}

// 木之本西山 for 木之本町西山. Short names would become too short to tell (本町, 東町).
Symbols without_town_word(const Symbols& name) {
  Symbols result;
  for (std::size_t i = 0; i < name.size(); ++i)
    if (name[i] != U'町' || i < 2) result.push_back(name[i]);
  return result;
}

// 七番町 for 七番丁.
Symbols with_town_for_street(const Symbols& name) {
  Symbols result = name;
  for (std::size_t i = 0; i + 2 < name.size(); ++i)
    if (is_number(name[i]) && name[i + 1] == U'番' && name[i + 2] == U'丁') result[i + 2] = U'町';
  return result;
}

// 戎町 of 戎町一丁目; empty where the name has no 丁目.
std::string_view name_without_count(std::string_view name) {
  constexpr std::string_view kCount = "丁目";
  constexpr std::string_view kNumerals = "一二三四五六七八九十０１２３４５６７８９";
  if (!name.ends_with(kCount)) return {};
  std::string_view rest = name.substr(0, name.size() - kCount.size());
  const std::string_view counted = rest;
  while (rest.size() >= 3 && kNumerals.find(rest.substr(rest.size() - 3)) != std::string_view::npos)
    rest.remove_suffix(3);
  return rest.size() < counted.size() ? rest : std::string_view();
}

// 12-3 of 12-3-5; empty of 12.
std::string_view without_branch(std::string_view block) {
  const std::size_t dash = block.rfind('-');
  return dash == std::string_view::npos ? std::string_view() : block.substr(0, dash);
}

std::string block_key(std::uint32_t town, std::string_view block) {
  return std::to_string(town) + '/' + std::string(block);
}

}  // namespace

Gazetteer::Index::Index(const Tables& tables, std::string home_municipality)
    : notation(tables),
      prefecture_names(trie.new_root()),
      municipality_names(trie.new_root()),
      building_words(trie.new_root()),
      home_code(std::move(home_municipality)) {
  for (const std::string_view word : kBuildingWords)
    trie.add_ending(trie.extend(building_words, notation.symbols(word)), 0, kBuildingWord, kAsItIs);
  for (char letter = 'A'; letter <= 'Z'; ++letter)
    trie.add_ending(trie.extend(building_words, notation.symbols(letter + std::string("棟"))), 0,
                    kBuildingWord, kAsItIs);
}

std::uint32_t Gazetteer::Index::prefecture_of_name(std::string_view name) {
  const auto found = std::find(prefectures.begin(), prefectures.end(), name);
  const auto id = static_cast<std::uint32_t>(found - prefectures.begin());
  if (found != prefectures.end()) return id;
  prefectures.emplace_back(name);
  Symbols symbols = notation.symbols(name);
  trie.add_ending(trie.extend(prefecture_names, symbols), id, kPrefecture, kAsItIs);
  if (symbols.size() > 2 && name != "北海道") {  // 和歌山, 東京
    symbols.pop_back();
    trie.add_ending(trie.extend(prefecture_names, symbols), id, kPrefecture, kAltered);
  }
  return id;
}

std::uint32_t Gazetteer::Index::add_municipality(std::string_view code, std::string_view prefecture,
                                                 std::string_view county, std::string_view city,
                                                 std::string_view ward) {
  const auto id = static_cast<std::uint32_t>(municipalities.size());
  Municipality municipality;
  municipality.code = code;
  municipality.prefecture = prefecture_of_name(prefecture);
  municipality.county = county;
  municipality.name = std::string(city) + std::string(ward);
  municipality.towns = trie.new_root();
  municipality.has_street_names = city == "京都市";
  municipalities.push_back(std::move(municipality));
  by_code_.emplace(code, id);
  if (code == home_code) {
    home = id;
    home_parts.push_back(id);
  }

  const auto add = [&](const std::string& name) {
    trie.add_ending(trie.extend(municipality_names, notation.symbols(name)), id, kMunicipality, kAsItIs);
  };
  add(municipalities[id].name);
  if (!county.empty()) add(std::string(county) + municipalities[id].name);
  if (code == home_code && ward.empty()) add_home_without_suffix(id);
  if (!ward.empty()) {
    // The city's own row has the code of the city; its wards follow it in the order of codes.
    for (std::uint32_t city_id = 0; city_id < id; ++city_id) {
      Municipality& whole = municipalities[city_id];
      if (whole.prefecture != municipalities[id].prefecture || whole.name != city) continue;
      whole.wards.push_back(id);
      if (city_id != home) continue;
      home_parts.push_back(id);
      add_municipality_name(code, ward);  // its own people leave the city out
    }
  }
  return id;
}

// People leave out 町 of their own town: 串本高富12.
void Gazetteer::Index::add_home_without_suffix(std::uint32_t municipality) {
  for (const std::string& prefix : {std::string(), municipalities[municipality].county}) {
    Symbols name = notation.symbols(prefix + municipalities[municipality].name);
    if (name.size() < 3) continue;
    name.pop_back();
    trie.add_ending(trie.extend(municipality_names, name), municipality, kMunicipality, kAltered);
  }
}

void Gazetteer::Index::add_prefecture_name(std::string_view prefecture, std::string_view name) {
  trie.add_ending(trie.extend(prefecture_names, notation.symbols(name)), prefecture_of_name(prefecture),
                  kPrefecture, kAsItIs);
}

void Gazetteer::Index::add_municipality_name(std::string_view code, std::string_view name) {
  const auto id = municipality_of_code(code);
  if (!id) return;
  trie.add_ending(trie.extend(municipality_names, notation.symbols(name)), *id, kMunicipality, kAltered);
}

void Gazetteer::Index::add_spellings(SymbolTrie::Node root, Symbols name, std::uint32_t id, Kind kind,
                                     std::uint8_t doubt) {
  const auto add = [&](const Symbols& symbols, std::uint8_t how_far) {
    if (symbols.empty()) return;
    trie.add_ending(trie.extend(root, symbols), id, kind, how_far);
    const bool counted =
        symbols.size() > 2 && is_number(symbols[symbols.size() - 2]) && symbols.back() == U'丁';
    const bool divided = symbols.size() > 3 && is_number(symbols[symbols.size() - 3]) &&
                         symbols[symbols.size() - 2] == U'地' && symbols.back() == U'割';
    if (kind == kTown && (counted || divided)) {
      const std::span<const Symbol> before(symbols.data(), symbols.size() - (counted ? 1 : 2));
      trie.add_ending(trie.extend(root, before), id, kTownBeforeDash, how_far);
    }
  };
  add(name, doubt);
  for (const auto alter :
       {without_aza, with_town_for_street, without_linking_kana, without_counting_words, without_town_word}) {
    Symbols altered = alter(name);
    if (altered == name || altered.empty()) continue;
    name = std::move(altered);
    add(name, std::max<std::uint8_t>(doubt, alter == without_town_word ? kGuessed : kAltered));
  }
}

std::uint32_t Gazetteer::Index::add_town(std::uint32_t municipality, std::string_view name,
                                         std::optional<Position> position) {
  const auto id = static_cast<std::uint32_t>(towns.size());
  towns.push_back({municipality, std::string(name), {}, position, true});
  add_spellings(municipalities[municipality].towns, notation.symbols(name), id, kTown, kAsItIs);
  return id;
}

void Gazetteer::Index::add_town_name(std::uint32_t town, std::string_view name) {
  add_spellings(municipalities[towns[town].municipality].towns, notation.symbols(name), town, kTown,
                kAltered);
}

void Gazetteer::Index::add_names_without_count() {
  struct Middle {
    double longitude = 0, latitude = 0;
    int count = 0;
  };
  std::map<std::pair<std::uint32_t, std::string>, Middle> middles;
  for (const TownName& town : towns) {
    const std::string_view name = name_without_count(town.name);
    if (name.empty() || !town.position) continue;
    Middle& middle = middles[{town.municipality, std::string(name)}];
    middle.longitude += town.position->longitude;
    middle.latitude += town.position->latitude;
    ++middle.count;
  }
  for (const auto& [key, middle] : middles) {
    const auto& [municipality, name] = key;
    if (town_of_name(municipality, name)) continue;
    towns[add_town(municipality, name,
                   Position{middle.longitude / middle.count, middle.latitude / middle.count})]
        .listed = false;
  }
}

void Gazetteer::Index::add_locality(std::uint32_t town, std::string_view name,
                                    std::optional<Position> position, bool alone) {
  const auto id = static_cast<std::uint32_t>(localities.size());
  localities.push_back({town, std::string(name), position});
  const SymbolTrie::Node root = municipalities[towns[town].municipality].towns;
  add_spellings(root, notation.symbols(towns[town].name + std::string(name)), id, kLocality, kAsItIs);
  if (alone) add_spellings(root, notation.symbols(name), id, kLocality, kAltered);
}

void Gazetteer::Index::set_kana(std::uint32_t town, std::string_view kana) {
  if (kana.empty()) return;
  towns[town].kana = kana;
  add_town_name(town, kana);
}

void Gazetteer::Index::set_blocks(std::vector<BlockPoint> points) {
  blocks = std::move(points);
  for (const BlockPoint& point : blocks) {
    for (const std::uint32_t part : home_parts) {
      const auto town = town_of_name(part, point.town);
      if (!town) continue;
      position_of_block_.insert_or_assign(block_key(*town, point.block), point.position);
      for (std::string_view block = without_branch(point.block); !block.empty();
           block = without_branch(block))
        position_of_a_branch_.emplace(block_key(*town, block), point.position);
    }
  }
}

void Gazetteer::Index::finish() {
  for (const TownName& town : towns) {
    if (!town.listed ||
        std::find(home_parts.begin(), home_parts.end(), town.municipality) == home_parts.end())
      continue;
    const Municipality& municipality = municipalities[town.municipality];
    home_towns.push_back({prefectures[municipality.prefecture], municipality.name, municipality.county,
                          town.name, town.kana, municipality.code, town.position});
  }
}

std::optional<std::uint32_t> Gazetteer::Index::municipality_of_code(std::string_view code) const {
  const auto found = by_code_.find(std::string(code));
  return found == by_code_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::uint32_t> Gazetteer::Index::town_of_name(std::uint32_t municipality,
                                                            std::string_view name) const {
  Pieces pieces;
  notation.read(name, pieces);
  SymbolTrie::Node node = municipalities[municipality].towns;
  for (std::size_t i = 0; i < pieces.size() && node != SymbolTrie::kNone; ++i)
    node = trie.step(node, pieces[i].symbol);
  std::optional<std::uint32_t> found;
  for (std::uint32_t at = trie.first_ending(node); at != 0; at = trie.ending(at).next) {
    const SymbolTrie::Ending& ending = trie.ending(at);
    if (ending.kind != kTown || ending.doubt == kGuessed || (found && ending.doubt != kAsItIs)) continue;
    found = ending.id;
  }
  return found;
}

std::optional<Gazetteer::Placed> Gazetteer::Index::place(std::uint32_t municipality, std::string_view town,
                                                         std::string_view block) const {
  const auto id = town_of_name(municipality, town);
  if (!id) return std::nullopt;
  for (std::string_view known = block; !known.empty(); known = without_branch(known)) {
    const std::string key = block_key(*id, known);
    const auto branch = position_of_a_branch_.find(key);
    if (const auto found = position_of_block_.find(key); found != position_of_block_.end())
      return Placed{found->second, known.size() == block.size() || branch == position_of_a_branch_.end()};
    if (branch != position_of_a_branch_.end()) return Placed{branch->second, false};
  }
  if (!towns[*id].position) return std::nullopt;
  return Placed{*towns[*id].position, false};
}

}  // namespace sonae::text
