// A 避難行動要支援者名簿 as towns keep it in spreadsheets: each row tied to one resident by the number, or by
// name and birth date where these are one resident's. What fits nobody or several is named by its line.
#include <algorithm>

#include "base/csv.h"
#include "text/date.h"
#include "text/encoding.h"
#include "text/fold.h"
#include "town/headquarters/inside.h"

namespace sonae::headquarters {

namespace {

constexpr std::size_t kBatch = 500;

struct Columns {
  std::optional<std::size_t> id, name, birth, needs, supporter, note;
};

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(
      words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// The heads of these lists are the law's (災害対策基本法49条の10) and each town's own.
Columns read_head(const reception::Vocabulary& vocabulary, const std::vector<std::string_view>& cells) {
  Columns columns;
  for (std::size_t at = 0; at < cells.size(); ++at) {
    const std::string_view cell = cells[at];
    if (has_any(cell, {"宛名番号", "識別番号", "住民番号", "resident_id"}))
      columns.id = at;
    else if (has_any(cell, {"支援者", "支援等関係者", "民生委員", "supporter"}))
      columns.supporter = at;
    else if (has_any(cell, {"事由", "要介護", "障害", "要配慮", "支援を必要", "needs"}))
      columns.needs = at;
    else if (const auto known = vocabulary.column_of(cell); known == reception::Column::name)
      columns.name = at;
    else if (known == reception::Column::birth)
      columns.birth = at;
    else if (known == reception::Column::note)
      columns.note = at;
  }
  return columns;
}

}  // namespace

Result<ImportReport> Headquarters::import(api::Call& call) {
  Inside& in = *inside_;
  if (!in.vocabulary) return std::unexpected(in.vocabulary.error());
  const std::string text = text::decode(call.file->content).text;
  CsvReader reader(text);
  const auto head = reader.next();
  if (!head || !*head)
    return fail(ErrorCode::invalid_input, {"見出しの行がありません", "There is no heading"});
  const Columns columns = read_head(**in.vocabulary, reader.cells());
  if (!columns.id && !(columns.name && columns.birth))
    return fail(ErrorCode::invalid_input,
                {"宛名番号、または氏名と生年月日の列が要ります",
                 "A column of numbers is needed, or those of names and birth dates"});
  const auto people = TRY(in.registry.people_index(call.progress));
  const registry::OutputFilter filter = in.registry.output_filter(call.actor, in.town.today());
  const text::Tables& tables = in.town.tables();

  const auto cell = [&](const std::optional<std::size_t>& at) {
    return at && *at < reader.cells().size() ? std::string(reader.cells()[*at]) : std::string();
  };
  const auto resident_of = [&]() -> std::optional<ResidentId> {
    if (const std::string id = cell(columns.id); !id.empty())
      return in.registry.find(ResidentId(id)) ? std::optional(ResidentId(id)) : std::nullopt;
    const auto birth = text::parse_date(cell(columns.birth), in.town.today());
    if (!people || !birth || !birth->date.is_whole()) return std::nullopt;
    const std::string day = text::to_text(birth->date), name = text::fold_name(tables, cell(columns.name));
    std::optional<ResidentId> one;
    link::SearchOptions options;
    options.limit = 20;
    for (const link::Found& found : people->search.find(cell(columns.name) + " " + day, options)) {
      const auto resident = in.registry.find(ResidentId(std::string(found.resident)));
      if (!resident || resident->birth_date != day || text::fold_name(tables, resident->name) != name)
        continue;
      if (one) return std::nullopt;
      one = resident->id;
    }
    return one;
  };

  ImportReport report;
  const auto connection = in.town.journal().reader();
  journal::Batch batch;
  const auto flush = [&]() -> Status {
    if (!batch.drafts.empty()) TRY(in.town.journal().append(std::exchange(batch, {})));
    return {};
  };
  const auto problem = [&](const Phrase& what) {
    report.problems.push_back({static_cast<std::int64_t>(reader.line()), what.in(call.language)});
  };
  for (;;) {
    const auto more = reader.next();
    if (more && !*more) break;
    ++report.rows;
    call.progress.report({"名簿の取り込み", "Bringing the list in"}, reader.offset(), reader.size());
    if (!more) {
      problem({"行を読めません", "The line cannot be read"});
      continue;
    }
    const auto resident = resident_of();
    if (!resident || !filter.may_show(*resident)) {
      problem({"この人を一人に決められません", "This is nobody, or several"});
      continue;
    }
    const Listed listed{*resident, cell(columns.needs), cell(columns.supporter), cell(columns.note)};
    const Care before = care_of(*connection, *resident);
    if (before.listed == listed) {
      ++report.unchanged;
      continue;
    }
    ++report.listed;
    batch.drafts.push_back(care_draft(call, "care.listed", *resident, to_json(listed), before.listings));
    if (batch.drafts.size() >= kBatch) TRY(flush());
  }
  TRY(flush());
  TRY(in.town.journal().settle());  // what is unchanged too
  return report;
}

}  // namespace sonae::headquarters
