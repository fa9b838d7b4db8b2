#include "link/match_files.h"

#include <doctest/doctest.h>

#include "base/csv.h"
#include "link/test_town.h"
#include "text/encoding.h"

using namespace sonae;
using namespace sonae::link;

namespace {

const std::string kRegistry =
    "id,household_id,name,kana,sex,birth_date,address,phone\n"
    "1,A,渡邊　太郎,ワタナベ　タロウ,1,1948-03-11,和歌山県東牟婁郡串本町高富12番地3,0735-62-1111\n"
    "2,A,渡邊　花子,ワタナベ　ハナコ,2,1950-07-02,和歌山県東牟婁郡串本町高富12番地3,\n"
    ",A,番号 なし,バンゴウ ナシ,2,1950-07-02,,\n"
    "3,B,齋藤　博,サイトウ　ヒロシ,1,昭和35年1月15日,和歌山県東牟婁郡串本町串本1234番地,\n"
    "4,C,山本　さくら,ヤマモト　サクラ,2,2010-99-01,和歌山県東牟婁郡串本町串本2234番地,\n";

const std::string kList =
    "entry_id,name,kana,age,birth_date,sex,address,note\n"
    "e1,渡辺太郎,,78,,男,高富12-3,\n"
    "e2,,ワタナベ ハナコ,76,,女,,\n"
    "e3,斉藤 博,,,S35.1.15,,,\n"
    "e4,佐藤 権兵衛,,八十くらい,,男,大阪府大阪市,\n"
    "e5,\"渡辺太郎\",,78,,男,高富12-3,\"二度目, 同じ人\"\n";

std::vector<std::vector<std::string>> cells_of(const std::string& content) {
  std::vector<std::vector<std::string>> lines;
  CsvReader reader(content);
  while (*reader.next())
    lines.emplace_back(reader.cells().begin(), reader.cells().end());
  return lines;
}

}  // namespace

TEST_CASE("two files in, one out; bad lines are named and the rest goes on; a saved index gives the same") {
  Env& env = real_env();
  const std::string directory = "/tmp/sonae-match-files-test-" + env.random.id<EntryId>().text();
  REQUIRE(env.disk.make_directories(directory));
  REQUIRE(env.disk.write_whole(directory + "/registry.csv", kRegistry));
  REQUIRE(env.disk.write_whole(directory + "/list.csv", kList));
  MatchFilesOptions options;
  options.registry = directory + "/registry.csv";
  options.list = directory + "/list.csv";
  options.out = directory + "/out.csv";
  options.index = directory + "/index";
  options.context = test_context();
  std::string first_out;
  for (int round = 0; round < 2; ++round) {
    const auto report = match_files(env, options);
    REQUIRE(report);
    CHECK(report->residents == 4);
    CHECK(report->rows == 5);
    const std::string out = *env.disk.read_all(options.out);
    if (round == 0) {
      REQUIRE(report->bad_lines.size() == 3);
      CHECK(report->bad_lines[0].line == 4);
      CHECK(report->bad_lines[0].item == "id");
      CHECK(report->bad_lines[1].item == "birth_date");
      CHECK(report->bad_lines[2].item == "age");
      first_out = out;
    }
    CHECK(out == first_out);
    CHECK(report->index == (round == 0 ? IndexUse::made : IndexUse::used));
    const auto lines = cells_of(out);
    REQUIRE(lines.size() == 6);
    CHECK(lines[0] == std::vector<std::string>{"entry_id", "decision", "resident_id", "probability",
                                               "reasons", "alternatives"});
    CHECK(lines[1][2] == "1");
    CHECK(lines[2][2] == "2");
    CHECK(lines[3][2] == "3");
    CHECK(lines[4][1] == "none");
    CHECK(lines[4][2].empty());
    CHECK(lines[5][2] == "1");
    CHECK(lines[5][4].find("e1") != std::string::npos);
  }
  // The index of another day's registry is not used, a damaged one neither; a list of Excel is read as it is.
  std::string mended = kRegistry;
  mended.replace(mended.find("2234"), 4, "2235");
  REQUIRE(env.disk.write_whole(options.registry, mended));
  REQUIRE(env.disk.write_whole(options.list, text::encode(kList, text::Encoding::cp932).bytes));
  CHECK(match_files(env, options)->index == IndexUse::renewed);
  CHECK(*env.disk.read_all(options.out) == first_out);
  REQUIRE(env.disk.write_whole(options.index, "SONAELNK and no more"));
  CHECK(match_files(env, options)->index == IndexUse::replaced);
  CHECK(match_files(env, options)->index == IndexUse::used);
  options.list = directory + "/absent.csv";
  CHECK(match_files(env, options).error().code == ErrorCode::not_found);
  for (const char* name : {"/registry.csv", "/list.csv", "/out.csv", "/index"})
    CHECK(env.disk.remove(directory + name));
}
