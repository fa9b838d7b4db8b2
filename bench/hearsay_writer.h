// Lists of what others say of somebody: taken down on the telephone, called out in a hall, written by a
// neighbour. Held out: the engine's first guesses and tables were not tuned on it.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "bench/list_writer.h"
#include "text/kana.h"

namespace sonae::bench {

class HearsayWriter final : public ListWriter {
 public:
  using ListWriter::ListWriter;

  void turn_sheet() override {
    hand_ = static_cast<Hand>(dice_.weighted({.3, .6, .85, 1}));
    asks_sex_ = dice_.chance(.6);
    asks_birth_ = dice_.chance(.3);
    asks_age_ = dice_.chance(.8);
    asks_street_ = dice_.chance(.6);
  }

  ListRow write(Person p, std::uint32_t truth) override {
    ListRow row;
    row.truth = truth;
    if (slip(.006)) marry(p, row);
    if (p.origin == Origin::japan) {
      write_name(p, row);
    } else {
      write_foreign_name(p, row);
    }
    if (asks_sex_ && !slip(.05)) row.sex = (p.sex == 1) != slip(.005) ? "男" : "女";
    write_when(p, row);
    write_where(p, row);
    if (dice_.chance(.35)) {
      if (!p.phone.empty() && dice_.chance(.5)) {
        row.phone = p.phone.substr(0, 4) + "-" + p.phone.substr(4, 2) + "-" + p.phone.substr(6);
      } else {
        row.phone =
            "090-" + std::to_string(1000 + dice_.upto(9000)) + "-" + std::to_string(1000 + dice_.upto(9000));
      }
    }
    static const std::vector<std::string> kNotes = {"2階",   "車中泊", "要介護3",
                                                    "犬1匹", "夜のみ", "体育館ステージ側"};
    if (dice_.chance(.1)) row.note += (row.note.empty() ? "" : "、") + dice_.of(kNotes);
    return row;
  }

 private:
  enum class Hand { telephone, neighbour, roll_call, own };

  void marry(Person& p, ListRow& row) {
    const std::string registered = p.family;
    const auto& family = world_.families()[static_cast<std::size_t>(dice_.upto(400))];
    p.family = family.first;
    p.family_kana = family.second;
    if (dice_.chance(.5)) row.note = "旧姓" + registered;
  }

  // As the ear takes it: long vowels come and go, voiced and unvoiced alike.
  std::string heard(std::string kana) {
    static const std::vector<std::array<std::string, 2>> kSounds = {
        {"ユウ", "ユー"}, {"コウ", "コー"}, {"ショウ", "ショー"}, {"オオ", "オー"}, {"ヅ", "ズ"},
        {"ヂ", "ジ"},     {"ザキ", "サキ"}, {"ジマ", "シマ"},     {"ダ", "タ"},     {"ガワ", "カワ"},
        {"ッ", ""},       {"ヒ", "シ"},     {"ウエ", "ウイ"},     {"イエ", "エ"},   {"ヨウ", "ヨ"},
        {"ウチ", "チ"},   {"バ", "ハ"}};
    for (const auto& [one, other] : kSounds) {
      const auto at = kana.find(one);
      if (at != std::string::npos && at > 0 && slip(.05)) kana.replace(at, one.size(), other);
    }
    return kana;
  }

  void write_name(Person p, ListRow& row) {
    static const std::vector<std::array<std::string, 2>> kOldForms = {
        {"辺", "邊"}, {"高", "髙"}, {"崎", "﨑"}, {"沢", "澤"}, {"浜", "濱"}, {"斉", "齊"}, {"斎", "斉"},
        {"富", "冨"}, {"広", "廣"}, {"恵", "惠"}, {"真", "眞"}, {"寿", "壽"}, {"栄", "榮"}, {"学", "學"},
        {"渡", "渉"}, {"竜", "龍"}, {"関", "關"}, {"塩", "鹽"}, {"桑", "桒"}, {"槙", "槇"}};
    for (std::string* name : {&p.family, &p.given})
      for (const auto& [plain, other] : kOldForms)
        if (const auto at = name->find(plain); at != std::string::npos && dice_.chance(.12))
          name->replace(at, plain.size(), other);
    const bool hiragana = dice_.chance(.3);
    const auto kana = [&](const std::string& text) { return hiragana ? text::to_hiragana(text) : text; };
    const std::string family = heard(p.family_kana), given = heard(p.given_kana);
    if (slip(.01)) {
      static const std::vector<std::string> kOfMan = {"孫", "息子", "父", "夫"},
                                            kOfWoman = {"孫", "娘", "母", "妻"};
      row.name = p.family + "さんの" + dice_.of(p.sex == 1 ? kOfMan : kOfWoman);
      return;
    }
    if (slip(.035)) {  // only how they are called
      row.name = hand_ == Hand::telephone ? kana(family) : p.family;
      if (dice_.chance(.6)) row.name += "さん";
      return;
    }
    if (slip(.012) && given.size() > 6) {
      row.name = text::to_hiragana(given.substr(0, 6)) + "ちゃん";
      if (dice_.chance(.7)) row.name = p.family + " " + row.name;
      return;
    }
    const std::string gap = dice_.chance(.5) ? "　" : dice_.chance(.5) ? " " : "";
    switch (hand_) {
      case Hand::telephone:
        row.name = kana(family) + gap + kana(given);
        break;
      case Hand::neighbour: {  // the characters are guessed
        const auto& same = world_.same_reading(p.given_kana);
        row.name = p.family + gap +
                   (slip(.25) && !same.empty() ? dice_.of(same)
                    : slip(.2)                 ? kana(given)
                                               : p.given);
        break;
      }
      case Hand::roll_call:
        row.name = slip(.02) ? p.given + gap + p.family : p.family + gap + p.given;
        if (slip(.015)) row.name += " 他" + std::to_string(1 + dice_.upto(3)) + "名";
        if (slip(.03)) row.name += dice_.chance(.5) ? "様" : "（" + p.family_kana + p.given_kana + "）";
        break;
      case Hand::own:
        row.name = p.family + gap + p.given;
        row.kana = kana(p.family_kana) + gap + kana(p.given_kana);
        break;
    }
  }

