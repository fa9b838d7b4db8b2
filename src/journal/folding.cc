#include "journal/folding.h"

#include <algorithm>
#include <exception>
#include <tuple>

#include "journal/entries.h"
#include "journal/fold_all.h"
#include "journal/header.h"
#include "journal/tables.h"

namespace sonae::journal {

Views::Views(std::vector<View*> views) : views_(std::move(views)) {
  for (View* const view : views_)
    for (const std::string& kind : view->subject_kinds())
      by_kind_[kind].push_back(view);
}

void Views::fold(store::Connection& connection, const Blobs& blobs, const Subject& subject,
                 std::span<const Fact> facts) const {
  const auto found = by_kind_.find(subject.kind);
  if (found == by_kind_.end()) return;
  for (View* const view : found->second) {
    const auto place = [&] {
      return "view " + std::string(view->name()) + ", " + subject.kind + ":" + subject.id;
    };
    try {
      view->fold(connection, blobs, subject, facts);
    } catch (const store::StoreError& failure) {
      Error error = failure.error();
      error.where = place() + (error.where.empty() ? "" : " (" + error.where + ")");
      throw store::StoreError(std::move(error));
    } catch (const std::exception& defect) {
      throw store::StoreError({ErrorCode::internal,
                               {"画面用の表を作れません", "A view could not be derived from its facts"},
                               place(),
                               {defect.what(), defect.what()}});
    }
  }
}

namespace {

struct Mention {
  Subject subject;
  std::int64_t row = 0;
};

// Every subject that the views fold with the entries that list it, sorted: rows of one subject stand
// together, and the views are written in the order of their keys.
std::vector<Mention> mentions(store::Connection& connection, const Views& views, std::uint64_t& facts) {
  std::vector<Mention> found;
  const auto entries = connection.query(
      "SELECT row, header FROM journal_entry e "
      "WHERE NOT EXISTS (SELECT 1 FROM journal_quarantine q WHERE q.row = e.row) ORDER BY row");
  for (facts = 0; entries->next(); ++facts) {
    const Result<Header> header = read_header(entries->bytes(1));
    if (!header) continue;  // verify names it; no view can fold it
    for (const Subject& subject : header->subjects)
      if (views.folds(subject.kind)) found.push_back({subject, entries->integer(0)});
  }
  std::ranges::sort(found, [](const Mention& one, const Mention& other) {
    return std::tie(one.subject, one.row) < std::tie(other.subject, other.row);
  });
  return found;
}

void make_tables_anew(store::Connection& connection, const View& view) {
  for (const std::string& table : view.table_names())
    connection.script("DROP TABLE IF EXISTS " + table);
  connection.script(view.tables());
}

}  // namespace

Result<std::uint64_t> rebuild_views(store::Connection& source, store::Connection& target, const Blobs& blobs,
                                    BytesView town_key, const std::vector<View*>& chosen,
                                    Progress& progress) {
  const Phrase step{"画面用の表を作り直しています", "Deriving the views again"};
  for (const View* const view : chosen)
    make_tables_anew(target, *view);
  const Views views(chosen);
  std::uint64_t facts = 0;
  const std::vector<Mention> all = mentions(source, views, facts);
  std::vector<Subject> subjects;
  for (const Mention& mention : all)
    if (subjects.empty() || subjects.back() != mention.subject) subjects.push_back(mention.subject);

  struct Stopped {};
  std::size_t at = 0;  // the first mention of the subject that is read next: they come in order
  const auto find = [&](const Subject& subject) {
    FoundAbout found{.read = {}, .stored = {}, .never_folded = true};
    for (const std::size_t first = at; at < all.size() && all[at].subject == subject; ++at) {
      if (at > first && all[at].row == all[at - 1].row) continue;  // a header may name a subject twice
      const auto entry = source.query(
          "SELECT row, header, salt, body, leaf_hash FROM journal_entry WHERE row = $1", all[at].row);
      if (entry->next()) found.read.push_back(read_entry(*entry));
      if (at % 1024 == 0) {
        progress.report(step, at, all.size());
        if (progress.stop_requested()) throw Stopped{};
      }
    }
    return found;
  };
  try {
    fold_all(target, blobs, town_key, views, subjects, find);
  } catch (const Stopped&) {
    return fail(ErrorCode::cancelled, {"中止しました", "Stopped on request"});
  }
  progress.report(step, all.size(), all.size());
  return facts;
}

}  // namespace sonae::journal
