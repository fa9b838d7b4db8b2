// The promises of the view: the same whatever the order in which facts arrived, and contradictions stay in
// sight.
#include <doctest/doctest.h>

#include "journal/testing.h"
#include "town/reception/entries.h"
#include "town/reception/reception.h"

namespace sonae::reception {

namespace {

EntryWritten writing(const EntryId& id, const std::string& name) {
  EntryWritten written;
  written.entry = id;
  written.raw = name;
  written.shelter = "串本小学校";
  written.person.name = name;
  return written;
}

journal::Draft correction(const EntryId& id, const std::string& name, std::vector<FactId> supersedes) {
  EntryCorrected body;
  body.entry = id;
  body.person.name = name;
  body.shelter = "串本小学校";
  journal::Draft draft = journal::draft(journal::Stream::urgent, "reception.entry_corrected",
                                        {{"entry", id.text()}}, GrantId{}, body);
  draft.supersedes = std::move(supersedes);
  return draft;
}

FactId append(journal::TestTown& town, journal::Draft draft) {
  journal::Batch batch;
  batch.drafts.push_back(std::move(draft));
  return town.journal().append(std::move(batch)).value().front().fact;
}

FactId write(journal::TestTown& town, const EntryId& id, const std::string& name) {
  return append(town, journal::draft(journal::Stream::urgent, "reception.entry_written",
                                     {{"entry", id.text()}}, GrantId{}, writing(id, name)));
}

}  // namespace

TEST_CASE(
    "reception: two corrections that do not know of each other are a question until a third settles it") {
  const auto view = make_view();
  journal::TestTown town({view.get()});
  const auto id = town.random().id<EntryId>();
  const FactId written = write(town, id, "山田太朗");
  const FactId one = append(town, correction(id, "山田太郎", {written}));
  const FactId other = append(town, correction(id, "山田太狼", {written}));
  auto entry = find_entry(*town.journal().reader(), id);
  REQUIRE(entry);
  CHECK(entry->contradictory);
  CHECK(entry->standing.size() == 2);
  append(town, correction(id, "山田太郎", {one, other}));
  entry = find_entry(*town.journal().reader(), id);
  CHECK_FALSE(entry->contradictory);
  CHECK(entry->person.name == "山田太郎");
  CHECK(entry->raw == "山田太朗");
  CHECK(journal::check_order_does_not_matter(town, 7) == std::nullopt);
  CHECK(journal::check_rebuild(town) == std::nullopt);
}

TEST_CASE("reception: an entry that was written on several sheets stands on each, once") {
  const auto view = make_view();
  journal::TestTown town({view.get()});
  const auto id = town.random().id<EntryId>();
  const auto one = town.random().id<SheetId>(), other = town.random().id<SheetId>();
  const auto write_on = [&](const SheetId& sheet, std::uint64_t line) {
    EntryWritten written = writing(id, "山田太郎");
    written.sheet = sheet;
    written.line = line;
    append(town, journal::draft(journal::Stream::urgent, "reception.entry_written", {{"entry", id.text()}},
                                GrantId{}, written));
  };
  write_on(one, 3);
  write_on(one, 3);  // on two laptops
  write_on(other, 8);
  write_on(one, 5);
  const auto lines_on = [&](const SheetId& sheet) {
    std::vector<std::uint64_t> lines;
    for (const Place& place : places_on(*town.journal().reader(), sheet)) {
      CHECK(place.entry == id);
      lines.push_back(place.line);
    }
    return lines;
  };
  CHECK(lines_on(one) == std::vector<std::uint64_t>{3, 5});
  CHECK(lines_on(other) == std::vector<std::uint64_t>{8});
  CHECK(journal::check_order_does_not_matter(town, 9) == std::nullopt);
  CHECK(journal::check_rebuild(town) == std::nullopt);
}

TEST_CASE("reception: one row imported on two laptops is one entry") {
  const auto view = make_view();
  journal::TestTown town({view.get()});
  const auto id = town.random().id<EntryId>();
  write(town, id, "山田太郎");
  write(town, id, "山田太郎");
  const auto entry = find_entry(*town.journal().reader(), id);
  REQUIRE(entry);
  CHECK_FALSE(entry->contradictory);
  int count = 0;
  for_each_entry(*town.journal().reader(), [&](const Entry&) { ++count; });
  CHECK(count == 1);
  CHECK(journal::check_order_does_not_matter(town, 8) == std::nullopt);
}

TEST_CASE("reception: facts of a newer kind or form are passed over") {
  const auto view = make_view();
  journal::TestTown town({view.get()});
  const auto id = town.random().id<EntryId>();
  write(town, id, "山田太郎");
  append(town, journal::draft(journal::Stream::urgent, "reception.entry_danced", {{"entry", id.text()}},
                              GrantId{}, EntryWithdrawn{id, ""}));
  append(town, journal::draft(journal::Stream::urgent, "reception.entry_corrected", {{"entry", id.text()}},
                              GrantId{}, EntryWithdrawn{id, ""}));
  CHECK(find_entry(*town.journal().reader(), id)->person.name == "山田太郎");
}

}  // namespace sonae::reception
