// Reads a shelter list (CSV or tab-separated, in any encoding, with or without header) as people really type
// them. Never fails: what cannot be understood is set aside, and nothing of the file is lost. Pure, any
// thread. docs/reception.md says for operators what is understood.
#pragma once

#include "base/bytes.h"
#include "text/gazetteer.h"
#include "town/reception/sheet.h"

namespace sonae::reception {

struct ReadOptions {
  std::string file_name;      // may say the shelter and the day where the sheet does not
  std::optional<Date> as_of;  // the day for which ages were written; absent: what the sheet says, or today
  Date today;
  const text::Tables* tables = nullptr;        // with the gazetteer: to know a place without a header
  const text::Gazetteer* gazetteer = nullptr;  // may be null
};

ReadSheet read_sheet(const Vocabulary& vocabulary, BytesView content, const ReadOptions& options);

}  // namespace sonae::reception
