// sonae registry import | export
#include "app/command_line.h"

namespace sonae::app {

void add_registry_commands(CommandLine& line) {
  CLI::App* const family = line.family("registry", {"住民基本台帳", "The resident registry"});

  struct Import {
    std::string file, layout, as_of, mends;
  };
  auto import = std::make_shared<Import>();
  CLI::App* const import_command = line.town_command(
      family, "import", {"台帳ファイルを取り込む", "Import a registry file"},
      [&line, import](const Common& common) {
        json::object input;
        if (!import->layout.empty()) input["layout"] = import->layout;
        if (!import->as_of.empty()) input["as_of"] = import->as_of;
        if (!import->mends.empty()) input["mends"] = import->mends;
        return run_operation(line, common, "registry import", "registry.import", input, import->file);
      });
  import_command
      ->add_option("FILE", import->file, line.text({"台帳のファイル（CSV）", "The registry file (CSV)"}))
      ->required();
  import_command->add_option(
      "--layout", import->layout,
      line.text({"レイアウト名（既定は見出しから判断）", "Name of the layout (else found by its header)"}));
  import_command->add_option(
      "--as-of", import->as_of,
      line.text({"台帳の日付 YYYY-MM-DD（既定は今日）", "Day that the file describes (else today)"}));
  import_command->add_option("--mends", import->mends,
                             line.text({"直した行を加える先のスナップショット番号",
                                        "Snapshot that the mended lines of FILE belong to"}));

  struct Export {
    std::string layout, out = "-", snapshot;
  };
  auto exported = std::make_shared<Export>();
  CLI::App* const export_command = line.town_command(
      family, "export", {"台帳を書き出す", "Export the registry"}, [&line, exported](const Common& common) {
        json::object input{{"layout", exported->layout}};
        if (!exported->snapshot.empty()) input["snapshot"] = exported->snapshot;
        return run_operation(line, common, "registry export", "registry.export", input, {}, exported->out);
      });
  export_command->add_option("--layout", exported->layout, line.text({"レイアウト名", "Name of the layout"}))
      ->required();
  export_command->add_option("--out", exported->out,
                             line.text({"書き出し先（既定は標準出力）", "Where to (else standard output)"}));
  export_command->add_option(
      "--snapshot", exported->snapshot,
      line.text({"スナップショット番号（既定は最新）", "Which snapshot (else the current one)"}));

  struct SetAside {
    std::string out = "-", snapshot;
    bool report = false;
  };
  auto aside = std::make_shared<SetAside>();
  CLI::App* const aside_command = line.town_command(
      family, "set-aside", {"取り込めなかった行を取り出す", "Get the lines that could not be taken"},
      [&line, aside](const Common& common) {
        json::object input;
        if (!aside->snapshot.empty()) input["snapshot"] = aside->snapshot;
        if (aside->report) input["report"] = true;
        return run_operation(line, common, "registry set-aside", "registry.set_aside", input, {}, aside->out);
      });
  aside_command->add_option("--out", aside->out,
                            line.text({"書き出し先（既定は標準出力）", "Where to (else standard output)"}));
  aside_command->add_option(
      "--snapshot", aside->snapshot,
      line.text({"スナップショット番号（既定は最新）", "Which snapshot (else the current one)"}));
  aside_command->add_flag(
      "--report", aside->report,
      line.text({"行ではなく、何が悪いかの表", "Not the lines but a table of what is wrong"}));
}

}  // namespace sonae::app
