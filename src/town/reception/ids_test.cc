#include "town/reception/ids.h"

#include <doctest/doctest.h>

#include <set>

namespace sonae::reception {

TEST_CASE("ids: rows keep theirs when a list grows, in front too, and equal rows are told apart") {
  EntryIds first, grown;
  first.begin_row("串本小学校", "山田太郎,70", "");
  const EntryId yamada = first.id(0), companion = first.id(1);
  first.begin_row("串本小学校", "鈴木健,25", "");
  const EntryId suzuki = first.id(0);
  first.begin_row("串本小学校", "山田太郎,70", "");
  const EntryId second_yamada = first.id(0);
  CHECK(std::set<EntryId>{yamada, companion, suzuki, second_yamada}.size() == 4);

  grown.begin_row("串本小学校", "田中一郎,44", "");
  grown.begin_row("串本小学校", "鈴木健,25", "");
  CHECK(grown.id(0) == suzuki);
  grown.begin_row("串本小学校", "山田太郎,70", "");
  CHECK(grown.id(0) == yamada);
  CHECK(grown.id(1) == companion);
  grown.begin_row("串本小学校", "山田太郎,70", "");
  CHECK(grown.id(0) == second_yamada);
}

TEST_CASE("ids: another shelter, and another row above, are another entry") {
  EntryIds ids;
  ids.begin_row("串本小学校", "〃花子,68", "name=山田;");
  const EntryId yamada = ids.id(0);
  ids.begin_row("串本小学校", "〃花子,68", "name=鈴木;");
  CHECK(ids.id(0) != yamada);
  ids.begin_row("大島小学校", "〃花子,68", "name=山田;");
  CHECK(ids.id(0) != yamada);
  // No two lists of pieces are hashed alike.
  ids.begin_row("串本", "小学校", "");
  const EntryId one = ids.id(0);
  ids.begin_row("串本小学", "校", "");
  CHECK(ids.id(0) != one);
  CHECK(sheet_id(sha256("x"), "串本") != sheet_id(sha256("x"), "大島"));
}

}  // namespace sonae::reception