  void write_foreign_name(const Person& p, ListRow& row) {
    const bool other = !p.family_also.empty() && dice_.chance(.5);
    const std::string family_kana = other ? p.family_also : p.family_kana,
                      given_kana = other ? p.given_also : p.given_kana;
    const bool latin = p.origin == Origin::vietnam || p.origin == Origin::elsewhere;
    const int how = dice_.upto(6);
    if (!p.alias.empty() && how < 3) {
      row.name = p.alias;
    } else if (how < 2) {
      row.name = family_kana + "・" + given_kana;
    } else if (how == 2 && latin) {  // given name first
      const auto last = p.given.rfind(' ');
      row.name = p.origin == Origin::vietnam
                     ? p.given.substr(last == std::string::npos ? 0 : last + 1) + " " + p.family
                     : p.given + " " + p.family;
    } else if (how == 3) {
      row.name =
          given_kana.substr(given_kana.rfind(' ') == std::string::npos ? 0 : given_kana.rfind(' ') + 1);
    } else {
      row.name = p.family + " " + p.given;
      if (latin && dice_.chance(.5))
        for (char& c : row.name)
          if (c != ' ' && &c != row.name.data()) c = static_cast<char>(c | 32);
      if (dice_.chance(.4)) row.kana = family_kana + " " + given_kana;
    }
  }

  void write_when(const Person& p, ListRow& row) {
    const bool had = p.month < 11 || (p.month == 11 && p.day <= 20);
    int age = 2026 - p.year - (had ? 0 : 1);
    if (asks_birth_ && !slip(.15)) {
      const bool showa = p.year > 1926 && p.year < 1989;
      if (slip(.04)) {
        row.birth_date = std::to_string(p.year) + "年";
      } else if (slip(.01) && showa) {
        row.birth_date = "昭和" + std::to_string(p.year % 100) + "年" + std::to_string(p.month) + "月" +
                         std::to_string(p.day) + "日";  // 1948 taken down as 昭和48年
      } else if (showa) {
        row.birth_date =
            "S" + std::to_string(p.year - 1925) + "/" + std::to_string(p.month) + "/" + std::to_string(p.day);
      } else {
        row.birth_date = std::to_string(p.year) + "/" + std::to_string(p.month) + "/" +
                         std::to_string(slip(.03) ? 1 + dice_.upto(28) : p.day);
      }
      return;
    }
    if (!asks_age_ || slip(.1)) return;
    if (hand_ != Hand::own) {
      if (slip(.2)) age += dice_.chance(.6) ? 1 : -1;
      if (slip(.05)) age += dice_.upto(5) - 2;
      if (slip(.1) && age > 30) {
        row.age = dice_.chance(.5) ? std::to_string(age / 10 * 10) + "代"
                                   : std::to_string((age + 2) / 5 * 5) + "くらい";
        return;
      }
    }
    row.age = std::to_string(std::max(0, age)) + (dice_.chance(.3) ? "才" : "");
  }

  void write_where(const Person& p, ListRow& row) {
    if (slip(.12)) return;
    if (p.town == kElsewhere) {
      static const std::vector<std::string> kPlaces = {"大阪市", "堺市西区", "三重県津市", "奈良市",
                                                       "神戸市灘区灘北通"};
      row.address = dice_.of(kPlaces);
      return;
    }
    const Town& town = world_.towns()[p.town];
    row.address = (dice_.chance(.3) ? town.municipality : "") + town.name;
    if (!asks_street_ || slip(.15)) return;
    int banchi = p.banchi;
    if (slip(.03)) banchi += dice_.upto(9) - 4;
    row.address += " " + std::to_string(std::max(1, banchi));
    if (p.branch && !slip(.2)) row.address += "の" + std::to_string(p.branch);
    if (dice_.chance(.1)) row.address += " コーポ南201";
  }

  Hand hand_ = Hand::own;
  bool asks_sex_ = true, asks_birth_ = true, asks_age_ = true, asks_street_ = true;
};

}  // namespace sonae::bench
