#include "link/decisions.h"

#include <doctest/doctest.h>

#include <random>
#include <vector>

using namespace sonae;
using namespace sonae::link;

namespace {

// Decisions on answers whose probability is off by a known line.
std::vector<DecidedAnswer> made(std::size_t count, double shift, double slope) {
  std::mt19937 dice(7);
  std::uniform_real_distribution<double> unit(0, 1);
  const Correction truth{shift, slope, 0, 0};
  std::vector<DecidedAnswer> all;
  for (std::size_t i = 0; i < count; ++i) {
    const double stated = .25 + .74 * unit(dice);
    all.push_back({stated, unit(dice) < truth.apply(stated)});
  }
  return all;
}

Answer asked(double p) {
  Answer answer;
  answer.decision = Decision::ask;
  answer.probability = p;
  answer.resident = "1";
  answer.alternatives = {{Slot{2}, "2", (1 - p) / 2, {}}};
  answer.none_probability = (1 - p) / 2;
  answer.what_would_settle = {"生年月日を聞く", "ask for the birth date"};
  return answer;
}

}  // namespace

TEST_CASE("no decision corrects nothing, few correct little, many find how far off the machine is") {
  CHECK(learn_correction({}).is_identity());
  CHECK(std::abs(learn_correction(made(3, -1, 1)).apply(.9) - .9) < .06);
  const Correction many = learn_correction(made(4000, -1, .8));
  CHECK(many.shift == doctest::Approx(-1).epsilon(.15));
  CHECK(many.slope == doctest::Approx(.8).epsilon(.15));
  const Correction none_needed = learn_correction(made(4000, 0, 1));
  CHECK(none_needed.apply(.9) == doctest::Approx(.9).epsilon(.02));
}

TEST_CASE("a correction keeps the order and what the machine was sure of") {
  const Correction doubting{-2, .9, 100, .5};
  CHECK(doubting.apply(.6) < doubting.apply(.7));
  Answer sure = asked(.995);
  sure.decision = Decision::match;
  correct(sure, doubting, {});
  CHECK(sure.decision == Decision::match);
  CHECK(sure.probability == .995);
}

TEST_CASE("the decision follows from the corrected probability, and probabilities still sum to one") {
  for (const Correction& c :
       {Correction{3, 1.5, 100, .5}, Correction{-4, 1, 100, .5}, Correction{.1, 1, 100, .5}}) {
    Answer answer = asked(.8);
    correct(answer, c, {});
    double sum = answer.none_probability;
    if (!answer.resident.empty()) sum += answer.probability;
    for (const Candidate& other : answer.alternatives)
      sum += other.probability;
    CHECK(sum == doctest::Approx(1));
    CHECK((answer.decision == Decision::none) == answer.resident.empty());
    if (answer.decision == Decision::none) CHECK(answer.alternatives.front().resident == "1");
    if (answer.decision == Decision::match) CHECK(answer.what_would_settle.empty());
  }
  Answer hopeless;
  hopeless.probability = .2;
  hopeless.alternatives = {{Slot{2}, "2", .2, {}}};
  hopeless.none_probability = .8;
  correct(hopeless, {2, 1, 100, .5}, {});
  CHECK(hopeless.decision == Decision::ask);
  CHECK(hopeless.resident == "2");
  CHECK(hopeless.alternatives.empty());
}

TEST_CASE("corrections are saved and read back; others are refused") {
  const auto back = Correction::from_json(Correction{.5, .9, 12, .5}.to_json());
  REQUIRE(back);
  CHECK(back->shift == .5);
  CHECK(back->decided == 12);
  CHECK(!Correction::from_json(""));
  CHECK(!Correction::from_json("{}"));
  CHECK(Correction::from_json(R"({"version":9,"shift":0,"slope":1,"decided":0,"right":0})").error().code ==
        ErrorCode::unsupported);
}
