#include "link/em.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "link/groups.h"
#include "link/household.h"

using namespace sonae;
using namespace sonae::link;

namespace {

// Rows whose best candidate agrees as real lists do, with a second that does not.
std::vector<RowState> made_rows(std::size_t count) {
  std::vector<RowState> rows(count);
  std::uint64_t state = 7;
  const auto draw = [&](unsigned of) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<unsigned>(state >> 33) % of;
  };
  for (std::size_t i = 0; i < count; ++i) {
    const bool resident = draw(10) < 8;
    Pattern best, next;
    best.set(Field::family_name, level::kanji_same);
    best.set(Field::given_name, !resident      ? level::kanji_differs
                                : draw(10) < 7 ? level::kanji_same
                                               : level::kana_same_kanji_differs);
    best.set(Field::age, resident && draw(10) < 6 ? level::age_same : level::age_off_by_one);
    best.set(Field::sex, level::sex_same);
    next.set(Field::family_name, level::kanji_same);
    next.set(Field::given_name, level::kanji_differs);
    next.set(Field::age, level::age_differs);
    rows[i].candidates = {{static_cast<std::uint32_t>(i), 1, best, resident ? -25.0F : -9.5F, -8},
                          {static_cast<std::uint32_t>(i + count), 2, next, -9.5F, -8}};
    rows[i].address = !resident && draw(10) < 6 ? AddressKind::elsewhere : AddressKind::here;
    rows[i].residents = {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i + count)};
    rows[i].leads = Leads(Leads::family | Leads::given | (i % 2 == 0 ? Leads::age : Leads::whole_birth));
  }
  return rows;
}

// The same learning with products of plain numbers instead of sums of logarithms, one row after another, all
// hypotheses written out.
Weights learn_simply(const Weights& start, const std::vector<RowState>& rows, double residents, int rounds,
                     double prior_rows) {
  Weights w = start;
  for (int round = 0; round < rounds; ++round) {
    double counts[kComparedFields][16] = {};
    double matched = 0, relatives = 0;
    auto kinds = start.address_kinds;  // as of 20 rows each
    for (auto& of : kinds)
      for (double& count : of)
        count *= 20;
    for (const RowState& row : rows) {
      std::vector<double> of;
      const auto kind = static_cast<std::size_t>(row.address);
      const double stranger = (1 - w.resident_share - w.relative_share) * w.address_kinds[2][kind];
      const double unreached = w.resident_share * w.address_kinds[0][kind] * Reached(w).without(row.leads);
      double relative = 0, sum = stranger + unreached;
      for (const Scored& c : row.candidates) {
        double m = 1, m_shared = 1;
        for (std::size_t f = 0; f < kComparedFields; ++f) {
          const auto field = static_cast<Field>(f);
          const std::uint8_t l = c.pattern.level(field);
          if (l == 0) continue;
          m *= w.fields[f][l].m;
          if (is_shared_by_household(field)) m_shared *= w.fields[f][l].m;
        }
        of.push_back(w.address_kinds[0][kind] * w.resident_share / residents * m / std::pow(2.0, c.log_u));
        const double one = w.address_kinds[1][kind] * w.relative_share / (residents / 2.3) * m_shared /
                           std::pow(2.0, c.log_u_of_household);
        relative += one;
        sum += of.back() + one;
      }
      relatives += relative / sum;
      matched += unreached / sum;
      kinds[0][kind] += (sum - relative - stranger) / sum;
      kinds[1][kind] += relative / sum;
      kinds[2][kind] += stranger / sum;
      for (std::size_t i = 0; i < of.size(); ++i) {
        matched += of[i] / sum;
        for (std::size_t f = 0; f < kComparedFields; ++f)
          counts[f][row.candidates[i].pattern.level(static_cast<Field>(f))] += of[i] / sum;
      }
    }
    for (std::size_t f = 0; f < kComparedFields; ++f)
      for (std::uint8_t group = 1; group <= 2; ++group) {
        double total = 0, whole = 0;
        for (std::uint8_t l = 1; l < kLevels[f]; ++l)
          if (group_of(static_cast<Field>(f), l) == group) {
            total += counts[f][l];
            whole += start.fields[f][l].m;
          }
        for (std::uint8_t l = 1; l < kLevels[f]; ++l)
          if (group_of(static_cast<Field>(f), l) == group)
            w.fields[f][l].m =
                whole * (counts[f][l] + prior_rows * start.fields[f][l].m / whole) / (total + prior_rows);
      }
    for (std::size_t who = 0; who < 3; ++who)
      for (std::size_t k = 0; k < kAddressKinds; ++k)
        w.address_kinds[who][k] = kinds[who][k] / std::accumulate(kinds[who].begin(), kinds[who].end(), 0.0);
    w.resident_share = (matched + prior_rows * start.resident_share) / (double(rows.size()) + prior_rows);
    w.relative_share = (relatives + prior_rows * start.relative_share) / (double(rows.size()) + prior_rows);
  }
  return w;
}

}  // namespace

