#include "demo/places.h"

#include <array>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "base/csv.h"
#include "base/json.h"
#include "demo/table.h"

namespace sonae::demo {

namespace {

constexpr double kMetresPerDegree = 111'000;
constexpr double kRadiansPerDegree = 3.14159265358979 / 180;

// More households at one block than this get a branch number of their own.
constexpr std::uint64_t kHouseholdsPerBlock = 1;
constexpr double kInFlats = 0.06;

constexpr double kSamePlace_m = 100;  // two shelters of one name that are nearer are one

// Fictional, as the people are.
constexpr std::array kFlats = {"コーポ黒潮", "潮風ハイツ", "メゾン橋杭", "岬荘", "第二岬荘", "サンゴハイツ"};
struct CareHome {
  std::string_view name, town;
};
constexpr std::array kCareHomes = {
    CareHome{"特別養護老人ホームしおかぜ苑", "サンゴ台"},
    CareHome{"介護老人保健施設あかつき", "潮岬"},
    CareHome{"グループホームなぎさ", "上野山"},
};

// 1234 as 1234番地, 12-3 as 12番地3.
std::string as_registered(const std::string& number) {
  const std::size_t dash = number.find('-');
  std::string block = number.substr(0, dash) + "番地";
  if (dash != std::string::npos) block += number.substr(dash + 1);
  return block;
}

}  // namespace

double metres_between(Point one, Point other) {
  const double east = (one.longitude - other.longitude) * std::cos(one.latitude * kRadiansPerDegree);
  return std::hypot(east, one.latitude - other.latitude) * kMetresPerDegree;
}

// Counts the crossings of a ray (W. R. Franklin, "PNPOLY").
bool is_inside(const Ring& ring, Point point) {
  bool inside = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const Point one = ring[i];
    const Point other = ring[j];
    if ((one.latitude > point.latitude) == (other.latitude > point.latitude)) continue;
    const double share = (point.latitude - one.latitude) / (other.latitude - one.latitude);
    if (point.longitude < one.longitude + share * (other.longitude - one.longitude)) inside = !inside;
  }
  return inside;
}

Places::Town* Places::find_town(std::string_view name) {
  const auto found =
      std::find_if(towns_.begin(), towns_.end(), [&](const Town& t) { return t.name == name; });
  return found == towns_.end() ? nullptr : &*found;
}

Status Places::read_towns(Env& env, const std::string& directory) {
  return read_table(env, directory + "/town_weights.tsv", 3, [&](const Row& row) -> Status {
    const auto weight = static_cast<std::uint32_t>(TRY(number(row[2])));
    towns_.push_back({std::string(row[0]), std::string(row[1]), weight, {}});
    return {};
  });
}

Status Places::read_blocks(Env& env, const std::string& directory) {
  bool header = true;
  TRY(read_table(env, directory + "/blocks.tsv", 4, [&](const Row& row) -> Status {
    if (std::exchange(header, false)) return {};
    if (Town* const town = find_town(row[0]))
      town->blocks.push_back({std::string(row[1]), {TRY(decimal(row[2])), TRY(decimal(row[3]))}});
    return {};
  }));
  std::erase_if(towns_, [](const Town& town) { return town.blocks.empty(); });
  for (const Town& town : towns_)
    weights_.add(town.weight);
  if (towns_.empty())
    return fail(ErrorCode::corrupt, {"番地がありません", "There are no blocks"}, directory + "/blocks.tsv");
  return {};
}

Status Places::read_tsunami(Env& env, const std::string& directory) {
  const std::string path = directory + "/tsunami_area.geojson";
  tsunami_geojson_ = TRY(env.disk.read_all(path));
  const json::value document = TRY(parse_json(tsunami_geojson_));
  boost::system::error_code missing;
  const json::value* const polygons = document.find_pointer("/features/0/geometry/coordinates", missing);
  if (polygons == nullptr || !polygons->is_array())
    return fail(ErrorCode::corrupt, {"範囲がありません", "There is no area"}, path);
  for (const json::value& polygon : polygons->get_array()) {
    Ring& ring = tsunami_.emplace_back();
    for (const json::value& corner : polygon.at(0).as_array())
      ring.push_back({corner.at(0).to_number<double>(), corner.at(1).to_number<double>()});
  }
  return {};
}

