// What came in by one layout goes out by its own to the byte, and by another field for field.
#include <rapidcheck.h>

#include "text/encoding.h"
#include "town/registry/testing.h"

namespace sonae::registry {
namespace {

// The day of the n-th import, so that one town serves for many.
std::string day(int n) {
  return to_iso(date_of_days(days_since_epoch(*parse_iso_date("2020-01-01")) + n));
}

struct FileCase {
  text::Encoding encoding;
  std::string line_end;
  bool quote_all, final_line_end;
};

std::string quoted(const std::string& cell, bool always) {
  if (!always && cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string text = "\"";
  for (const char c : cell)
    text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + "\"";
}

Bytes file_of(const FileCase& form, const std::vector<std::vector<std::string>>& rows) {
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i)
      text += (i == 0 ? "" : ",") + quoted(row[i], form.quote_all);
    text += form.line_end;
  }
  if (!form.final_line_end) text.resize(text.size() - form.line_end.size());
  return text::encode(text, form.encoding).bytes;
}

struct Shown {
  std::string id, name, kana, birth, address, postcode, phone, household;
  Sex sex;
  friend bool operator==(const Shown&, const Shown&) = default;
};

std::vector<Shown> all_of(const Registry& registry) {
  std::vector<Shown> all;
  registry.for_each_current([&](const ResidentRow& row) {
    if (row.presence == Presence::present)
      all.push_back({std::string(row.id), std::string(row.name), std::string(row.kana),
                     text::to_text(row.birth), std::string(row.address), std::string(row.postcode),
                     std::string(row.phone), std::string(row.household), row.sex});
  });
  return all;
}

}  // namespace

TEST_CASE("registry: any file in any order, encoding, line end and quoting comes out as it went in") {
  TestRegistry town;
  int n = 0;
  const bool held = rc::check([&] {
    FileCase form;
    form.encoding =
        *rc::gen::element(text::Encoding::utf8, text::Encoding::utf8_with_mark, text::Encoding::cp932);
    form.line_end = *rc::gen::element<std::string>("\n", "\r\n");
    form.quote_all = *rc::gen::arbitrary<bool>();
    form.final_line_end = *rc::gen::arbitrary<bool>();
    const auto ids = *rc::gen::unique<std::vector<int>>(*rc::gen::inRange(1, 40), rc::gen::inRange(1, 5000));
    std::vector<std::vector<std::string>> rows{{"id", "name", "memo"}};
    for (const int id : ids)
      rows.push_back(
          {std::to_string(id),
           *rc::gen::element<std::string>("山田　太郎", "髙﨑 はな", "ﾔﾏﾀﾞ", "a,b", "x\"y\"", "", "①"),
           *rc::gen::element<std::string>("", "改\n行", "ー～", " 空白 ", "'=1+1", "\"", ",")});
    const Bytes file = file_of(form, rows);
    town.imported(file, day(n++));
    RC_ASSERT(town.exported("simple") == file);
  });
  CHECK(held);
}

TEST_CASE("registry: second codes of CP932 and a vendor's characters come out as the bytes that came in") {
  TestRegistry town;
  // FA40.. and EEEF.. are second codes of ⅰ; F040 is the first of the vendor's 外字.
  const Bytes file = "id,name\r\n1,\xFA\x40\x8D\x91\r\n2,\xEE\xEF\r\n3,\xF0\x40\x93\x63\r\n";
  const ImportReport report = town.imported(file);
  CHECK(report.counts.people == 3);
  CHECK(town.exported("simple") == file);
  town.registry->find(ResidentId("3"), [](const ResidentRow& row) { CHECK(row.name == "\uE000田"); });
}

TEST_CASE("registry: a broken character sets its line aside, and the others are taken") {
  TestRegistry town;
  const ImportReport report = town.imported("id,name\n1,\xE5\xB1\xB1\n2,\xE5\xB1\n3,\xE5\xB7\x9D\n");
  CHECK(report.counts.people == 2);
  REQUIRE(report.errors.size() == 1);
  CHECK(report.errors[0].line == 3);
}

