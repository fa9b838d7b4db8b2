// The addresses under which partners read, search and write records of PFIF, as the operations of
// town/exchange take them:
//
//   GET  /pfif/feeds/person, /pfif/feeds/note    min_entry_date, max_results, skip, person_record_id,
//   omit_notes GET or POST /pfif/api/read (id), /pfif/api/search (q, max_results) POST /pfif/api/write the
//   body is PFIF XML
//
// The key stands in "Authorization: Bearer KEY", or in `key` for programs that know nothing else.
#pragma once

#include "base/json.h"
#include "web/message.h"

namespace sonae::web {

bool is_pfif(const Request& request);

struct PfifCall {
  std::string operation;
  json::object input;
  bool takes_body = false;
};
// not_found for another path; invalid_input where a member cannot be read. `base` is how the caller reached
// us: "https://town.example".
Result<PfifCall> read_pfif_request(const Request& request, const std::string& base);

}  // namespace sonae::web
