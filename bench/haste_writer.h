// Lists written in haste: the kinds of error of shelter lists (what is left out, abbreviated, written another
// way), each at a rate of its own, character errors drawn without regard to what looks or sounds alike.
#pragma once

#include <algorithm>
#include <array>

#include "bench/list_writer.h"
#include "text/kana.h"

namespace sonae::bench {

class HasteWriter final : public ListWriter {
 public:
  using ListWriter::ListWriter;

  void turn_sheet() override {
    style_ = {dice_.chance(.65), dice_.chance(.8), dice_.unit(),
              dice_.chance(.5),  dice_.upto(4),    dice_.chance(.4)};
  }

  ListRow write(Person p, std::uint32_t truth) override {
    ListRow row;
    row.truth = truth;
    err_in_haste(p);
    const bool kana_name = slip(.05);
    std::string space = style_.space ? "　" : dice_.chance(.5) ? " " : "";
    const std::string family = kana_name ? p.family_kana : p.family,
                      given = kana_name ? p.given_kana : p.given;
    row.name = slip(.008) && !space.empty() ? given + space + family : family + space + given;
    if (slip(.01))
      row.name = family;
    else if (slip(.004))
      row.name = given;
    else if (slip(.02))
      row.name += "様";
    else if (slip(.006))
      row.name = family + space + given + "（次男）";
    if (style_.kana && !slip(.08)) {
      row.kana = p.family_kana + space + p.given_kana;
      if (style_.hiragana) row.kana = text::to_hiragana(row.kana);
    }
    if (style_.sex && !slip(.04)) row.sex = (p.sex == 1) != slip(.006) ? "男" : "女";
    write_birth(p, row);
    write_address(p, row);
    if (!p.phone.empty() && dice_.chance(.5)) row.phone = p.phone;
    if (row.phone.empty() && dice_.chance(.2))
      row.phone = "090" + std::to_string(10000000 + dice_.upto(89999999));
    return row;
  }

 private:
  struct Style {
    bool kana, sex;
    double birth;  // below .42 a date, below .92 an age
    bool space;
    int address;
    bool hiragana;
  };

  void write_birth(const Person& p, ListRow& row) {
    if (style_.birth < .42) {
      if (slip(.1)) return;
      int year = p.year, month = p.month, day = p.day;
      if (slip(.02)) wrong_digit(dice_.chance(.4) ? year : dice_.chance(.5) ? month : day);
      if (slip(.004)) std::swap(month, day);
      if (month < 1 || month > 12) month = p.month;
      if (day < 1 || day > 28) day = p.day;
      if (year < 1900 || year > 2026) year = p.year;
      const auto text = [&](int y, const char* a, const char* b, const char* c) {
        return std::to_string(y) + a + std::to_string(month) + b + std::to_string(day) + c;
      };
      const bool showa = year >= 1927 && year <= 1988, heisei = year >= 1990 && year <= 2018;
      if (slip(.03))
        row.birth_date = showa ? "昭和" + std::to_string(year - 1925) + "年" : std::to_string(year) + "年";
      else if (dice_.chance(.4) && (showa || heisei)) {
        const bool wrong_era = slip(.005);
        row.birth_date =
            (showa != wrong_era ? "S" : "H") + text(showa ? year - 1925 : year - 1988, ".", ".", "");
      } else if (dice_.chance(.3) && showa)
        row.birth_date = "昭和" + text(year - 1925, "年", "月", "日");
      else
        row.birth_date = text(year, "/", "/", "");
    } else if (style_.birth < .92) {
      if (slip(.08)) return;
      const bool had = p.month < 11 || (p.month == 11 && p.day <= 20);
      int age = 2026 - p.year - (had ? 0 : 1);
      if (slip(.12)) age += dice_.chance(.6) ? 1 : -1;
      if (slip(.04)) age = (age + 2) / 5 * 5;
      if (slip(.01)) wrong_digit(age);
      row.age = std::to_string(std::max(0, age)) + (dice_.chance(.3) ? "歳" : "");
    }
  }