TEST_CASE("learning agrees with a slow and simple model of it") {
  const auto rows = made_rows(400);
  LearnOptions options;
  options.most_rounds = 12;
  options.until_change = 0;
  const Weights fast = learn_m(Weights::defaults(), rows, 14000, options);
  const Weights slow = learn_simply(Weights::defaults(), rows, 14000, 12, options.prior_rows);
  for (std::size_t f = 0; f < kComparedFields; ++f)
    for (std::size_t l = 1; l < kLevels[f]; ++l)
      CHECK(fast.fields[f][l].m == doctest::Approx(slow.fields[f][l].m).epsilon(1e-3));
  CHECK(fast.resident_share == doctest::Approx(slow.resident_share).epsilon(1e-3));
  CHECK(fast.relative_share == doctest::Approx(slow.relative_share).epsilon(1e-3));
  CHECK(fast.resident_share == doctest::Approx(.8).epsilon(.06));
  for (std::size_t who = 0; who < 3; ++who)
    for (std::size_t kind = 0; kind < kAddressKinds; ++kind)
      CHECK(fast.address_kinds[who][kind] == doctest::Approx(slow.address_kinds[who][kind]).epsilon(1e-3));
  // Who gives an address elsewhere is a stranger.
  const auto elsewhere = static_cast<std::size_t>(AddressKind::elsewhere);
  CHECK(fast.address_kinds[0][elsewhere] < .01);
  CHECK(fast.address_kinds[2][elsewhere] > .4);
}

TEST_CASE("twelve rows move the weights little, and shares stay shares") {
  const Weights start = Weights::defaults();
  const Weights few = learn_m(start, made_rows(12), 14000);
  const auto given = static_cast<std::size_t>(Field::given_name);
  CHECK(std::abs(few.fields[given][level::kanji_same].m - start.fields[given][level::kanji_same].m) < .1);
  double sum = 0;
  for (std::uint8_t l = 1; l < 16; ++l)
    if (group_of(Field::given_name, l) == 1) sum += few.fields[given][l].m;
  CHECK(sum == doctest::Approx(1).epsilon(.01));
  CHECK(learn_m(start, {}, 14000).resident_share == doctest::Approx(start.resident_share));
}

TEST_CASE("weights are saved and read back; another version is refused") {
  Weights learned = learn_m(Weights::defaults(), made_rows(50), 14000);
  learned.household_beside = 4.5;
  const auto back = Weights::from_json(learned.to_json());
  REQUIRE(back);
  CHECK(back->household_beside == 4.5);
  CHECK(back->fields[1][3].m == learned.fields[1][3].m);
  CHECK(!Weights::from_json("{}"));
  CHECK(!Weights::from_json("not json"));
  CHECK(Weights::from_json(R"({"version":99})").error().code == ErrorCode::unsupported);
}

namespace {

NeighbourWeights some_weights(double present, double absent, double again) {
  NeighbourWeights weights;
  weights.of_member = {NeighbourRatio{}, {present, absent}, {present, absent}, {present, absent}};
  weights.of_relative = {present, absent};
  weights.again = again;
  weights.household = present;
  return weights;
}

RowState sure_row(std::uint32_t resident, std::uint32_t household, std::uint8_t others) {
  RowState row;
  row.candidates = {{resident, household, {}, 0, 0}};
  row.residents = {resident};
  row.probabilities = {.99};
  row.others = {others};
  return row;
}

}  // namespace

