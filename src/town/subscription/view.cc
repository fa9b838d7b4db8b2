// The table of subscriptions.
#include "journal/view.h"

#include "town/subscription/subscription.h"

namespace sonae::subscription {

namespace {

class SubscriptionView final : public journal::View {
 public:
  std::string_view name() const override { return "subscription"; }
  int version() const override { return 1; }
  std::string_view tables() const override {
    return R"sql(
CREATE TABLE subscription_made (
  subscription BYTES NOT NULL PRIMARY KEY,
  made TEXT NOT NULL,
  ended BIGINT NOT NULL,
  row TEXT NOT NULL
);
CREATE INDEX subscription_by_time ON subscription_made (made);
CREATE INDEX subscription_standing ON subscription_made (ended, made);
)sql";
  }
  std::vector<std::string> table_names() const override { return {"subscription_made"}; }
  std::vector<std::string> subject_kinds() const override { return {"subscription"}; }

  void fold(store::Connection& connection, const journal::Blobs&, const journal::Subject& subject,
            std::span<const journal::Fact> facts) override {
    const auto id = SubscriptionId::parse(subject.id);
    if (!id) return;
    connection.run("DELETE FROM subscription_made WHERE subscription = $1", *id);
    Row row;
    std::string made;
    for (const journal::Fact& fact : facts) {
      if (fact.erased || fact.superseded) continue;
      if (fact.header.kind == "subscription.made" && made.empty()) {
        auto body = fact.as<Made>();
        if (!body) continue;
        row.made = std::move(*body);
        row.at = fact.header.time.wall;
        made = to_text(fact.header.time);
      } else if (fact.header.kind == "subscription.told") {
        const auto body = fact.as<Told>();
        if (!body) continue;
        row.last_told = body->digest;
        ++row.times_told;
      } else if (fact.header.kind == "subscription.ended") {
        const auto body = fact.as<Ended>();
        if (!body || row.ended_at) continue;
        row.ended_at = fact.header.time.wall;
        row.ended_because = body->because;
      }
    }
    if (made.empty()) return;
    connection.run("INSERT INTO subscription_made (subscription, made, ended, row) VALUES ($1, $2, $3, $4)",
                   *id, made, row.ended_at.has_value(), to_text(to_json(row)));
  }

  std::vector<journal::DumpTable> dump() const override {
    return {{"subscription_made",
             "SELECT subscription, made, ended, row FROM subscription_made ORDER BY subscription"}};
  }
};

}  // namespace

std::unique_ptr<journal::View> make_view() {
  return std::make_unique<SubscriptionView>();
}

}  // namespace sonae::subscription
