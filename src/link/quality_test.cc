// How right a set of answers is, reckoned by hand for a few rows.
#include "link/quality.h"

#include <doctest/doctest.h>

using namespace sonae::link;

TEST_CASE("quality: shares at the engine's thresholds and over all") {
  Quality quality;
  quality.add(Decision::match, .999, "1", "1");
  quality.add(Decision::match, .998, "2", "2");
  quality.add(Decision::match, .997, "3", "4");  // the wrong resident
  quality.add(Decision::match, .996, "5", "");   // a stranger
  quality.add(Decision::ask, .5, "6", "6");
  quality.add(Decision::none, 0, "", "7");
  quality.add(Decision::none, 0, "", "");
  const Quality::Summary s = quality.summary();
  CHECK(s.rows == 7);
  CHECK(s.residents == 5);
  CHECK(s.strangers == 2);
  CHECK(s.precision == doctest::Approx(2.0 / 4));
  CHECK(s.recall == doctest::Approx(2.0 / 5));
  CHECK(s.f1 == doctest::Approx(4.0 / 9));
  CHECK(s.strangers_accepted == doctest::Approx(.5));
  CHECK(s.asked == doctest::Approx(1.0 / 7));
  CHECK(s.asked_right == doctest::Approx(1));
  // Accepting the first two: precision 1, recall .4; all five: precision .6, recall .6.
  CHECK(s.best_f1 == doctest::Approx(.6));
  CHECK(s.best_at == doctest::Approx(.5));
  CHECK(s.recall_at_995 == doctest::Approx(.4));
  CHECK(s.brier == doctest::Approx((.001 * .001 + .002 * .002 + .997 * .997 + .996 * .996 + .25) / 7));
  CHECK(quality.accepted_from(.998).precision == doctest::Approx(1));
  CHECK(quality.accepted_from(.998).asked == doctest::Approx(3.0 / 7));
}

TEST_CASE("quality: of what was stated as so probable, how much was right") {
  Quality quality;
  for (int i = 0; i < 10; ++i)
    quality.add(Decision::ask, .92, "1", i < 9 ? "1" : "2");
  const auto bin = quality.bins()[9];
  CHECK(bin.rows == 10);
  CHECK(bin.stated / bin.rows == doctest::Approx(.92));
  CHECK(bin.right / bin.rows == doctest::Approx(.9));
}

TEST_CASE("quality: nothing at all gives no figure that is none") {
  const Quality::Summary s = Quality().summary();
  CHECK(s.f1 == 0);
  CHECK(s.best_f1 == 0);
  CHECK(s.brier == 0);
}

TEST_CASE("quality: the right one among those shown counts as shown") {
  Answer answer;
  answer.decision = Decision::ask;
  answer.resident = "1";
  answer.probability = .4;
  answer.alternatives.push_back({{}, "2", .3, {}});
  Quality quality;
  quality.add(answer, "2");
  CHECK(quality.summary().found == 0);
  CHECK(quality.summary().shown == 1);
}
