#include "link/weights.h"

#include <boost/json.hpp>

#include <initializer_list>

#include "link/groups.h"

namespace sonae::link {
namespace {

using namespace level;

void set(Weights& w, Field field, std::initializer_list<std::pair<std::uint8_t, LevelWeight>> levels) {
  for (const auto& [l, weight] : levels)
    w.fields[static_cast<std::size_t>(field)][l] = weight;
}

}  // namespace

// First guesses, where nothing was learned: what is known of the kinds of error in lists written by hand.
// Levels whose u depends on the value (a frequent name, a small town) carry the u of a middling one; the
// exact value's own frequency takes its place (score.h).
Weights Weights::defaults() {
  Weights w;
  set(w, Field::family_name,
      {{kanji_same, {.92, .002}},
       {kanji_same_kana_differs, {.01, .0001}},
       {kana_same_kanji_differs, {.025, .0003}},
       {kanji_near, {.012, .01}},
       {kanji_confused, {.008, .0008}},
       {kanji_reads_alike, {.01, .0003}},
       {kanji_differs_kana_near, {.002, .003}},
       {kanji_begins_alike, {.003, .005}},
       {kanji_differs, {.006, .49}},
       {kana_same, {.93, .002}},
       {kana_near, {.02, .01}},
       {kana_confused, {.015, .002}},
       {kana_begins_alike, {.01, .006}},
       {kana_differs, {.012, .98}},
       {kanji_and_kana_differ, {.005, .49}}});
  set(w, Field::given_name,
      {{kanji_same, {.86, .001}},
       {kanji_same_kana_differs, {.02, .0003}},
       {kana_same_kanji_differs, {.05, .001}},
       {kanji_near, {.02, .04}},
       {kanji_confused, {.008, .001}},
       {kanji_reads_alike, {.03, .001}},
       {kanji_differs_kana_near, {.005, .01}},
       {kanji_begins_alike, {.005, .01}},
       {kanji_differs, {.008, .47}},
       {kana_same, {.90, .002}},
       {kana_near, {.03, .03}},
       {kana_confused, {.02, .005}},
       {kana_begins_alike, {.02, .02}},
       {kana_differs, {.012, .95}},
       {kanji_and_kana_differ, {.004, .47}}});
  set(w, Field::name_order, {{order_same, {.985, 1}}, {order_reversed, {.015, 1}}});
  set(w, Field::birth_date,
      {{birth_same, {.93, 3.7e-5}},
       {birth_one_part_differs, {.035, .0015}},
       {birth_exchanged, {.004, .00003}},
       {birth_other_era, {.005, .0001}},
       {birth_near, {.008, .003}},
       {birth_differs, {.018, .995}},
       {birth_month_same, {.97, .0011}},
       {birth_year_same, {.97, .0133}},
       {birth_day_same, {.97, .0027}},
       {birth_known_parts_differ, {.03, .99}}});
  set(w, Field::age,
      {{age_same, {.72, .0125}},
       {age_off_by_one, {.16, .025}},
       {age_off_by_few, {.03, .035}},
       {age_rounded, {.05, .02}},
       {age_off_by_ten, {.01, .04}},
       {age_differs, {.03, .87}},
       {age_within, {.93, .14}},
       {age_not_within, {.07, .86}}});
  set(w, Field::sex, {{sex_same, {.985, .5}}, {sex_differs, {.015, .5}}});
  set(w, Field::address,
      {{address_same, {.66, .0002}},
       {address_same_start, {.14, .0003}},
       {town_same_number_near, {.04, .0005}},
       {town_same_number_differs, {.04, .015}},
       {number_same_town_differs, {.01, .002}},
       {address_differs, {.08, .97}},
       {address_elsewhere, {1, 1}},
       {town_same, {.90, .02}},
       {town_differs, {.10, .98}}});
  set(w, Field::phone,
      {{phone_same, {.50, 1e-5}},
       {phone_near, {.02, 1e-4}},
       {phone_differs, {.23, 1}},
       {phone_of_household, {.25, 3e-5}}});
  // A hash of 16 bits: two people share it once in 65,536, and a slip may mean some twenty of them.
  set(w, Field::code,
      {{code_same, {.97, 1.6e-5}},
       {code_differs, {.03, 1}},
       {code_same_but_slip, {.8, 3.2e-4}},
       {code_misread, {.2, 1}}});
  w.address_kinds = {{{.12, .83, .02, .03}, {.15, .55, .25, .05}, {.20, .30, .42, .08}}};
  return w;
}

std::string Weights::to_json() const {
  boost::json::object fields_json;
  for (std::size_t f = 0; f < kComparedFields; ++f) {
    boost::json::array levels;
    for (std::size_t l = 1; l < kLevels[f]; ++l)
      levels.push_back(boost::json::object{{"m", fields[f][l].m}, {"u", fields[f][l].u}});
    fields_json.emplace(name_of(static_cast<Field>(f)), std::move(levels));
  }
  boost::json::array kinds;
  for (const auto& of : address_kinds)
    kinds.push_back(boost::json::array(of.begin(), of.end()));
  return boost::json::serialize(boost::json::object{{"version", kVersion},
                                                    {"resident_share", resident_share},
                                                    {"relative_share", relative_share},
                                                    {"address_kinds", std::move(kinds)},
                                                    {"household_beside", household_beside},
                                                    {"trained_rows", trained_rows},
                                                    {"fields", std::move(fields_json)}});
}

Result<Weights> Weights::from_json(std::string_view text) {
  const auto bad = [] {
    return fail(ErrorCode::invalid_input,
                {"照合の重みのファイルとして読めません", "This cannot be read as weights for matching"});
  };
  boost::system::error_code error;
  const boost::json::value value = boost::json::parse(text, error);
  if (error || !value.is_object()) return bad();
  try {
    const auto& object = value.as_object();
    if (object.at("version").to_number<int>() != kVersion)
      return fail(ErrorCode::unsupported,
                  {"照合の重みの版が違います", "These weights for matching are of another version"});
    Weights w;
    w.resident_share = object.at("resident_share").to_number<double>();
    w.relative_share = object.at("relative_share").to_number<double>();
    for (std::size_t who = 0; who < w.address_kinds.size(); ++who)
      for (std::size_t kind = 0; kind < kAddressKinds; ++kind)
        w.address_kinds[who][kind] = object.at("address_kinds").at(who).at(kind).to_number<double>();
    w.household_beside = object.at("household_beside").to_number<double>();
    w.trained_rows = object.at("trained_rows").to_number<double>();
    for (std::size_t f = 0; f < kComparedFields; ++f) {
      const auto& levels = object.at("fields").at(name_of(static_cast<Field>(f))).as_array();
      if (levels.size() + 1 != kLevels[f]) return bad();
      for (std::size_t l = 1; l < kLevels[f]; ++l)
        w.fields[f][l] = {levels[l - 1].at("m").to_number<double>(),
                          levels[l - 1].at("u").to_number<double>()};
    }
    return w;
  } catch (const std::exception&) {  // a member is missing or of another type
    return bad();
  }
}

}  // namespace sonae::link
