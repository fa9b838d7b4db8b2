// Lists as they come from shelters. Each case is a small file and what Sonae makes of it.
#include "town/reception/sheet_reader.h"

#include <doctest/doctest.h>

#include <ostream>
#include <string>

#include "town/reception/remarks.h"

namespace sonae::reception {

namespace {

// Lists that a failed check prints.
struct Texts : std::vector<std::string> {
  using vector::vector;
};
std::ostream& operator<<(std::ostream& out, const Texts& texts) {
  for (const std::string& text : texts)
    out << "[" << text << "] ";
  return out;
}
struct Kinds : std::vector<LineKind> {
  using vector::vector;
};
std::ostream& operator<<(std::ostream& out, const Kinds& kinds) {
  for (const LineKind kind : kinds)
    out << boost::describe::enum_to_string(kind, "?") << " ";
  return out;
}

const Vocabulary& vocabulary() {
  static const auto tables = text::Tables::open(real_env(), SONAE_DATA_DIR);
  static const auto opened =
      Vocabulary::open(real_env(), SONAE_DATA_DIR, {}, tables ? tables->get() : nullptr);
  REQUIRE_MESSAGE(opened.has_value(), (opened ? "" : opened.error().in(Language::english)));
  return **opened;
}

ReadSheet read(std::string_view content, const std::string& file_name = "list.csv") {
  ReadOptions options;
  options.file_name = file_name;
  options.today = *Date::of(2026, 3, 15);
  return read_sheet(vocabulary(), content, options);
}

// "name/kana/sex/birth/age/address/phone/note", items without content left out from the end.
std::string told(const Person& person) {
  std::string text = person.name + "/" + person.kana + "/";
  text += person.sex == Sex::male ? "m" : person.sex == Sex::female ? "f" : "";
  text += "/" + (person.birth.is_unknown() ? "" : text::to_text(person.birth));
  text += "/" + (person.age ? std::to_string(*person.age) : "");
  if (person.age_months) text += "+" + std::to_string(*person.age_months);
  text += "/" + person.address + "/" + person.phone + "/" + person.note;
  while (text.ends_with('/'))
    text.pop_back();
  return text;
}

Texts persons(const ReadSheet& sheet) {
  Texts all;
  for (const SheetLine& line : sheet.lines)
    for (const Person& person : line.persons)
      all.push_back(told(person));
  return all;
}
Texts persons(std::string_view content) {
  return persons(read(content));
}

Texts names(std::string_view content) {
  Texts all;
  const ReadSheet sheet = read(content);
  for (const SheetLine& line : sheet.lines)
    for (const Person& person : line.persons)
      all.push_back(person.name);
  return all;
}

bool remarked(const ReadSheet& sheet, std::string_view code, std::uint64_t line) {
  for (const SheetLine& one : sheet.lines) {
    if (one.line != line) continue;
    for (const Remark& remark : one.remarks)
      if (remark.code == code) return true;
    for (const auto& remarks : one.remarks_of)
      for (const Remark& remark : remarks)
        if (remark.code == code) return true;
  }
  return false;
}

Kinds kinds(const ReadSheet& sheet) {
  Kinds all;
  for (const SheetLine& line : sheet.lines)
    if (line.kind) all.push_back(*line.kind);
  return all;
}

}  // namespace

TEST_CASE("a list with the plain header is read as it stands") {
  const ReadSheet sheet = read(
      "entry_id,name,kana,sex,birth_date,address,phone,note\r\n"
      "A1,佐藤 一郎,サトウ イチロウ,男,1948-03-11,串本町串本1-2,0735-62-0001,車椅子\r\n");
  CHECK(persons(sheet) == Texts{"佐藤 一郎/サトウ イチロウ/m/1948-03-11//串本町串本1-2/0735-62-0001/車椅子"});
  CHECK(sheet.lines[1].written_id == "A1");
  CHECK(sheet.lines[1].raw == "A1,佐藤 一郎,サトウ イチロウ,男,1948-03-11,串本町串本1-2,0735-62-0001,車椅子");
  CHECK(sheet.lines[1].persons[0].needs == std::vector<std::string>{"wheelchair"});
  CHECK(sheet.encoding == "UTF-8");
  CHECK(sheet.lines[1].remarks_of[0].empty());
}

TEST_CASE("headers are called many things") {
  CHECK(persons("お名前,フリガナ,男女,誕生日,地区,TEL,メモ\n山田花子,ヤマダハナコ,女,S23.3.11,中湊,090-1111-"
                "2222,猫\n") == Texts{"山田花子/ヤマダハナコ/f/1948-03-11//中湊/090-1111-2222/猫"});
  CHECK(persons("番号,氏　名,ふりがな,年令,現住所,携帯番号,備 考\n1,山田花子,やまだはなこ,77,串本,,\n") ==
        Texts{"山田花子/やまだはなこ///77/串本"});
  CHECK(persons("姓,名,セイ,メイ,歳\n山田,花子,ヤマダ,ハナコ,77\n") == Texts{"山田 花子/ヤマダ ハナコ///77"});
  CHECK(
      persons(
          "避難者氏名（漢字）,氏名（カナ）,生年月日（西暦）,連絡先電話番号\n山田花子,,1948/3/11,0735620001\n")
          .size() == 1);
}

TEST_CASE("a title above the header says the shelter and the day") {
  const ReadSheet sheet = read("大島小学校 避難者名簿 3月12日\n\n氏名,年齢\n山田太郎,70\n");
  CHECK(sheet.shelter == "大島小学校");
  CHECK(sheet.written_on == Date::of(2026, 3, 12).value());
  CHECK(kinds(sheet) == Kinds{LineKind::title, LineKind::header});
  CHECK(sheet.lines[2].persons[0].as_of == Date::of(2026, 3, 12).value());
  CHECK(sheet.lines[2].line == 4);

  CHECK(read("避難所名：串本中学校,,令和8年3月11日現在\n氏名,年齢\n山田太郎,70\n").shelter == "串本中学校");
  CHECK(read("氏名,年齢\n山田太郎,70\n", "潮岬公民館_20260313.csv").shelter == "潮岬公民館");
  CHECK(read("氏名,年齢\n山田太郎,70\n", "潮岬公民館_20260313.csv").written_on ==
        Date::of(2026, 3, 13).value());
  // A day of the end of the year, read in March, was last year's.
  CHECK(read("12月30日 大島小学校\n氏名,年齢\n山田太郎,70\n").written_on == Date::of(2025, 12, 30).value());
  // Tomorrow's is a slip, not last year's.
  CHECK(!read("3月16日 大島小学校\n氏名,年齢\n山田太郎,70\n").written_on);
}

TEST_CASE("without a header the columns are guessed from what stands in them") {
  const ReadSheet sheet = read(
      "1,山田太郎,70,男,串本1-2,0735-62-0001\n2,山田花子,68,女,串本町串本1番地,\n3,鈴木健,7,男,中湊3番5号,"
      "\n");
  CHECK(sheet.columns == std::vector{Column::entry_id, Column::name, Column::age, Column::sex,
                                     Column::address, Column::phone});
  CHECK(persons(sheet)[0] == "山田太郎//m//70/串本1-2/0735-62-0001");
  CHECK(sheet.remarks == std::vector<Remark>{{remark::no_header, ""}});
  CHECK(persons("山田太郎\n鈴木花子\n") == Texts{"山田太郎", "鈴木花子"});
  CHECK(persons("山田,太郎,S30.1.2\n鈴木,花子,H2.3.4\n") ==
        Texts{"山田 太郎///1955-01-02", "鈴木 花子///1990-03-04"});
  CHECK(persons("やまだ たろう,70\nすずき はなこ,68\n")[1] == "すずき はなこ/すずき はなこ///68");
}

TEST_CASE("blank lines, totals, headings and unfilled lines are no persons, and are kept") {
  const ReadSheet sheet =
      read("No,氏名,年齢\n1,山田太郎,70\n,,\n\n【2階 理科室】,,\n2,鈴木花子,68\n3,,\n4,,歳\n,計 2名,\n");
  CHECK(persons(sheet).size() == 2);
  CHECK(kinds(sheet) ==
        Kinds{LineKind::header, LineKind::section, LineKind::unfilled, LineKind::unfilled, LineKind::total});
  CHECK(sheet.remarks.empty());
  CHECK(read("氏名,年齢\n山田太郎,70\n合計,35名\n").remarks ==
        std::vector<Remark>{{remark::total_differs, "35"}});
  CHECK(kinds(read("氏名,年齢\n山田太郎,70\n男15名 女20名 計35名,\n")).back() == LineKind::total);
  CHECK(kinds(read("氏名,年齢\n山田太郎,70\n以下余白,\n")).back() == LineKind::section);
}

TEST_CASE("the header of the next page does not become a person") {
  const ReadSheet sheet = read("氏名,年齢\n山田太郎,70\n氏名,年齢\n鈴木花子,68\n");
  CHECK(persons(sheet) == Texts{"山田太郎////70", "鈴木花子////68"});
}

TEST_CASE("a person whose name sounds like a heading is a person") {
  const ReadSheet sheet = read(
      "No,名前,ふりがな,誕生日,お住まい,電話\n"
      "69,高橋 香菜,たかはし かな,,串本町西向215番地12,\n"
      "70,金森 正江,かなもり まさえ,,串本町神野川77番地,\n"
      ",津田香菜,つだかな,女,,\n");
  CHECK(persons(sheet) == std::vector<std::string>{"高橋 香菜/たかはし かな////串本町西向215番地12",
                                                   "金森 正江/かなもり まさえ////串本町神野川77番地",
                                                   "津田香菜/つだかな//////女"});
}

TEST_CASE("ages are written in many ways") {
  const auto age = [](std::string_view cell) {
    return persons("氏名,年齢\n山田太郎," + std::string(cell) + "\n")
        .at(0)
        .substr(std::string("山田太郎").size());
  };
  CHECK(age("７０") == "////70");
  CHECK(age("70歳") == "////70");
  CHECK(age("70才") == "////70");
  CHECK(age("七十") == "////70");
  CHECK(age("70.0") == "////70");
  CHECK(age("満70") == "////70");
  CHECK(age("0歳6か月") == "////0+6");
  CHECK(age("6ヶ月") == "////0+6");
  CHECK(age("生後３ヵ月") == "////0+3");
  CHECK(age("1歳半") == "////1+6");
  CHECK(age("18か月") == "////1+6");
  CHECK(age("70代") == "////70");
  CHECK(age("S23.3.11") == "///1948-03-11");
  CHECK(age("小3") == "///////小3");
  CHECK(age("不明") == "");
  CHECK(age("700") == "///////700");
  CHECK(remarked(read("氏名,年齢\n山田太郎,70代\n"), remark::age_rough, 2));
  CHECK(remarked(read("氏名,年齢\n山田太郎,小3\n"), remark::age_unreadable, 2));
  CHECK(remarked(read("氏名,年齢\n山田太郎,700\n"), remark::age_out_of_range, 2));
}

TEST_CASE("birth dates are written in many ways") {
  const auto birth = [](std::string_view cell) {
    return persons("氏名,生年月日\n山田太郎," + std::string(cell) + "\n")
        .at(0)
        .substr(std::string("山田太郎").size());
  };
  CHECK(birth("昭和23年3月11日") == "///1948-03-11");
  CHECK(birth("S23.3.11") == "///1948-03-11");
  CHECK(birth("19480311") == "///1948-03-11");
  CHECK(birth("昭和23年") == "///1948-00-00");
  CHECK(birth("70歳") == "////70");
  CHECK(birth("70") == "////70");
  CHECK(birth("17603") == "///1948-03-11");
  CHECK(birth("戦争の終わった年") == "///////戦争の終わった年");
  CHECK(birth("2031-01-01") == "///////2031-01-01");
  CHECK(remarked(read("氏名,生年月日\n山田太郎,17603\n"), remark::birth_from_serial, 2));
  CHECK(remarked(read("氏名,生年月日\n山田太郎,48.3.11\n"), remark::birth_two_digits, 2));
  CHECK(remarked(read("氏名,生年月日,年齢\n山田太郎,1948-03-11,12\n"), remark::age_and_birth_disagree, 2));
}

TEST_CASE("sex is written in many ways, or follows from the relation") {
  CHECK(persons("氏名,性別\n山田太郎,M\n山田花子,♀\n山田次郎,男性\n") ==
        Texts{"山田太郎//m", "山田花子//f", "山田次郎//m"});
  CHECK(persons("氏名,男,女\n山田太郎,○,\n山田花子,,○\n") == Texts{"山田太郎//m", "山田花子//f"});
  CHECK(persons("氏名,続柄\n山田太郎,本人\n山田花子,妻\n") == Texts{"山田太郎", "山田花子//f"});
}

TEST_CASE("ditto marks are read from the row above") {
  for (const char* mark : {"〃", "々", "同上", "″", "”", "\"\"\"\"", "同", "仝", "''"}) {
    CAPTURE(mark);
    const ReadSheet sheet =
        read("氏名,年齢,住所\n山田太郎,70,串本1-2\n山田花子,68," + std::string(mark) + "\n");
    CHECK(persons(sheet)[1] == "山田花子////68/串本1-2");
    CHECK(remarked(sheet, remark::from_above, 3));
    CHECK(sheet.lines[1].persons[0].family == sheet.lines[2].persons[0].family);
  }
}

TEST_CASE("a straight quotation mark as ditto mark does not swallow the rows below") {
  const ReadSheet sheet =
      read("氏名,年齢,住所\n山田太郎,70,串本1-2\n山田花子,68,\"\n山田一郎,30,\"\n鈴木健,25,中湊3\n");
  CHECK(persons(sheet) == Texts{"山田太郎////70/串本1-2", "山田花子////68/串本1-2", "山田一郎////30/串本1-2",
                                "鈴木健////25/中湊3"});
  CHECK(sheet.lines[2].raw == "山田花子,68,\"");
  CHECK(persons("氏名,住所,年齢\n山田太郎,串本1,70\n山田花子,\",68\n")[1] == "山田花子////68/串本1");
  // A cell that rightly has a line break stays one.
  CHECK(persons("氏名,備考\n山田太郎,\"\n透析\"\n鈴木健,\n").size() == 2);
}

TEST_CASE("ditto marks in the name stand for the family name") {
  CHECK(names("氏名,住所\n山田 太郎,串本1\n〃 花子,〃\n〃　一郎,〃\n") ==
        Texts{"山田 太郎", "山田 花子", "山田 一郎"});
  CHECK(names("氏名,住所\n山田太郎,串本1\n同 花子,同上\n") == Texts{"山田太郎", "山田 花子"});
  CHECK(names("姓,名\n山田,太郎\n〃,花子\n,一郎\n") == Texts{"山田 太郎", "山田 花子", "山田 一郎"});
  CHECK(names("氏名,住所\n山田 太郎,串本1\n　　花子,\n") == Texts{"山田 太郎", "山田 花子"});
  CHECK(remarked(read("氏名,住所\n〃 花子,〃\n"), remark::ditto_without_row, 2));
}

TEST_CASE("part of an address may be a ditto mark") {
  CHECK(persons("氏名,住所\n山田太郎,串本町串本12-3\n鈴木健,〃 15\n")[1] == "鈴木健/////串本町串本15");
}

TEST_CASE("an empty address means the same only where the sheet shows a family") {
  CHECK(persons("氏名,住所\n山田太郎,串本1\n山田花子,\n")[1] == "山田花子/////串本1");
  CHECK(persons("氏名,住所\n山田太郎,串本1\n鈴木健,\n")[1] == "鈴木健");
  CHECK(persons("世帯,氏名,住所\n1,山田太郎,串本1\n,鈴木健,\n2,田中一郎,\n") ==
        Texts{"山田太郎/////串本1", "鈴木健/////串本1", "田中一郎"});
  CHECK(remarked(read("氏名,住所\n山田太郎,串本1\n山田花子,\n"), remark::address_from_above, 3));
}

TEST_CASE("families on one line are taken apart") {
  CHECK(names("氏名\n佐藤 一郎・花子・子2人\n") == Texts{"佐藤 一郎", "佐藤 花子", "", ""});
  CHECK(names("氏名\n山田太郎 外3名\n") == Texts{"山田太郎", "", "", ""});
  CHECK(names("氏名\n山田太郎　他２名\n") == Texts{"山田太郎", "", ""});
  CHECK(names("氏名\n山田太郎ほか三名\n") == Texts{"山田太郎", "", "", ""});
  CHECK(names("氏名\n山田太郎（4人）\n") == Texts{"山田太郎", "", "", ""});
  CHECK(names("氏名\n山田太郎(他1名)\n") == Texts{"山田太郎", ""});
  CHECK(names("氏名\n山田 4名\n") == Texts{"山田", "", "", ""});
  CHECK(names("氏名\n山田太郎夫妻\n") == Texts{"山田太郎", ""});
  CHECK(names("氏名\n\"山田太郎、花子、一郎\"\n") == Texts{"山田太郎", "山田 花子", "山田 一郎"});
  CHECK(names("氏名\n山田太郎 花子\n") == Texts{"山田太郎", "山田 花子"});
  CHECK(names("氏名\n山田 太郎 花子 一郎\n") == Texts{"山田 太郎", "山田 花子", "山田 一郎"});
  CHECK(names("氏名\n山田太郎／鈴木花子\n") == Texts{"山田太郎", "鈴木花子"});
  CHECK(names("氏名\n山田太郎と花子\n") == Texts{"山田太郎", "山田 花子"});
  CHECK(names("氏名\n\"山田太郎\n花子\"\n") == Texts{"山田太郎", "山田 花子"});
  const ReadSheet sheet = read("氏名,住所\n佐藤 一郎・花子・子2人,串本1\n");
  CHECK(sheet.lines[1].persons[3].relation == "子");
  CHECK(sheet.lines[1].persons[3].address == "串本1");
  CHECK(sheet.lines[1].persons[3].family == sheet.lines[1].persons[0].family);
  CHECK(remarked(sheet, remark::companions_counted, 2));
  CHECK(remarked(sheet, remark::family_on_one_line, 2));
}

TEST_CASE("what belongs to several on a line is given to each") {
  CHECK(persons("氏名,年齢,性別\n佐藤 一郎・花子,70・68,男・女\n") ==
        Texts{"佐藤 一郎//m//70", "佐藤 花子//f//68"});
  CHECK(persons("氏名\n佐藤一郎(70)・花子(68)\n") == Texts{"佐藤一郎////70", "佐藤 花子////68"});
}

TEST_CASE("relations stand for the family name, or for the whole name") {
  const ReadSheet sheet = read("氏名,年齢\n佐藤一郎,70\n妻 花子,68\n長男 健,40\n母,\n孫２人,\n");
  CHECK(persons(sheet) == Texts{"佐藤一郎////70", "佐藤 花子//f//68", "佐藤 健//m//40", "//f", "", ""});
  CHECK(sheet.lines[2].persons[0].relation == "妻");
  CHECK(sheet.lines[4].persons[0].family == sheet.lines[1].persons[0].family);
  CHECK(names("氏名\n佐藤一郎\n妻花子\n") == Texts{"佐藤一郎", "佐藤 花子"});
}

TEST_CASE("more than a name stands in the cell for the name") {
  CHECK(persons("氏名\n山田花子（やまだはなこ）\n") == Texts{"山田花子/やまだはなこ"});
  CHECK(persons("氏名\n山田 花子 ヤマダ ハナコ\n") == Texts{"山田 花子/ヤマダ ハナコ"});
  CHECK(persons("氏名\n山田花子 68歳 女\n") == Texts{"山田花子//f//68"});
  CHECK(persons("氏名\n山田花子(68)\n") == Texts{"山田花子////68"});
  CHECK(persons("氏名\n山田花子※車椅子\n") == Texts{"山田花子///////車椅子"});
  CHECK(persons("氏名\n山田花子 車いす\n") == Texts{"山田花子///////車いす"});
  CHECK(persons("氏名\n山田花子（旧姓 鈴木）\n") == Texts{"山田花子///////旧姓、鈴木"});
  CHECK(names("氏名\n山田花子様\n鈴木健さん\n1. 田中一郎\n②高橋次郎\n") ==
        Texts{"山田花子", "鈴木健", "田中一郎", "高橋次郎"});
  CHECK(persons("氏名\n観光客太郎\n犬飼元気\n薬師寺 元気\n") ==
        Texts{"太郎///////観光客", "犬飼元気", "薬師寺 元気"});
  CHECK(read("氏名\n山田花子※車椅子\n").lines[1].persons[0].needs == std::vector<std::string>{"wheelchair"});
  CHECK(persons("氏名\n山田太郎＋犬1匹\n") == Texts{"山田太郎///////犬1匹"});
}

TEST_CASE("names in kana and from abroad stay whole") {
  CHECK(
      names("氏名\nマリア・サントス\nNGUYEN THI MAI\nやまだ はなこ\n山田 はな\n長谷川 太郎\n勝浦川 一郎\n") ==
      Texts{"マリア・サントス", "NGUYEN THI MAI", "やまだ はなこ", "山田 はな", "長谷川 太郎",
            "勝浦川 一郎"});
}

TEST_CASE("nicknames stay as they are, beside family too") {
  CHECK(
      names(
          "氏名,住所\n川田一郎,串本1\nようばあちゃん,同上\n阿部健・ひろばあちゃん,大島\n山田太郎君,大島\n") ==
      Texts{"川田一郎", "ようばあちゃん", "阿部健", "ひろばあちゃん", "山田太郎"});
}

TEST_CASE("names in other characters and in kana give the family its name") {
  CHECK(
      names("氏名\n髙橋一郎・花子\nタカギマサル・凛\nｽｽﾞｷﾅﾂﾐ・玲\n辻󠄀時雄・洋子\n") ==
      Texts{"髙橋一郎", "髙橋 花子", "タカギマサル", "タカギ 凛", "ｽｽﾞｷﾅﾂﾐ", "ｽｽﾞｷ 玲", "辻󠄀時雄", "辻󠄀 洋子"});
  CHECK(persons("氏名,ふりがな\n若松　玉吉・好江,ワカマツ　タマキチ\n")[0] == "若松 玉吉/ワカマツ　タマキチ");
}

TEST_CASE("names that are no whole names are remarked") {
  CHECK(remarked(read("氏名,年齢\n山田,70\n"), remark::name_in_part, 2));
  CHECK(remarked(read("氏名,年齢\nたけちゃん,7\n"), remark::nickname, 2));
  CHECK(remarked(read("氏名,年齢\n山田？郎,70\n"), remark::name_uncertain, 2));
  CHECK(remarked(read("氏名,年齢\n不明,70\n"), remark::name_missing, 2));
  CHECK(remarked(read("氏名,年齢,住所\n,70,串本\n"), remark::name_missing, 2));
}

TEST_CASE("phone numbers that a spreadsheet damaged") {
  CHECK(persons("氏名,電話\n山田太郎,9012345678\n")[0] == "山田太郎//////09012345678");
  CHECK(persons("氏名,電話\n山田太郎,735620001\n")[0] == "山田太郎//////0735620001");
  CHECK(persons("氏名,電話\n山田太郎,9.01235E+09\n")[0] == "山田太郎");
  CHECK(persons("氏名,電話\n山田太郎,なし\n")[0] == "山田太郎");
}

TEST_CASE("notes say what a person needs and how the person is") {
  const auto person = [](std::string_view note) {
    return read("氏名,備考\n山田太郎," + std::string(note) + "\n").lines[1].persons[0];
  };
  CHECK(person("透析 週3回").needs == std::vector<std::string>{"dialysis"});
  CHECK(person("在宅酸素").needs == std::vector<std::string>{"oxygen"});
  CHECK(person("在宅酸素").stay == StayKind::shelter);
  CHECK(person("妊娠8か月").needs == std::vector<std::string>{"pregnant"});
  CHECK(person("要介護３、車イス").needs == std::vector<std::string>{"care", "wheelchair"});
  CHECK(person("アレルギー（卵）").needs == std::vector<std::string>{"allergy"});
  CHECK(person("アレルギーなし").needs.empty());
  CHECK(person("血圧の薬なし").needs.size() == 1);
  CHECK(person("日本語不可").needs == std::vector<std::string>{"language"});
  CHECK(person("車中泊").stay == StayKind::car);
  CHECK(person("在宅避難").stay == StayKind::home);
  CHECK(person("足を骨折").condition == Condition::injured);
  CHECK(person("けがなし").condition == Condition::well);
  CHECK(person("観光客").visitor);
  CHECK(person("夫は行方不明").condition == Condition::not_stated);
  CHECK(person("母：車椅子").needs.empty());
  CHECK(remarked(read("氏名,備考\n山田太郎,妻は透析\n"), remark::need_of_relative, 2));
  CHECK(remarked(read("氏名,備考\n山田太郎,取消\n"), remark::struck_out, 2));
}

TEST_CASE("rows nobody can be made out of are set aside, and the rest goes on") {
  const ReadSheet sheet = read("氏名,年齢,備考\n,,連絡済\n山田太郎,70,\"閉じない\n鈴木花子,68,\n");
  CHECK(kinds(sheet) == Kinds{LineKind::header, LineKind::set_aside, LineKind::set_aside});
  CHECK(sheet.lines[2].raw == "山田太郎,70,\"閉じない");
  CHECK(persons(sheet) == Texts{"鈴木花子////68"});
  CHECK(kinds(read("氏名\n山田太郎 外3000名\n")).back() == LineKind::set_aside);
}

TEST_CASE("how many came may be a column of its own") {
  CHECK(names("代表者,人数,住所\n山田太郎,3,串本1\n鈴木健,1人,中湊\n") ==
        Texts{"山田太郎", "", "", "鈴木健"});
  // Merged cells: the number is the family's, whose members follow.
  CHECK(names("氏名,人数\n山田太郎,3\n山田花子,\n山田一郎,\n鈴木健,1\n") ==
        Texts{"山田太郎", "山田花子", "山田一郎", "鈴木健"});
}

TEST_CASE("two lists side by side are read side by side") {
  CHECK(persons("番号,氏名,年齢,番号,氏名,年齢\n1,山田太郎,70,2,鈴木健,25\n3,田中一郎,44,,,\n") ==
        Texts{"山田太郎////70", "鈴木健////25", "田中一郎////44"});
}

TEST_CASE("any encoding and any line end") {
  // 氏名,年齢 / 山田太郎,70 in CP932
  const std::string cp932 = "\x8e\x81\x96\xbc,\x94\x4e\x97\xee\r\n\x8e\x52\x93\x63\x91\xbe\x98\x59,70\r\n";
  CHECK(persons(cp932) == Texts{"山田太郎////70"});
  CHECK(read(cp932).encoding == "CP932");
  CHECK(persons("\xEF\xBB\xBF氏名,年齢\n山田太郎,70") == Texts{"山田太郎////70"});
  CHECK(persons("氏名\t年齢\n山田太郎\t70\n") == Texts{"山田太郎////70"});
  CHECK(persons("氏名,年齢\r山田太郎,70\r") == Texts{"山田太郎////70"});
}

TEST_CASE("more cells than the header has are kept with the note") {
  const ReadSheet sheet = read("氏名,年齢\n山田太郎,70,猫もいる\n");
  CHECK(persons(sheet) == Texts{"山田太郎////70///猫もいる"});
  CHECK(remarked(sheet, remark::cells_beyond_columns, 2));
}

TEST_CASE("nothing in a file is nobody in a list") {
  CHECK(persons("").empty());
  CHECK(persons("\n\n\n").empty());
  CHECK(persons("氏名,年齢\n").empty());
}

}  // namespace sonae::reception
