// Lists filled in by hand and read by machine or typed from dictation: complete forms, whose single
// characters are taken for others that look or sound alike, lie beside them on the keyboard, or have the same
// reading. The rates are for each character, so that long values suffer more.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "bench/list_writer.h"
#include "text/kana.h"

namespace sonae::bench {

class ConfusionWriter final : public ListWriter {
 public:
  using ListWriter::ListWriter;

  void turn_sheet() override {
    typed_ = dice_.chance(.4);
    kana_column_ = dice_.chance(.7);
    dates_ = dice_.chance(.55);
    eras_ = dice_.upto(3);
    whole_address_ = dice_.chance(.6);
  }

  ListRow write(Person p, std::uint32_t truth) override {
    ListRow row;
    row.truth = truth;
    if (slip(.04)) wrong_conversion(p.family, p.family_kana);
    if (slip(.05)) wrong_conversion(p.given, p.given_kana);
    if (slip(.01)) p.given = p.given_kana;
    const std::string gap = slip(.1) ? "" : "　";
    row.name = misread(p.family, kShapes, .025) + gap + misread(p.given, kShapes, .025);
    if (kana_column_) {
      row.kana = misread(p.family_kana, kKana, .02) + gap + misread(p.given_kana, kKana, .02);
      if (typed_) row.kana = mistyped(row.kana);
      if (slip(.05)) row.kana.clear();
    }
    if (!slip(.07)) row.sex = (p.sex == 1) != slip(.008) ? "男" : "女";
    write_birth(p, row);
    write_address(p, row);
    if (!p.phone.empty() && dice_.chance(.5)) row.phone = digits(p.phone, .01);
    if (row.phone.empty() && dice_.chance(.25))
      row.phone = "080" + std::to_string(10000000 + dice_.upto(89999999));
    return row;
  }

 private:
  using Pairs = std::vector<std::array<std::string, 2>>;

  // What is written, read back: each character with something like it may become that.
  std::string misread(const std::string& written, const Pairs& pairs, double rate) {
    auto all = characters(written);
    for (std::string& c : all) {
      for (const auto& [one, other] : pairs) {
        if (c != one && c != other) continue;
        if (slip(rate)) c = c == one ? other : one;
        break;
      }
    }
    return joined_text(all);
  }

  // 6 for 0, 7 for 1 by eye; on the keyboard, the figure beside it.
  std::string digits(std::string written, double rate) {
    static constexpr std::string_view kLike = "6785968143";
    for (char& c : written) {
      if (c < '0' || c > '9' || !slip(rate)) continue;
      const auto at = static_cast<std::size_t>(c - '0');
      c = typed_ ? static_cast<char>('0' + (at + (dice_.chance(.5) ? 1 : 9)) % 10) : kLike[at];
    }
    return written;
  }

  // A letter too many, one too few, two exchanged: what fingers do.
  std::string mistyped(const std::string& written) {
    auto all = characters(written);
    if (all.size() > 3 && slip(.02)) {
      const std::size_t at = 1 + dice_.next() % (all.size() - 2);
      switch (dice_.upto(3)) {
        case 0:
          all.erase(all.begin() + static_cast<std::ptrdiff_t>(at));
          break;
        case 1:
          all.insert(all.begin() + static_cast<std::ptrdiff_t>(at), all[at]);
          break;
        default:
          std::swap(all[at], all[at + 1]);
      }
    }
    return joined_text(all);
  }

  // 博 for 弘: the machine offers the names of that reading.
  void wrong_conversion(std::string& name, const std::string& kana) {
    const auto& same = world_.same_reading(kana);
    if (!same.empty()) name = dice_.of(same);
  }

