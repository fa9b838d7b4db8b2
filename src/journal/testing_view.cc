#include "journal/testing_view.h"

namespace sonae::journal {

void NotesView::fold(store::Connection& connection, const Blobs& blobs, const Subject& subject,
                     std::span<const Fact> facts) {
  connection.run("DELETE FROM notes_page WHERE page = $1", subject.id);
  std::string standing;
  for (const Fact& fact : facts) {
    const auto note = fact.as<NoteWritten>();
    if (fact.superseded || !note) continue;
    if (note->text == "unfoldable")
      throw store::StoreError({ErrorCode::internal, {"畳めません", "This cannot be folded"}, {}, {}});
    standing += note->text + "|";
    if (note->attachment)
      standing += blobs.read(*Hash::from_bytes(*from_hex(*note->attachment))).value_or("(missing)") + "|";
  }
  if (!facts.empty())
    connection.run("INSERT INTO notes_page (page, facts, standing) VALUES ($1, $2, $3)", subject.id,
                   facts.size(), standing);
}

std::vector<Hash> NotesView::blobs_named_by(std::string_view kind, BytesView body) const {
  if (kind != "notes.written") return {};
  const auto note = from_json_text<NoteWritten>(body);
  if (!note || !note->attachment) return {};
  return {*Hash::from_bytes(*from_hex(*note->attachment))};
}

Draft note(std::string page, std::string text, std::vector<FactId> supersedes) {
  Draft made = draft(Stream::ordinary, "notes.written", {{"page", std::move(page)}}, GrantId{},
                     NoteWritten{std::move(text), std::nullopt});
  made.supersedes = std::move(supersedes);
  return made;
}

}  // namespace sonae::journal
