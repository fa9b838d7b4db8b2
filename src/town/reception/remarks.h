// The remarks on how rows were read, in words. Codes are stable: they stand in facts.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/phrase.h"
#include "town/reception/facts.h"

namespace sonae::reception {

// How much a remark matters to whoever looks over an import.
enum class Weight : std::uint8_t {
  told,      // taken over from elsewhere on the sheet, or put right without doubt
  doubtful,  // may have been meant otherwise: look at it
  refused,   // the row was set aside
};
BOOST_DESCRIBE_ENUM(Weight, told, doubtful, refused)

struct RemarkKind {
  std::string_view code;
  Weight weight;
  Phrase words;       // what was done
  Phrase what_to_do;  // empty where nothing need be done
};

std::span<const RemarkKind> remark_kinds();
// Of a code that this version does not know (a newer node's): doubtful, and the code itself as its words.
const RemarkKind& remark_kind(std::string_view code);

namespace remark {
inline constexpr const char* address_from_above = "address_from_above";
inline constexpr const char* age_and_birth_disagree = "age_and_birth_disagree";
inline constexpr const char* age_out_of_range = "age_out_of_range";
inline constexpr const char* age_rough = "age_rough";
inline constexpr const char* age_unreadable = "age_unreadable";
inline constexpr const char* alone_in_cell = "alone_in_cell";
inline constexpr const char* birth_from_serial = "birth_from_serial";
inline constexpr const char* birth_in_future = "birth_in_future";
inline constexpr const char* birth_two_digits = "birth_two_digits";
inline constexpr const char* birth_unreadable = "birth_unreadable";
inline constexpr const char* cells_beyond_columns = "cells_beyond_columns";
inline constexpr const char* characters_lost = "characters_lost";
inline constexpr const char* companions_counted = "companions_counted";
inline constexpr const char* count_differs = "count_differs";
inline constexpr const char* ditto_without_row = "ditto_without_row";
inline constexpr const char* era_and_year_disagree = "era_and_year_disagree";
inline constexpr const char* family_on_one_line = "family_on_one_line";
inline constexpr const char* from_above = "from_above";
inline constexpr const char* name_in_part = "name_in_part";
inline constexpr const char* name_missing = "name_missing";
inline constexpr const char* name_uncertain = "name_uncertain";
inline constexpr const char* need_of_relative = "need_of_relative";
inline constexpr const char* nickname = "nickname";
inline constexpr const char* no_header = "no_header";
inline constexpr const char* nobody_in_row = "nobody_in_row";
inline constexpr const char* note_in_name = "note_in_name";
inline constexpr const char* note_of_line = "note_of_line";
inline constexpr const char* not_on_list = "not_on_list";
inline constexpr const char* phone_damaged = "phone_damaged";
inline constexpr const char* phone_zero_added = "phone_zero_added";
inline constexpr const char* quotes_unclosed = "quotes_unclosed";
inline constexpr const char* sex_from_relation = "sex_from_relation";
inline constexpr const char* sex_unreadable = "sex_unreadable";
inline constexpr const char* shelter_unknown = "shelter_unknown";
inline constexpr const char* same_file_elsewhere = "same_file_elsewhere";
inline constexpr const char* struck_out = "struck_out";
inline constexpr const char* surname_from_above = "surname_from_above";
inline constexpr const char* surname_from_line = "surname_from_line";
inline constexpr const char* surname_guessed = "surname_guessed";
inline constexpr const char* too_many_companions = "too_many_companions";
inline constexpr const char* total_differs = "total_differs";
inline constexpr const char* two_beside_each_other = "two_beside_each_other";
inline constexpr const char* visitor = "visitor";
inline constexpr const char* withdrawn_before = "withdrawn_before";
}  // namespace remark

}  // namespace sonae::reception