// The designated evacuation shelters (指定避難所) that the water does not reach. Two of one name are told
// apart by their towns.
Status Places::read_shelters(Env& env, const std::string& directory) {
  const std::string path = directory + "/shelters.csv";
  const Bytes content = TRY(env.disk.read_all(path));
  CsvReader reader(content);
  TRY(reader.next());
  const std::vector<std::string> header(reader.cells().begin(), reader.cells().end());
  while (TRY(reader.next())) {
    const auto cell = [&](std::string_view name) {
      const auto at =
          static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
      return at < reader.cells().size() ? reader.cells()[at] : std::string_view();
    };
    if (cell("evacuation") != "1") continue;
    Shelter shelter{std::string(cell("name")), std::string(cell("town")), {}};
    const Result<double> longitude = decimal(cell("longitude"));
    const Result<double> latitude = decimal(cell("latitude"));
    if (!longitude || !latitude || shelter.name.empty())
      return fail(ErrorCode::corrupt,
                  {"避難所の名前か位置がありません", "A shelter has no name or no position"},
                  fmt::format("{}:{}", path, reader.line()));
    shelter.point = {*longitude, *latitude};
    if (!tsunami_reaches(shelter.point)) shelters_.push_back(std::move(shelter));
  }
  for (std::size_t i = shelters_.size(); i-- > 1;) {
    const auto before = shelters_.begin() + static_cast<std::ptrdiff_t>(i);
    const auto same = std::find_if(shelters_.begin(), before,
                                   [&](const Shelter& s) { return s.name == shelters_[i].name; });
    if (same == before) continue;
    if (metres_between(same->point, before->point) < kSamePlace_m)
      shelters_.erase(before);
    else
      before->name += "（" + before->town + "）";
  }
  if (shelters_.empty())
    return fail(ErrorCode::corrupt, {"避難所がありません", "There are no shelters"}, path);
  return {};
}

Result<Places> Places::open(Env& env, const std::string& data_directory) {
  const std::string directory = data_directory + "/demo/kushimoto";
  Places places;
  TRY(places.read_towns(env, directory));
  TRY(places.read_blocks(env, directory));
  TRY(places.read_tsunami(env, directory));
  TRY(places.read_shelters(env, directory));
  return places;
}

std::size_t Places::block_count() const {
  return std::accumulate(towns_.begin(), towns_.end(), std::size_t{0},
                         [](std::size_t sum, const Town& town) { return sum + town.blocks.size(); });
}

Address Places::home(Dice& dice, std::uint64_t households) const {
  const Town& town = towns_[weights_.draw(dice)];
  const Block& block = dice.one_of(town.blocks);
  Address address{town.name, {}, {}, town.postcode, block.point.longitude, block.point.latitude};

  address.block = as_registered(block.number);
  const std::uint64_t expected = households * town.weight / std::max(weights_.total(), 1U) /
                                 std::max<std::size_t>(town.blocks.size(), 1);
  if (address.block.ends_with("番地") && (expected > kHouseholdsPerBlock || dice.chance(0.3))) {
    const auto branches = static_cast<int>(std::max<std::uint64_t>(expected * 2, 9));
    address.block += std::to_string(dice.between(1, branches));
  }
  if (dice.chance(kInFlats)) {
    const std::string_view flats = kFlats[dice.below(kFlats.size())];
    const int floor = dice.between(1, 3);
    address.building = fmt::format("{}{}{:02}", flats, floor, dice.between(1, 6));
  }
  return address;
}

Address Places::care_home(std::uint64_t which) const {
  const CareHome& home = kCareHomes[which % kCareHomes.size()];
  const auto found =
      std::find_if(towns_.begin(), towns_.end(), [&](const Town& t) { return t.name == home.town; });
  const Town& town = found == towns_.end() ? towns_.front() : *found;
  const Block& block = town.blocks.back();
  return {town.name,     as_registered(block.number), std::string(home.name),
          town.postcode, block.point.longitude,       block.point.latitude};
}

bool Places::tsunami_reaches(Point point) const {
  return std::any_of(tsunami_.begin(), tsunami_.end(),
                     [&](const Ring& ring) { return is_inside(ring, point); });
}

std::vector<std::uint32_t> Places::nearest_shelters(Point point, std::size_t count) const {
  std::vector<std::pair<double, std::uint32_t>> by_distance;
  by_distance.reserve(shelters_.size());
  for (std::uint32_t i = 0; i < shelters_.size(); ++i)
    by_distance.emplace_back(metres_between(point, shelters_[i].point), i);
  count = std::min(count, by_distance.size());
  std::partial_sort(by_distance.begin(), by_distance.begin() + static_cast<std::ptrdiff_t>(count),
                    by_distance.end());
  std::vector<std::uint32_t> nearest;
  nearest.reserve(count);
  for (std::size_t i = 0; i < count; ++i)
    nearest.push_back(by_distance[i].second);
  return nearest;
}

}  // namespace sonae::demo
