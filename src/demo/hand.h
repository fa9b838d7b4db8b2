// One person's particulars as somebody in a hurry writes them: every slip and every notation, drawn by the
// rates of rates.h. With severity 0 what is written is what the registry says.
//
// A Hand belongs to one thread.
#pragma once

#include <string>

#include "demo/rates.h"
#include "demo/resident.h"

namespace sonae::demo {

enum class KanaStyle { katakana, hiragana, half_width };
enum class NameStyle { wide_space, space, no_space };
enum class SexStyle { kanji, letter, digit, symbol };
enum class DateStyle { iso, slashes, eight_digits, era_kanji, era_letter, era_short, kanji_numerals, no_era };
enum class AddressStyle { registry, municipality, town, town_hyphens, town_no, wide_hyphens, oaza };

// How one sheet is kept: the same from its first line to its last.
struct Style {
  KanaStyle kana = KanaStyle::katakana;
  NameStyle name = NameStyle::wide_space;
  SexStyle sex = SexStyle::kanji;
  DateStyle date = DateStyle::iso;
  AddressStyle address = AddressStyle::registry;
  std::string age_suffix;  // 歳, 才
  bool hyphens_in_phone = true;
  bool wide_digits = false;
};

// What is written of one person. Empty: nothing is.
struct Written {
  std::string name, kana, sex, birth_date, age, address, phone, note;
  std::string surname;  // the part of the name that a family shares, with the space behind it; may be empty
};

class Hand {
 public:
  Hand(Dice& dice, const Style& style, double severity, Date today)
      : dice_(dice), style_(style), severity_(severity), today_(today) {}

  // `head` stands for the family in what is said about it (佐藤さんの孫).
  Written write(const Resident& resident, const Resident& head);

  bool slips(double rate);  // whether something of that rate (at severity 1) happens

 private:
  void write_name(const Resident& resident, const Resident& head, Written& written);
  std::string joined(const std::string& family, const std::string& given) const;
  std::string with_space(const std::string& family) const;
  std::string kana(const Resident& resident);
  std::string sex(const Resident& resident);
  std::string birth_date(const Resident& resident);
  std::string age(const Resident& resident);
  std::string address(const Resident& resident);
  std::string phone(const Resident& resident);
  std::string note(const Resident& resident);
  std::string spelled(std::string katakana) const;
  void change_a_digit(std::string& text);

  Dice& dice_;
  const Style& style_;
  double severity_;
  Date today_;
};

// Dates and addresses in their notations (write_date.cc, write_address.cc).
std::string write_date(text::PartialDate date, DateStyle style);
std::string kanji_number(int number);                                        // 二十三
std::string write_block(const std::string& registered, AddressStyle style);  // 1234番地5 as 1234-5
std::string write_address(const Address& address, AddressStyle style);

}  // namespace sonae::demo
