#include "town/notice/outgoing.h"

#include <algorithm>

namespace sonae::notice {

namespace {

constexpr std::int64_t kFirstWait = 60'000, kLongestWait = 6 * 3'600'000;  // ms

std::vector<Row> rows(const std::unique_ptr<store::Cursor>& cursor) {
  std::vector<Row> all;
  while (cursor->next())
    if (auto row = from_json_text<Row>(cursor->text(0))) all.push_back(std::move(*row));
  return all;
}

journal::Subject subject_of(const NoticeId& id) {
  return {"notice", id.text()};
}

template <class Body>
Status record(town::Town& town, const char* kind, const Body& body) {
  journal::Batch batch;
  batch.drafts.push_back(
      journal::draft(journal::Stream::ordinary, kind, {subject_of(body.notice)}, GrantId{}, body));
  TRY(town.journal().append(std::move(batch)));
  return {};
}

}  // namespace

std::int64_t wait_after_ms(std::int64_t failures) {
  const std::int64_t doublings = std::clamp<std::int64_t>(failures - 1, 0, 20);
  return std::min(kFirstWait << doublings, kLongestWait);
}

journal::Draft draft_of(const Due& due, const GrantId& grant) {
  return journal::draft(journal::Stream::ordinary, "notice.due", {subject_of(due.notice)}, grant, due);
}

std::vector<Row> Outgoing::due(std::size_t limit) const {
  const auto connection = town_.journal().reader();
  return rows(connection->query(
      "SELECT row FROM notice_due WHERE state = 'due' AND next_ms <= $1 ORDER BY next_ms, notice LIMIT $2",
      town_.env().clock.now().milliseconds, limit));
}

std::vector<Row> Outgoing::about(const std::string& what) const {
  const auto connection = town_.journal().reader();
  return rows(
      connection->query("SELECT row FROM notice_due WHERE about = $1 ORDER BY at DESC, notice", what));
}

Status Outgoing::mark_sent(const NoticeId& notice) {
  return record(town_, "notice.sent", Sent{notice});
}

Status Outgoing::mark_failed(const NoticeId& notice, const std::string& because, bool for_good) {
  return record(town_, "notice.failed", Failed{notice, because, for_good});
}

}  // namespace sonae::notice
