// Evacuee cards and the codes on the device.
#include "town/registry/cards.h"

#include <algorithm>

#include "town/registry/inside.h"
#include "town/registry/testing.h"

namespace sonae::registry {

namespace {

constexpr const char* kHeader = "id,household_id,name,kana,sex,birth_date,postcode,address,phone,needs\n";

struct Cards : TestRegistry {
  api::Catalogue operations;
  Cards() {
    registry->add_operations(operations);
    imported(std::string(kHeader) +
             "1,10,浜口　一,ハマグチ　ハジメ,M,1950-01-02,649-3502,串本町大島1番地,,\n"
             "2,10,浜口　ツル,ハマグチ　ツル,F,1952-01-02,649-3502,串本町大島1番地,,\n"
             "3,11,潮崎　守,シオザキ　マモル,M,1960-01-02,649-3502,串本町大島2番地,,\n"
             "4,12,谷　花,タニ　ハナ,F,1970-01-02,649-3503,串本町串本3番地,,\n");
    api::Call now = call();
    REQUIRE(registry->protect(now, {ResidentId("3"), {}, {}, "DV", {}}));
  }
  template <class Answer, class Request>
  Answer run(std::string_view operation, const Request& request) {
    api::Call now = call();
    const auto answer = operations.invoke(operation, now, to_json(request));
    REQUIRE_MESSAGE(answer, answer.error().in(Language::english));
    return from_json<Answer>(*answer).value();
  }
};

}  // namespace

TEST_CASE("cards: one a household, without protected persons, found again on the device") {
  Cards cards;
  const auto all = cards.run<CardList>("registry.cards", CardsRequest{});
  REQUIRE(all.total == 2);
  CHECK(all.cards[0].name == "谷　花");
  CHECK(all.cards[1].name == "浜口　一");
  CHECK(all.cards[1].others == 1);
  CHECK(cards.run<CardList>("registry.cards", CardsRequest{"大島", {}, {}}).total == 1);

  const auto extract = cards.run<DoorExtract>("registry.door_extract", api::Nothing{});
  const auto column = std::ranges::find(extract.columns, "card") - extract.columns.begin();
  std::vector<std::string> codes;
  for (const auto& row : extract.rows)
    codes.push_back(row[static_cast<std::size_t>(column)]);
  REQUIRE(codes.size() == 3);
  CHECK(codes[1].empty());  // of the same household as the one before
  std::string printed = all.cards[1].code;
  std::erase(printed, '-');
  CHECK(codes[0] == printed);
}

TEST_CASE("the door's extract: towns with their readings, where most residents live first") {
  Cards cards;
  const auto extract = cards.run<DoorExtract>("registry.door_extract", api::Nothing{});
  REQUIRE(extract.places.size() > 2);
  CHECK(extract.places[0] ==
        std::vector<std::string>{"大島", "オオシマ"});  // the protected one does not count
  CHECK(extract.places[1].front() == "串本");
}

TEST_CASE("cards: without the town's key the code tells nothing, and households without number have one") {
  const Bytes key(32, 'k'), other(32, 'o');
  CHECK(card_code(key, "10", "1") == card_code(key, "10", "2"));
  CHECK(card_code(key, "10", "1") != card_code(other, "10", "1"));
  CHECK(card_code(key, "", "1") != card_code(key, "", "2"));
  CHECK(card_code(key, "", "1") != card_code(key, "1", ""));
}

}  // namespace sonae::registry
