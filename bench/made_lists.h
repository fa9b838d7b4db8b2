// Lists of people written down with errors, by two models that have nothing in common:
//   haste      the kinds of error of shelter lists: what is left out, abbreviated, written another way
//   confusion  what eye, ear and keyboard do to single characters: sounds, shapes, neighbouring keys, OCR
#pragma once

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bench/made_people.h"
#include "text/kana.h"

namespace sonae::bench {

struct ListRow {
  std::string entry, name, kana, sex, birth_date, age, address, phone, note;
  std::uint32_t truth = 0;  // the resident; 0: none
};

struct ListOptions {
  enum class Model { haste, confusion } model = Model::haste;
  std::size_t rows = 20000;
  std::uint64_t seed = 1;
  double error = 1;  // multiplies all rates of error
  double strangers = .08;
  bool shuffled = false;
};

inline ListOptions::Model error_model(std::string_view name) {
  return name == "haste" ? ListOptions::Model::haste : ListOptions::Model::confusion;
}

inline std::vector<std::string> characters(std::string_view text) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    const std::size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    all.emplace_back(text.substr(i, n));
    i += n;
  }
  return all;
}
inline std::string joined_text(const std::vector<std::string>& all) {
  std::string text;
  for (const auto& c : all)
    text += c;
  return text;
}

class ListMaker {
 public:
  ListMaker(World& world, const std::vector<Person>& residents, const ListOptions& options)
      : world_(world), residents_(residents), o_(options), dice_(options.seed * 7919 + 13) {}

  std::vector<ListRow> make() {
    std::vector<ListRow> rows;
    std::set<std::uint32_t> listed;
    while (rows.size() < o_.rows) {
      style_ = {dice_.chance(.65), dice_.chance(.8), dice_.unit(),
                dice_.chance(.5),  dice_.upto(4),    dice_.chance(.4)};
      for (int on_sheet = 30 + dice_.upto(60); on_sheet > 0 && rows.size() < o_.rows; --on_sheet) {
        if (dice_.chance(o_.strangers)) {
          rows.push_back(write(stranger(), 0));
          continue;
        }
        std::size_t at = dice_.next() % residents_.size();
        const std::uint32_t household = residents_[at].household;
        while (at > 0 && residents_[at - 1].household == household)
          --at;
        const bool family = dice_.chance(.6);
        for (; at < residents_.size() && residents_[at].household == household && rows.size() < o_.rows;
             ++at) {
          if (!listed.insert(residents_[at].id).second && !dice_.chance(.3)) continue;
          if (!family && dice_.chance(.5)) continue;
          rows.push_back(write(residents_[at], residents_[at].id));
          if (dice_.chance(.01)) rows.push_back(write(residents_[at], residents_[at].id));
          if (!family) break;
        }
      }
    }
    if (o_.shuffled)
      for (std::size_t i = rows.size(); i > 1; --i)
        std::swap(rows[i - 1], rows[dice_.next() % i]);
    for (std::size_t i = 0; i < rows.size(); ++i)
      rows[i].entry = "e" + std::to_string(i + 1);
    return rows;
  }

 private:
  struct Style {
    bool kana, sex;
    double birth;  // below .42 a date, below .92 an age
    bool space;
    int address;
    bool hiragana;
  };
  bool slip(double rate) { return dice_.chance(rate * o_.error); }

  // Somebody who is no resident: half from elsewhere, a third staying with relatives, the rest of a name and
  // town that residents have, too.
  Person stranger() {
    Person p = residents_[dice_.next() % residents_.size()];
    const double kind = dice_.unit();
    if (kind > .33) {
      const auto& family =
          world_.families()[residents_[dice_.next() % residents_.size()].id % world_.families().size()];
      if (kind > .83) {
        p.family = residents_[dice_.next() % residents_.size()].family;
      } else {
        p.family = family.first;
        p.family_kana = family.second;
      }
      if (kind < .83) p.town = 0xFFFFFFFF;
      p.banchi = 1 + dice_.upto(3000);
      p.phone.clear();
    }
    p.sex = 1 + dice_.upto(2);
    p.year = 1935 + dice_.upto(90);
    p.month = 1 + dice_.upto(12);
    p.day = 1 + dice_.upto(28);
    world_.give_name(p, dice_);
    return p;
  }

