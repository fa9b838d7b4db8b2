// PFIF files and what partners write come in.
#include <fmt/format.h>

#include <algorithm>

#include "town/exchange/inside.h"
#include "town/exchange/pfif_reader.h"

namespace sonae::exchange {

namespace {

constexpr std::size_t kInABatch = 2000;  // facts
constexpr std::size_t kMostProblems = 500;

// One file on its way in. Records are gathered and appended in batches; what stands in a batch that is not
// written yet is known by `pending`.
class Intake {
 public:
  Intake(Exchange::Inside& in, api::Call& call, const Source& source, std::string own_domain,
         std::string only_domain)
      : in_(in),
        call_(call),
        source_(source),
        own_domain_(std::move(own_domain)),
        only_domain_(std::move(only_domain)),
        now_(in.town.env().clock.now()) {}

  Status take(pfif::Record record, std::uint64_t line) {
    ++(record.kind == pfif::Kind::person ? report_.persons : report_.notes);
    const std::string id = record.id();
    bool refused = false;
    const auto problem = [&](const std::string& field, const Phrase& expected, bool refuses) {
      refused = refused || refuses;
      ++report_.problem_count;
      if (report_.problems.size() < kMostProblems)
        report_.problems.push_back(
            {static_cast<std::int64_t>(line), id, field, expected.in(call_.language), refuses});
    };
    for (const pfif::Problem& one : pfif::check(record))
      problem(one.field, one.expected, one.refused);
    const std::string_view domain = pfif::domain_of(id);
    if (!domain.empty() && domain == own_domain_)
      problem("record_id",
              {"よその発行元の記録（この町の記録は外からは変えられません）",
               "a record of another home: those of this town cannot be changed from outside"},
              true);
    if (!only_domain_.empty() && domain != only_domain_)
      problem("record_id", {"連携先自身のドメインの記録", "a record of the partner's own domain"}, true);
    if (refused) {
      ++report_.refused;
      return {};
    }
    record.set("entry_date", {});  // each repository has its own: the time of the fact
    return keep(std::move(record));
  }

  Status finish() { return flush(); }
  ImportReport report() && { return std::move(report_); }

 private:
  Status keep(pfif::Record record) {
    const std::string id = record.id();
    const Instant source_date = *pfif::read_date(record.at("source_date"));
    const auto key = std::pair(record.kind, id);
    if (pending_.contains(key)) TRY(flush());
    const auto row = find_row(*connection_, record.kind, id);
    if (row && source_date <= row->source_date) {
      ++report_.same;
      return {};
    }
    const auto expiry = pfif::expiry_of(record);
    if (record.kind == pfif::Kind::person && (pfif::is_placeholder(record) || (expiry && *expiry <= now_)))
      return end(id, source_date, *expiry, pfif::is_placeholder(record));
    drafts_.push_back(journal::draft(journal::Stream::ordinary, "exchange.received",
                                     {subject_of(key.first, id)}, call_.actor.grant,
                                     Received{std::move(record), source_}));
    pending_.insert(key);
    ++report_.taken;
    return drafts_.size() >= kInABatch ? flush() : Status{};
  }

  // What was here goes, the notes with it; what was not here leaves its placeholder all the same, so that the
  // end travels on.
  Status end(const std::string& id, Instant source_date, Instant expiry, bool placeholder) {
    TRY(flush());
    const Why why = placeholder ? Why::deleted : Why::expired;
    for (const Row& note : notes_of(*connection_, id))
      if (note.standing == Standing::received)
        drafts_.push_back(end_draft(*connection_, note.kind, note.record, why, source_date, expiry));
    drafts_.push_back(end_draft(*connection_, pfif::Kind::person, id, why, source_date, expiry));
    ++report_.ended;
    return flush();
  }

  journal::Draft end_draft(store::Connection& connection, pfif::Kind kind, const std::string& record, Why why,
                           Instant source_date, Instant expiry) {
    return journal::draft(journal::Stream::ordinary, "exchange.ended", {subject_of(kind, record)},
                          call_.actor.grant,
                          Ended{kind, record, why, source_date, expiry, bodies_of(connection, kind, record)});
  }

  Status flush() {
    if (drafts_.empty()) return {};
    journal::Batch batch;
    batch.drafts = std::exchange(drafts_, {});
    pending_.clear();
    TRY(in_.town.journal().append(std::move(batch)));
    call_.progress.report({"取り込み", "Taking records in"},
                          static_cast<std::uint64_t>(report_.taken + report_.ended), 0);
    if (call_.progress.stop_requested()) return fail(ErrorCode::cancelled, {});
    return {};
  }

  Exchange::Inside& in_;
  api::Call& call_;
  const Source& source_;
  const std::string own_domain_, only_domain_;
  const Instant now_;
  std::shared_ptr<store::Connection> connection_ = in_.town.journal().reader();
  std::vector<journal::Draft> drafts_;
  std::set<std::pair<pfif::Kind, std::string>> pending_;
  ImportReport report_;
};

}  // namespace

Result<ImportReport> Exchange::Inside::take_file(api::Call& call, BytesView content, const Source& source,
                                                 const std::string& only_domain) {
  Intake intake(*this, call, source, TRY(own_domain(town)), only_domain);
  TRY(pfif::read(content, [&](pfif::Record record, std::uint64_t line) {
    return intake.take(std::move(record), line);
  }));
  TRY(intake.finish());
  ImportReport report = std::move(intake).report();
  if (report.ended > 0) {
    UpkeepReport upkeep;
    TRY(erase_ended(upkeep));
  }
  return report;
}

Result<ImportReport> Exchange::import(api::Call& call, const ImportRequest& request) {
  Inside& in = *inside_;
  const auto id = in.town.env().random.id<ImportId>();
  const std::string& name = call.file->name;
  const Source source{request.source.value_or(name), id, {}};
  ImportReport report = TRY(in.take_file(call, call.file->content, source, {}));
  report.file_name = name;
  journal::Batch batch;
  batch.drafts.push_back(journal::draft(
      journal::Stream::ordinary, "exchange.imported", {{"import", id.text()}}, call.actor.grant,
      Imported{id, name, sha256(call.file->content), report.persons + report.notes, report.taken,
               report.ended, report.refused}));
  TRY(in.town.journal().append(std::move(batch)));
  return report;
}

Result<ImportReport> Exchange::write(api::Call& call, const WriteRequest& request) {
  Inside& in = *inside_;
  const KnownPartner partner = TRY(in.partner(call, request.key, Right::write));
  if (partner.enrolled.domain.empty()) return fail(ErrorCode::forbidden, {}, "domain");
  if (!call.file) return fail(ErrorCode::invalid_input, {"本文がありません", "There is no body"}, "body");
  return in.take_file(call, call.file->content, Source{partner.enrolled.name, {}, partner.enrolled.partner},
                      partner.enrolled.domain);
}

}  // namespace sonae::exchange
