#include "app/command_line.h"

#include "app/places.h"

namespace sonae::app {

namespace {

constexpr int kWrongUse = 2;

void add_output_options(CLI::App* command, const std::shared_ptr<Output>& output, Language language) {
  const auto in = [&](const Phrase& phrase) { return phrase.in(language); };
  command->add_flag("--json", output->json,
                    in({"機械向けに JSON で出力する", "Answer in JSON, for machines"}));
  command
      ->add_option_function<std::string>(
          "--lang", [output](const std::string& name) { output->language = language_of_locale(name); },
          in({"表示の言語（ja か en。既定は環境のロケール）",
              "Language of what is shown: ja or en (else the locale's)"}))
      ->check(CLI::IsMember({"ja", "en"}));
}

}  // namespace

CommandLine::CommandLine(Env& env, Language language)
    : env_(env),
      language_(language),
      root_(text({"備え Sonae — 庁舎を失っても自治体を動かし続ける",
                  "Sonae keeps a municipality working when its hall is lost"}),
            "sonae") {
  root_.require_subcommand(1);
  root_.set_version_flag("--version", "sonae " SONAE_VERSION,
                         text({"版を表示する", "Which version this is"}));
  if (language == Language::japanese) {
    const auto formatter = std::make_shared<CLI::Formatter>();
    formatter->label("Usage", "使い方");
    formatter->label("OPTIONS", "[オプション]");
    formatter->label("SUBCOMMAND", "コマンド");
    formatter->label("SUBCOMMANDS", "コマンド");
    formatter->label("Subcommands", "コマンド");
    formatter->label("Options", "オプション");
    formatter->label("Positionals", "引数");
    formatter->label("TEXT", "文字");
    formatter->label("REQUIRED", "（必須）");
    formatter->column_width(34);
    root_.formatter(formatter);
    root_.set_help_flag("-h,--help", "この説明を表示する");
  }
}

CLI::App* CommandLine::family(const std::string& name, const Phrase& description) {
  CLI::App* const made = root_.add_subcommand(name, text(description));
  made->require_subcommand(1);
  return made;
}

CLI::App* CommandLine::command(CLI::App* parent, const std::string& name, const Phrase& description,
                               std::function<int(const Output&)> action) {
  CLI::App* const made = parent->add_subcommand(name, text(description));
  auto output = std::make_shared<Output>(Output{false, language_});
  add_output_options(made, output, language_);
  made->callback([this, made, output, action = std::move(action)] {
    if (made->get_subcommands().empty()) exit_code_ = action(*output);
  });
  return made;
}

CLI::App* CommandLine::town_command(CLI::App* parent, const std::string& name, const Phrase& description,
                                    std::function<int(const Common&)> action) {
  auto common = std::make_shared<Common>();
  CLI::App* const made =
      command(parent, name, description, [common, action = std::move(action)](const Output& output) {
        common->output = output;
        return action(*common);
      });
  made->add_option("DIR", common->directory, text({"町のディレクトリ", "The town's directory"}))->required();
  made->add_option(
      "--as", common->as,
      text({"誰として操作するか（既定は OS の利用者）", "Who acts (else the operating-system user)"}));
  made->add_option(
      "--for", common->purpose,
      text({"何のために（記録に残る。既定はコマンド名）", "What for: recorded (else the command's name)"}));
  return made;
}

int CommandLine::run(int argc, char** argv) {
  try {
    root_.parse(argc, argv);
  } catch (const CLI::ParseError& stop) {
    if (stop.get_exit_code() == 0) return root_.exit(stop);  // --help
    root_.exit(stop);
    return kWrongUse;
  }
  return exit_code_;
}

int run_operation(CommandLine& line, const Common& common, const std::string& command,
                  std::string_view operation, const json::value& input, const std::string& input_path,
                  const std::string& output_path) {
  std::optional<api::InputFile> file;
  if (!input_path.empty()) {
    auto read = read_input_file(line.env(), input_path);
    if (!read) return print_error(common.output, read.error());
    file = std::move(*read);
  }
  auto session = TownSession::open(line.env(), common, command);
  if (!session) return print_error(common.output, session.error());
  PathOutput output(line.env(), output_path);
  auto answer = session->run(operation, input, std::move(file), output_path.empty() ? nullptr : &output);
  if (!answer) return print_error(common.output, answer.error());
  if (!output_path.empty()) {
    if (const Status written = output.finish(); !written) return print_error(common.output, written.error());
    if (output_path == "-") return 0;  // the answer would stand in the midst of the file
  }
  print_answer(common.output, *answer);
  return 0;
}

}  // namespace sonae::app
