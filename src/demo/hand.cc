#include "demo/hand.h"

#include <array>
#include <limits>

#include <fmt/format.h>

#include "demo/kana.h"
#include "demo/variants.h"

namespace sonae::demo {

namespace {

// What people of a place call it, beside or instead of what the address says.
struct LocalName {
  std::string_view town, said;
};
constexpr std::array kLocalNames = {
    LocalName{"鬮野川", "橋杭"},       LocalName{"鬮野川", "くじの川"}, LocalName{"鬮野川", "クジ野川"},
    LocalName{"串本", "植松"},         LocalName{"串本", "大水崎"},     LocalName{"串本", "袋"},
    LocalName{"サンゴ台", "さんご台"}, LocalName{"サンゴ台", "珊瑚台"}, LocalName{"潮岬", "潮ノ岬"},
    LocalName{"潮岬", "しおのみさき"}, LocalName{"西向", "古座町西向"}, LocalName{"古座", "古座町古座"},
    LocalName{"中湊", "古座町中湊"},   LocalName{"田原", "古座町田原"}, LocalName{"津荷", "古座町津荷"},
    LocalName{"伊串", "古座町伊串"},   LocalName{"神野川", "このがわ"}, LocalName{"和深", "安指"},
    LocalName{"和深", "わぶか"},       LocalName{"二色", "にしき"},     LocalName{"上野山", "上の山"},
    LocalName{"須江", "大島須江"},     LocalName{"樫野", "大島の樫野"}, LocalName{"有田", "串本有田"},
};

// Short names by which the old and the young are called.
std::string nickname_of(const Resident& resident, Dice& dice, int age) {
  const std::vector<std::string_view> kana = characters_of(resident.given.kana);
  std::string first = in_hiragana(kana.front());
  if (kana.size() > 1) first += in_hiragana(kana[1]);
  if (age >= 75) return first + (resident.sex == Sex::female ? "ばあちゃん" : "じいちゃん");
  return first + dice.one_of({"ちゃん", "さん", "っち"});
}

// 昭和10年 taken for 平成10年 and the like; the year as it is where that would be in the future.
std::int16_t same_year_of_another_era(int year, int this_year) {
  const int other = year >= 2019   ? year - 30   // 令和 as 平成
                    : year >= 1989 ? year - 63   // 平成 as 昭和
                    : year >= 1926 ? year + 63   // 昭和 as 平成
                                   : year + 14;  // 大正 as 昭和
  return static_cast<std::int16_t>(other > this_year ? year - 14 : other);
}

}  // namespace

bool Hand::slips(double rate) {
  return dice_.chance(std::min(1.0, rate * severity_));
}

void Hand::change_a_digit(std::string& text) {
  std::vector<std::size_t> digits;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] >= '0' && text[i] <= '9') digits.push_back(i);
  if (digits.empty()) return;
  const std::size_t at = dice_.one_of(digits);
  text[at] = static_cast<char>('0' + (text[at] - '0' + dice_.between(1, 9)) % 10);
}

std::string Hand::spelled(std::string katakana) const {
  switch (style_.kana) {
    case KanaStyle::katakana:
      return katakana;
    case KanaStyle::hiragana:
      return in_hiragana(katakana);
    case KanaStyle::half_width:
      return in_half_width(katakana);
  }
  return katakana;
}

std::string Hand::joined(const std::string& family, const std::string& given) const {
  return with_space(family) + given;
}

std::string Hand::with_space(const std::string& family) const {
  switch (style_.name) {
    case NameStyle::wide_space:
      return family + "　";
    case NameStyle::space:
      return family + " ";
    case NameStyle::no_space:
      return family;
  }
  return family;
}

void Hand::write_name(const Resident& resident, const Resident& head, Written& written) {
  const int age = age_of(resident, today_);
  const bool is_head = &resident == &head;
  if (slips(kRates.described) && !is_head && age < 20) {
    written.name = head.family.written + "さんの孫";
    return;
  }
  if (slips(kRates.nickname)) {
    written.name = nickname_of(resident, dice_, age);
    return;
  }
  if (resident.foreign) {
    written.name = full_name(resident);
    if (slips(kRates.foreigner_in_kana)) written.name = resident.given.kana + "・" + resident.family.kana;
    if (!resident.alias.written.empty() && slips(kRates.by_alias)) written.name = resident.alias.written;
    return;
  }

  std::string family = resident.family.written;
  std::string given = resident.given.written;
  if (slips(kRates.other_form)) write_in_another_form(dice_, family);
  if (slips(kRates.other_form)) write_in_another_form(dice_, given);
  if (slips(kRates.miswritten)) miswrite(dice_, dice_.chance(0.5) ? family : given);
  if (slips(kRates.name_in_kana)) {
    family = spelled(resident.family.kana);
    given = spelled(resident.given.kana);
  }
  if (slips(kRates.surname_only)) {
    written.name = family;
  } else if (slips(kRates.given_name_only)) {
    written.name = given;
  } else if (slips(kRates.order_swapped)) {
    written.name = given + "　" + family;
  } else {
    written.name = joined(family, given);
    written.surname = with_space(family);
  }
  if (slips(kRates.with_honorific)) {
    written.name += dice_.one_of({"様", "さん", "氏", "（大人）"});
    written.surname.clear();
  }
}

