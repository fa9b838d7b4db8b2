#include "demo/files.h"

#include <fmt/format.h>

#include "base/csv.h"
#include "demo/next_day.h"
#include "demo/registry_file.h"

namespace sonae::demo {

namespace {

constexpr std::string_view kReadme =
    "このフォルダにある人・世帯・電話番号・個人番号・被害・津波の範囲はすべて架空です（訓練・試験用）。\n"
    "町字と避難所の名前は実在しますが、番地とその位置は作られたものです。実際の浸水想定ではありません。\n"
    "\n"
    "All people, households, telephone and personal numbers, damage and the tsunami area in this folder are\n"
    "fictional (for drills and tests). The names of towns and shelters are real; block numbers and their\n"
    "points are made up. This is not a real hazard map.\n";

constexpr std::size_t kPiece = 1 << 20;

// A file that is written in pieces.
class Output {
 public:
  static Result<Output> create(Env& env, const std::string& path, std::string header) {
    Output output(TRY(env.disk.open(path, Disk::Open::create)));
    output.csv_.text() = std::move(header);
    return output;
  }
  CsvWriter& csv() { return csv_; }
  Status flush_when_full() { return csv_.text().size() < kPiece ? Status{} : flush(); }
  Status finish() {
    TRY(flush());
    return file_->sync();
  }

 private:
  explicit Output(std::unique_ptr<File> file) : file_(std::move(file)) {}
  Status flush() {
    TRY(file_->write(csv_.text()));
    csv_.text().clear();
    return {};
  }
  std::unique_ptr<File> file_;
  CsvWriter csv_;
};

class Folder {
 public:
  Folder(Env& env, std::string directory, const Names& names, const Places& places,
         const TownOptions& options, const ListOptions& lists)
      : env_(env),
        directory_(std::move(directory)),
        names_(names),
        places_(places),
        options_(options),
        lists_(lists) {}

  Status write_registries(Progress& progress) {
    const auto write = [&](std::string& path, std::string_view name, Layout layout) -> Status {
      path = directory_ + "/" + std::string(name);
      Town town(names_, places_, options_);
      summary.residents = TRY(write_registry(env_, path, town, layout, progress));
      return {};
    };
    TRY(write(summary.registry, "registry.csv", Layout::simple));
    if (options_.residents > kOtherLayoutsUpTo) return {};
    TRY(write(summary.registry_kihon, "registry_kihon.csv", Layout::kihon));
    TRY(write(summary.registry_plain_2012, "registry_plain_2012.csv", Layout::plain_2012));
    summary.gaiji = directory_ + "/gaiji.tsv";
    return env_.disk.write_whole(summary.gaiji, gaiji_table());
  }

  // In the 基本データリスト those who moved out or died stand with that state; the simple layout has no
  // column for it.
  Status write_next_day() {
    TRY(write_next_day(summary.registry_next_day, "registry_next_day.csv", Layout::simple));
    if (options_.residents > kOtherLayoutsUpTo) return {};
    return write_next_day(summary.registry_kihon_next_day, "registry_kihon_next_day.csv", Layout::kihon);
  }

  Status write_whereabouts() {
    Output truth = TRY(
        Output::create(env_, directory_ + "/truth/whereabouts.csv", "resident_id,in_area,where,shelter\r\n"));
    Output protections = TRY(Output::create(env_, directory_ + "/protected.csv", "resident_id\r\n"));
    Town town(names_, places_, options_);
    while (const Household* const household = town.next()) {
      for (const Resident& resident : *household) {
        if (!resident.is_protected) continue;
        protections.csv().record({resident.id});
        summary.protected_ids.push_back(resident.id);
      }
      const std::vector<Stay> stays = stays_of(places_, options_, *household);
      const bool reached = lives_where_the_tsunami_came(places_, household->front());
      for (std::size_t i = 0; i < household->size(); ++i) {
        CsvWriter& csv = truth.csv();
        csv.cell((*household)[i].id);
        csv.cell(reached ? "1" : "0");
        csv.cell(name_of(stays[i].where));
        csv.cell(stays[i].where == Whereabouts::at_shelter ? places_.open_shelters()[stays[i].shelter].name
                                                           : "");
        csv.end_record();
        summary.in_the_tsunami_area += reached;
      }
      TRY(truth.flush_when_full());
    }
    TRY(protections.finish());
    return truth.finish();
  }

