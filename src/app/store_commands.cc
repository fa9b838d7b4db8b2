// sonae store move
#include "app/store_commands.h"

#include "vault/move_store.h"

namespace sonae::app {

namespace {

int move(CommandLine& line, const std::string& directory, const std::string& to, const Output& output) {
  if (to != "sqlite" && !to.starts_with("postgres"))
    return print_error(output, {ErrorCode::invalid_input,
                                {"sqlite か postgresql://… です", "Either sqlite or postgresql://..."},
                                to,
                                {}});
  TerminalProgress progress(line.env(), output.language);
  const auto moved = vault::move_store(line.env(), directory, to == "sqlite" ? "" : to, progress);
  if (!moved) return print_error(output, moved.error());
  print_answer(output, to_json(*moved));
  return 0;
}

}  // namespace

void add_store_commands(CommandLine& line) {
  CLI::App* const family = line.family("store", {"町を置くデータベース", "Where the town's database lies"});
  struct Arguments {
    std::string directory, to;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* const command =
      line.command(family, "move", {"町を別のデータベースに移す", "Move the town to another database"},
                   [&line, arguments](const Output& output) {
                     return move(line, arguments->directory, arguments->to, output);
                   });
  command->add_option("DIR", arguments->directory, line.text({"町のディレクトリ", "The town's directory"}))
      ->required();
  command
      ->add_option("--to", arguments->to,
                   line.text({"sqlite か PostgreSQL の URL", "sqlite, or the URL of a PostgreSQL database"}))
      ->required();
}

}  // namespace sonae::app
