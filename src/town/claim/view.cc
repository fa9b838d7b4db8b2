// The table of claims: what was claimed, and what became of it.
#include "journal/view.h"
#include "town/claim/inside.h"

namespace sonae::claim {

namespace {

class ClaimView final : public journal::View {
 public:
  std::string_view name() const override { return "claim"; }
  int version() const override { return 2; }
  std::string_view tables() const override {
    return R"sql(
CREATE TABLE claim_made (
  claim BYTES NOT NULL PRIMARY KEY,
  made TEXT NOT NULL,
  state TEXT NOT NULL,
  sender TEXT NOT NULL,
  row TEXT NOT NULL
);
CREATE INDEX claim_by_state ON claim_made (state, made);
CREATE INDEX claim_by_sender ON claim_made (sender, made);
)sql";
  }
  std::vector<std::string> table_names() const override { return {"claim_made"}; }
  std::vector<std::string> subject_kinds() const override { return {"claim"}; }

  void fold(store::Connection& connection, const journal::Blobs&, const journal::Subject& subject,
            std::span<const journal::Fact> facts) override {
    const auto id = ClaimId::parse(subject.id);
    if (!id) return;
    connection.run("DELETE FROM claim_made WHERE claim = $1", *id);
    ClaimRow row;
    std::string made;
    for (const journal::Fact& fact : facts) {
      if (fact.erased || fact.superseded) continue;
      if (fact.header.kind == "claim.made" && made.empty()) {
        auto body = fact.as<Made>();
        if (!body) continue;
        row.claim = std::move(*body);
        row.at = fact.header.time.wall;
        made = to_text(fact.header.time);
      } else if (fact.header.kind == "claim.tied") {
        const auto body = fact.as<Tied>();
        if (!body) continue;
        row.state = row.standing.empty() ? State::tied : State::question;
        row.entry = body->entry;
        row.resident = body->resident;
        row.by_proof = body->by_proof;
        row.because = body->because;
        row.standing.push_back(fact.header.id);
      } else if (fact.header.kind == "claim.refused") {
        const auto body = fact.as<Refused>();
        if (!body) continue;
        row.state = row.standing.empty() ? State::refused : State::question;
        row.because = body->because;
        row.standing.push_back(fact.header.id);
      }
    }
    if (made.empty()) return;
    connection.run("INSERT INTO claim_made (claim, made, state, sender, row) VALUES ($1, $2, $3, $4, $5)",
                   *id, made, boost::describe::enum_to_string(row.state, ""),
                   sender_key(row.claim.via.value_or(Channel::web), row.claim.sender.value_or("")),
                   to_text(to_json(row)));
  }

  std::vector<journal::DumpTable> dump() const override {
    return {{"claim_made", "SELECT claim, made, state, sender, row FROM claim_made ORDER BY claim"}};
  }
};

}  // namespace

std::unique_ptr<journal::View> make_view() {
  return std::make_unique<ClaimView>();
}

std::optional<ClaimRow> find_claim(store::Connection& connection, const ClaimId& id) {
  const auto row = connection.query("SELECT row FROM claim_made WHERE claim = $1", id);
  if (!row->next()) return std::nullopt;
  auto read = from_json_text<ClaimRow>(row->text(0));
  return read ? std::optional(std::move(*read)) : std::nullopt;
}

}  // namespace sonae::claim
