#include "town/matching/answers.h"

namespace sonae::matching {

namespace {

// A candidate less likely than this is not worth a look.
constexpr double kUnlikely = 0.002;

struct Content {
  std::vector<KeptCandidate> candidates;
  std::string settle_japanese;
  std::string settle_english;
  std::optional<EntryId> same_as;
  double same_as_probability = 0;
};
BOOST_DESCRIBE_STRUCT(Content, (),
                      (candidates, settle_japanese, settle_english, same_as, same_as_probability))

KeptCandidate kept(std::string_view resident, double probability, const std::vector<link::Reason>& reasons) {
  KeptCandidate candidate{ResidentId(std::string(resident)), probability, {}};
  for (const link::Reason& reason : reasons)
    candidate.reasons.push_back({static_cast<std::uint8_t>(reason.field), reason.level, reason.weight});
  return candidate;
}

constexpr std::string_view kTablesForm = "form of the tables", kForm = "2";

constexpr const char* kColumns = "entry, standing, decision, content";

Answer answer_of(const store::Cursor& row) {
  Answer answer;
  answer.entry = row.id<EntryId>(0);
  answer.standing = Hash::from_bytes(row.bytes(1)).value();
  answer.decision = static_cast<link::Decision>(row.integer(2));
  auto content = from_json_text<Content>(row.text(3)).value();  // this node wrote it
  answer.candidates = std::move(content.candidates);
  answer.what_would_settle = {std::move(content.settle_japanese), std::move(content.settle_english)};
  answer.same_as = content.same_as;
  answer.same_as_probability = content.same_as_probability;
  return answer;
}

}  // namespace

Answer kept(const link::Answer& answer, const EntryId& entry, const Hash& standing) {
  Answer made;
  made.entry = entry;
  made.standing = standing;
  made.decision = answer.decision;
  if (!answer.resident.empty())
    made.candidates.push_back(kept(answer.resident, answer.probability, answer.reasons));
  for (const link::Candidate& other : answer.alternatives)
    if (other.probability >= kUnlikely)
      made.candidates.push_back(kept(other.resident, other.probability, other.reasons));
  made.what_would_settle = answer.what_would_settle;
  made.same_as_probability = answer.same_as_row ? answer.same_as_row_probability : 0;
  return made;
}

std::vector<link::Reason> reasons_of(const KeptCandidate& candidate) {
  std::vector<link::Reason> reasons;
  for (const KeptReason& one : candidate.reasons) {
    const auto field = static_cast<link::Field>(one.field);
    reasons.push_back({field, one.level, one.weight, link::phrase_of(field, one.level)});
  }
  return reasons;
}

void create_answer_tables(store::Connection& connection) {
  connection.script(
      "CREATE TABLE IF NOT EXISTS local_matching_memory (name TEXT NOT NULL PRIMARY KEY, content TEXT NOT "
      "NULL)");
  // What the machine answered is made again: tables of another form are thrown away. Nothing is written where
  // they are of this one: a town opens on a full disk too.
  const bool of_this_form = recalled(connection, kTablesForm) == kForm;
  if (!of_this_form) connection.script("DROP TABLE IF EXISTS local_matching_answer");
  connection.script(R"sql(
CREATE TABLE IF NOT EXISTS local_matching_answer (
  entry BYTES NOT NULL PRIMARY KEY,
  standing BYTES NOT NULL,
  decision BIGINT NOT NULL,
  resident TEXT NOT NULL,
  probability DOUBLE PRECISION NOT NULL,
  content TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS local_matching_answer_resident ON local_matching_answer (resident);
)sql");
  if (!of_this_form) remember(connection, kTablesForm, kForm);
}

void store_answer(store::Connection& connection, const Answer& answer) {
  const Content content{answer.candidates, answer.what_would_settle.japanese,
                        answer.what_would_settle.english, answer.same_as, answer.same_as_probability};
  connection.run("DELETE FROM local_matching_answer WHERE entry = $1", answer.entry);
  connection.run(
      "INSERT INTO local_matching_answer (entry, standing, decision, resident, probability, content) "
      "VALUES ($1, $2, $3, $4, $5, $6)",
      answer.entry, store::Blob{answer.standing.bytes()}, static_cast<int>(answer.decision),
      answer.candidates.empty() ? std::string() : answer.candidates.front().resident.text(),
      answer.probability(), to_text(to_json(content)));
}

void forget_withdrawn(store::Connection& connection) {
  connection.run(
      "DELETE FROM local_matching_answer WHERE entry NOT IN (SELECT entry FROM reception_entry WHERE "
      "withdrawn = "
      "0)");
}

void remember(store::Connection& connection, std::string_view key, std::string_view value) {
  connection.run("DELETE FROM local_matching_memory WHERE name = $1", key);
  connection.run("INSERT INTO local_matching_memory (name, content) VALUES ($1, $2)", key, value);
}

std::string recalled(store::Connection& connection, std::string_view key) {
  const auto row = connection.query("SELECT content FROM local_matching_memory WHERE name = $1", key);
  return row->next() ? row->string(0) : std::string();
}

std::optional<Answer> find_answer(store::Connection& connection, const EntryId& entry) {
  const auto row = connection.query(
      std::string("SELECT ") + kColumns + " FROM local_matching_answer WHERE entry = $1", entry);
  if (!row->next()) return std::nullopt;
  return answer_of(*row);
}

void for_each_answer(store::Connection& connection, const std::function<void(const Answer&)>& visit) {
  const auto row =
      connection.query(std::string("SELECT ") + kColumns + " FROM local_matching_answer ORDER BY entry");
  while (row->next())
    visit(answer_of(*row));
}

}  // namespace sonae::matching
