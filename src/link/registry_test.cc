#include "link/registry.h"

#include <doctest/doctest.h>

#include "link/compare.h"
#include "link/index.h"
#include "link/key_set.h"
#include "link/matcher.h"
#include "link/row_matcher.h"
#include "link/test_town.h"

using namespace sonae;
using namespace sonae::link;

namespace {

Registry built(int from, int to) {
  RegistryBuilder builder(test_context());
  for (int i = from; i < to; ++i) {
    const Stranger person = stranger(i);
    builder.add(person.record());
  }
  return builder.finish();
}

// Rows with something missing or wrong in each.
std::vector<Stranger> worn(int from, int to) {
  std::vector<Stranger> rows;
  for (int i = from; i < to; ++i) {
    Stranger row = stranger(i);
    switch (i % 6) {
      case 0:
        row.kana.clear();
        break;
      case 1:
        row.birth.day = static_cast<std::uint8_t>(row.birth.day % 28 + 1);
        break;
      case 2:
        row.birth = {};
        break;
      case 3:
        row.address.clear();
        break;
      case 4:
        row.name = row.kana;
        break;
      default:
        row.phone.clear();
        break;
    }
    rows.push_back(row);
  }
  return rows;
}

void check_same_answers(const Registry& one, const Registry& other, int from, int to) {
  const Matcher first(one), second(other);
  for (const Stranger& row : worn(from, to)) {
    const Answer a = first.match(row.record()), b = second.match(row.record());
    CHECK(a.decision == b.decision);
    CHECK(a.resident == b.resident);
    CHECK(a.probability == doctest::Approx(b.probability).epsilon(1e-3));
  }
}

}  // namespace

TEST_CASE("a registry that was changed answers as one that was built anew") {
  Registry changed = built(0, 800);
  for (int i = 600; i < 800; ++i)
    CHECK(changed.remove("s" + std::to_string(i)));
  CHECK(!changed.remove("s600"));
  for (int i = 800; i < 1000; ++i) {
    const Stranger person = stranger(i);
    changed.put(person.record());
  }
  for (int i = 0; i < 50; ++i) {  // moved away and married: another address and family name, and back again
    Stranger person = stranger(i);
    person.name = "別府　" + person.name;
    person.address = "和歌山県東牟婁郡古座川町高池" + std::to_string(i);
    changed.put(person.record());
    changed.put(stranger(i).record());
  }
  RegistryBuilder builder(test_context());
  for (int i = 0; i < 1000; ++i) {
    if (i >= 600 && i < 800) continue;
    const Stranger person = stranger(i);
    builder.add(person.record());
  }
  const Registry anew = builder.finish();
  CHECK(changed.size() == anew.size());
  check_same_answers(changed, anew, 0, 1000);

  Env& env = real_env();
  const std::string path = "/tmp/sonae-registry-test-" + env.random.id<EntryId>().text();
  REQUIRE(changed.save(env, path));
  const auto opened = Registry::open(env, path, test_context());
  REQUIRE(opened);
  CHECK(opened->size() == anew.size());
  CHECK(opened->find("s900"));
  CHECK(!opened->find("s700"));
  check_same_answers(*opened, anew, 500, 900);

  // Torn or foreign files are refused.
  const std::string whole = *env.disk.read_all(path);
  for (const std::string& content :
       {whole.substr(0, whole.size() / 2), std::string("SONAELNK"), std::string(), "x" + whole.substr(1),
        whole.substr(0, 60) + "!" + whole.substr(61)}) {
    REQUIRE(env.disk.write_whole(path, content));
    CHECK(Registry::open(env, path, test_context()).error().code == ErrorCode::corrupt);
  }
  REQUIRE(env.disk.remove(path));
}

