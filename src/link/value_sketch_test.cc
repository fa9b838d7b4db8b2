// A sketch may spare a comparison only where the comparison would say that the values differ.
#include "link/value_sketch.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "link/table_compare.h"
#include "text/jaro_winkler.h"

using namespace sonae;
using namespace sonae::link;

namespace {

constexpr FieldKind kKinds[] = {FieldKind::name, FieldKind::text, FieldKind::number, FieldKind::date,
                                FieldKind::category};

// Letters of which some have their low bits in common, so that sketches take them for each other.
constexpr std::u32string_view kLetters = U"abcnq! 019平斎\u0161\u0061あ";

rc::Gen<std::u32string> some_value() {
  return rc::gen::oneOf(rc::gen::container<std::u32string>(rc::gen::elementOf(std::u32string(kLetters))),
                        rc::gen::container<std::u32string>(8, rc::gen::elementOf(std::u32string(U"0123"))),
                        rc::gen::mapcat(rc::gen::inRange<std::size_t>(1, 90), [](std::size_t length) {
                          return rc::gen::container<std::u32string>(
                              length, rc::gen::elementOf(std::u32string(U"abcde")));
                        }));
}

// The value after a few slips: put in, left out, replaced, exchanged with its neighbour.
std::u32string worn(std::u32string value) {
  const int slips = *rc::gen::inRange(0, 4);
  for (int i = 0; i < slips && !value.empty(); ++i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, value.size());
    const char32_t letter = *rc::gen::elementOf(std::u32string(kLetters));
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        value.insert(at, 1, letter);
        break;
      case 1:
        value.erase(at, 1);
        break;
      case 2:
        value[at] = letter;
        break;
      default:
        std::swap(value[at], value[(at + 1) % value.size()]);
    }
  }
  return value;
}

void never_too_sure(const std::u32string& one, const std::u32string& other) {
  const ValueSketch a(one), b(other);
  for (const FieldKind kind : kKinds)
    if (surely_differs(kind, a, b)) RC_ASSERT(compare_values(kind, one, other) == TableLevel::differs);
  RC_ASSERT(most_similar(a, b) >= text::jaro_winkler(one, other) - 1e-12);
}

}  // namespace

TEST_CASE("sketches are never surer than the comparison") {
  CHECK(rc::check("of a value and what became of it", [] {
    const std::u32string value = *some_value();
    never_too_sure(value, worn(value));
  }));
  CHECK(rc::check("of any two values", [] { never_too_sure(*some_value(), *some_value()); }));
}

TEST_CASE("sketches of unlike values are told apart") {
  const auto differ = [](FieldKind kind, std::u32string_view one, std::u32string_view other) {
    return surely_differs(kind, ValueSketch(one), ValueSketch(other));
  };
  CHECK(differ(FieldKind::name, U"michaela", U"courtney"));
  CHECK(differ(FieldKind::text, U"wynnum west", U"dandenong"));
  CHECK(differ(FieldKind::number, U"5304218", U"9182644"));
  CHECK(differ(FieldKind::date, U"19151111", U"19830623"));
  CHECK(differ(FieldKind::category, U"nsw", U"vic"));
  CHECK_FALSE(differ(FieldKind::name, U"michaela", U"micheala"));
  CHECK_FALSE(differ(FieldKind::date, U"19150611", U"19151106"));
}
