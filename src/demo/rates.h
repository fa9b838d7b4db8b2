// How hurriedly shelter lists are written: every rate of the model in one table. They are estimates of ours,
// after what 2011's lists are reported to have looked like; no one has published counts.
#pragma once

namespace sonae::demo {

struct Rates {
  // A whole sheet is kept so.
  double no_kana_column = 0.35;
  double no_sex_column = 0.30;
  double age_for_birth_date = 0.45;  // an age column stands where the birth date should
  double neither_age_nor_birth = 0.08;
  double no_phone_column = 0.45;
  double no_note_column = 0.40;
  double number_column = 0.50;
  double title_line = 0.30;
  double families_on_one_line = 0.30;
  double ditto_marks = 0.55;
  double odd_notation = 0.85;  // kana, dates, sex, addresses written in a way of one's own

  // One person is written so.
  double kana_missing = 0.15;
  double kana_slip = 0.04;
  double name_in_kana = 0.05;
  double surname_only = 0.02;
  double given_name_only = 0.015;
  double nickname = 0.008;
  double described = 0.005;  // 佐藤さんの孫
  double with_honorific = 0.02;
  double order_swapped = 0.008;
  double other_form = 0.40;  // of those whose name has another form (渡邊 as 渡辺)
  double miswritten = 0.02;
  double by_alias = 0.6;           // of foreigners with a 通称
  double foreigner_in_kana = 0.5;  // of foreigners
  double birth_missing = 0.15;
  double birth_digit_wrong = 0.03;
  double birth_month_day_swapped = 0.004;
  double birth_era_wrong = 0.006;
  double birth_year_only = 0.03;
  double age_missing = 0.10;
  double age_off_by_one = 0.12;
  double age_rough = 0.04;  // 70代, 80くらい
  double sex_missing = 0.05;
  double sex_wrong = 0.005;
  double address_missing = 0.12;
  double address_town_only = 0.22;
  double address_local_name = 0.05;  // 橋杭 for 鬮野川, the town of before the merger
  double address_branch_left_out = 0.12;
  double address_digit_wrong = 0.02;
  double building_left_out = 0.60;
  double phone_missing = 0.45;
  double phone_digit_wrong = 0.015;
  double unnamed_children = 0.12;  // of the families with children on one line: 子2人
  double left_blank_line = 0.01;   // an empty line follows
  double note = 0.08;

  // One person is on the lists so.
  double at_two_shelters = 0.015;
  double twice_on_a_sheet = 0.006;
  double visitor = 0.03;     // as a share of the residents there
  double moved_out = 0.008;  // likewise: lived here once
};

inline constexpr Rates kRates;

}  // namespace sonae::demo