  void write_address(const Person& p, ListRow& row) {
    if (slip(.1)) return;
    if (p.town == kElsewhere) {
      static const std::vector<std::string> kCities = {"大阪府大阪市北区梅田", "東京都世田谷区桜",
                                                       "三重県熊野市井戸町", "奈良県十津川村平谷",
                                                       "兵庫県神戸市中央区"};
      row.address = dice_.of(kCities) + std::to_string(p.banchi);
      return;
    }
    const Town& town = world_.towns()[p.town];
    row.address = style_.address == 0   ? town.prefecture + town.municipality + town.name
                  : style_.address == 1 ? town.municipality + town.name
                                        : town.name;
    if (slip(.2)) return;
    int banchi = p.banchi;
    if (slip(.02)) wrong_digit(banchi);
    row.address += std::to_string(banchi);
    const bool hyphen = dice_.chance(.5);
    if (!hyphen) row.address += "番地";
    if (p.branch && !slip(.12)) row.address += (hyphen ? "-" : "の") + std::to_string(p.branch);
  }

  void wrong_digit(int& number) {
    if (number <= 0) return;
    std::string digits = std::to_string(number);
    std::size_t at = dice_.next() % digits.size();
    if (digits.size() > 1 && dice_.chance(.3)) {
      at = std::min(at, digits.size() - 2);
      std::swap(digits[at], digits[at + 1]);
    } else {
      digits[at] = static_cast<char>('0' + dice_.upto(10));
    }
    number = std::stoi(digits);
  }

  void err_in_haste(Person& p) {
    static const std::vector<std::array<std::string, 2>> kForms = {
        {"辺", "邊"}, {"辺", "邉"}, {"高", "髙"}, {"崎", "﨑"}, {"沢", "澤"}, {"浜", "濱"}, {"斉", "齋"},
        {"斎", "斉"}, {"斎", "齋"}, {"島", "嶋"}, {"富", "冨"}, {"桜", "櫻"}, {"広", "廣"}, {"国", "國"},
        {"恵", "惠"}, {"真", "眞"}, {"吉", "𠮷"}, {"竜", "龍"}, {"条", "條"}};
    for (const auto& [plain, other] : kForms) {
      for (std::string* name : {&p.family, &p.given}) {
        const auto at = name->find(plain);
        if (at != std::string::npos && dice_.chance(.25)) name->replace(at, plain.size(), other);
      }
    }
    if (slip(.03)) {
      const auto& same = world_.same_reading(p.given_kana);
      if (!same.empty()) p.given = dice_.of(same);
    }
    if (slip(.006)) p.family = world_.families()[dice_.next() % 300].first;
    if (slip(.03)) change_kana(p.given_kana, U"");
    if (slip(.015)) change_kana(p.family_kana, U"");
    if (slip(.005) && p.given_kana.size() > 6)
      p.given = p.given_kana = p.given_kana.substr(0, 6);  // a nickname
    if (slip(.004)) {
      const auto& family =
          world_.families()[dice_.next() % world_.families().size()];  // a former family name
      p.family = family.first;
      p.family_kana = family.second;
    }
    if (slip(.01) && p.phone.size() > 5)
      p.phone[p.phone.size() - 1] = static_cast<char>('0' + dice_.upto(10));
  }

  void change_kana(std::string& kana, std::u32string_view) {
    auto all = characters(kana);
    if (all.empty()) return;
    const std::size_t at = dice_.next() % all.size();
    const int kind = dice_.upto(4);
    static const std::vector<std::string> kAny = {"ア", "カ", "シ", "タ", "ナ", "ハ", "マ", "ヤ",
                                                  "ラ", "ワ", "ン", "ト", "コ", "ミ", "ユ"};
    if (kind == 0 && all.size() > 2)
      all.erase(all.begin() + static_cast<std::ptrdiff_t>(at));
    else if (kind == 1)
      all.insert(all.begin() + static_cast<std::ptrdiff_t>(at), dice_.of(kAny));
    else if (kind == 2 && at + 1 < all.size())
      std::swap(all[at], all[at + 1]);
    else
      all[at] = dice_.of(kAny);
    kana = joined_text(all);
  }

  Style style_{};
};

}  // namespace sonae::bench
