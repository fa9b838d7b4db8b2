// The list of inquiries.
#include <algorithm>

#include "town/inquiry/inside.h"
#include "town/inquiry/stands_in.h"

namespace sonae::inquiry {

Result<InquiryList> Inquiries::list(api::Call& call, const ListRequest& request) {
  const auto connection = inside_->town.journal().reader();
  const text::Tables& tables = inside_->town.tables();
  const std::int64_t offset = std::max<std::int64_t>(request.offset.value_or(0), 0);
  const std::int64_t limit = std::clamp<std::int64_t>(request.limit.value_or(50), 1, 500);
  const std::string text = text::fold_name(tables, request.text.value_or(""));
  const std::string state = request.state ? boost::describe::enum_to_string(*request.state, "") : "";
  const std::string rows = std::string("SELECT row FROM inquiry_asked WHERE ") +
                           (request.entry ? "entry = $1" : "($1 = '' OR state = $1)") + " ORDER BY asked" +
                           (request.order == Order::oldest ? "" : " DESC") + ", inquiry";
  const auto row = request.entry ? connection->query(rows, *request.entry) : connection->query(rows, state);
  InquiryList list;
  std::vector<std::string> shown;
  while (row->next()) {
    // The page is read whole; the rest is only counted, unless what was typed has to be looked for.
    const bool on_page = list.total >= offset && list.total < offset + limit;
    if (!on_page && text.empty() && !(request.entry && request.state)) {
      ++list.total;
      continue;
    }
    InquiryRow one = TRY(from_json_text<InquiryRow>(row->text(0)));
    if (!text.empty() && !stands_in(tables, one, text)) continue;
    if (request.state && one.state != *request.state) continue;
    if (list.total >= offset && list.total < offset + limit) {
      shown.push_back("inquiry:" + one.inquiry.text());
      list.inquiries.push_back(std::move(one));
    }
    ++list.total;
  }
  TRY(inside_->access.record_look(call, "inquiry.list", std::move(shown)));
  return list;
}

}  // namespace sonae::inquiry
