// Rosters that leave as files.
#include "base/csv.h"
#include "town/reception/entries.h"
#include "town/reception/inside.h"

namespace sonae::reception {

namespace {

std::string name_of(Sex sex) {
  return sex == Sex::male ? "男" : sex == Sex::female ? "女" : "";
}

}  // namespace

Result<api::FileAnswer> Reception::Inside::export_roster(api::Call& call,
                                                         const EntriesRequest& request) const {
  if (!vocabulary_status) return std::unexpected(vocabulary_status.error());
  const auto connection = town.journal().reader();
  CsvWriter csv;
  csv.text() = "\xEF\xBB\xBF";
  // The columns can be read back in as a list.
  csv.record({"entry_id", "避難所", "氏名", "ふりがな", "性別", "生年月日", "年齢", "住所", "電話番号",
              "続柄", "要配慮", "備考"});
  std::vector<std::string> shown;
  for (const EntryId& id : roster->find(request, hidden_from(call, *connection))) {
    const auto entry = find_entry(*connection, id);
    if (!entry) continue;
    const Person& person = entry->person;
    std::string needs;
    for (const std::string& code : person.needs)
      needs += (needs.empty() ? "" : "、") + vocabulary->name_of("need", code).japanese;
    for (const std::string& cell :
         {entry->entry.text(), entry->shelter, person.name, person.kana, name_of(person.sex),
          person.birth.is_unknown() ? "" : text::to_text(person.birth),
          person.age ? std::to_string(*person.age) : "", person.address, person.phone, person.relation, needs,
          person.note})
      csv.cell(spreadsheet_safe(cell));
    csv.end_record();
    shown.push_back(access::shown(id));
  }
  const auto rows = static_cast<std::int64_t>(shown.size());
  TRY(access.record_export(call, "reception.export", rows, sha256(csv.text()), std::move(shown)));
  if (call.output != nullptr) TRY(call.output->write(csv.text()));
  return api::FileAnswer{"roster.csv", "text/csv; charset=utf-8", rows};
}

}  // namespace sonae::reception
