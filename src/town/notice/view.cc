// The table of notices.
#include "town/notice/outgoing.h"

namespace sonae::notice {

namespace {

class NoticeView final : public journal::View {
 public:
  std::string_view name() const override { return "notice"; }
  int version() const override { return 1; }
  std::string_view tables() const override {
    return R"sql(
CREATE TABLE notice_due (
  notice BYTES NOT NULL PRIMARY KEY,
  about TEXT NOT NULL,
  at TEXT NOT NULL,
  state TEXT NOT NULL,
  next_ms BIGINT NOT NULL,
  row TEXT NOT NULL
);
CREATE INDEX notice_by_state ON notice_due (state, next_ms);
CREATE INDEX notice_by_reason ON notice_due (about, at);
)sql";
  }
  std::vector<std::string> table_names() const override { return {"notice_due"}; }
  std::vector<std::string> subject_kinds() const override { return {"notice"}; }

  // Sent by one node and failed at another it is sent: nobody is told twice.
  void fold(store::Connection& connection, const journal::Blobs&, const journal::Subject& subject,
            std::span<const journal::Fact> facts) override {
    const auto id = NoticeId::parse(subject.id);
    if (!id) return;
    connection.run("DELETE FROM notice_due WHERE notice = $1", *id);
    Row row;
    std::string at;
    bool sent = false, for_good = false;
    for (const journal::Fact& fact : facts) {
      if (fact.erased || fact.superseded) continue;
      if (fact.header.kind == "notice.due" && at.empty()) {
        auto body = fact.as<Due>();
        if (!body) continue;
        row.due = std::move(*body);
        row.at = row.next_try = fact.header.time.wall;
        at = to_text(fact.header.time);
      } else if (fact.header.kind == "notice.sent") {
        sent = true;
      } else if (fact.header.kind == "notice.failed") {
        const auto body = fact.as<Failed>();
        if (!body) continue;
        row.because = body->because;
        for_good = for_good || body->for_good;
        row.next_try.milliseconds = fact.header.time.wall.milliseconds + wait_after_ms(++row.failures);
      }
    }
    if (at.empty()) return;
    if (sent)
      row.state = State::sent;
    else if (for_good || row.failures >= kMostTries)
      row.state = State::given_up;
    connection.run(
        "INSERT INTO notice_due (notice, about, at, state, next_ms, row) VALUES ($1, $2, $3, $4, $5, $6)",
        *id, row.due.about, at, boost::describe::enum_to_string(row.state, ""), row.next_try.milliseconds,
        to_text(to_json(row)));
  }

  std::vector<journal::DumpTable> dump() const override {
    return {{"notice_due", "SELECT notice, about, at, state, next_ms, row FROM notice_due ORDER BY notice"}};
  }
};

}  // namespace

std::unique_ptr<journal::View> make_view() {
  return std::make_unique<NoticeView>();
}

}  // namespace sonae::notice
