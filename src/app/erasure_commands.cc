// sonae erase | erasures
#include "app/command_line.h"

namespace sonae::app {

namespace {

struct EraseArguments {
  std::vector<std::string> subjects;
  std::string rule, because;
  bool yes = false;
};

json::array named(const std::vector<std::string>& subjects) {
  json::array all;
  for (const std::string& subject : subjects)
    all.emplace_back(subject);
  return all;
}

// Without --yes it says only what would go.
int erase(CommandLine& line, const Common& common, const EraseArguments& arguments) {
  if (!arguments.yes) {
    const int shown = run_operation(line, common, "erase", "erasure.preview",
                                    json::object{{"subjects", named(arguments.subjects)}});
    if (shown == 0 && !common.output.json)
      print_line(line.text({"まだ何も消していません。消去するには --yes を付けてください（取り消せません）",
                            "Nothing was erased yet: --yes erases it, and cannot be undone"}));
    return shown;
  }
  return run_operation(
      line, common, "erase", "erasure.erase",
      json::object{
          {"subjects", named(arguments.subjects)}, {"rule", arguments.rule}, {"because", arguments.because}});
}

}  // namespace

void add_erasure_commands(CommandLine& line) {
  auto arguments = std::make_shared<EraseArguments>();
  CLI::App* const command = line.town_command(
      line.root(), "erase",
      {"法令や保存期限により消去する", "Erase for good what a law or a period asks to be forgotten"},
      [&line, arguments](const Common& common) { return erase(line, common, *arguments); });
  command
      ->add_option(
          "WHAT", arguments->subjects,
          line.text(
              {"消すもの: entry:番号（名簿の人）、sheet:…（名簿）、claim:…（申告）、snapshot:…（住民情報）",
               "entry:ID (a person on a list), sheet:ID, claim:ID, snapshot:ID (a registry)"}))
      ->required();
  command->add_option("--rule", arguments->rule,
                      line.text({"根拠（法令・保存期限）", "The law or period that asks for it"}));
  command->add_option("--because", arguments->because, line.text({"理由", "Why"}));
  command->add_flag("--yes", arguments->yes,
                    line.text({"消去する（付けなければ消えるものを示すだけ）",
                               "Erase; without it, only what would go is shown"}));
  line.town_command(line.root(), "erasures", {"消去の記録", "What was erased, by whom and by which rule"},
                    [&line](const Common& common) {
                      return run_operation(line, common, "erasures", "erasure.orders", json::object{});
                    });
}

}  // namespace sonae::app
