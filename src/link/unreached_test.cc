#include "link/unreached.h"

#include <doctest/doctest.h>

#include <vector>

#include "link/posterior.h"

using namespace sonae;
using namespace sonae::link;

namespace {

constexpr std::size_t kName = Leads::family | Leads::given;

}  // namespace

TEST_CASE("the more a row gives, the fewer of its residents are no candidates") {
  const Reached reached(Weights::defaults());
  const double name = reached.without(Leads(kName));
  const double name_and_age = reached.without(Leads(kName | Leads::age));
  const double name_age_and_town = reached.without(Leads(kName | Leads::age | Leads::town));
  const double with_number = reached.without(Leads(kName | Leads::age | Leads::town | Leads::number));
  // The name alone finds nobody who stands under another.
  CHECK(name > .02);
  CHECK(name < .2);
  CHECK(name_and_age < name / 3);
  CHECK(name_age_and_town < name_and_age);
  CHECK(with_number < name_age_and_town / 2);
  CHECK(reached.without(Leads(kName | Leads::whole_birth)) < .01);
  for (std::size_t kind = 0; kind < Leads::kKinds; ++kind) {
    CHECK(reached.without(Leads(kind)) >= 0);
    CHECK(reached.without(Leads(kind)) <= 1);
  }
}

TEST_CASE("a bare family name leads to nobody, and with an age only where few bear it") {
  const Reached reached(Weights::defaults());
  CHECK(reached.without(Leads(Leads::family)) == 1);
  CHECK(reached.without(Leads(Leads::family | Leads::age)) < .3);
  CHECK(reached.without(Leads(Leads::family | Leads::age | Leads::crowded)) == 1);
  CHECK(reached.without(Leads(Leads::family | Leads::age | Leads::town | Leads::crowded)) < .4);
  CHECK(reached.without(Leads()) == 1);
}

TEST_CASE("what a row gives is read off it") {
  Query row;
  const auto parts = [](std::uint8_t letters) { return Letters{5, letters}; };
  row.features.set_kana(parts(1), {});
  CHECK(Leads(row, false).kind() == (Leads::family | Leads::in_kana));
  row.features.set_kanji(parts(1), parts(1));
  row.age = 70;
  row.features.town = 3;
  CHECK(Leads(row, false).kind() == (kName | Leads::age));  // not known to be there
  row.address = AddressKind::here;
  row.features.numbers[0] = 12;
  row.age_means = AgeMeans::about;
  CHECK(Leads(row, true).kind() == (kName | Leads::crowded | Leads::rough_age | Leads::town | Leads::number));
  row.features.year = 1950;
  CHECK(Leads(row, false).has(Leads::year));
  CHECK(!Leads(row, false).has(Leads::rough_age));
}

TEST_CASE(
    "a row that leads to nobody is as likely a resident's as any; one that gives all and fits nobody is "
    "not") {
  Weights weights = Weights::defaults();
  weights.resident_share = .9;
  const Prior prior(weights, 14000);
  const LogWeights logs(weights);
  Posterior result;
  RowState row;
  row.address = AddressKind::here;
  row.leads = Leads(Leads::family);
  posterior(logs, prior, row, result);
  CHECK(result.unreached > .9);
  CHECK(result.unreached + result.stranger == doctest::Approx(1));
  row.leads = Leads(kName | Leads::whole_birth | Leads::town | Leads::number);
  posterior(logs, prior, row, result);
  CHECK(result.stranger > .95);
  // Somebody of his family would be on a row beside.
  row.leads = Leads(kName);
  posterior(logs, prior, row, result);
  const double alone = result.unreached;
  row.boost_of_unreached = -3;
  posterior(logs, prior, row, result);
  CHECK(result.unreached < alone / 3);
}
