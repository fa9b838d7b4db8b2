// What Reception is made of; one file for each group of operations.
#pragma once

#include <memory>

#include "town/reception/requests.h"
#include "town/reception/roster.h"
#include "town/reception/vocabulary.h"

namespace sonae::reception {

struct Reception::Inside {
  Inside(town::Town& of_town, access::Access& with_access) : town(of_town), access(with_access) {}

  town::Town& town;
  access::Access& access;
  std::shared_ptr<const Vocabulary> vocabulary;  // null where a table could not be read: vocabulary_status
  Status vocabulary_status;
  std::shared_ptr<Roster> roster;
  Withheld withheld;
  AfterChange after_change;

  // Entries that this caller must not be shown; without those that the caller wrote.
  std::set<EntryId> hidden_from(const api::Call& call, store::Connection& connection) const;
  Status changed(const api::Call& call) const;

  Result<ImportReport> import(api::Call& call, const ImportRequest& request);
  Result<SheetList> list_sheets(api::Call& call) const;
  Result<SheetAnswer> sheet(api::Call& call, const SheetRequest& request) const;
  Result<api::FileAnswer> set_aside(api::Call& call, const SheetRequest& request) const;
  Result<EntryList> entries(api::Call& call, const EntriesRequest& request) const;
  Result<EntryAnswer> entry(api::Call& call, const EntryRequest& request) const;
  Result<Corrected> correct(api::Call& call, const CorrectRequest& request);
  Result<Corrected> correct_from_device(api::Call& call, const CorrectRequest& request);
  Result<NamedAnswer> named(api::Call& call, const NamedRequest& request) const;
  Result<ChangeAnswer> change(api::Call& call, const ChangeRequest& request);
  Result<Recorded> undo_change(api::Call& call, const UndoChangeRequest& request);
  Result<Recorded> withdraw(api::Call& call, const WithdrawRequest& request);
  Result<Recorded> restore(api::Call& call, const WithdrawRequest& request);
  Result<ShelterList> list_shelters(api::Call& call) const;
  Result<Recorded> open_shelter(api::Call& call, const ShelterOpened& request);
  Result<WordList> needs(api::Call& call) const;
  Result<api::FileAnswer> export_roster(api::Call& call, const EntriesRequest& request) const;

  // The entry, if this caller may be shown it; else the error for an entry that does not exist.
  Result<Entry> visible_entry(const api::Call& call, store::Connection& connection, const EntryId& id) const;
  Result<Recorded> record(const api::Call& call, journal::Draft draft, std::vector<FactId> still_valid = {});
};

void sort_needs(Person& person);  // and each once

// A remark in the caller's words.
LineRemark in_words(const Remark& remark, std::int64_t line, Language language);
std::vector<LineRemark> in_words(const std::vector<Remark>& remarks, std::int64_t line, Language language);
journal::Subject subject_of(const EntryId& id);
std::unexpected<Error> no_such_entry();
std::unexpected<Error> changed_meanwhile();
// Facts of this kind on the entry that nothing supersedes.
std::vector<FactId> standing_facts(store::Connection& connection, const EntryId& id, std::string_view kind);
SheetSummary summary_of(const struct ImportedSheet& sheet);

}  // namespace sonae::reception