TEST_CASE("rows of one household beside each other are worth something, shuffled ones nothing") {
  std::vector<RowState> together(600), apart(600);
  for (std::uint32_t i = 0; i < 600; ++i)
    together[i] = apart[i * 7919U % 600U] = sure_row(i, i / 2 + 1, 1);
  const NeighbourWeights learned = learn_neighbour_weights(together, 14000);
  CHECK(learned.household > 5);
  CHECK(learned.again < learned.household - 5);
  CHECK(learn_neighbour_weights(apart, 14000).household < 2.5);
  std::vector<Boost> boosts;
  hear_neighbours(together, 10, some_weights(6, -1, 1), boosts);
  CHECK(boosts[0].resident > 5);
  CHECK(boosts[0].household > 5);
  // The same resident on the row beside is no family.
  together[11] = sure_row(10, 6, 1);
  for (const std::size_t at : {5U, 6U, 7U, 8U, 9U, 12U, 13U, 14U, 15U})
    together[at].candidates[0].household = 99;
  CHECK(beside(together, 10, 6, 10).household == 0);
  CHECK(beside(together, 10, 6, 10).resident == doctest::Approx(.99));
  CHECK(beside(together, 10, 6, 10).either == doctest::Approx(.99));
  hear_neighbours(together, 10, some_weights(6, 0, -2), boosts);
  CHECK(boosts[0].resident < -1);
  CHECK(boosts[0].household > 5);  // a relative stands beside whoever of the family
}

TEST_CASE("whose whole family is missing is less likely, and nothing is missed of who lives alone") {
  // Families of two, four and one by turns, all written together; every fourth family's other half is absent.
  std::vector<RowState> rows;
  std::uint32_t resident = 0;
  for (std::uint32_t household = 1; household <= 400; ++household) {
    const std::uint8_t others = household % 3 == 0 ? 0 : household % 3 == 1 ? 1 : 3;
    const int present = household % 4 == 0 ? 1 : others + 1;
    for (int member = 0; member < present; ++member)
      rows.push_back(sure_row(resident++, household, others));
  }
  const NeighbourWeights learned = learn_neighbour_weights(rows, 14000);
  CHECK(learned.of_member[0].present == 0);
  CHECK(learned.of_member[0].absent == 0);
  CHECK(learned.of_member[1].present > 5);
  CHECK(learned.of_member[1].absent < -1.5);
  CHECK(learned.of_member[3].absent < learned.of_member[1].absent);
  // Two of one name, neither with anybody of the family beside: the one who lives alone is likelier.
  std::vector<RowState> one(1);
  for (const std::uint8_t others : {0, 3}) {
    one[0].candidates.push_back({others, others + 1U, {}, 0, 0});
    one[0].residents.push_back(others);
    one[0].probabilities.push_back(.4);
    one[0].others.push_back(others);
  }
  std::vector<Boost> boosts;
  hear_neighbours(one, 0, learned, boosts);
  CHECK(boosts[0].resident == doctest::Approx(0));
  CHECK(boosts[1].resident == doctest::Approx(learned.of_member[3].absent));
}

TEST_CASE("how often a family's relatives stand beside it is learned apart") {
  std::vector<RowState> rows;
  for (std::uint32_t i = 0; i < 400; ++i) {
    rows.push_back(sure_row(2 * i, i + 1, 1));
    rows.push_back(sure_row(2 * i + 1, i + 1, 1));
    // Guests of another family than the one that they stand beside.
    RowState guest = sure_row(4000 + i, (i + 200) % 400 + 1, 1);
    guest.probabilities = {.05};
    guest.relative = .9;
    if (i % 4 == 0) rows.push_back(guest);
  }
  NeighbourWeights learned = learn_neighbour_weights(rows, 14000);
  CHECK(learned.of_member[1].present > 5);
  CHECK(learned.of_relative.present < learned.of_member[1].present - 2);
  CHECK(learned.of_relative.absent > -.2);
  // Residents badly written, whom their family stands beside, were taken for relatives by half until it was
  // heard.
  for (std::size_t at = 0; at < 200; at += 5)
    rows[at].relative = .5;
  learn_relatives_again(rows, learned);
  const double misled = learned.of_relative.present;
  for (std::size_t at = 0; at < 200; at += 5)
    rows[at].relative = .001;
  learn_relatives_again(rows, learned);
  CHECK(learned.of_relative.present < misled - 1);
}

