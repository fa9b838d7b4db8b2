#include "town/registry/layout.h"

#include <doctest/doctest.h>

#include "base/fake_env.h"

namespace sonae::registry {

TEST_CASE("layout: the tables that are shipped can be read") {
  const auto layouts = load_layouts(real_env(), SONAE_DATA_DIR "/layouts", {});
  REQUIRE_MESSAGE(layouts, layouts.error().in(Language::english));
  std::vector<std::string> names;
  for (const LayoutPtr& layout : *layouts) {
    names.push_back(layout->name);
    CHECK_FALSE(layout->title.empty());
    CHECK_FALSE(layout->remark.empty());
    CHECK_FALSE(layout->own);
  }
  CHECK(names == std::vector<std::string>{"kihon-data-list", "plain-2012", "simple"});
  CHECK((*layouts)[1]->columns.size() == 32);
  CHECK_FALSE((*layouts)[1]->header);
}

TEST_CASE("layout: the header says which it is") {
  const auto layouts = *load_layouts(real_env(), SONAE_DATA_DIR "/layouts", {});
  CHECK(layout_of_header(layouts, {"id", "phone", "something else"})->name == "simple");
  CHECK(layout_of_header(layouts, {"氏名", "宛名番号"})->name == "kihon-data-list");
  CHECK(layout_of_header(layouts, {"氏名", "住所"}) == nullptr);
}

TEST_CASE("layout: codes are found whatever zeros stand before them") {
  CodeList list{"sex", {{"1", "male"}, {"02", "female"}, {"2", "female"}}};
  CHECK(list.word_of("01") == "male");
  CHECK(list.word_of("2") == "female");
  CHECK(list.word_of("002") == "female");
  CHECK_FALSE(list.word_of("3"));
  CHECK(list.code_of("female") == "02");
}

TEST_CASE("layout: a table that is wrong is refused where it is wrong") {
  const auto refused = [](std::string_view toml, std::string_view where) {
    const auto layout = parse_layout(toml, "own.toml");
    REQUIRE_FALSE(layout);
    CHECK(layout.error().code == ErrorCode::invalid_input);
    CHECK_MESSAGE(layout.error().where.find(where) != std::string::npos, layout.error().where);
  };
  refused("name = ", "own.toml:1");
  refused("name = 'x'", "own.toml");
  refused("name = 'x'\n[[column]]\nname = 'a'", "own.toml");  // no id
  refused("name = 'x'\n[[column]]\nname = 'a'\nto = 'id'\nwdith = 3", "wdith");
  refused("name = 'x'\n[[column]]\nname = 'a'\nto = 'nothing'", "to");
  refused("name = 'x'\n[[column]]\nname = 'a'\nto = 'id'\ntype = 'number'", "type");
  refused("name = 'x'\n[[column]]\nname = 'a'\nto = 'id'\n[[column]]\nname = 's'\ntype = 'code'", "codes");
  refused("name = 'x'\n[[column]]\nname = 'a'\nto = 'id'\n[[column]]\nname = 'a'", "a");
  refused("name = 'x'\n[[column]]\nname = 'a'\nto = 'id'\n[[column]]\nname = 'd'\ntype = 'date'\nera = 'e'",
          "d");
  refused("name = 'x'\n[file]\nencoding = 'ebcdic'\n[[column]]\nname = 'a'\nto = 'id'", "encoding");
}

TEST_CASE("layout: a town's own table hides the program's of the same name") {
  FakeClock clock;
  SeededRandom random(1);
  MemoryDisk disk;
  Env env{clock, random, disk};
  REQUIRE(disk.make_directories("/data"));
  REQUIRE(disk.make_directories("/own"));
  REQUIRE(disk.write_whole("/data/a.toml", "name = 'a'\ntitle = '元'\n[[column]]\nname = 'i'\nto = 'id'"));
  REQUIRE(disk.write_whole("/own/x.toml", "name = 'a'\ntitle = '自前'\n[[column]]\nname = 'i'\nto = 'id'"));
  const auto layouts = load_layouts(env, "/data", "/own");
  REQUIRE(layouts);
  REQUIRE(layouts->size() == 1);
  CHECK(layouts->front()->title == "自前");
  CHECK(layouts->front()->own);
  CHECK(load_layouts(env, "/data", "/no such directory")->size() == 1);
  REQUIRE(disk.write_whole("/own/broken.toml", "name"));
  CHECK_FALSE(load_layouts(env, "/data", "/own"));
}

}  // namespace sonae::registry
