// sonae backup [status | prove | schedule], restore
#include <fmt/format.h>

#include "app/command_line.h"
#include "app/places.h"
#include "app/serve.h"
#include "app/typed_shares.h"
#include "vault/alarms.h"
#include "vault/backup_state.h"
#include "vault/proofs.h"
#include "vault/runner.h"
#include "web/site.h"

namespace sonae::app {

namespace {

struct Backup {
  std::string target;
  vault::BackupSettings settings;
};

int back_up(CommandLine& line, const Common& common, const Backup& arguments) {
  if (common.directory.empty() || arguments.target.empty())
    return print_error(
        common.output,
        fail(ErrorCode::invalid_input, {"DIR と --to が要ります", "DIR and --to are needed"}).error());
  TerminalProgress progress(line.env(), common.output.language);
  const auto done = vault::back_up_to(line.env(), default_places(), common.directory, arguments.target,
                                      arguments.settings, progress);
  if (!done) return print_error(common.output, done.error());
  print_answer(common.output, to_json(*done));
  return done->problems.empty() ? 0 : 1;
}

// 1 where something is wrong, for a schedule or a monitor to notice.
int status(CommandLine& line, const Common& common) {
  const auto state = vault::read_backup_state(line.env(), common.directory);
  if (!state) return print_error(common.output, state.error());
  const auto alarms = vault::backup_alarms(line.env(), common.directory);
  json::array told;
  for (const vault::Alarm& alarm : alarms)
    told.push_back(json::object{{"grave", alarm.grave},
                                {"what", alarm.what.in(common.output.language)},
                                {"what_to_do", alarm.what_to_do.in(common.output.language)}});
  print_answer(common.output, json::object{{"targets", to_json(state->targets)}, {"alarms", told}});
  return alarms.empty() ? 0 : 1;
}

struct Opening {
  std::shared_ptr<ShareSource> shares = std::make_shared<ShareSource>();
  std::string identity_file, as_of, target, directory, report;
  bool serve = false;    // while it is restored
  bool publish = false;  // the proof, at the target
  std::shared_ptr<ServeArguments> serving = std::make_shared<ServeArguments>();
};

// Runs `work` with the key that shares or a file give, and the time that was asked for.
template <class Work>
int with_key(CommandLine& line, const Output& output, const Opening& opening, Work work) {
  vault::RestoreSettings settings;
  if (!opening.as_of.empty()) {
    const auto time = parse_rfc3339(opening.as_of);
    if (!time) return print_error(output, time.error());
    settings.as_of = *time;
  }
  if (!opening.identity_file.empty()) {
    const auto text = line.env().disk.read_all(opening.identity_file);
    if (!text) return print_error(output, text.error());
    const auto identity = AgeIdentity::parse(std::string_view(*text).substr(0, text->find_first_of("\r\n")));
    if (!identity) return print_error(output, identity.error());
    return work(vault::OpeningKey{*identity, nullptr}, settings);
  }
  const auto typed = ask_for_shares(line, *opening.shares, output.language);
  if (!typed) return print_error(output, typed.error());
  return work(vault::OpeningKey{typed->key.identity, &typed->key}, settings);
}

int restore(CommandLine& line, const Output& output, const Opening& opening) {
  return with_key(line, output, opening, [&](const vault::OpeningKey& key, const auto& settings) {
    const auto target = vault::open_target(line.env(), opening.target, {nullptr, &key.identity});
    if (!target) return print_error(output, target.error());
    if (opening.serve && settings.as_of)
      return print_error(
          output, fail(ErrorCode::invalid_input,
                       {"--as-of と --serve は一緒に使えません", "--as-of and --serve exclude each other"},
                       {}, {"戻してから sonae serve を動かしてください", "Restore, then run sonae serve"})
                      .error());
    if (opening.serve)
      return restore_and_serve(line.env(), {**target, opening.directory, key, settings}, *opening.serving,
                               output);
    TerminalProgress progress(line.env(), output.language);
    const auto done =
        vault::restore(line.env(), default_places(), **target, opening.directory, key, settings, progress);
    if (!done) return print_error(output, done.error());
    print_answer(output, vault::told(*done));
    return done->whole() ? 0 : 1;
  });
}

int prove(CommandLine& line, const Output& output, const Opening& opening) {
  return with_key(line, output, opening, [&](const vault::OpeningKey& key, const auto& settings) {
    const auto signer = vault::prover_key(line.env(), default_places().keys);
    if (!signer) return print_error(output, signer.error());
    TerminalProgress progress(line.env(), output.language);
    const auto proof = vault::prove_backup(line.env(), default_places(),
                                           {opening.target, key, settings, *signer, {}}, progress);
    if (!proof) return print_error(output, proof.error());
    if (!opening.report.empty()) {
      const Status written =
          line.env().disk.write_whole(opening.report, vault::proof_page(*proof, *signer), true);
      if (!written) return print_error(output, written.error());
    }
    if (opening.publish) {
      const auto target = vault::open_target(line.env(), opening.target, {&*signer, &key.identity});
      const Status published =
          target ? vault::publish_proof(**target, *proof, *signer) : Status(std::unexpected(target.error()));
      if (!published) return print_error(output, published.error());
    }
    if (output.json) {
      print_answer(output, to_json(*proof));
    } else {
      for (const vault::ProofLine& one : proof->lines)
        print_line((one.equal   ? "  ok  "
                    : one.tried ? " !!!  "
                                : "  --  ") +
                   line.text({one.what_japanese, one.what_english}) + ": " + one.restored);
      for (const std::string& words : proof->failure)
        print_line(" !!!  " + words);
      print_line(fmt::format("{:.1f} s", proof->restore.seconds));
    }
    return proof->good ? 0 : 1;
  });
}

// The plan of a folder without a server, until it is told to stop; or once, for a schedule of the operating
// system.
int run_schedule(CommandLine& line, const Output& output, const std::string& directory, bool once) {
  if (const auto plan = vault::read_plan(line.env(), directory); !plan)
    return print_error(output, plan.error());
  vault::Runner runner(line.env(), default_places(), directory);
  if (once) {
    TerminalProgress progress(line.env(), output.language);
    return runner.run_due(progress) && vault::backup_alarms(line.env(), directory).empty() ? 0 : 1;
  }
  web::hold_stop_signals();
  runner.start();
  web::wait_for_stop_signal();
  return 0;
}

void add_opening(CommandLine& line, CLI::App* command, const std::shared_ptr<Opening>& opening) {
  command->add_option("TARGET", opening->target, line.text({"控えの場所", "Where the backups lie"}))
      ->required();
  add_share_options(line, command, opening->shares);
  command->add_option("--identity-file", opening->identity_file,
                      line.text({"証明の場所の鍵のファイル（分散鍵の代わりに）",
                                 "The proving place's key, in place of shares"}));
  command->add_option("--as-of", opening->as_of,
                      line.text({"この時刻までに受け取ったところまで戻す（2026-11-20T21:00:00+09:00）",
                                 "What had been received up to this time"}));
}

}  // namespace

void add_backup_commands(CommandLine& line) {
  // `backup` is a command and a family: where one of the family ran, its exit code stands.
  auto arguments = std::make_shared<Backup>();
  auto ran = std::make_shared<std::optional<int>>();
  CLI::App* const backup = line.town_command(
      line.root(), "backup", {"控えを取る", "Back up what is new, encrypted to the recovery keys"},
      [&line, arguments, ran](const Common& common) {
        return *ran ? **ran : back_up(line, common, *arguments);
      });
  backup->get_option("DIR")->required(false);
  backup->add_option("--to", arguments->target,
                     line.text({"控えの場所（フォルダ）", "The target: a directory"}));
  backup->add_flag("--full", arguments->settings.full,
                   line.text({"全てを新しく書く", "Write everything anew"}));
  backup->add_option("--keep", arguments->settings.keep,
                     line.text({"残す控えの数（既定は全て）", "How many backups stay (else all)"}));
  line.town_command(backup, "status", {"控えの様子と警報", "How the backups are, and what is wrong"},
                    [&line, ran](const Common& common) { return *(*ran = status(line, common)); });

  auto proving = std::make_shared<Opening>();
  CLI::App* const proved = line.command(
      backup, "prove",
      {"控えを何もない場所に戻して証明する", "Prove a backup by restoring it into emptiness"},
      [&line, proving, ran](const Output& output) { return *(*ran = prove(line, output, *proving)); });
  add_opening(line, proved, proving);
  proved->add_option("--report", proving->report,
                     line.text({"1枚の報告（HTML）の書き出し先", "Where to write the page (HTML)"}));
  proved->add_flag("--publish", proving->publish,
                   line.text({"証明を控えの場所に置く（町の画面に出る）",
                              "Leave the proof at the target, where the town finds it"}));

  struct Schedule {
    std::string directory;
    bool once = false;
  };
  auto schedule = std::make_shared<Schedule>();
  CLI::App* const scheduled =
      line.command(backup, "schedule",
                   {"フォルダの予定（backup.toml）を動かす（証明の場所、サーバーのない町）",
                    "Run the plan (backup.toml) of a folder: a proving place, a town without a server"},
                   [&line, schedule, ran](const Output& output) {
                     return *(*ran = run_schedule(line, output, schedule->directory, schedule->once));
                   });
  scheduled
      ->add_option("DIR", schedule->directory,
                   line.text({"backup.toml のあるフォルダ", "Where backup.toml is"}))
      ->required();
  scheduled->add_flag(
      "--once", schedule->once,
      line.text({"いま時刻の来ているものだけを動かして終わる", "Run what is due now, and end"}));

  auto opening = std::make_shared<Opening>();
  CLI::App* const restored =
      line.command(line.root(), "restore", {"控えから町を戻す", "Bring a town back from a backup"},
                   [&line, opening](const Output& output) { return restore(line, output, *opening); });
  add_opening(line, restored, opening);
  restored
      ->add_option("DIR", opening->directory,
                   line.text({"戻す先（空のフォルダ、なければ作る）",
                              "Where to: an empty directory, made if need be"}))
      ->required();
  restored->add_flag("--serve", opening->serve,
                     line.text({"戻しながら画面と API を提供する（住民の検索から使える）",
                                "Serve the pages meanwhile: the registry's search answers first"}));
  add_serve_options(line, restored, opening->serving);
}

}  // namespace sonae::app
