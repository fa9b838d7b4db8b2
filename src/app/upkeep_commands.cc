// sonae verify | rebuild | dump | doctor
#include "app/command_line.h"
#include "app/places.h"
#include "app/store_commands.h"
#include "service/doctor.h"
#include "service/upkeep.h"
#include "vault/alarms.h"
#include "vault/backup_state.h"

namespace sonae::app {

namespace {

// Verifies as a recorded operation where the town is free, and beside the server where one runs.
int verify(CommandLine& line, const Common& common) {
  auto session = TownSession::open(line.env(), common, "verify");
  Result<json::value> answer = json::value();
  if (session) {
    answer = session->run("town.verify", json::object{});
  } else if (session.error().code == ErrorCode::busy) {
    TerminalProgress progress(line.env(), common.output.language);
    const auto report =
        service::verify_beside(line.env(), common.directory, progress, common.output.language);
    answer = report ? Result<json::value>(to_json(*report)) : std::unexpected(report.error());
  } else {
    return print_error(common.output, session.error());
  }
  if (!answer) return print_error(common.output, answer.error());
  print_answer(common.output, *answer);
  return answer->at("sound").as_bool() ? 0 : 1;
}

void add_backups(Env& env, const std::string& directory, Language language, service::DoctorReport& report) {
  if (!town::read_profile(env, directory)) return;
  const std::string what = Phrase{"控え", "Backups"}.in(language);
  const auto alarms = vault::backup_alarms(env, directory);
  for (const vault::Alarm& alarm : alarms) {
    ++(alarm.grave ? report.problems : report.warnings);
    report.checks.push_back({alarm.grave ? service::Health::problem : service::Health::warning, what,
                             alarm.what.in(language), alarm.what_to_do.in(language)});
  }
  if (alarms.empty())
    report.checks.push_back({service::Health::good,
                             what,
                             Phrase{"全ての場所に取れています", "made to every target"}.in(language),
                             {}});
}

int doctor(CommandLine& line, const Common& common) {
  service::DoctorReport report =
      service::examine(line.env(), default_places(), common.directory, common.output.language);
  add_backups(line.env(), common.directory, common.output.language, report);
  if (common.output.json) {
    print_answer(common.output, to_json(report));
  } else {
    for (const service::Checked& one : report.checks) {
      const char* const mark = one.health == service::Health::good      ? "  ok  "
                               : one.health == service::Health::warning ? "  !   "
                                                                        : " !!!  ";
      print_line(mark + one.what + ": " + one.finding);
      if (!one.advice.empty()) print_line("        " + one.advice);
    }
  }
  return report.problems > 0 ? 1 : 0;
}

}  // namespace

void add_upkeep_commands(CommandLine& line) {
  line.town_command(line.root(), "verify",
                    {"記録が書かれたままであることを確かめる", "Check that everything is as it was written"},
                    [&line](const Common& common) { return verify(line, common); });
  line.town_command(line.root(), "rebuild",
                    {"一覧を記録から作り直す", "Derive all views anew from the journal"},
                    [&line](const Common& common) {
                      return run_operation(line, common, "rebuild", "town.rebuild", json::object{});
                    });
  auto out = std::make_shared<std::string>("-");
  line.town_command(
          line.root(), "dump",
          {"全内容を決まった順の JSON 行で書き出す", "Write all views as JSON lines in canonical order"},
          [&line, out](const Common& common) {
            return run_operation(line, common, "dump", "town.dump", json::object{}, {}, *out);
          })
      ->add_option("--out", *out,
                   line.text({"書き出し先（既定は標準出力）", "Where to (else standard output)"}));
  line.town_command(line.root(), "doctor",
                    {"この機械と町の具合を調べる", "Examine whether machine and town are fit for work"},
                    [&line](const Common& common) { return doctor(line, common); });
  add_store_commands(line);
}

}  // namespace sonae::app
