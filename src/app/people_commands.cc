// sonae reception import | match | unconfirmed
#include "app/command_line.h"
#include "app/match_files.h"

namespace sonae::app {

namespace {

void add_reception(CommandLine& line) {
  CLI::App* const family = line.family("reception", {"避難者名簿", "Shelter lists"});
  struct Import {
    std::string file, shelter, written_on;
  };
  auto import = std::make_shared<Import>();
  CLI::App* const command = line.town_command(
      family, "import", {"避難者名簿（CSV）を取り込む", "Import a shelter list (CSV)"},
      [&line, import](const Common& common) {
        json::object input;
        if (!import->shelter.empty()) input["shelter"] = import->shelter;
        if (!import->written_on.empty()) input["written_on"] = import->written_on;
        return run_operation(line, common, "reception import", "reception.import", input, import->file);
      });
  command->add_option("FILE", import->file, line.text({"名簿のファイル（CSV）", "The list (CSV)"}))
      ->required();
  command->add_option(
      "--shelter", import->shelter,
      line.text({"避難所名（既定は名簿の表題から）", "Name of the shelter (else from the list's title)"}));
  command->add_option("--written-on", import->written_on,
                      line.text({"名簿の日付 YYYY-MM-DD", "Day on which the list was written"}));
}

void add_match(CommandLine& line) {
  auto files = std::make_shared<MatchFilesArguments>();
  auto common = std::make_shared<Common>();
  CLI::App* const command = line.command(
      line.root(), "match", {"名簿と住民を突き合わせる", "Match list entries with residents"},
      [&line, files, common](const Output& output) {
        common->output = output;
        const bool without_town = !files->registry.empty() || !files->list.empty() || !files->out.empty();
        if (without_town == !common->directory.empty())
          return print_error(output,
                             Error{ErrorCode::invalid_input,
                                   {"DIR か、--registry と --list と --out のどちらかを指定してください",
                                    "Give either DIR, or --registry, --list and --out"},
                                   "match",
                                   {}});
        if (without_town) return match_files_command(line.env(), *files, output);
        return run_operation(line, *common, "match", "matching.run", json::object{});
      });
  command->add_option("DIR", common->directory, line.text({"町のディレクトリ", "The town's directory"}));
  command->add_option("--as", common->as, line.text({"誰として操作するか", "Who acts"}));
  command->add_option("--for", common->purpose, line.text({"何のために", "What for"}));
  command->add_option(
      "--registry", files->registry,
      line.text({"台帳のファイル（町なしで突合）", "Registry file (to match without a town)"}));
  command->add_option("--list", files->list, line.text({"名簿のファイル", "List file"}));
  command->add_option("--out", files->out, line.text({"結果のファイル", "File for the answers"}));
  command->add_option(
      "--layout", files->layout,
      line.text({"台帳のレイアウト名（既定は simple）", "Layout of the registry file (else simple)"}));
  command->add_option(
      "--index", files->index,
      line.text({"索引を置くファイル（次回から速い）", "File to keep the index in: faster next time"}));
  command->add_option(
      "--as-of", files->as_of,
      line.text({"年齢の基準日（既定は今日）", "Day as of which ages are meant (else today)"}));
}

void add_unconfirmed(CommandLine& line) {
  struct Arguments {
    std::string area, polygon, out;
    std::int64_t limit = 20;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* const command = line.town_command(
      line.root(), "unconfirmed", {"区域の未確認者", "Who is still unconfirmed in an area"},
      [&line, arguments](const Common& common) {
        json::object input;
        if (!arguments->area.empty()) input["area"] = arguments->area;
        if (!arguments->polygon.empty()) {
          const auto content = line.env().disk.read_all(arguments->polygon);
          if (!content) return print_error(common.output, content.error());
          auto polygon = parse_json(*content);
          if (!polygon) {
            polygon.error().where = arguments->polygon + " " + polygon.error().where;
            return print_error(common.output, polygon.error());
          }
          input["polygon"] = std::move(*polygon);
        }
        if (!arguments->out.empty())
          return run_operation(line, common, "unconfirmed", "safety.export", input, {}, arguments->out);
        input["limit"] = arguments->limit;
        return run_operation(line, common, "unconfirmed", "safety.unconfirmed", input);
      });
  command->add_option(
      "--area", arguments->area,
      line.text({"区域か町字の名前（既定は全域）", "Name of an area or town (else everywhere)"}));
  command->add_option("--polygon", arguments->polygon, line.text({"GeoJSON のファイル", "A GeoJSON file"}))
      ->excludes("--area");
  command->add_option("--out", arguments->out,
                      line.text({"全員を CSV に書き出す先", "Write all of them to this CSV"}));
  command
      ->add_option("--limit", arguments->limit,
                   line.text({"表示する人数（既定20）", "How many to show (else 20)"}))
      ->check(CLI::Range(0, 1000));
}

}  // namespace

void add_people_commands(CommandLine& line) {
  add_reception(line);
  add_match(line);
  add_unconfirmed(line);
}

}  // namespace sonae::app