  ListRow write(Person p, std::uint32_t truth) {
    ListRow row;
    row.truth = truth;
    o_.model == ListOptions::Model::haste ? err_in_haste(p) : err_by_confusion(p);
    const bool kana_name = slip(.05);
    std::string space = style_.space ? "　" : dice_.chance(.5) ? " " : "";
    const std::string family = kana_name ? p.family_kana : p.family,
                      given = kana_name ? p.given_kana : p.given;
    row.name = slip(.008) && !space.empty() ? given + space + family : family + space + given;
    if (o_.model == ListOptions::Model::haste) {
      if (slip(.01))
        row.name = family;
      else if (slip(.004))
        row.name = given;
      else if (slip(.02))
        row.name += "様";
      else if (slip(.006))
        row.name = family + space + given + "（次男）";
    }
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
    if (p.town == 0xFFFFFFFF) {
      static const std::vector<std::string> kElsewhere = {"大阪府大阪市北区梅田", "東京都世田谷区桜",
                                                          "三重県熊野市井戸町", "奈良県十津川村平谷",
                                                          "兵庫県神戸市中央区"};
      row.address = dice_.of(kElsewhere) + std::to_string(p.banchi);
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
    if (o_.model == ListOptions::Model::confusion) {
      static constexpr std::string_view kLike = "6735961208";  // what 0 to 9 are misread as
      digits[at] = kLike[static_cast<std::size_t>(digits[at] - '0')];
    } else if (digits.size() > 1 && dice_.chance(.3)) {
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

  void err_by_confusion(Person& p) {
    // Sound, shape, the neighbouring key of a kana keyboard.
    static const std::vector<std::array<std::string, 2>> kKana = {
        {"カ", "ガ"}, {"キ", "ギ"}, {"ク", "グ"}, {"コ", "ゴ"}, {"サ", "ザ"}, {"シ", "ジ"}, {"ス", "ズ"},
        {"タ", "ダ"}, {"ト", "ド"}, {"ハ", "バ"}, {"ヒ", "シ"}, {"フ", "ブ"}, {"ホ", "ボ"}, {"ソ", "ン"},
        {"シ", "ツ"}, {"ク", "ワ"}, {"ワ", "ウ"}, {"コ", "ユ"}, {"マ", "ア"}, {"チ", "テ"}, {"ル", "レ"},
        {"ナ", "メ"}, {"ヌ", "ス"}, {"オ", "ホ"}, {"ラ", "ヲ"}, {"エ", "イ"}, {"ミ", "シ"}};
    static const std::vector<std::array<std::string, 2>> kShapes = {
        {"太", "大"}, {"木", "本"}, {"村", "材"}, {"未", "末"}, {"千", "干"}, {"子", "了"}, {"田", "由"},
        {"井", "丼"}, {"土", "士"}, {"健", "建"}, {"和", "知"}, {"美", "実"}, {"幸", "辛"}, {"石", "右"},
        {"佐", "左"}, {"藤", "籐"}, {"恵", "思"}, {"清", "情"}, {"勝", "藤"}, {"正", "止"}, {"明", "朋"},
        {"久", "欠"}, {"雄", "雅"}, {"治", "冶"}, {"郎", "朗"}, {"之", "乏"}, {"坂", "阪"}};
    for (std::string* kana : {&p.family_kana, &p.given_kana}) {
      for (const auto& [one, other] : kKana) {
        const auto at = kana->find(one);
        if (at != std::string::npos && slip(.006)) kana->replace(at, one.size(), other);
        const auto back = kana->find(other);
        if (back != std::string::npos && slip(.004)) kana->replace(back, other.size(), one);
      }
    }
    for (std::string* name : {&p.family, &p.given}) {
      for (const auto& [one, other] : kShapes) {
        const auto at = name->find(one);
        if (at != std::string::npos && slip(.02)) name->replace(at, one.size(), other);
      }
    }
    if (slip(.05)) {
      const auto& same = world_.same_reading(p.given_kana);
      if (!same.empty()) p.given = dice_.of(same);
    }
    if (slip(.01)) p.given = p.given_kana;
    for (char& c : p.phone)
      if (slip(.002)) c = static_cast<char>('0' + dice_.upto(10));
  }

  World& world_;
  const std::vector<Person>& residents_;
  ListOptions o_;
  Dice dice_;
  Style style_{};
};

inline std::vector<ListRow> made_list(World& world, const std::vector<Person>& residents,
                                      const ListOptions& options) {
  return ListMaker(world, residents, options).make();
}

}  // namespace sonae::bench
