// Numbers for forms, unique in the town without asking other nodes: a random run of a million, and a serial
// number.
#include <fmt/format.h>

#include "base/qr.h"
#include "base/typed_code.h"
#include "town/paper/inside.h"

namespace sonae::paper {

namespace {

constexpr std::int64_t kMostAtOnce = 200;
constexpr std::size_t kRunSymbols = 4;

}  // namespace

Result<PrintAnswer> Papers::print(api::Call& call, const PrintRequest& request) {
  if (request.shelter.empty())
    return fail(ErrorCode::invalid_input, {"避難所の名前がありません", "The shelter has no name"}, "shelter");
  if (request.count < 1 || request.count > kMostAtOnce)
    return fail(ErrorCode::invalid_input, {"一度に 1 枚から 200 枚です", "1 to 200 forms at once"}, "count");
  const auto connection = town_.journal().reader();
  std::string run;
  do
    run = typed_code(town_.env().random.bytes(kRunSymbols), kRunSymbols).substr(0, kRunSymbols);
  while (run_is_taken(*connection, run));
  TRY(record(journal::draft(journal::Stream::ordinary, "paper.forms_printed", {{"form_run", run}},
                            call.actor.grant, FormsPrinted{run, request.shelter, request.count}),
             {}));
  PrintAnswer answer;
  for (std::int64_t serial = 1; serial <= request.count; ++serial) {
    std::string number = fmt::format("{}{:03}", run, serial);
    number += check_letter(number);
    answer.forms.push_back({in_groups(number), TRY(qr_for_paper("SONAE-FORM:" + number))});
  }
  return answer;
}

}  // namespace sonae::paper
