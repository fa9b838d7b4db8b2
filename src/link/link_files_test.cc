#include "link/link_files.h"

#include <doctest/doctest.h>

#include "base/csv.h"
#include "link/spec.h"
#include "link/table_compare.h"

using namespace sonae;
using namespace sonae::link;

namespace {

constexpr std::string_view kSpec = R"(
id = "no"
[[field]]
name = "first"
kind = "name"
exchanged_with = "last"
[[field]]
name = "last"
kind = "name"
exchanged_with = "first"
[[field]]
name = "born"
kind = "date"
[[field]]
name = "code"
kind = "number"
)";

std::string people(int from, int to, bool worn) {
  static const char* const kFirst[] = {"anna",  "bert", "clara", "david", "emma", "frank",
                                       "greta", "hugo", "ida",   "jonas", "karla"};
  static const char* const kLast[] = {"abel",  "bauer", "conrad", "dietrich", "engel", "fischer", "graf",
                                      "huber", "imhof", "jung",   "keller",   "lange", "meier"};
  std::string csv = "no,first,last,born,code\n";
  for (int i = from; i < to; ++i) {
    std::string first = kFirst[i * 7 % 11], last = kLast[i * 5 % 13];
    std::string born =
        std::to_string(1930 + i * 31 % 90) + "0" + std::to_string(1 + i % 9) + std::to_string(10 + i % 18);
    std::string code = std::to_string(1000000 + i * 7919 % 900000);
    if (worn && i % 5 == 0) std::swap(first, last);
    if (worn && i % 5 == 1) code[3] = code[3] == '9' ? '0' : static_cast<char>(code[3] + 1);
    if (worn && i % 5 == 2) born.clear();
    if (worn && i % 5 == 3) last.insert(2, "x");
    csv += std::to_string(i) + "," + first + "," + last + "," + born + "," + code + "\n";
  }
  return csv;
}

}  // namespace

TEST_CASE("two tables are linked, one is searched for duplicates") {
  Env& env = real_env();
  const std::string directory = "/tmp/sonae-link-files-test-" + env.random.id<EntryId>().text();
  REQUIRE(env.disk.make_directories(directory));
  LinkFilesOptions options{directory + "/a.csv", directory + "/b.csv", directory + "/spec.toml",
                           directory + "/out.csv"};
  REQUIRE(env.disk.write_whole(options.left, people(0, 400, false)));
  REQUIRE(env.disk.write_whole(options.right, people(200, 600, true)));
  REQUIRE(env.disk.write_whole(options.spec, kSpec));
  std::string first;
  for (const unsigned threads : {1U, 2U}) {
    options.threads = threads;
    const auto report = link_files(env, options);
    REQUIRE(report);
    CHECK(report->left_records == 400);
    const std::string out = *env.disk.read_all(options.out);
    CsvReader reader(out);
    int right = 0, lines = -1;
    while (*reader.next()) {
      if (++lines == 0) continue;
      right += reader.cells()[0] == reader.cells()[1];
    }
    CHECK(lines >= 198);
    CHECK(lines <= 202);
    CHECK(right >= 198);
    if (first.empty()) first = out;
    CHECK(out == first);
  }
  // The same file twice over in one: each has one double.
  std::string both = people(0, 200, false);
  std::string again = people(0, 200, true);
  for (std::size_t at = again.find('\n'); at != std::string::npos && at + 1 < again.size();
       at = again.find('\n', at + 1))
    again.insert(at + 1, "d");
  both += again.substr(again.find('\n') + 1);
  REQUIRE(env.disk.write_whole(options.left, both));
  options.right.clear();
  const auto report = link_files(env, options);
  REQUIRE(report);
  CHECK(report->pairs >= 195);
  CHECK(report->pairs <= 202);
  for (const char* name : {"/a.csv", "/b.csv", "/spec.toml", "/out.csv"})
    CHECK(env.disk.remove(directory + name));
}

TEST_CASE("odd tables: named lines, clear refusals, and nothing hangs") {
  Env& env = real_env();
  const std::string directory = "/tmp/sonae-link-odd-test-" + env.random.id<EntryId>().text();
  REQUIRE(env.disk.make_directories(directory));
  LinkFilesOptions options{directory + "/a.csv", "", directory + "/spec.toml", directory + "/out.csv"};
  REQUIRE(env.disk.write_whole(options.spec, kSpec));
  const auto link = [&](const std::string& table) {
    REQUIRE(env.disk.write_whole(options.left, table));
    return link_files(env, options);
  };
  CHECK(link("").error().code == ErrorCode::invalid_input);
  const auto refused = link("no,first,last,born\n1,a,b,19480311\n");
  CHECK(refused.error().where == options.left);
  CHECK(refused.error().what.english.find("code") != std::string::npos);
  CHECK(link("no,first,last,born,code\n")->pairs == 0);
  CHECK(link("no,first,last,born,code\n1,anna,abel,19480311,1\n")->pairs == 0);
  const auto odd =
      link("no,first,last,born,code\n1,anna,abel,19480311,1\n,x,y,,\n2,bert\n1,anna,abel,,\n3,\"open\n");
  REQUIRE(odd);
  REQUIRE(odd->bad_lines.size() == 4);
  CHECK(odd->bad_lines[0].line == 3);
  CHECK(odd->bad_lines[0].item == "no");
  CHECK(odd->bad_lines[1].line == 4);
  CHECK(odd->bad_lines[2].line == 5);
  CHECK(odd->bad_lines[3].line == 6);
  const std::string endless(10000, 'a');
  std::string table = "no,first,last,born,code\n";
  for (int i = 0; i < 60; ++i)
    table += std::to_string(i) + "," + endless + "," + endless + ",19480311,12345\n";
  CHECK(link(table));
  CHECK(link("no,first,last,born,code\n" + std::string(3000, '\n') + ",,,,\n,,,,\n")->left_records == 0);
  for (const char* name : {"/a.csv", "/spec.toml", "/out.csv"})
    CHECK(env.disk.remove(directory + name));
}

TEST_CASE("a specification that cannot be meant is refused, and says where") {
  CHECK(Spec::parse(kSpec, "s"));
  CHECK(!Spec::parse("", "s"));
  CHECK(Spec::parse("[[field]\n", "s").error().where == "s:1");
  CHECK(Spec::parse("[[field]]\nkind='name'\n", "s").error().where == "s field 1");
  CHECK(!Spec::parse("[[field]]\nname='a'\nkind='colour'\n", "s"));
  CHECK(!Spec::parse("[[field]]\nname='a'\nexchanged_with='b'\n", "s"));
}

TEST_CASE("levels of values that are not the same") {
  CHECK(compare_values(FieldKind::name, U"catherine", U"katherine") == TableLevel::near);
  CHECK(compare_values(FieldKind::name, U"anna", U"hugo") == TableLevel::differs);
  CHECK(compare_values(FieldKind::number, U"12345", U"12354") == TableLevel::near);
  CHECK(compare_values(FieldKind::date, U"19480311", U"19481103") == TableLevel::near);
  CHECK(compare_values(FieldKind::date, U"19480311", U"19750629") == TableLevel::differs);
  CHECK(compare_values(FieldKind::category, U"wa", U"nsw") == TableLevel::differs);
}
