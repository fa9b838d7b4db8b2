// The tables of paper: photographs with what became of them, and the runs of numbers that were printed.
#include "journal/view.h"
#include "town/paper/inside.h"

namespace sonae::paper {

namespace {

State state_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::typed:
      return State::typed;
    case Outcome::unreadable:
      return State::unreadable;
    case Outcome::duplicate:
      return State::duplicate;
  }
  return State::question;
}

class PaperView final : public journal::View {
 public:
  std::string_view name() const override { return "paper"; }
  int version() const override { return 1; }
  std::string_view tables() const override {
    return R"sql(
CREATE TABLE paper_form (
  form BYTES NOT NULL PRIMARY KEY,
  shelter TEXT NOT NULL,
  taken_ms BIGINT NOT NULL,
  open BIGINT NOT NULL,
  row TEXT NOT NULL
);
CREATE INDEX paper_form_open ON paper_form (open, taken_ms);
CREATE TABLE paper_run (
  run TEXT NOT NULL PRIMARY KEY,
  shelter TEXT NOT NULL,
  count BIGINT NOT NULL
);
)sql";
  }
  std::vector<std::string> table_names() const override { return {"paper_form", "paper_run"}; }
  std::vector<std::string> subject_kinds() const override { return {"form", "form_run"}; }

  void fold(store::Connection& connection, const journal::Blobs&, const journal::Subject& subject,
            std::span<const journal::Fact> facts) override {
    if (subject.kind == "form_run") return fold_run(connection, subject.id, facts);
    if (const auto id = FormId::parse(subject.id)) fold_form(connection, *id, facts);
  }

  std::vector<Hash> blobs_named_by(std::string_view kind, BytesView body) const override {
    if (kind != "paper.photographed") return {};
    const auto photographed = from_json_text<Photographed>(body);
    return photographed ? std::vector{photographed->picture} : std::vector<Hash>{};
  }

  std::vector<journal::DumpTable> dump() const override {
    return {{"paper_form", "SELECT form, shelter, taken_ms, open, row FROM paper_form ORDER BY form"},
            {"paper_run", "SELECT run, shelter, count FROM paper_run ORDER BY run"}};
  }

 private:
  static void fold_form(store::Connection& connection, const FormId& id,
                        std::span<const journal::Fact> facts) {
    connection.run("DELETE FROM paper_form WHERE form = $1", id);
    FormRow row;
    bool photographed = false;
    for (const journal::Fact& fact : facts) {
      if (fact.erased || fact.superseded) continue;
      if (fact.header.kind == "paper.photographed" && !photographed) {
        const auto body = fact.as<Photographed>();
        if (!body) continue;
        photographed = true;
        row.form.form = id;
        row.form.shelter = body->shelter;
        row.form.number = body->number;
        row.form.taken = body->taken;
        row.form.people = body->people;
        row.picture = body->picture;
        row.photographed_under = fact.header.grant;
      } else if (fact.header.kind == "paper.settled") {
        const auto body = fact.as<Settled>();
        if (!body) continue;
        Form& form = row.form;
        form.state = form.standing.empty() ? state_of(body->outcome) : State::question;
        form.because = body->because;
        form.settled = fact.header.time.wall;
        form.entries.insert(form.entries.end(), body->entries.begin(), body->entries.end());
        form.standing.push_back(fact.header.id);
        row.settled_under = fact.header.grant;
      }
    }
    if (!photographed) return;
    connection.run("INSERT INTO paper_form (form, shelter, taken_ms, open, row) VALUES ($1, $2, $3, $4, $5)",
                   id, row.form.shelter, row.form.taken.milliseconds, is_open(row.form.state),
                   to_text(to_json(row)));
  }

  static void fold_run(store::Connection& connection, const std::string& run,
                       std::span<const journal::Fact> facts) {
    connection.run("DELETE FROM paper_run WHERE run = $1", run);
    for (const journal::Fact& fact : facts) {
      if (fact.erased || fact.header.kind != "paper.forms_printed") continue;
      const auto body = fact.as<FormsPrinted>();
      if (!body) continue;
      connection.run("INSERT INTO paper_run (run, shelter, count) VALUES ($1, $2, $3)", run, body->shelter,
                     body->count);
      return;
    }
  }
};

}  // namespace

std::unique_ptr<journal::View> make_view() {
  return std::make_unique<PaperView>();
}

std::optional<FormRow> find_form(store::Connection& connection, const FormId& id) {
  const auto row = connection.query("SELECT row FROM paper_form WHERE form = $1", id);
  if (!row->next()) return std::nullopt;
  auto read = from_json_text<FormRow>(row->text(0));
  return read ? std::optional(std::move(*read)) : std::nullopt;
}

std::vector<FormRow> forms_in(store::Connection& connection, const FormsRequest& request) {
  std::vector<FormRow> forms;
  const auto row =
      connection.query("SELECT row, shelter FROM paper_form WHERE open = $1 ORDER BY taken_ms, form",
                       !request.settled.value_or(false));
  while (row->next()) {
    if (request.shelter && row->text(1) != *request.shelter) continue;
    if (auto read = from_json_text<FormRow>(row->text(0))) forms.push_back(std::move(*read));
  }
  return forms;
}

bool run_is_taken(store::Connection& connection, const std::string& run) {
  return connection.query("SELECT 1 FROM paper_run WHERE run = $1", run)->next();
}

}  // namespace sonae::paper
