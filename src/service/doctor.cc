#include "service/doctor.h"

#include <fmt/format.h>
#include <sys/sysmacros.h>

#include "store/postgres.h"
#include "text/gaiji.h"
#include "text/gazetteer.h"
#include "town/reading.h"

namespace sonae::service {

namespace {

// Before this the clock cannot be right: this program did not exist.
constexpr std::string_view kEarliestBelievable = "2026-11-01T00:00:00Z";
constexpr std::uint64_t kLittleSpace = 2ULL << 30, kFarTooLittleSpace = 200ULL << 20;

class Examination {
 public:
  Examination(Env& env, const town::Places& places, std::string directory, Language language)
      : env_(env), places_(places), directory_(std::move(directory)), language_(language) {}

  DoctorReport run() {
    const auto profile = town::read_profile(env_, directory_);
    if (!profile) {
      add(Health::problem, {"町", "Town"}, profile.error());
      return std::move(report_);
    }
    add(Health::good, {"町", "Town"},
        {profile->name + " " + profile->code, profile->name + " " + profile->code}, {});
    permissions();
    encryption();
    space();
    clock();
    database();
    tables(*profile);
    return std::move(report_);
  }

 private:
  void add(Health health, const Phrase& what, const Phrase& finding, const Phrase& advice) {
    if (health == Health::problem) ++report_.problems;
    if (health == Health::warning) ++report_.warnings;
    report_.checks.push_back({health, what.in(language_), finding.in(language_), advice.in(language_)});
  }
  void add(Health health, const Phrase& what, const Error& error) {
    const std::string where = error.where.empty() ? "" : error.where + ": ";
    add(health, what, {where + error.what.japanese, where + error.what.english}, error.what_to_do);
  }

  void permissions() {
    const Phrase what{"ディレクトリの権限", "Permissions of the directory"};
    for (const std::string& path : {directory_, directory_ + "/town.json", places_.keys}) {
      const auto status = env_.disk.status(path);
      if (!status || (status->mode & 077) == 0) continue;
      add(Health::problem, what,
          {fmt::format("{} をほかの利用者が読めます（{:o}）", path, status->mode),
           fmt::format("others can read {} ({:o})", path, status->mode)},
          {"chmod go-rwx " + path, "chmod go-rwx " + path});
      return;
    }
    add(Health::good, what, {"所有者だけが読めます", "readable by the owner only"}, {});
  }

  // The device of the directory, or one below it, is a LUKS volume: the kernel names it in the device's
  // dm/uuid.
  bool on_encrypted_device() {
    const auto status = env_.disk.status(directory_);
    if (!status) return false;
    const std::string device =
        fmt::format("/sys/dev/block/{}:{}", major(status->device), minor(status->device));
    if (const auto uuid = env_.disk.read_all(device + "/dm/uuid"); uuid && uuid->starts_with("CRYPT-"))
      return true;
    const auto below = env_.disk.list(device + "/slaves");
    if (!below) return false;
    for (const std::string& name : *below)
      if (const auto uuid = env_.disk.read_all("/sys/block/" + name + "/dm/uuid");
          uuid && uuid->starts_with("CRYPT-"))
        return true;
    return false;
  }

  void encryption() {
    const Phrase what{"ディスクの暗号化", "Disk encryption"};
    if (on_encrypted_device())
      add(Health::good, what, {"LUKS で暗号化されています", "encrypted with LUKS"}, {});
    else
      add(Health::warning, what,
          {"暗号化されたディスク（LUKS）が見当たりません", "no encrypted disk (LUKS) was found"},
          {"住民の情報を置くディスクは LUKS で暗号化してください",
           "Keep residents' data on a disk encrypted with LUKS"});
  }

  void space() {
    const Phrase what{"ディスクの空き", "Free space"};
    const auto free = env_.disk.free_bytes(directory_);
    if (!free) return add(Health::problem, what, free.error());
    const std::string text = fmt::format("{:.1f} GiB", static_cast<double>(*free) / (1ULL << 30));
    const Health health = *free < kFarTooLittleSpace ? Health::problem
                          : *free < kLittleSpace     ? Health::warning
                                                     : Health::good;
    add(health, what, {text, text},
        health == Health::good ? Phrase{}
                               : Phrase{"不要なファイルを消すか、大きなディスクに移してください",
                                        "Remove what is not needed, or move to a larger disk"});
  }

  void clock() {
    const Phrase what{"時計", "Clock"};
    const Instant now = env_.clock.now();
    const bool believable = now > *parse_rfc3339(kEarliestBelievable);
    const std::string text = to_japan_time(now);
    add(believable ? Health::good : Health::problem, what, {text + "（日本時間）", text + " (JST)"},
        believable ? Phrase{} : Phrase{"時計を合わせてください", "Set the clock"});
  }

  void database() {
    const Phrase what{"データベース", "Database"};
    auto town = town::open_for_reading(env_, directory_);
    if (!town) return add(Health::problem, what, town.error());
    try {
      if (auto* const remote = dynamic_cast<store::RemoteDatabase*>(town->database.get()))
        for (const store::Hazard& hazard : remote->hazards())
          add(hazard.grave ? Health::problem : Health::warning, what, hazard.what, hazard.what_to_do);
      const std::vector<std::string> findings = town->database->check();
      if (findings.empty())
        return add(Health::good, what, {town->database->engine(), town->database->engine()}, {});
      add(Health::problem, what, {findings.front(), findings.front()},
          {"sonae verify で詳しく調べ、控えから戻してください",
           "See what `sonae verify` says, and restore from a backup"});
    } catch (const store::StoreError& failure) {
      add(Health::problem, what, failure.error());
    }
  }

  void tables(const town::TownProfile& profile) {
    const Phrase what{"文字と住所の表", "Tables of characters and addresses"};
    const auto tables = text::Tables::open(env_, places_.data);
    if (!tables) return add(Health::problem, what, tables.error());
    for (const std::string& name : (*tables)->missing())
      add(Health::warning, what, {name + " がありません", name + " is missing"},
          {"異体字の一部を同じ字とみなせません", "Some variants of kanji will not be known"});
    const auto gazetteer = text::Gazetteer::open(env_, places_.data, **tables, profile.code);
    if (!gazetteer) return add(Health::problem, what, gazetteer.error());
    const std::size_t towns = gazetteer->home_towns().size();
    add(towns == 0 ? Health::warning : Health::good, what,
        {fmt::format("町字 {} 件", towns), fmt::format("{} towns (大字)", towns)},
        towns == 0 ? Phrase{"tables/blocks.tsv に町字と位置を置いてください",
                            "Supply towns and points in tables/blocks.tsv"}
                   : Phrase{});
    const std::string gaiji = directory_ + "/tables/gaiji.tsv";
    if (!env_.disk.status(gaiji)) return;
    const auto content = env_.disk.read_all(gaiji);
    if (!content) return add(Health::problem, {"外字の表", "Table of 外字"}, content.error());
    std::vector<Error> errors;
    text::Gaiji::parse(*content, gaiji, errors);
    for (const Error& error : errors)
      add(Health::warning, {"外字の表", "Table of 外字"}, error);
  }

  Env& env_;
  const town::Places& places_;
  std::string directory_;
  Language language_;
  DoctorReport report_;
};

}  // namespace

DoctorReport examine(Env& env, const town::Places& places, const std::string& directory, Language language) {
  return Examination(env, places, directory, language).run();
}

}  // namespace sonae::service