TEST_CASE("registry: what two layouts both have survives the way through the other") {
  TestRegistry town;
  const std::string simple =
      "id,household_id,name,family_name,given_name,kana,sex,birth_date,postcode,address,phone\n"
      "0012,7,山田　太郎,山田,太郎,ヤマダ　タロウ,1,1948-03-11,649-3503,和歌山県東牟婁郡串本町串本1800 "
      "海風荘2号,\n"
      "0013,7,山田　花子,山田,花子,ヤマダ　ハナコ,2,1951-00-00,649-3503,和歌山県東牟婁郡串本町串本1800,\n"
      "20,8,﨑本　亘,﨑本,亘,サキモト　ワタル,1,2019-05-01,649-3510,潮岬12-3,\n"
      "9,8,SMITH JOHN,,,,,1990-12-31,,,\n";
  town.imported(simple, day(0));
  const std::vector<Shown> before = all_of(*town.registry);
  int n = 1;
  for (const std::string layout : {"kihon-data-list", "plain-2012"}) {
    const Bytes file = town.exported(layout);
    const ImportReport report = town.imported(file, day(n++));
    CHECK(report.layout == layout);
    CHECK(report.counts.set_aside == 0);
    CHECK(town.exported(layout) == file);
    std::vector<Shown> after = all_of(*town.registry);
    REQUIRE(after.size() == before.size());
    for (std::size_t i = 0; i < after.size(); ++i) {
      CHECK(after[i].id == before[i].id);
      CHECK(after[i].household == before[i].household);
      CHECK(after[i].birth == before[i].birth);
      CHECK(after[i].sex == before[i].sex);
      CHECK(after[i].postcode == before[i].postcode);
      CHECK(after[i].address == before[i].address);
      if (before[i].id != "9") CHECK(after[i].name == before[i].name);  // one space for another, in parts
      CHECK(after[i].kana == before[i].kana);
    }
    const Bytes back = town.exported("simple");
    town.imported(back, day(n++));
    after = all_of(*town.registry);
    for (std::size_t i = 0; i < after.size(); ++i)
      CHECK(after[i].birth == before[i].birth);
  }
}

TEST_CASE("registry: 基本データリスト as it comes: era codes, flags, protected persons, bookkeeping") {
  TestRegistry town;
  const std::string head =
      "宛名番号,世帯番号,住民種別,住民状態,氏名,性別,生年月日_元号,生年月日,生年月日_不詳フラグ,続柄コード1,"
      "続柄コード2,"
      "住所_都道府県,住所_市区郡町村名,住所_町字,住所_番地号表記,住所_方書,住所_郵便番号,支援措置区分,"
      "支援措置終了年月日,操作年月日\r\n";
  town.imported(
      head +
      "1,1,1,1,山田　太郎,1,3,230311,0,02,,和歌山県,東牟婁郡串本町,串本,1800,海風荘,６４９−３５０３,,,"
      "20261101\r\n"
      "2,1,1,1,山田　花子,2,03,19510000,1,20,20,和歌山県,東牟婁郡串本町,串本,1800,,6493503,1,,20261101\r\n"
      "3,2,2,2,SMITH JOHN,1,4,H02.12.31,0,99,,,,,,,,1,2026-01-31,20261101\r\n");
  const auto row = [&](const char* id, const std::function<void(const ResidentRow&)>& check) {
    REQUIRE(town.registry->find(ResidentId(id), check));
  };
  row("1", [](const ResidentRow& one) {
    CHECK(one.birth == text::PartialDate{1948, 3, 11});
    CHECK(one.address == "和歌山県東牟婁郡串本町串本1800　海風荘");
    CHECK(one.family_name == "山田");
    CHECK(one.relation == "世帯主");
  });
  row("2", [](const ResidentRow& one) {
    CHECK(one.birth == text::PartialDate{1951, 0, 0});
    CHECK(one.relation == "子の子");
  });
  row("3", [](const ResidentRow& one) {
    CHECK(one.birth == text::PartialDate{1990, 12, 31});
    CHECK(one.status == ResidentStatus::moved_out);
    CHECK_FALSE(one.lives_here());
  });
  const OutputFilter shelter =
      town.registry->output_filter(town.call_of_shelter().actor, *parse_iso_date("2026-11-21"));
  CHECK(shelter.may_show("1"));
  CHECK_FALSE(shelter.may_show("2"));
  CHECK(shelter.may_show("3"));  // that protection is over
  CHECK_FALSE(town.registry->output_filter(town.call_of_shelter().actor, *parse_iso_date("2026-01-31"))
                  .may_show("3"));
}

}  // namespace sonae::registry
