// A small view for the journal's own tests: notes that are written on a page, corrected and struck out.
#pragma once

#include <optional>
#include <string>

#include "journal/view.h"

namespace sonae::journal {

struct NoteWritten {
  std::string text;
  std::optional<std::string> attachment;  // hex of a blob's address
};
BOOST_DESCRIBE_STRUCT(NoteWritten, (), (text, attachment))

// One row for each page: its notes that stand, in order, and how many were replaced.
class NotesView final : public View {
 public:
  explicit NotesView(int version = 1) : version_(version) {}
  std::string_view name() const override { return "notes"; }
  int version() const override { return version_; }
  std::string_view tables() const override {
    return "CREATE TABLE notes_page (page TEXT PRIMARY KEY, facts BIGINT NOT NULL, standing TEXT NOT NULL)";
  }
  std::vector<std::string> table_names() const override { return {"notes_page"}; }
  std::vector<std::string> subject_kinds() const override { return {"page"}; }
  void fold(store::Connection& connection, const Blobs& blobs, const Subject& subject,
            std::span<const Fact> facts) override;
  std::vector<DumpTable> dump() const override {
    return {{"notes_page", "SELECT page, facts, standing FROM notes_page ORDER BY page"}};
  }
  std::vector<Hash> blobs_named_by(std::string_view kind, BytesView body) const override;

 private:
  int version_;
};

Draft note(std::string page, std::string text, std::vector<FactId> supersedes = {});

}  // namespace sonae::journal
