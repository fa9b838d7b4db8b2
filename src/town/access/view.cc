// The tables of access: accounts, their passwords, their grants. Looks need no table: the journal's index of
// subjects finds them ("seen:resident:1001", "looker:<person>").
#include "journal/view.h"
#include "town/access/access.h"

namespace sonae::access {

namespace {

constexpr std::string_view kTables = R"sql(
CREATE TABLE access_account (
  person BYTES NOT NULL PRIMARY KEY,
  login TEXT NOT NULL,
  name TEXT NOT NULL
);
CREATE INDEX access_account_login ON access_account (login);
CREATE TABLE access_password (
  person BYTES NOT NULL,
  fact BYTES NOT NULL,
  verifier TEXT NOT NULL,
  must_change BIGINT NOT NULL,
  PRIMARY KEY (person, fact)
);
CREATE TABLE access_grant (
  grant_id BYTES NOT NULL PRIMARY KEY,
  fact BYTES NOT NULL,
  person BYTES NOT NULL,
  role TEXT NOT NULL,
  place TEXT NOT NULL,
  from_ms BIGINT NOT NULL,
  until_ms BIGINT,
  given_by BYTES NOT NULL,
  revoked BIGINT NOT NULL
);
CREATE INDEX access_grant_person ON access_grant (person);
)sql";

class AccessView final : public journal::View {
 public:
  std::string_view name() const override { return "access"; }
  int version() const override { return 1; }
  std::string_view tables() const override { return kTables; }
  std::vector<std::string> table_names() const override {
    return {"access_account", "access_password", "access_grant"};
  }
  std::vector<std::string> subject_kinds() const override { return {"person"}; }

  void fold(store::Connection& connection, const journal::Blobs&, const journal::Subject& subject,
            std::span<const journal::Fact> facts) override {
    const auto person = PersonId::parse(subject.id);
    if (!person) return;
    for (const char* const table : {"access_account", "access_password", "access_grant"})
      connection.run(std::string("DELETE FROM ") + table + " WHERE person = $1", *person);
    for (const journal::Fact& fact : facts) {
      if (fact.erased) continue;
      if (fact.header.kind == "access.account_opened") {
        if (const auto body = fact.as<AccountOpened>())
          connection.run(
              "INSERT INTO access_account (person, login, name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
              *person, body->login, body->name);
      } else if (fact.header.kind == "access.password_set") {
        if (const auto body = fact.as<PasswordSet>(); body && !fact.superseded)
          connection.run(
              "INSERT INTO access_password (person, fact, verifier, must_change) VALUES ($1, $2, $3, $4)",
              *person, fact.header.id, body->verifier, body->must_change);
      } else if (fact.header.kind == "access.granted") {
        if (const auto body = fact.as<Granted>()) write_grant(connection, fact, *body);
      }
    }
  }

  std::vector<journal::DumpTable> dump() const override {
    return {
        {"access_account", "SELECT person, login, name FROM access_account ORDER BY person"},
        {"access_password",
         "SELECT person, fact, verifier, must_change FROM access_password ORDER BY person, fact"},
        {"access_grant",
         "SELECT grant_id, fact, person, role, place, from_ms, until_ms, given_by, revoked FROM access_grant "
         "ORDER BY grant_id"},
    };
  }

 private:
  static void write_grant(store::Connection& connection, const journal::Fact& fact, const Granted& body) {
    std::optional<std::int64_t> until;
    if (body.until) until = body.until->milliseconds;
    connection.run(
        "INSERT INTO access_grant (grant_id, fact, person, role, place, from_ms, until_ms, given_by, "
        "revoked) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
        body.grant, fact.header.id, body.person, boost::describe::enum_to_string(body.role, ""), body.place,
        body.from.milliseconds, until, body.given_by, fact.superseded);
  }
};

}  // namespace

std::unique_ptr<journal::View> make_view() {
  return std::make_unique<AccessView>();
}

}  // namespace sonae::access
