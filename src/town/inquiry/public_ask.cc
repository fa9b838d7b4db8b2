// Asking without an account, from the page that anybody may open.
#include "town/inquiry/inside.h"

namespace sonae::inquiry {

namespace {
constexpr std::size_t kLongestText = 200;
}

Result<PublicAnswer> Inquiries::ask_publicly(api::Call& call, const PublicAskRequest& request) {
  Inside& in = *inside_;
  if (!in.disclosure) return std::unexpected(in.disclosure.error());
  const std::pair<const std::string&, const char*> needed[] = {{request.asker_name, "asker_name"},
                                                               {request.asker_phone, "asker_phone"},
                                                               {request.purpose, "purpose"},
                                                               {request.name, "name"},
                                                               {request.birth_date, "birth_date"}};
  for (const auto& [text, member] : needed) {
    if (text.empty())
      return fail(ErrorCode::invalid_input, {"すべての欄に入れてください", "Fill in every field"}, member);
    if (text.size() > kLongestText)
      return fail(ErrorCode::too_large, {"長すぎます", "This is too long"}, member);
  }
  // Nobody has shown who they are: whatever relation they give, the rows of Proof::none hold.
  const Asked asked{in.town.env().random.id<InquiryId>(),
                    {request.asker_name, {}, request.asker_phone, request.relation, Proof::none},
                    request.purpose,
                    request.name + " " + request.birth_date,
                    Desk::web};
  TRY(in.check_limits(call, asked.asker));
  const auto held = TRY(in.held(call.progress));
  const std::vector<const Known*> found = TRY(in.find(*held, asked.line));
  // Nobody can be asked back: of several who fit nothing is told.
  AskAnswer answer = TRY(in.tell(call, asked, true, found.size() == 1 ? found.front() : nullptr));
  return PublicAnswer{answer.outcome == Outcome::told, std::move(answer.words), std::move(answer.easy),
                      std::move(answer.said)};
}

Result<PublicAnswer> Inquiries::ask_by_town(api::Call& call, const Asker& asker, const std::string& purpose,
                                            const std::string& line) {
  Inside& in = *inside_;
  if (!in.disclosure) return std::unexpected(in.disclosure.error());
  if (!names_somebody(line))
    return fail(ErrorCode::invalid_input, {"氏名と生年月日を入れてください", "Give name and birth date"},
                "line");
  const Asked asked{in.town.env().random.id<InquiryId>(), asker, purpose, line, Desk::web};
  const auto held = TRY(in.held(call.progress));
  const std::vector<const Known*> found = TRY(in.find(*held, line));
  AskAnswer answer = TRY(in.tell(call, asked, true, found.size() == 1 ? found.front() : nullptr));
  return PublicAnswer{answer.outcome == Outcome::told, std::move(answer.words), std::move(answer.easy),
                      std::move(answer.said)};
}

}  // namespace sonae::inquiry
