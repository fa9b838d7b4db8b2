// Addresses of a public test collection, read and compared with what another normaliser makes of them (MIT,
// GitHub geolonia/normalize-japanese-addresses, test/addresses/addresses.csv). Its answers are no truth:
// where we differ, the reasons are counted. Runs where ../shared/data holds the collection.
#include <doctest/doctest.h>
#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "base/csv.h"
#include "text/address.h"
#include "text/address_notation.h"
#include "text/gazetteer_index.h"
#include "text/test_tables.h"

using namespace sonae;
using namespace sonae::text;

namespace {

constexpr int kExamples = 3;  // printed of each kind of difference

const Gazetteer& whole_japan() {
  static const auto opened =
      Gazetteer::open(real_env(), SONAE_DATA_DIR, test_tables(), "131016", {}, Gazetteer::Reach::japan);
  REQUIRE(opened);
  return *opened;
}

struct Expected {
  std::string prefecture, municipality, town, block, other;
};

class Comparison {
 public:
  explicit Comparison(const Gazetteer& gazetteer) : notation_(gazetteer.index().notation) {}

  void add(const std::string& written, const Address& address, const Expected& expected) {
    ++rows_;
    const std::string town = town_difference(address, expected);
    if (!town.empty()) return count("town: " + town, written, address, expected);
    ++towns_;
    const std::string block = block_difference(address, expected);
    if (!block.empty()) return count("block: " + block, written, address, expected);
    ++blocks_;
  }

  void print() const {
    fmt::print("address rows: {} used, {} agree in the town ({:.1f} %), {} in town and block ({:.1f} %)\n",
               rows_, towns_, 100.0 * town_share(), blocks_, 100.0 * block_share());
    std::vector<std::pair<int, std::string>> sorted;
    for (const auto& [reason, examples] : reasons_)
      sorted.emplace_back(-examples.count, reason);
    std::sort(sorted.begin(), sorted.end());
    for (const auto& [negative, reason] : sorted) {
      fmt::print("{:5} {}\n", -negative, reason);
      for (const std::string& example : reasons_.at(reason).written)
        fmt::print("        {}\n", example);
    }
  }
  double town_share() const { return static_cast<double>(towns_) / rows_; }
  double block_share() const { return static_cast<double>(blocks_) / rows_; }

 private:
  struct Examples {
    int count = 0;
    std::vector<std::string> written;
  };

  bool same(std::string_view one, std::string_view other) const {
    return notation_.symbols(one) == notation_.symbols(other);
  }

  std::string town_difference(const Address& address, const Expected& expected) const {
    if (address.prefecture != expected.prefecture) return "another prefecture";
    if (!std::string_view(expected.municipality).ends_with(address.municipality))
      return "another municipality";
    if (address.municipality.empty() != expected.municipality.empty()) return "no municipality";
    if (same(address.town, expected.town) || same(address.town + address.locality, expected.town)) return {};
    if (expected.town.empty()) return "they found none";
    if (address.town.empty()) return "we found none";
    if (!address.town_known) return "not in our gazetteer";
    const auto ours = notation_.symbols(address.town), theirs = notation_.symbols(expected.town);
    if (ours.size() < theirs.size() && std::equal(ours.begin(), ours.end(), theirs.begin()))
      return "ours is shorter";
    if (ours.size() > theirs.size() && std::equal(theirs.begin(), theirs.end(), ours.begin()))
      return "ours is longer";
    return "another";
  }

  std::string block_difference(const Address& address, const Expected& expected) const {
    std::string theirs = expected.block;
    if (theirs.empty()) theirs = expected.other.substr(0, expected.other.find_first_not_of("0123456789-"));
    if (theirs.ends_with('-')) theirs.pop_back();
    if (address.block == theirs) return {};
    if (theirs.empty()) return "they leave it in the rest";
    if (address.block.empty()) return "we found none";
    if (theirs.starts_with(address.block + "-")) return "ours is shorter (a room)";
    if (address.block.starts_with(theirs + "-")) return "ours is longer";
    return "another";
  }

  void count(const std::string& reason, const std::string& written, const Address& a, const Expected& e) {
    Examples& examples = reasons_[reason];
    if (++examples.count <= kExamples)
      examples.written.push_back(fmt::format("{} → {}/{}/{}/{}/{}|{}|{}; they: {}/{}/{}/{}/{}", written,
                                             a.prefecture, a.municipality, a.town, a.locality, a.block,
                                             a.building, a.left_over, e.prefecture, e.municipality, e.town,
                                             e.block, e.other));
  }

  const AddressNotation& notation_;
  int rows_ = 0, towns_ = 0, blocks_ = 0;
  std::map<std::string, Examples> reasons_;
};

}  // namespace

TEST_CASE("address: a public collection of addresses") {
  const auto content = shared_file("address/normalize-tests/addresses.csv");
  if (!content) return;
  Comparison comparison(whole_japan());
  CsvReader reader(*content);
  REQUIRE(reader.next());
  while (*reader.next()) {
    const auto& cells = reader.cells();
    const std::string written(cells[0]);
    comparison.add(written, parse_address(whole_japan(), test_tables(), written),
                   {std::string(cells[1]), std::string(cells[2]), std::string(cells[3]),
                    std::string(cells[4]), std::string(cells[5])});
  }
  comparison.print();
  CHECK(comparison.town_share() > 0.99);
  CHECK(comparison.block_share() > 0.99);
}

TEST_CASE("address: the areas of the postal codes") {
  const auto content = shared_file("address/postal/SKK-JISYO.zipcode.utf8");
  if (!content) return;
  int rows = 0, municipalities = 0, towns = 0;
  std::vector<std::string> unknown;
  for (std::size_t at = 0; at < content->size();) {  // "6493503 /和歌山県東牟婁郡串本町串本/"
    const std::size_t line_end = std::min(content->find('\n', at), content->size());
    const std::string_view line = std::string_view(*content).substr(at, line_end - at);
    at = line_end + 1;
    if (line.size() < 12 || line[0] < '0' || line[0] > '9' || !line.ends_with('/')) continue;
    const std::string_view written = line.substr(9, line.size() - 10);
    if (written.find('/') != std::string_view::npos) continue;  // several areas of one code
    const Address address = parse_address(whole_japan(), test_tables(), written);
    ++rows;
    municipalities += !address.municipality.empty();
    const bool whole = address.left_over.empty();
    towns += whole;
    if (!whole) unknown.emplace_back(written);
  }
  fmt::print(
      "postal areas: {} used, municipality found in {} ({:.1f} %), nothing left over in {} ({:.1f} %)\n",
      rows, municipalities, 100.0 * municipalities / rows, towns, 100.0 * towns / rows);
  for (std::size_t i = 0; i < unknown.size(); i += unknown.size() / kExamples + 1)
    fmt::print("        {}\n", unknown[i]);
  CHECK(municipalities > rows * 0.9);
}