TEST_CASE("the candidates hold whoever looking at everybody finds likely") {
  const Registry registry = built(0, 3000);
  const Index& index = registry.index();
  const LogWeights weights(Weights::defaults());
  RowMatcher matcher(registry, test_context().today);
  int likely = 0;
  for (const Stranger& row : worn(0, 600)) {
    const auto queries = matcher.read(row.record());
    RowState found;
    matcher.find(queries, weights, found);
    float best = -1e9F;
    std::uint32_t best_slot = 0;
    const ValueFrequencies values(index, queries[0], test_context().today);
    for (std::uint32_t slot = 0; slot < index.slots(); ++slot) {
      const Scored scored = score(weights, values, index.features(slot), slot,
                                  compare(queries[0], index.features(slot), test_context().today));
      const float weight = weights.m(scored.pattern) - scored.log_u;
      if (weight > best) {
        best = weight;
        best_slot = slot;
      }
    }
    if (best < 12) continue;
    ++likely;
    CHECK(std::ranges::find(found.residents, best_slot) != found.residents.end());
  }
  CHECK(likely > 500);
}

TEST_CASE("other names: a resident is found under each, once") {
  RegistryBuilder builder(test_context());
  for (int i = 0; i < 200; ++i)
    builder.add(stranger(i).record());
  const std::string_view others[] = {"NGUYEN THI HOA", "山本 花"};
  Record foreigner;
  foreigner.id = "f";
  foreigner.name = "グエン ティ ホア";
  foreigner.birth = {1990, 2, 3};
  foreigner.other_names = others;
  builder.add(foreigner);
  builder.add(foreigner);  // the first of an id stands
  const Registry registry = builder.finish();
  CHECK(registry.size() == 201);
  const Matcher matcher(registry);
  for (const std::string_view name : {"グエンティホア", "Nguyen Thi Hoa", "山本花", "ホア グエン"}) {
    CAPTURE(name);
    Record row;
    row.name = name;
    row.birth = {1990, 2, 3};
    const Answer answer = matcher.match(row);
    CHECK(answer.resident == "f");
    for (const Candidate& other : answer.alternatives)
      CHECK(other.resident != "f");
  }
}

TEST_CASE("a registry for some rows answers them as one for all, finds ids, and cannot be saved") {
  std::vector<Record> rows;
  const std::vector<Stranger> written = worn(0, 400);
  for (const Stranger& row : written)
    rows.push_back(row.record());
  rows[7].age = 40;
  rows[7].birth = {};
  RegistryBuilder builder(test_context());
  for (int i = 0; i < 3000; ++i) {
    const Stranger person = stranger(i);
    builder.add(person.record());
  }
  const Registry for_rows = builder.finish_for(rows, test_context().today);
  const Registry for_all = built(0, 3000);
  CHECK(for_rows.memory() < for_all.memory());
  const std::vector<Answer> some = Matcher(for_rows).match_all(rows), all = Matcher(for_all).match_all(rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CAPTURE(i);
    CHECK(some[i].decision == all[i].decision);
    CHECK(some[i].resident == all[i].resident);
    // Now and then a list counts somebody whose key falls into the same place (postings.h).
    CHECK(some[i].probability == doctest::Approx(all[i].probability).epsilon(0.02));
  }
  const Stranger person = stranger(17);
  CHECK(for_rows.find(person.id) == for_all.find(person.id));
  CHECK(!for_rows.find("nobody"));
  const Status saved = for_rows.save(real_env(), "/nowhere/index", 1);
  REQUIRE(!saved);
  CHECK(saved.error().code == ErrorCode::unsupported);
}

TEST_CASE("a set of keys has what was added, and little else") {
  KeySet set(10'000);
  for (std::uint64_t i = 0; i < 10'000; ++i)
    set.add(key_of(KeyKind::birth, i));
  std::size_t too_many = 0;
  for (std::uint64_t i = 0; i < 10'000; ++i) {
    CHECK(set.may_have(key_of(KeyKind::birth, i)));
    too_many += set.may_have(key_of(KeyKind::phone, i));
  }
  CHECK(too_many < 2'000);
}
