// A gazetteer (町字一覧): the towns (大字, 町丁目, 小字) of a municipality, its blocks and their positions:
// the context in which an address that was cut short is understood. Immutable after building; every thread
// may use it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/env.h"

namespace sonae::text {

class Tables;

struct Position {  // WGS 84 (JGD2011 for our purposes), degrees
  double longitude = 0;
  double latitude = 0;
};

struct Town {
  std::string prefecture;         // 和歌山県
  std::string municipality;       // 串本町, with its 郡 (東牟婁郡) apart
  std::string county;             // 郡; empty in cities
  std::string name;               // 大字 or 町, with 丁目 where it has one: 串本, 中湊, 高富
  std::string kana;               // empty where not known
  std::string municipality_code;  // 全国地方公共団体コード, six digits
  std::optional<Position> position;
};

// Where a town's blocks lie: 番地 of 大字. Whether a point is real or made up is the business of whoever
// supplies it.
struct BlockPoint {
  std::string town;
  std::string block;  // "12", "12-3"
  Position position;
};

// Block points from a table with a header and the columns town, block, lon, lat (tabs or commas); lines that
// begin with # are comments.
Result<std::vector<BlockPoint>> read_block_points(Env& env, const std::string& path);

class Gazetteer {
 public:
  // `home` names the municipality (six-digit code) whose towns may stand without prefecture and municipality.
  static Gazetteer build(const Tables& tables, std::string home, const std::vector<Town>& towns,
                         std::vector<BlockPoint> blocks = {});
  // From the address/ folder of `data_directory`: all of Japan is known by municipality, the towns of `home`
  // and of its prefecture in full; of all Japan too where the reach says so (some 280,000 names, about a
  // second and 150 MB). not_found where there is no municipality of that code.
  enum class Reach { prefecture, japan };
  static Result<Gazetteer> open(Env& env, const std::string& data_directory, const Tables& tables,
                                std::string home, std::vector<BlockPoint> blocks = {},
                                Reach reach = Reach::prefecture);

  Gazetteer(Gazetteer&&) noexcept;
  Gazetteer& operator=(Gazetteer&&) noexcept;
  ~Gazetteer();

  const std::vector<Town>& home_towns() const;
  const std::vector<BlockPoint>& blocks() const;
  const std::string& home() const;

  // The position of a town, or of a block in it; absent where not known. `block` may be empty, or finer than
  // what is known ("12-3-5" is answered with "12-3" or "12"). `exact` says whether the point is the block's:
  // a branch (12-3) stands at its 番地 (12) only where no other branch of it has a point of its own.
  struct Placed {
    Position position;
    bool exact = false;
  };
  std::optional<Placed> place(std::string_view town,
                              std::string_view block) const;  // of the home municipality

  class Index;  // for parse_address
  const Index& index() const;

 private:
  Gazetteer();
  std::unique_ptr<Index> index_;
};

}  // namespace sonae::text
