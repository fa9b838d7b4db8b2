// The people of the demonstration town, as plain values. All of them are fictional (架空): nobody is meant.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/env.h"
#include "demo/names.h"
#include "text/date.h"

namespace sonae::demo {

// What somebody needs that others do not (要配慮の事由).
enum class Need : std::uint8_t {
  infant,  // under three
  pregnant,
  care,  // certified as needing care (要介護); the level is in Resident::care_level
  wheelchair,
  dialysis,
  oxygen,  // oxygen at home
  blind,
  deaf,
  dementia,
  intellectual,
};
std::string_view name_of(Need need);  // 乳幼児, 妊産婦, ...

enum class State : std::uint8_t { resident = 1, moved_out = 2, died = 3 };  // 住民状態

struct Address {
  std::string town;      // 串本
  std::string block;     // as the registry writes it: 1234番地5
  std::string building;  // コーポ黒潮203; mostly empty
  std::string postcode;  // 649-3503
  double longitude = 0;
  double latitude = 0;
};

struct Resident {
  std::uint64_t number = 0;     // counts from 0 in the order of the registry
  std::uint64_t household = 0;  // counts from 0
  std::string id;               // 宛名番号
  std::string household_id;     // 世帯番号
  State state = State::resident;

  bool foreign = false;
  std::string country;  // two letters; empty for Japanese
  Reading family;       // of foreigners in letters: NGUYEN THI
  Reading given;
  Reading alias;  // 通称 of a foreigner, surname and given name; may be empty
  Sex sex = Sex::male;
  text::PartialDate birth;  // parts of it may be unknown
  std::string relation;     // 続柄 codes, two digits each: 02, 12, 2012
  std::string head_name;    // 世帯主氏名
  Address address;
  std::string phone;  // of an exchange that does not exist; may be empty
  Date resident_since;
  std::string resident_code;    // 住民票コード with a right check digit, fictional
  std::string personal_number;  // 個人番号 with a right check digit, fictional
  std::vector<Need> needs;
  int care_level = 0;
  bool is_protected = false;  // 支援措置
};

using Household = std::vector<Resident>;  // never empty, the head (世帯主) first

// Names as registries write them: surname, an ideographic space, given name (foreigners: family and given
// name with a space; kana alike, half a space for foreigners too).
std::string full_name(const Resident& resident);
std::string full_kana(const Resident& resident);
std::string iso_birth(const Resident& resident);    // 1948-03-11; unknown parts as zeros
std::string relation_text(std::string_view codes);  // 世帯主, 妻, 子の妻; codes not known as 縁故者

// 和歌山県東牟婁郡串本町串本1234番地5 コーポ黒潮203
std::string full_address(const Address& address);
inline constexpr std::string_view kPrefecture = "和歌山県";
inline constexpr std::string_view kCounty = "東牟婁郡";
inline constexpr std::string_view kMunicipality = "串本町";
inline constexpr std::string_view kMunicipalityCode = "304280";

// The age on that day, with unknown parts of the birth date taken as the earliest; -1 where the year is
// unknown.
int age_of(const Resident& resident, Date day);

}  // namespace sonae::demo
