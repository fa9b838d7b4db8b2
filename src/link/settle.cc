#include "link/settle.h"

namespace sonae::link {

// The strongest question first: a given name where there is none, then a birth date, which tells nearly all
// people apart, an address those of one name.
Phrase what_would_settle(Pattern best, std::optional<Pattern> next) {
  using namespace level;
  const std::uint8_t birth = best.level(Field::birth_date);
  const std::uint8_t given = best.level(Field::given_name);
  // Only the family name was written: what they are called comes before all else.
  if (given == missing) return {"名（下の名前）を聞く", "ask for the given name"};
  if (birth == missing || birth == birth_month_same || birth == birth_year_same || birth == birth_day_same)
    return {"生年月日を聞く", "ask for the birth date"};
  if (given == kana_begins_alike || given == kanji_begins_alike)
    return {"名（下の名前）を聞く", "ask for the given name"};
  if (birth != birth_same) return {"生年月日を確かめる", "check the birth date"};
  if (given == kana_differs || given == kanji_differs || given == kanji_and_kana_differ)
    return {"名（下の名前）を確かめる", "check the given name"};
  const std::uint8_t address = best.level(Field::address);
  if (address == missing || address == town_same)
    return {"番地までの住所を聞く", "ask for the address with its number"};
  if (next && next->level(Field::phone) == missing) return {"電話番号を聞く", "ask for the phone number"};
  return {"本人か家族に確かめる", "ask the person or the family"};
}

}  // namespace sonae::link