TEST_CASE(
    "in a long list, too, somebody else of a family is as much likelier than the same once more as was "
    "seen") {
  std::vector<RowState> rows;
  for (std::uint32_t i = 0; i < 20000; ++i) {
    rows.push_back(sure_row(i, i / 2 + 1, 1));
    if (i % 100 == 0) rows.push_back(rows.back());  // one in a hundred is written twice
  }
  const NeighbourWeights learned = learn_neighbour_weights(rows, 1000000);
  CHECK(learned.of_member[1].present - learned.again == doctest::Approx(std::log2(1 / .02)).epsilon(.1));
}

TEST_CASE("where families come whole, the one who is missing is likelier than one of the others once more") {
  // Families of four, all on the list but for every tenth, of whom one stayed away; one in fifty written
  // twice.
  std::vector<RowState> rows;
  std::uint32_t resident = 0;
  for (std::uint32_t household = 1; household <= 1000; ++household, resident += 4)
    for (std::uint32_t member = household % 10 == 0; member < 4; ++member) {
      rows.push_back(sure_row(resident + member, household, 3));
      if (household % 50 == 7) rows.push_back(rows.back());
    }
  const NeighbourWeights learned = learn_neighbour_weights(rows, 1000000);
  const NeighbourRatio& ratio = learned.of_member[3];
  CHECK(ratio.share_whole == doctest::Approx(.925).epsilon(.02));
  CHECK(ratio.whole - ratio.present == doctest::Approx(std::log2(.925 / .075)).epsilon(.15));
  CHECK(learned.of_member[1].share_whole == 1);
  // Three of a family beside a row that gives the family name only.
  std::vector<RowState> family = {sure_row(0, 6, 3), sure_row(1, 6, 3), {}, sure_row(2, 6, 3)};
  for (std::uint32_t member = 0; member < 4; ++member) {
    family[2].candidates.push_back({member, 6, {}, 0, 0});
    family[2].residents.push_back(member);
    family[2].probabilities.push_back(.25);
    family[2].others.push_back(3);
  }
  CHECK(beside(family, 2, 6, 3).members == 3);
  CHECK(beside(family, 2, 6, 0).members == 2);
  std::vector<Boost> boosts;
  hear_neighbours(family, 2, learned, boosts);
  CHECK(boosts[3].resident > boosts[0].resident + 7);
}

TEST_CASE("who lives alone is the less likely the oftener families stand on the list than in the registry") {
  std::vector<RowState> rows;
  for (std::uint32_t i = 0; i < 3000; ++i)
    rows.push_back(i % 3 == 0 ? sure_row(i, 10000 + i, 0) : sure_row(i, i / 3 + 1, 1));
  const NeighbourWeights learned = learn_neighbour_weights(rows, 1000000, {500, 500, 0, 0});
  CHECK(learned.of_size[0] == doctest::Approx(std::log2(2.0 / 3)).epsilon(.1));
  CHECK(learned.of_size[1] == doctest::Approx(std::log2(4.0 / 3)).epsilon(.1));
  std::vector<Boost> boosts;
  hear_neighbours(rows, 0, learned, boosts);
  CHECK(boosts[0].resident == doctest::Approx(learned.of_size[0]));
  CHECK(boosts[0].family == 0);  // nothing to tell a clerk
  // Without households in the registry nothing is learned of them.
  CHECK(learn_neighbour_weights(rows, 1000000).of_size[0] == 0);
}

TEST_CASE("of a family's rows one without a given name is the member who stands on none of the others") {
  std::vector<RowState> rows = {sure_row(0, 6, 2), sure_row(1, 6, 2), {}};
  for (std::uint32_t member = 0; member < 3; ++member) {
    rows[2].candidates.push_back({member, 6, {}, 0, 0});
    rows[2].residents.push_back(member);
    rows[2].probabilities.push_back(.3);
    rows[2].others.push_back(2);
  }
  std::vector<Boost> boosts;
  hear_neighbours(rows, 2, some_weights(10, -1, 5), boosts);
  CHECK(boosts[2].resident > boosts[0].resident + 4);
  CHECK(boosts[0].resident == doctest::Approx(boosts[1].resident));
  // All three live with somebody beside; that two of them are on those rows is said apart.
  CHECK(boosts[0].family > 5);
  CHECK(boosts[0].resident - boosts[0].family < -3);
  CHECK(std::abs(boosts[2].resident - boosts[2].family) < .1);
  CHECK(boosts[2].household == doctest::Approx(boosts[0].household));
}
