// The operations that reception offers.
#include <algorithm>

#include "town/reception/entries.h"
#include "town/reception/inside.h"

namespace sonae::reception {

Result<EntryList> Reception::Inside::entries(api::Call& call, const EntriesRequest& request) const {
  if (!vocabulary_status) return std::unexpected(vocabulary_status.error());
  const auto connection = town.journal().reader();
  const std::vector<EntryId> found = roster->find(request, hidden_from(call, *connection));
  const auto offset = static_cast<std::size_t>(std::max<std::int64_t>(request.offset.value_or(0), 0));
  const auto limit = static_cast<std::size_t>(std::clamp<std::int64_t>(request.limit.value_or(50), 1, 500));
  EntryList list;
  list.total = static_cast<std::int64_t>(found.size());
  std::vector<std::string> shown;
  for (std::size_t i = offset; i < std::min(offset + limit, found.size()); ++i) {
    auto entry = find_entry(*connection, found[i]);
    if (!entry) continue;
    shown.push_back(access::shown(entry->entry));
    list.entries.push_back(std::move(*entry));
  }
  TRY(access.record_look(call, "reception.entries", std::move(shown)));
  return list;
}

Result<ShelterList> Reception::Inside::list_shelters(api::Call& call) const {
  const auto connection = town.journal().reader();
  ShelterList list{shelters(*connection)};
  // Who must not be shown is not counted either.
  for (const EntryId& id : hidden_from(call, *connection)) {
    const auto entry = find_entry(*connection, id);
    if (!entry || entry->withdrawn) continue;
    const auto shelter = std::ranges::find(list.shelters, entry->shelter, &Shelter::name);
    if (shelter != list.shelters.end()) --shelter->entries;
  }
  return list;
}

Result<Recorded> Reception::Inside::open_shelter(api::Call& call, const ShelterOpened& request) {
  if (request.name.empty())
    return fail(ErrorCode::invalid_input, {"避難所の名前がありません", "The shelter has no name"}, "name");
  journal::Draft draft = journal::draft(journal::Stream::urgent, "reception.shelter_opened",
                                        {{"shelter", request.name}}, call.actor.grant, request);
  const auto connection = town.journal().reader();
  const auto standing = connection->query("SELECT fact FROM reception_shelter WHERE name = $1", request.name);
  while (standing->next())
    draft.supersedes.push_back(standing->id<FactId>(0));
  return record(call, std::move(draft));
}

Result<WordList> Reception::Inside::needs(api::Call& call) const {
  if (!vocabulary_status) return std::unexpected(vocabulary_status.error());
  WordList list;
  for (const std::string& code : vocabulary->needs())
    list.needs.push_back({code, vocabulary->name_of("need", code).in(call.language)});
  return list;
}

void Reception::add_operations(api::Catalogue& catalogue) {
  using api::Call;
  using api::FileAnswer;
  using api::Nothing;
  using enum api::Permission;
  Inside& in = *inside_;

  catalogue.add(api::operation<ImportRequest, ImportReport>(
                    "reception.import", {"避難者名簿の取り込み", "Import a shelter list"}, receive_people,
                    [&in](Call& call, const ImportRequest& request) { return in.import(call, request); })
                    .taking_file()
                    .long_running());
  catalogue.add(api::operation<Nothing, SheetList>(
                    "reception.sheets", {"取り込んだ名簿", "Lists that were imported"}, see_people,
                    [&in](Call& call, const Nothing&) { return in.list_sheets(call); })
                    .openly());
  catalogue.add(api::operation<SheetRequest, SheetAnswer>(
      "reception.sheet", {"名簿を書かれたとおりに見る", "A list as it was written"}, see_people,
      [&in](Call& call, const SheetRequest& request) { return in.sheet(call, request); }));
  catalogue.add(api::operation<SheetRequest, FileAnswer>(
                    "reception.set_aside",
                    {"読めなかった行のファイル", "The lines that were set aside, as a file"}, export_people,
                    [&in](Call& call, const SheetRequest& request) { return in.set_aside(call, request); })
                    .giving_file());
  catalogue.add(api::operation<EntriesRequest, EntryList>(
      "reception.entries", {"避難者の一覧と検索", "List and search the entries"}, see_people,
      [&in](Call& call, const EntriesRequest& request) { return in.entries(call, request); }));
  catalogue.add(api::operation<EntryRequest, EntryAnswer>(
      "reception.entry", {"避難者を開く", "Open one entry"}, see_people,
      [&in](Call& call, const EntryRequest& request) { return in.entry(call, request); }));
  catalogue.add(api::operation<ReceiveRequest, ReceiveAnswer>(
                    "reception.receive", {"受付（家族を受け入れる）", "Receive a family at the door"},
                    receive_people,
                    [this](Call& call, const ReceiveRequest& request) { return receive(call, request); })
                    .writing());
  catalogue.add(api::operation<ChangeRequest, ChangeAnswer>(
                    "reception.change",
                    {"居場所・様子・配慮・同意・連絡先を改める",
                     "Change where somebody stays, how they are, needs, consent, contact"},
                    receive_people,
                    [&in](Call& call, const ChangeRequest& request) { return in.change(call, request); })
                    .writing());
  catalogue.add(
      api::operation<UndoChangeRequest, Recorded>(
          "reception.undo_change", {"改めたことを取り消す", "Take a change back"}, receive_people,
          [&in](Call& call, const UndoChangeRequest& request) { return in.undo_change(call, request); })
          .writing());
  catalogue.add(api::operation<NamedRequest, NamedAnswer>(
      "reception.named", {"名前なしで受け付けた人のその後", "Who of the unnamed was named meanwhile"},
      receive_people, [&in](Call& call, const NamedRequest& request) { return in.named(call, request); }));
  catalogue.add(api::operation<CorrectRequest, Corrected>(
                    "reception.correct", {"避難者の記載を直す", "Correct an entry"}, receive_people,
                    [&in](Call& call, const CorrectRequest& request) { return in.correct(call, request); })
                    .writing());
  catalogue.add(api::operation<WithdrawRequest, Recorded>(
                    "reception.withdraw", {"避難者の記載を取り下げる", "Withdraw an entry"}, receive_people,
                    [&in](Call& call, const WithdrawRequest& request) { return in.withdraw(call, request); })
                    .writing());
  catalogue.add(api::operation<WithdrawRequest, Recorded>(
                    "reception.restore", {"取り下げを戻す", "Restore an entry"}, receive_people,
                    [&in](Call& call, const WithdrawRequest& request) { return in.restore(call, request); })
                    .writing());
  catalogue.add(api::operation<Nothing, ShelterList>(
                    "reception.shelters", {"避難所と人数", "Shelters and their counts"}, see_people,
                    [&in](Call& call, const Nothing&) { return in.list_shelters(call); })
                    .openly());
  catalogue.add(
      api::operation<ShelterOpened, Recorded>(
          "reception.open_shelter", {"避難所の開設", "Open a shelter"}, receive_people,
          [&in](Call& call, const ShelterOpened& request) { return in.open_shelter(call, request); })
          .writing());
  catalogue.add(
      api::operation<Nothing, WordList>("reception.needs", {"配慮事項の種類", "Kinds of needs"}, see_people,
                                        [&in](Call& call, const Nothing&) { return in.needs(call); })
          .openly());
  catalogue.add(
      api::operation<EntriesRequest, FileAnswer>(
          "reception.export", {"避難者名簿の書き出し", "Export a roster"}, export_people,
          [&in](Call& call, const EntriesRequest& request) { return in.export_roster(call, request); })
          .giving_file());
}

}  // namespace sonae::reception
