// A partial date in JSON: "1948-03-00", the text form of date.h. Apart from date.h, so that only facts and
// answers depend on JSON.
#pragma once

#include "base/json.h"
#include "text/date.h"

template <>
struct sonae::JsonText<sonae::text::PartialDate> {
  static constexpr std::string_view kFormat = "partial-date";
  static std::string write(text::PartialDate date) { return text::to_text(date); }
  static Result<text::PartialDate> read(std::string_view text) { return text::parse_partial_text(text); }
};
