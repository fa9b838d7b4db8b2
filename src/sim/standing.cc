#include "sim/standing.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "journal/header.h"
#include "town/reception/reception.h"

namespace sonae::sim {

namespace {

std::string line_of(std::string_view kind, const journal::Subject& subject, const FactId& fact) {
  return fmt::format("{} {}:{} {}", kind, subject.kind, subject.id, fact.text());
}

struct Admitted {
  journal::Header header;
  bool erased = false;
};

// Every admitted fact once (one may stand in several logs), and of which subjects it is superseded.
struct Known {
  std::map<FactId, Admitted> facts;
  std::set<std::pair<FactId, journal::Subject>> superseded;

  explicit Known(store::Connection& connection) {
    const auto row = connection.query(
        "SELECT e.header, e.body FROM journal_entry e WHERE NOT EXISTS (SELECT 1 FROM journal_quarantine q "
        "WHERE q.row = e.row)");
    while (row->next()) {
      auto header = journal::read_header(row->bytes(0));
      if (!header) continue;
      for (const FactId& earlier : header->supersedes)
        for (const journal::Subject& subject : header->subjects)
          superseded.emplace(earlier, subject);
      const FactId id = header->id;
      facts.try_emplace(id, Admitted{std::move(*header), row->is_null(1)});
    }
  }
  bool stands(const Admitted& fact, const journal::Subject& subject) const {
    return !fact.erased && !superseded.contains({fact.header.id, subject});
  }
};

bool is_of_aspect(std::string_view kind) {
  for (const auto aspect : {reception::Aspect::stay, reception::Aspect::condition, reception::Aspect::needs,
                            reception::Aspect::consent, reception::Aspect::contact})
    if (kind == reception::kind_of(aspect)) return true;
  return false;
}

// The entries that are on the lists: written, and not withdrawn.
std::set<std::string> entries_listed(const Known& known) {
  std::set<std::string> written, withdrawn;
  for (const auto& [id, fact] : known.facts)
    for (const journal::Subject& subject : fact.header.subjects) {
      if (subject.kind != "entry") continue;
      if (fact.header.kind == "reception.entry_written" && !fact.erased) written.insert(subject.id);
      if (fact.header.kind == "reception.entry_withdrawn" && known.stands(fact, subject))
        withdrawn.insert(subject.id);
    }
  std::erase_if(written, [&](const std::string& entry) { return withdrawn.contains(entry); });
  return written;
}

}  // namespace

const std::vector<AnswersTable>& answers_tables() {
  static const std::vector<AnswersTable> all{
      {"matching.decided", "entry", "matching_decision", "entry", true},
      {"matching.same_person_decided", "entry", "matching_pair", "entry", true},
      {"reception.shelter_opened", "shelter", "reception_shelter", "name", false},
      {"registry.protected_marked", "resident", "registry_protection", "resident", false},
      {"registry.vanished_answered", "resident", "registry_answer", "resident", false},
      {"node.renamed", "node", "nodes_name", "node", true},
  };
  return all;
}

std::vector<std::string> standing_by_entries(store::Connection& connection) {
  const Known known(connection);
  const std::set<std::string> listed = entries_listed(known);
  std::vector<std::string> lines;
  for (const auto& [id, fact] : known.facts)
    for (const journal::Subject& subject : fact.header.subjects) {
      if (!known.stands(fact, subject)) continue;
      const std::string& kind = fact.header.kind;
      const bool in_table = std::ranges::any_of(answers_tables(), [&](const AnswersTable& table) {
        return kind == table.kind && subject.kind == table.subject;
      });
      const bool of_entry = subject.kind == "entry" && listed.contains(subject.id) &&
                            (is_of_aspect(kind) || kind == "reception.entry_corrected");
      if (in_table || of_entry) lines.push_back(line_of(kind, subject, id));
    }
  std::ranges::sort(lines);
  return lines;
}

std::vector<std::string> standing_by_views(store::Connection& connection) {
  std::vector<std::string> lines;
  for (const AnswersTable& table : answers_tables()) {
    const auto row = connection.query(fmt::format("SELECT {}, fact FROM {}", table.column, table.table));
    while (row->next()) {
      const std::string subject = table.bytes ? to_base32(row->bytes(0)) : row->string(0);
      lines.push_back(line_of(table.kind, {table.subject, subject}, row->id<FactId>(1)));
    }
  }
  reception::for_each_entry(connection, [&](const reception::Entry& entry) {
    const journal::Subject subject{"entry", entry.entry.text()};
    for (const reception::AspectFacts& aspect : entry.since.standing)
      for (const FactId& fact : aspect.facts)
        lines.push_back(line_of(reception::kind_of(aspect.aspect), subject, fact));
    if (!entry.corrected) return;
    for (const FactId& fact : entry.standing)
      lines.push_back(line_of("reception.entry_corrected", subject, fact));
  });
  std::ranges::sort(lines);
  return lines;
}

std::size_t several_answers(const std::vector<std::string>& standing) {
  std::map<std::string, std::size_t> answers;
  for (const std::string& line : standing)
    ++answers[line.substr(0, line.rfind(' '))];
  return static_cast<std::size_t>(
      std::ranges::count_if(answers, [](const auto& question) { return question.second > 1; }));
}

}  // namespace sonae::sim