std::string Hand::kana(const Resident& resident) {
  if (slips(kRates.kana_missing)) return {};
  std::string family = resident.family.kana;
  std::string given = resident.given.kana;
  if (slips(kRates.kana_slip)) mishear(dice_, dice_.chance(0.5) ? family : given);
  if (resident.foreign) return spelled(family + " " + given);
  return spelled(joined(family, given));
}

std::string Hand::sex(const Resident& resident) {
  if (slips(kRates.sex_missing)) return {};
  const bool male = (resident.sex == Sex::male) != slips(kRates.sex_wrong);
  switch (style_.sex) {
    case SexStyle::kanji:
      return male ? "男" : "女";
    case SexStyle::letter:
      return male ? "M" : "F";
    case SexStyle::digit:
      return male ? "1" : "2";
    case SexStyle::symbol:
      return male ? "♂" : "♀";
  }
  return {};
}

std::string Hand::birth_date(const Resident& resident) {
  text::PartialDate date = resident.birth;
  if (date.year == 0 || slips(kRates.birth_missing)) return {};
  if (severity_ == 0 && !date.is_whole()) return iso_birth(resident);
  if (slips(kRates.birth_month_day_swapped) && date.day <= 12) std::swap(date.month, date.day);
  if (slips(kRates.birth_year_only)) date.month = date.day = 0;
  if (slips(kRates.birth_era_wrong)) date.year = same_year_of_another_era(date.year, today_.year);
  std::string text = write_date(date, style_.date);
  if (slips(kRates.birth_digit_wrong)) change_a_digit(text);
  return style_.wide_digits ? in_full_width(text) : text;
}

std::string Hand::age(const Resident& resident) {
  int age = age_of(resident, today_);
  if (age < 0 || slips(kRates.age_missing)) return {};
  if (age == 0 && slips(0.7) && resident.birth.is_whole()) {
    const Date born{resident.birth.year, resident.birth.month, resident.birth.day};
    return fmt::format("{}ヶ月", (days_since_epoch(today_) - days_since_epoch(born)) / 31);
  }
  if (slips(kRates.age_off_by_one)) age = std::max(0, age + (dice_.chance(0.6) ? 1 : -1));
  if (slips(kRates.age_rough) && age >= 20) {
    if (dice_.chance(0.5)) return fmt::format("{}代", age / 10 * 10);
    return fmt::format("{}くらい", (age + 2) / 5 * 5);
  }
  const std::string digits = std::to_string(age);
  return (style_.wide_digits ? in_full_width(digits) : digits) + style_.age_suffix;
}

std::string Hand::address(const Resident& resident) {
  if (slips(kRates.address_missing)) return {};
  Address address = resident.address;
  if (address.block.empty()) return address.town;  // a visitor: written as it is
  if (!address.building.empty() && slips(kRates.building_left_out)) address.building.clear();
  if (slips(kRates.address_branch_left_out)) {
    const std::size_t at = address.block.find("番地");
    if (at != std::string::npos) address.block.resize(at + std::string_view("番地").size());
  }
  if (slips(kRates.address_digit_wrong)) change_a_digit(address.block);
  bool said_locally = false;
  if (slips(kRates.address_local_name)) {
    std::vector<std::string_view> names;
    for (const LocalName& local : kLocalNames)
      if (local.town == address.town) names.push_back(local.said);
    if (!names.empty()) {
      address.town = dice_.one_of(names);
      said_locally = true;
    }
  }
  if (slips(kRates.address_town_only))
    return style_.address == AddressStyle::municipality ? std::string(kMunicipality) + address.town
                                                        : address.town;
  const bool as_town = said_locally && style_.address != AddressStyle::town_hyphens;
  return write_address(address, as_town ? AddressStyle::town : style_.address);
}

std::string Hand::phone(const Resident& resident) {
  if (resident.phone.empty() || slips(kRates.phone_missing)) return {};
  std::string text = resident.phone;
  if (!style_.hyphens_in_phone) std::erase(text, '-');
  if (slips(kRates.phone_digit_wrong)) {
    // Only among the last four: a wrong digit must not make a number that exists.
    std::string last = text.substr(text.size() - 4);
    change_a_digit(last);
    text.replace(text.size() - 4, 4, last);
  }
  return style_.wide_digits ? in_full_width(text) : text;
}

std::string Hand::note(const Resident& resident) {
  if (severity_ > 0 && !resident.needs.empty() && dice_.chance(0.5))
    return std::string(name_of(dice_.one_of(resident.needs)));
  if (!slips(kRates.note)) return {};
  return std::string(
      dice_.one_of<std::string_view>({"薬必要", "ペット（犬）", "ペット（猫）", "夜のみ", "2階", "車中泊",
                                      "足が悪い", "かぜ気味", "連絡先は娘", "自宅に戻っている", "毛布不足"}));
}

Written Hand::write(const Resident& resident, const Resident& head) {
  Written written;
  write_name(resident, head, written);
  written.kana = kana(resident);
  written.sex = sex(resident);
  written.birth_date = birth_date(resident);
  written.age = age(resident);
  written.address = address(resident);
  written.phone = phone(resident);
  written.note = note(resident);
  return written;
}

}  // namespace sonae::demo
