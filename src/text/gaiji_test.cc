#include "text/gaiji.h"

#include "text/fold.h"
#include "text/mj_characters.h"
#include "text/test_tables.h"

using namespace sonae;
using namespace sonae::text;

TEST_CASE("a vendor's private characters fold to what they stand for") {
  std::vector<Error> errors;
  const Gaiji gaiji = Gaiji::parse(
      "# code\tstands for\treading\tnumber\tnote\r\n"
      "U+E000\t邉\tベン\tMJ026193\t\r\n"
      "F041\t𠮷\tヨシ\r\n"
      "U+10FA00\t葛\tカツ\tGJ000123\t行政事務標準文字\n"
      "U+E003\t⿰木神\tサカキ\t\t\n"
      "U+E004\t\t\t\t絵だけ\n",
      "gaiji.tsv", errors);
  CHECK(errors.empty());
  CHECK(gaiji.size() == 5);
  CHECK(gaiji.find(0x10FA00)->number == "GJ000123");
  CHECK(gaiji.find(0xE000)->reading == "ベン");

  const Tables& tables = test_tables();
  CHECK(fold_name(tables, "渡\uE000", &gaiji) == fold_name(tables, "渡辺"));
  CHECK(fold_name(tables, "\uE001田", &gaiji) == fold_name(tables, "吉田"));
  CHECK(fold_name(tables, "\U0010FA00城", &gaiji) == fold_name(tables, "葛城"));
  CHECK(fold_name(tables, "\uE004田", &gaiji) == "\uE004田");  // nothing known: itself
  CHECK(fold_name(tables, "\uE000田") == "\uE000田");          // and without a table
}

TEST_CASE("lines of a table of private characters that cannot be used are named") {
  std::vector<Error> errors;
  const Gaiji gaiji = Gaiji::parse(
      "U+4E00\t一\nE000\t一\nU+E000\t一\t\tMJ1\nU+E001\t一\nU+E001\t二\nU+E002\t\xFF\n", "g.tsv", errors);
  CHECK(gaiji.size() == 1);
  CHECK(gaiji.find(0xE001)->stands_for == U"一");
  REQUIRE(errors.size() == 5);
  CHECK(errors[0].where == "g.tsv:1");
  CHECK(errors[1].where == "g.tsv:2");
  CHECK(errors[2].where == "g.tsv:3");
  CHECK(errors[3].where == "g.tsv:5");
  CHECK(errors[4].where == "g.tsv:6");
}

TEST_CASE("an MJ number alone says the character, where the share-alike table is there") {
  const auto mj = MjCharacters::open(real_env(), SONAE_DATA_DIR);
  REQUIRE(mj);
  CHECK(mj->find("MJ000001") == U'々');
  CHECK(mj->find("MJ026190") == U'邉');
  CHECK(mj->find("MJ999999") == 0);
  CHECK(mj->find("GJ000001") == 0);
  std::vector<Error> errors;
  const Gaiji gaiji = Gaiji::parse("U+E010\t\t\tMJ026190\n", "g.tsv", errors, &*mj);
  CHECK(fold_name(test_tables(), "渡\uE010", &gaiji) == fold_name(test_tables(), "渡辺"));
  CHECK(MjCharacters::open(real_env(), SONAE_SOURCE_DIR "/src")->empty());
}