  Status write_lists() {
    summary.entries = directory_ + "/entries.csv";
    Output entries = TRY(Output::create(env_, summary.entries,
                                        "entry_id,name,kana,sex,birth_date,age,address,phone,note\r\n"));
    Output truth = TRY(Output::create(env_, directory_ + "/truth/lists.csv",
                                      "file,line,index,entry_id,who,resident_id\r\n"));
    std::uint64_t count = 0;
    TRY(for_each_list(names_, places_, options_, lists_, [&](const Sheet& sheet) -> Status {
      const std::string name = fmt::format("lists/{:02}_{}.csv", summary.lists.size() + 1, sheet.shelter);
      TRY(env_.disk.write_whole(directory_ + "/" + name, sheet.csv));
      summary.lists.push_back({directory_ + "/" + name, sheet.shelter, sheet.entries.size()});
      for (const Entry& entry : sheet.entries) {
        const std::string id = entry.named ? fmt::format("e{:06}", ++count) : std::string();
        const Written& written = entry.written;
        if (entry.named)
          entries.csv().record({id, written.name, written.kana, written.sex, written.birth_date, written.age,
                                written.address, written.phone, written.note});
        truth.csv().record({name, std::to_string(entry.line), std::to_string(entry.index), id,
                            std::string(name_of(entry.who)), entry.resident_id});
        TRY(entries.flush_when_full());
        TRY(truth.flush_when_full());
      }
      return {};
    }));
    TRY(entries.finish());
    return truth.finish();
  }

  Summary summary;

 private:
  Status write_next_day(std::string& path, std::string_view name, Layout layout) {
    path = directory_ + "/" + std::string(name);
    Output registry = TRY(Output::create(env_, path, head_of(layout)));
    Output truth =
        TRY(Output::create(env_, directory_ + "/truth/next_day.csv", "change,resident_id,item\r\n"));
    Town town(names_, places_, options_);
    NextDay day(town);
    while (const Household* const household = day.next()) {
      for (const Resident& resident : *household)
        if (resident.state == State::resident || layout == Layout::kihon)
          append_record(registry.csv().text(), layout, resident, options_.as_of);
      TRY(registry.flush_when_full());
    }
    for (const Difference& difference : day.differences())
      truth.csv().record({std::string(name_of(difference.change)), difference.resident_id, difference.item});
    summary.differences = day.differences().size();
    TRY(registry.finish());
    return truth.finish();
  }

  Env& env_;
  std::string directory_;
  const Names& names_;
  const Places& places_;
  const TownOptions& options_;
  const ListOptions& lists_;
};

}  // namespace

Result<Summary> write_files(Env& env, const Names& names, const Places& places, const std::string& directory,
                            const TownOptions& options, const ListOptions& lists, Progress& progress) {
  TRY(env.disk.make_directories(directory + "/lists"));
  TRY(env.disk.make_directories(directory + "/truth"));
  TRY(env.disk.write_whole(directory + "/README.txt", kReadme));

  Folder folder(env, directory, names, places, options, lists);
  folder.summary.area = directory + "/tsunami_area.geojson";
  TRY(env.disk.write_whole(folder.summary.area, places.tsunami_geojson()));
  TRY(folder.write_registries(progress));
  TRY(folder.write_next_day());
  TRY(folder.write_whereabouts());
  TRY(folder.write_lists());
  return folder.summary;
}

}  // namespace sonae::demo
