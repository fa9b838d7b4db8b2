#include <algorithm>

#include "journal/findings.h"
#include "journal/folding.h"
#include "journal/meta.h"
#include "journal/tables.h"

namespace sonae::journal {

namespace {

// Whether the row under two cursors is the same, value by value.
bool same_row(const store::Cursor& one, const store::Cursor& other) {
  for (int column = 0; column < one.columns(); ++column) {
    if (one.kind(column) != other.kind(column)) return false;
    switch (one.kind(column)) {
      case 'i':
        if (one.integer(column) != other.integer(column)) return false;
        break;
      case 'r':
        if (one.real(column) != other.real(column)) return false;
        break;
      default:
        if (one.bytes(column) != other.bytes(column)) return false;
    }
  }
  return true;
}

// The first row of the canonical dump that differs; its content stays out of the finding: it may be personal.
void compare_table(store::Connection& here, store::Connection& aside, const View& view,
                   const DumpTable& table, Findings& findings) {
  const std::string place = "view " + std::string(view.name()) + ", table " + table.name;
  findings.part(place, [&] {
    const auto one = here.query(table.select);
    const auto other = aside.query(table.select);
    for (std::uint64_t row = 1;; ++row) {
      const bool more = one->next();
      const bool more_aside = other->next();
      if (!more && !more_aside) return;
      if (more && more_aside && same_row(*one, *other)) continue;
      findings.add(place + ", row " + std::to_string(row),
                   {"記録から作り直したものと違います（sonae rebuild で直ります）",
                    "Differs from what the facts say (sonae rebuild mends it)"});
      return;
    }
  });
}

void compare_schema(store::Connection& here, store::Connection& aside, Findings& findings) {
  const std::vector<std::string> found = here.schema();
  const std::vector<std::string> expected = aside.schema();
  std::vector<std::string> differing;
  std::ranges::set_symmetric_difference(found, expected, std::back_inserter(differing));
  for (const std::string& part : differing) {
    if (part.find(" on local_") != std::string::npos)
      continue;  // a node's own tables, not derived from facts
    findings.add("schema " + part.substr(0, part.find(" on ")),
                 {"表の定義が違います", "This table or index is not defined as it should be"});
  }
}

}  // namespace

void verify_schema_and_views(store::Connection& connection, store::Database& database, const Options& options,
                             const std::vector<View*>& views, bool compare_views, Findings& findings,
                             Progress& progress) {
  findings.part("schema", [&] {
    const Result<std::unique_ptr<store::Database>> scratch = database.scratch();
    if (!scratch) throw store::StoreError(scratch.error());
    const auto aside = (*scratch)->connect();
    make_journal_tables(*aside);
    for (const View* const view : views)
      aside->script(view->tables());
    if (meta(connection, "schema") != kSchema || meta(connection, "town") != options.town.text())
      findings.add("journal_meta", {"版または自治体が違います", "Its version or its town is not right"});
    compare_schema(connection, *aside, findings);
    if (!compare_views) return;
    std::vector<View*> current;
    for (View* const view : views) {
      if (meta(connection, version_name(*view)) == std::to_string(view->version()))
        current.push_back(view);
      else
        findings.add("view " + std::string(view->name()),
                     {"別の版で作られた表です（次に開くときに作り直されます）",
                      "Its tables are of another version (they are derived again when the town is opened)"});
    }
    store::Transaction transaction(*aside, store::Transaction::Kind::write);
    const Blobs blobs(connection, options.town_key);
    if (!rebuild_views(connection, *aside, blobs, options.town_key, current, progress))
      return;  // asked to stop
    for (const View* const view : current)
      for (const DumpTable& table : view->dump())
        compare_table(connection, *aside, *view, table, findings);
  });
}

}  // namespace sonae::journal
