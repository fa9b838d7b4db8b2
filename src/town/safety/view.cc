// The table of safety: the areas that hold. Who is confirmed is asked of matching, never kept here.
#include "journal/view.h"
#include "town/safety/areas.h"
#include "town/safety/safety.h"

namespace sonae::safety {

namespace {

class SafetyView final : public journal::View {
 public:
  std::string_view name() const override { return "safety"; }
  int version() const override { return 1; }
  std::string_view tables() const override {
    return R"sql(
CREATE TABLE safety_area (
  area BYTES NOT NULL,
  fact BYTES NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  geometry TEXT NOT NULL,
  fictional BIGINT NOT NULL,
  PRIMARY KEY (area, fact)
);
)sql";
  }
  std::vector<std::string> table_names() const override { return {"safety_area"}; }
  std::vector<std::string> subject_kinds() const override { return {"area"}; }

  // Two definitions that do not know of each other stand side by side, as two areas of one id.
  void fold(store::Connection& connection, const journal::Blobs&, const journal::Subject& subject,
            std::span<const journal::Fact> facts) override {
    const auto area = AreaId::parse(subject.id);
    if (!area) return;
    connection.run("DELETE FROM safety_area WHERE area = $1", *area);
    for (const journal::Fact& fact : facts) {
      if (fact.erased || fact.superseded || fact.header.kind != "safety.area_defined") continue;
      const auto body = fact.as<AreaDefined>();
      if (!body) continue;
      connection.run(
          "INSERT INTO safety_area (area, fact, name, kind, geometry, fictional) VALUES ($1, $2, $3, $4, $5, "
          "$6)",
          *area, fact.header.id, body->name, boost::describe::enum_to_string(body->kind, "other"),
          to_text(body->geometry), body->fictional);
    }
  }

  std::vector<journal::DumpTable> dump() const override {
    return {{"safety_area",
             "SELECT area, fact, name, kind, geometry, fictional FROM safety_area ORDER BY area, fact"}};
  }
};

}  // namespace

std::unique_ptr<journal::View> make_view() {
  return std::make_unique<SafetyView>();
}

std::vector<StoredArea> stored_areas(store::Connection& connection) {
  std::vector<StoredArea> all;
  const auto row = connection.query(
      "SELECT area, fact, name, kind, geometry, fictional FROM safety_area ORDER BY name, area, fact");
  while (row->next()) {
    StoredArea one;
    one.area = row->id<AreaId>(0);
    one.fact = row->id<FactId>(1);
    one.name = row->string(2);
    boost::describe::enum_from_string(row->string(3).c_str(), one.kind);
    one.geometry = row->string(4);
    one.fictional = row->integer(5) != 0;
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace sonae::safety
