// The canonical fields of a resident: what layouts map their items to, and from. A layout names them in `to`.
#pragma once

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace sonae::registry {

enum class Field : std::uint8_t {
  id,         // 宛名番号, 識別番号
  household,  // 世帯番号
  municipality_code,
  kind,           // 住民種別: japanese, foreign
  status,         // 住民状態: resident, moved_out, died, removed
  resident_code,  // 住民票コード
  my_number,      // 個人番号
  name,           // 氏名: the whole name
  family_name,
  given_name,
  kana,
  family_kana,
  given_kana,
  romaji,              // 氏名_外国人ローマ字
  foreign_kanji,       // 氏名_外国人漢字
  former_family_name,  // 旧氏
  former_family_kana,
  alias,  // 通称
  alias_kana,
  sex,  // male, female
  birth_date,
  birth_written,  // 生年月日_不詳表記
  age,
  relation,        // 続柄 in words
  relation_codes,  // 続柄コード, each in words, joined by の
  head_name,       // 世帯主氏名
  postcode,
  address,  // the whole address; or else its parts:
  prefecture,
  municipality,
  town_code,
  town,      // 町字; some write the whole address here
  block,     // 番地号
  building,  // 方書
  phone,
  needs,           // 要配慮, joined by 、
  domicile,        // 本籍
  domicile_head,   // 筆頭者
  resident_since,  // 住民となった年月日
  address_since,   // 住所を定めた年月日
  event_date,      // 異動年月日
  event,           // 異動事由
  removed_date,    // 消除の異動年月日
  removal,         // 消除の事由
  prior_address,   // 転入前住所
  next_address,    // 転出先住所
  nationality,
  protection,  // 支援措置区分 in words; or a flag
  protection_from,
  protection_until,
};
BOOST_DESCRIBE_ENUM(Field, id, household, municipality_code, kind, status, resident_code, my_number, name,
                    family_name, given_name, kana, family_kana, given_kana, romaji, foreign_kanji,
                    former_family_name, former_family_kana, alias, alias_kana, sex, birth_date, birth_written,
                    age, relation, relation_codes, head_name, postcode, address, prefecture, municipality,
                    town_code, town, block, building, phone, needs, domicile, domicile_head, resident_since,
                    address_since, event_date, event, removed_date, removal, prior_address, next_address,
                    nationality, protection, protection_from, protection_until)

inline constexpr std::size_t kFields = static_cast<std::size_t>(Field::protection_until) + 1;

std::optional<Field> field_named(std::string_view name);
std::string_view name_of(Field field);

}  // namespace sonae::registry
