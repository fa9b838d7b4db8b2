// sonae bundle export | import
#include "app/command_line.h"
#include "sync/bundle.h"

namespace sonae::app {

namespace {

struct Export {
  std::vector<std::string> to, since;
  std::string split, file;
};

std::unexpected<Error> unreadable(const std::string& text) {
  return fail(ErrorCode::invalid_input, {"指定が読めません", "This cannot be understood"}, text,
              {"--since は ノード/stream=件数、--split は 700M のように",
               "--since NODE/STREAM=SIZE, --split like 700M"});
}

Result<std::int64_t> read_number(const std::string& text, std::string_view digits) {
  if (digits.empty() || digits.size() > 12 || digits.find_first_not_of("0123456789") != std::string::npos)
    return unreadable(text);
  return std::stoll(std::string(digits));
}

Result<std::int64_t> read_size(const std::string& text) {
  std::string_view digits = text;
  std::int64_t unit = 1;
  if (digits.ends_with('K')) unit = 1000;
  if (digits.ends_with('M')) unit = 1'000'000;
  if (digits.ends_with('G')) unit = 1'000'000'000;
  if (unit > 1) digits.remove_suffix(1);
  const std::int64_t number = TRY(read_number(text, digits));
  if (number > INT64_MAX / unit) return unreadable(text);
  return number * unit;
}

// NODE/STREAM=SIZE, as an import prints it.
Result<json::value> read_reach(const std::string& text) {
  const std::size_t slash = text.find('/');
  const std::size_t equals = text.find('=');
  if (slash == std::string::npos || equals == std::string::npos || equals < slash) return unreadable(text);
  return json::object{{"node", text.substr(0, slash)},
                      {"stream", text.substr(slash + 1, equals - slash - 1)},
                      {"size", TRY(read_number(text, std::string_view(text).substr(equals + 1)))}};
}

// FILE, or FILE.1, FILE.2 ... where it is split: each begins where the one before it ends.
Status export_parts(CommandLine& line, const Common& common, const Export& arguments) {
  json::object input{{"to", json::array(arguments.to.begin(), arguments.to.end())}};
  json::array since;
  for (const std::string& text : arguments.since)
    since.push_back(TRY(read_reach(text)));
  input["since"] = since;
  if (!arguments.split.empty()) input["most_bytes"] = TRY(read_size(arguments.split));
  auto session = TRY(TownSession::open(line.env(), common, "bundle export"));
  for (std::int64_t part = 1;; ++part) {
    input["part"] = part;
    PathOutput output(line.env(),
                      arguments.split.empty() ? arguments.file : arguments.file + "." + std::to_string(part));
    const json::value answer = TRY(session.run("sync.export_bundle", input, {}, &output));
    TRY(output.finish());
    if (arguments.file != "-") print_answer(common.output, answer);
    if (answer.at("complete").as_bool()) return {};
    input["since"] = answer.at("heads");
    input["set"] = answer.at("set");
  }
}

int import(CommandLine& line, const Common& common, const std::string& path) {
  auto file = read_input_file(line.env(), path);
  if (!file) return print_error(common.output, file.error());
  auto session = TownSession::open(line.env(), common, "bundle import");
  if (!session) return print_error(common.output, session.error());
  const auto answer = session->run("sync.import_bundle", json::object{}, std::move(*file));
  if (!answer) return print_error(common.output, answer.error());
  print_answer(common.output, *answer);
  // What was whole is here; a script must still notice that something was not.
  const bool whole =
      answer->as_object().if_contains("damage") == nullptr && answer->at("problems").as_array().empty();
  return whole ? 0 : 1;
}

}  // namespace

void add_bundle_commands(CommandLine& line) {
  CLI::App* const family = line.family("bundle", {"持ち運ぶ束", "Bundles: what a node lacks, to carry"});
  auto exported = std::make_shared<Export>();
  CLI::App* const write =
      line.town_command(family, "export", {"束を書き出す", "Write a bundle for other nodes"},
                        [&line, exported](const Common& common) {
                          const Status done = export_parts(line, common, *exported);
                          return done ? 0 : print_error(common.output, done.error());
                        });
  write
      ->add_option("--to", exported->to,
                   line.text({"宛先のノードの番号、または age1 で始まる鍵（いくつでも）",
                              "Ids of the nodes it is for, or age1... keys; any number"}))
      ->required()
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  write
      ->add_option("--since", exported->since,
                   line.text({"相手が持っている記録 ノード/stream=件数（いくつでも）",
                              "What the receiver has: NODE/STREAM=SIZE; any number"}))
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  write->add_option("--split", exported->split,
                    line.text({"この大きさごとに分ける（700M など）", "Split at about this size: 700M"}));
  write->add_option("FILE", exported->file, line.text({"書き出し先", "Where to"}))->required();

  auto path = std::make_shared<std::string>();
  CLI::App* const read =
      line.town_command(family, "import", {"束を取り込む", "Take in a bundle"},
                        [&line, path](const Common& common) { return import(line, common, *path); });
  read->add_option("FILE", *path, line.text({"束のファイル", "The bundle"}))->required();
}

}  // namespace sonae::app