  void write_birth(const Person& p, ListRow& row) {
    if (slip(.05)) return;
    if (!dates_) {
      const bool had = p.month < 11 || (p.month == 11 && p.day <= 20);
      row.age = digits(std::to_string(std::max(0, 2026 - p.year - (had ? 0 : 1))), .012);
      if (slip(.05)) row.age = std::to_string(std::max(0, 2027 - p.year));  // the age of this year's birthday
      return;
    }
    int year = p.year;
    std::string before;
    if (eras_ > 0 && year > 1926 && year < 2019 && year != 1989) {
      const bool showa = year < 1989;
      before = eras_ == 1 ? (showa ? "昭和" : "平成") : (showa ? "S" : "H");
      year -= showa ? 1925 : 1988;
      // Which era is ringed on the form is easily missed.
      if (slip(.01) && year < 31) before = eras_ == 1 ? (showa ? "平成" : "昭和") : (showa ? "H" : "S");
    }
    row.birth_date = before + digits(std::to_string(year), .012) + (eras_ == 1 ? "年" : ".") +
                     digits(std::to_string(p.month), .012) + (eras_ == 1 ? "月" : ".") +
                     digits(std::to_string(p.day), .012) + (eras_ == 1 ? "日" : "");
  }

  void write_address(const Person& p, ListRow& row) {
    if (slip(.06)) return;
    if (p.town == kElsewhere) {
      static const std::vector<std::string> kPlaces = {"大阪府堺市堺区", "大阪府岸和田市", "三重県尾鷲市",
                                                       "奈良県五條市", "京都府京都市左京区"};
      row.address = dice_.of(kPlaces) + digits(std::to_string(p.banchi), .02);
      return;
    }
    const Town& town = world_.towns()[p.town];
    row.address = (whole_address_ ? town.municipality : "") + misread(town.name, kShapes, .012) +
                  digits(std::to_string(p.banchi), .02);
    if (p.branch) row.address += "-" + digits(std::to_string(p.branch), .02);
  }

  static inline const Pairs kKana = {
      {"カ", "ガ"}, {"キ", "ギ"}, {"ク", "グ"}, {"コ", "ゴ"}, {"サ", "ザ"}, {"シ", "ジ"}, {"ス", "ズ"},
      {"タ", "ダ"}, {"ト", "ド"}, {"ハ", "バ"}, {"ヒ", "シ"}, {"フ", "ブ"}, {"ホ", "ボ"}, {"ソ", "ン"},
      {"ツ", "シ"}, {"ワ", "ク"}, {"ウ", "ワ"}, {"ユ", "コ"}, {"マ", "ア"}, {"チ", "テ"}, {"ル", "レ"},
      {"ナ", "メ"}, {"ヌ", "ス"}, {"オ", "ホ"}, {"ラ", "ヲ"}, {"エ", "イ"}, {"ミ", "シ"}, {"ヤ", "カ"},
      {"ヨ", "ユ"}, {"ノ", "ソ"}, {"ロ", "ル"}, {"ケ", "ク"}, {"リ", "ソ"}, {"ヘ", "ヒ"}, {"モ", "ネ"}};
  static inline const Pairs kShapes = {
      {"太", "大"}, {"木", "本"}, {"村", "材"}, {"未", "末"}, {"千", "干"}, {"子", "了"}, {"田", "由"},
      {"井", "丼"}, {"土", "士"}, {"健", "建"}, {"和", "知"}, {"美", "実"}, {"幸", "辛"}, {"石", "右"},
      {"佐", "左"}, {"藤", "籐"}, {"恵", "思"}, {"清", "情"}, {"勝", "藤"}, {"正", "止"}, {"明", "朋"},
      {"久", "欠"}, {"雄", "雅"}, {"治", "冶"}, {"郎", "朗"}, {"之", "乏"}, {"坂", "阪"}, {"岡", "岩"},
      {"渡", "度"}, {"橋", "僑"}, {"高", "嵩"}, {"鈴", "錠"}, {"崎", "埼"}, {"林", "休"}, {"池", "他"},
      {"野", "町"}, {"原", "厚"}, {"小", "水"}, {"山", "出"}, {"中", "申"}, {"上", "土"}, {"人", "入"},
      {"一", "二"}, {"宏", "広"}, {"優", "俊"}, {"陽", "陶"}, {"由", "油"}, {"紀", "記"}, {"沙", "紗"}};

  bool typed_ = false, kana_column_ = true, dates_ = true, whole_address_ = true;
  int eras_ = 0;
};

}  // namespace sonae::bench
