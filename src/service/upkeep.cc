#include "service/upkeep.h"

#include "service/doctor.h"
#include "service/town_service.h"
#include "town/nodes/admission.h"
#include "town/reading.h"

namespace sonae::service {

namespace {

// The canonical dump, written in pieces of about a megabyte.
Result<api::FileAnswer> dump(api::Call& call, town::Town& town, access::Access& access) {
  const auto connection = town.journal().reader();
  const store::Transaction snapshot(*connection, store::Transaction::Kind::read);
  // Everybody in the views is shown: the record names the dump by its digest, before a byte leaves.
  Sha256 digest;
  std::int64_t lines = 0;
  journal::dump(*connection, town.views(), [&](std::string_view line) {
    digest.add(line);
    digest.add("\n");
    ++lines;
  });
  TRY(access.record_export(call, "town.dump", lines, digest.finish(), {}));
  std::string piece;
  Status status;
  journal::dump(*connection, town.views(), [&](std::string_view line) {
    if (!status) return;
    piece.append(line).push_back('\n');
    if (piece.size() < (1U << 20)) return;
    status = call.output->write(piece);
    piece.clear();
  });
  TRY(status);
  TRY(call.output->write(piece));
  return api::FileAnswer{"dump.jsonl", "application/jsonl", lines};
}

}  // namespace

VerifyAnswer answer_of(const journal::VerifyReport& report, Language language) {
  VerifyAnswer answer;
  answer.sound = report.sound();
  answer.facts = static_cast<std::int64_t>(report.facts);
  answer.erased = static_cast<std::int64_t>(report.erased);
  answer.blobs = static_cast<std::int64_t>(report.blobs);
  answer.checkpoints = static_cast<std::int64_t>(report.checkpoints);
  for (const journal::Finding& one : report.findings)
    answer.findings.push_back({one.place, one.what.in(language)});
  return answer;
}

Result<VerifyAnswer> verify_beside(Env& env, const std::string& directory, Progress& progress,
                                   Language language) {
  const town::ReadOnlyTown town = TRY(town::open_for_reading(env, directory, &nodes::admission()));
  const auto views = make_views();
  const auto report =
      TRY(journal::verify(env, *town.database, town.options, pointers_to(views), {}, progress));
  return answer_of(report, language);
}

void add_upkeep_operations(api::Catalogue& catalogue, town::Town& town, access::Access& access) {
  using api::Call;
  using api::Nothing;
  using enum api::Permission;
  catalogue.add(api::operation<Nothing, VerifyAnswer>(
                    "town.verify", {"記録の検証", "Verify the journal"}, maintain,
                    [&town, &access](Call& call, const Nothing&) -> Result<VerifyAnswer> {
                      TRY(access.record_look(call, "town.verify", {}));
                      const auto report =
                          TRY(journal::verify(town.env(), town.database(), town.journal_options(),
                                              town.views(), {}, call.progress));
                      return answer_of(report, call.language);
                    })
                    .long_running());
  catalogue.add(
      api::operation<Nothing, Nothing>("town.rebuild", {"一覧の作り直し", "Rebuild the views"}, maintain,
                                       [&town, &access](Call& call, const Nothing&) -> Result<Nothing> {
                                         TRY(access.record_look(call, "town.rebuild", {}));
                                         TRY(town.journal().rebuild(call.progress));
                                         return Nothing{};
                                       })
          .writing()
          .long_running());
  catalogue.add(api::operation<Nothing, api::FileAnswer>(
                    "town.dump", {"全内容の書き出し", "Dump all views"}, administer,
                    [&town, &access](Call& call, const Nothing&) { return dump(call, town, access); })
                    .giving_file());
  catalogue.add(api::operation<Nothing, DoctorReport>(
      "town.doctor", {"診断", "Examine this machine and town"}, maintain,
      [&town](Call& call, const Nothing&) -> Result<DoctorReport> {
        return examine(town.env(), town.places(), town.directory(), call.language);
      }));
}

}  // namespace sonae::service
