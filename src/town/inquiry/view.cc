// The table of inquiries: who asked for whom, and what was told.
#include "journal/view.h"
#include "town/inquiry/inside.h"

namespace sonae::inquiry {

namespace {

State state_of(const InquiryRow& row, bool referred) {
  if (row.withdrawn) return State::withdrawn;
  if (!row.corrected.empty()) return State::corrected;
  if (!row.answered) return State::open;
  if (referred) return State::referred;
  return row.told.empty() ? State::nothing : State::told;
}

class InquiryView final : public journal::View {
 public:
  std::string_view name() const override { return "inquiry"; }
  int version() const override { return 2; }
  std::string_view tables() const override {
    return R"sql(
CREATE TABLE inquiry_asked (
  inquiry BYTES NOT NULL PRIMARY KEY,
  asked TEXT NOT NULL,
  answered TEXT,
  entry BYTES,
  state TEXT NOT NULL,
  row TEXT NOT NULL
);
CREATE INDEX inquiry_by_time ON inquiry_asked (asked);
CREATE INDEX inquiry_by_entry ON inquiry_asked (entry);
CREATE INDEX inquiry_by_state ON inquiry_asked (state, asked);
)sql";
  }
  std::vector<std::string> table_names() const override { return {"inquiry_asked"}; }
  std::vector<std::string> subject_kinds() const override { return {"inquiry"}; }

  // Of two answers that do not know of each other (the same inquiry at two nodes) the first by (time, id) is
  // shown; both stay in the journal.
  void fold(store::Connection& connection, const journal::Blobs&, const journal::Subject& subject,
            std::span<const journal::Fact> facts) override {
    const auto id = InquiryId::parse(subject.id);
    if (!id) return;
    connection.run("DELETE FROM inquiry_asked WHERE inquiry = $1", *id);
    InquiryRow row;
    std::optional<EntryId> entry;
    std::string asked, answered;
    bool referred = false;
    for (const journal::Fact& fact : facts) {
      if (fact.erased || fact.superseded) continue;
      if (fact.header.kind == "inquiry.asked" && asked.empty()) {
        const auto body = fact.as<Asked>();
        if (!body) continue;
        row.inquiry = *id;
        row.at = fact.header.time.wall;
        row.asker = body->asker;
        row.purpose = body->purpose;
        row.line = body->line;
        row.desk = body->desk;
        asked = to_text(fact.header.time);
      } else if (fact.header.kind == "inquiry.answered" && answered.empty()) {
        const auto body = fact.as<Answered>();
        if (!body) continue;
        row.answered = fact.header.time.wall;
        row.told = body->told;
        row.words = body->words;
        entry = body->entry;
        referred = body->referred.value_or(false);
        answered = to_text(fact.header.time);
      } else if (fact.header.kind == "inquiry.corrected") {
        if (const auto body = fact.as<Corrected>()) row.corrected = body->because;
      } else if (fact.header.kind == "inquiry.withdrawn") {
        row.withdrawn = true;
      }
    }
    if (asked.empty()) return;
    row.state = state_of(row, referred);
    const auto text = [](const std::string& one) { return one.empty() ? std::nullopt : std::optional(one); };
    connection.run(
        "INSERT INTO inquiry_asked (inquiry, asked, answered, entry, state, row) VALUES ($1, $2, $3, $4, $5, "
        "$6)",
        *id, asked, text(answered), entry, boost::describe::enum_to_string(row.state, ""),
        to_text(to_json(row)));
  }

  std::vector<journal::DumpTable> dump() const override {
    return {{"inquiry_asked",
             "SELECT inquiry, asked, answered, entry, state, row FROM inquiry_asked ORDER BY inquiry"}};
  }
};

}  // namespace

std::unique_ptr<journal::View> make_view() {
  return std::make_unique<InquiryView>();
}

std::optional<InquiryRow> find_inquiry(store::Connection& connection, const InquiryId& id) {
  const auto row = connection.query("SELECT row FROM inquiry_asked WHERE inquiry = $1", id);
  if (!row->next()) return std::nullopt;
  auto read = from_json_text<InquiryRow>(row->text(0));
  return read ? std::optional(std::move(*read)) : std::nullopt;
}

}  // namespace sonae::inquiry
