#include "text/name.h"

#include <doctest/doctest.h>

using namespace sonae::text;

TEST_CASE("family and given name where something parts them") {
  const struct {
    std::string written, family, given, whole;
  } kRows[] = {
      {"山田 太郎", "山田", "太郎", "山田 太郎"},
      {"山田　太郎", "山田", "太郎", "山田 太郎"},
      {"  山田　 太郎 ", "山田", "太郎", "山田 太郎"},
      {"山田太郎", "", "", "山田太郎"},
      {"佐藤 さくら", "佐藤", "さくら", "佐藤 さくら"},
      {"Yamada, Taro", "Yamada", "Taro", "Yamada Taro"},
      {"SMITH JOHN MICHAEL", "SMITH", "JOHN MICHAEL", "SMITH JOHN MICHAEL"},
      {"Taro YAMADA", "YAMADA", "Taro", "YAMADA Taro"},
      {"3. 山田 太郎", "山田", "太郎", "山田 太郎"},
      {"・山田太郎", "", "", "山田太郎"},
      {"故 山田 太郎", "山田", "太郎", "山田 太郎"},
      {"", "", "", ""},
  };
  for (const auto& row : kRows) {
    CAPTURE(row.written);
    const WrittenName name = parse_name(row.written);
    CHECK(name.family == row.family);
    CHECK(name.given == row.given);
    CHECK(name.whole == row.whole);
  }
  CHECK(parse_name("Taro YAMADA").given_name_first);
}

TEST_CASE("titles are taken off, names that end like one are not") {
  CHECK(parse_name("山田太郎様").whole == "山田太郎");
  CHECK(parse_name("山田太郎 様").whole == "山田太郎");
  CHECK(parse_name("花子ちゃん").whole == "花子");
  CHECK(parse_name("花子ちゃん").title == "ちゃん");
  CHECK(parse_name("佐藤さん").whole == "佐藤");
  CHECK(parse_name("佐藤さん").one_part_only);
  CHECK(parse_name("佐藤様 太郎").family == "佐藤");
  CHECK(parse_name("王君").whole == "王君");
  CHECK(parse_name("様").whole == "様");
}

TEST_CASE("readings, former names, remarks") {
  const WrittenName former = parse_name("山田花子（旧姓 鈴木）");
  CHECK(former.whole == "山田花子");
  CHECK(former.former_family == "鈴木");
  CHECK(parse_name("山田 花子 旧姓鈴木").former_family == "鈴木");
  CHECK(parse_name("山田 花子 旧姓鈴木").given == "花子");
  CHECK(parse_name("李 英姫(通称：松本英子)").everyday_name == "松本英子");

  CHECK(parse_name("山田太郎（やまだ　たろう）").kana == "やまだ　たろう");
  CHECK(parse_name("山田太郎(ヤマダタロウ)様").kana == "ヤマダタロウ");
  CHECK(parse_name("山田太郎(ヤマダタロウ)様").whole == "山田太郎");
  CHECK(parse_name("山田太郎／ヤマダタロウ").kana == "ヤマダタロウ");
  CHECK(parse_name("山田 太郎 ヤマダ タロウ").kana == "ヤマダ タロウ");
  CHECK(parse_name("山田 太郎 ヤマダタロウ").given == "太郎");

  CHECK(parse_name("山田太郎（長男・75歳）").note == "長男・75歳");
  CHECK(parse_name("山田太郎 他2名").others == "他2名");
  CHECK(parse_name("山田太郎　ほか３人").whole == "山田太郎");
  CHECK(parse_name("山田太郎（").whole == "山田太郎");
}

TEST_CASE("somebody's relative, whose own name was not written") {
  const WrittenName grandchild = parse_name("佐藤さんの孫");
  CHECK(grandchild.relative_of == "佐藤");
  CHECK(grandchild.relation == "孫");
  CHECK(grandchild.whole.empty());
  CHECK(parse_name("山田様方の母").relation == "母");
  CHECK(parse_name("一の瀬さん").whole == "一の瀬");
}
