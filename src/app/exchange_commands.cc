// sonae pfif import | export, safety import | export
#include "app/command_line.h"

namespace sonae::app {

void add_exchange_commands(CommandLine& line) {
  CLI::App* const family = line.family(
      "pfif", {"行方不明者・安否情報の交換（PFIF 1.4）", "Exchange of missing and found people (PFIF 1.4)"});
  struct Arguments {
    std::string file, source, text;
    bool received = false;  // records from elsewhere
    bool deaths = false;
  };
  auto import = std::make_shared<Arguments>();
  CLI::App* const importing = line.town_command(
      family, "import", {"PFIF のファイルを取り込む", "Import a file of PFIF"},
      [&line, import](const Common& common) {
        json::object input;
        if (!import->source.empty()) input["source"] = import->source;
        return run_operation(line, common, "pfif import", "exchange.import", input, import->file);
      });
  importing->add_option("FILE", import->file, line.text({"PFIF のファイル（XML）", "The file (XML)"}))
      ->required();
  importing->add_option("--source", import->source,
                        line.text({"提供元（既定はファイル名）", "Who gave it (else the file's name)"}));

  auto out = std::make_shared<Arguments>();
  CLI::App* const exporting = line.town_command(
      family, "export", {"公開してよい人を PFIF で書き出す", "Export who may be told of as PFIF"},
      [&line, out](const Common& common) {
        json::object input;
        if (out->received) input["received"] = true;
        if (!out->text.empty()) input["text"] = out->text;
        return run_operation(line, common, "pfif export", "exchange.export", input, {}, out->file);
      });
  exporting->add_option("FILE", out->file, line.text({"書き出す先", "Where to write it"}))->required();
  exporting->add_flag("--received", out->received,
                      line.text({"外部からの記録も含める", "Also those that came in from elsewhere"}));
  exporting->add_option("--name", out->text,
                        line.text({"この氏名を含む人だけ", "Only names that have this"}));

  CLI::App* const safety =
      line.family("safety", {"安否情報省令の様式（CSV）", "Safety information as the law's form (CSV)"});
  auto form = std::make_shared<Arguments>();
  CLI::App* const taking =
      line.town_command(safety, "import", {"様式第1号の CSV を取り込む", "Import 様式第1号 as CSV"},
                        [&line, form](const Common& common) {
                          return run_operation(line, common, "safety import", "exchange.import_anpi",
                                               json::object{}, form->file);
                        });
  taking->add_option("FILE", form->file, line.text({"CSV のファイル", "The CSV"}))->required();
  auto report = std::make_shared<Arguments>();
  CLI::App* const giving = line.town_command(
      safety, "export", {"様式の CSV を書き出す", "Export the form as CSV"},
      [&line, report](const Common& common) {
        json::object input;
        if (report->deaths) input["deaths"] = true;
        return run_operation(line, common, "safety export", "exchange.export_anpi", input, {}, report->file);
      });
  giving->add_option("FILE", report->file, line.text({"書き出す先", "Where to write it"}))->required();
  giving->add_flag("--deaths", report->deaths,
                   line.text({"様式第2号（死亡した人）", "様式第2号: those who died"}));
}

}  // namespace sonae::app
