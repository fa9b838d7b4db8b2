// sonae init | passwd | call | serve
#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "app/command_line.h"
#include "app/places.h"
#include "app/serve.h"
#include "town/database.h"

namespace sonae::app {

namespace {

struct InitArguments {
  std::string directory, code, name, store;
  bool fictional = false;
};

struct InitAnswer {
  std::string directory;
  std::string name;
  std::string code;
  std::string administrator;
};
BOOST_DESCRIBE_STRUCT(InitAnswer, (), (directory, name, code, administrator))

int init(Env& env, const InitArguments& arguments, const Output& output) {
  if (!arguments.store.empty())
    if (const auto empty = town::open_empty_postgres(arguments.store); !empty)
      return print_error(output, empty.error());
  if (const Status made =
          town::Town::init(env, arguments.directory, arguments.code, arguments.name, arguments.fictional);
      !made)
    return print_error(output, made.error());
  if (const Status set = town::set_store_url(env, arguments.directory, arguments.store); !set)
    return print_error(output, set.error());
  auto service = service::TownService::open(env, default_places(), arguments.directory);
  if (!service) return print_error(output, service.error());
  const std::string user = operating_system_user();
  if (const auto enrolled = (*service)->access().enrol_first(user, user); !enrolled)
    return print_error(output, enrolled.error());
  print_answer(output, to_json(InitAnswer{arguments.directory, arguments.name, arguments.code, user}));
  return 0;
}

void add_init(CommandLine& line) {
  auto arguments = std::make_shared<InitArguments>();
  CLI::App* const command =
      line.command(line.root(), "init", {"町をつくる", "Make a town"},
                   [&line, arguments](const Output& output) { return init(line.env(), *arguments, output); });
  command
      ->add_option("DIR", arguments->directory,
                   line.text({"町のディレクトリ（なければ作る）", "The town's directory; made if missing"}))
      ->required();
  command
      ->add_option("--code", arguments->code,
                   line.text({"全国地方公共団体コード（6桁）", "The municipality's code, six digits"}))
      ->required();
  command->add_option("--name", arguments->name, line.text({"市区町村名", "The municipality's name"}))
      ->required();
  command->add_option("--store", arguments->store,
                      line.text({"PostgreSQL の URL（なければディレクトリの中の SQLite）",
                                 "URL of a PostgreSQL database (else SQLite in the directory)"}));
  command->add_flag("--fictional", arguments->fictional,
                    line.text({"演習用の架空の町であることを画面に示す", "A demonstration: pages say so"}));
}

// A line from standard input without showing it on the terminal.
std::string read_secret(const std::string& prompt) {
  std::string secret;
  if (::isatty(STDIN_FILENO) == 1) {
    char* const typed = ::getpass(prompt.c_str());
    if (typed != nullptr) secret = typed;
  } else {
    std::getline(std::cin, secret);
  }
  return secret;
}

void add_passwd(CommandLine& line) {
  auto login = std::make_shared<std::string>();
  line.town_command(line.root(), "passwd",
                    {"パスワードを設定する（標準入力から）", "Set a password, read from standard input"},
                    [&line, login](const Common& common) {
                      json::object input{
                          {"password", read_secret(line.text({"新しいパスワード: ", "New password: "}))}};
                      if (!login->empty()) input["login"] = *login;
                      return run_operation(line, common, "passwd", "access.set_password", input);
                    })
      ->add_option("LOGIN", *login, line.text({"利用者名（既定は自分）", "Whose (else one's own)"}));
}

void add_call(CommandLine& line) {
  struct Arguments {
    std::string operation, input = "{}", file, out;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* const command =
      line.town_command(line.root(), "call",
                        {"操作を名前で実行する（一覧は sonae call DIR list）",
                         "Run any operation by its name (sonae call DIR list lists them)"},
                        [&line, arguments](const Common& common) {
                          if (arguments->operation == "list") {
                            auto session = TownSession::open(line.env(), common, "call");
                            if (!session) return print_error(common.output, session.error());
                            for (const api::Operation& one : session->service().operations().all())
                              print_line(one.name + "  " + one.summary.in(common.output.language));
                            return 0;
                          }
                          const auto input = parse_json(arguments->input);
                          if (!input) return print_error(common.output, input.error());
                          return run_operation(line, common, "call", arguments->operation, *input,
                                               arguments->file, arguments->out);
                        });
  command
      ->add_option("OPERATION", arguments->operation,
                   line.text({"操作の名前（例 safety.areas）", "Name, such as safety.areas"}))
      ->required();
  command->add_option("INPUT", arguments->input,
                      line.text({"入力の JSON（既定は {}）", "Its input as JSON (else {})"}));
  command->add_option("--file", arguments->file,
                      line.text({"ファイルを取る操作のファイル", "The file, where the operation takes one"}));
  command->add_option(
      "--out", arguments->out,
      line.text({"ファイルを作る操作の書き出し先", "Where to, where the operation produces a file"}));
}

void add_serve(CommandLine& line) {
  auto arguments = std::make_shared<ServeArguments>();
  auto directory = std::make_shared<std::string>();
  CLI::App* const command =
      line.command(line.root(), "serve",
                   {"画面と API を提供する（Ctrl-C で終わる）", "Serve the pages and the API until Ctrl-C"},
                   [&line, arguments, directory](const Output& output) {
                     return serve(line.env(), *directory, *arguments, output);
                   });
  command->add_option("DIR", *directory, line.text({"町のディレクトリ", "The town's directory"}))->required();
  add_serve_options(line, command, arguments);
}

}  // namespace

void add_serve_options(CommandLine& line, CLI::App* command,
                       const std::shared_ptr<ServeArguments>& arguments) {
  command->add_option(
      "--listen", arguments->listen,
      line.text({"受け付けるアドレス:ポート（既定 127.0.0.1:8080）", "ADDRESS:PORT (else 127.0.0.1:8080)"}));
  command->add_option(
      "--host", arguments->host_names,
      line.text({"ブラウザから見える名前（いくつでも）", "Name under which browsers reach it; any number"}));
  command->add_option("--sync", arguments->sync_listen,
                      line.text({"ほかのノードからの同期を受け付けるアドレス:ポート",
                                 "ADDRESS:PORT where other nodes of the town call"}));
  command->add_option("--sync-address", arguments->sync_addresses,
                      line.text({"ほかのノードから見た宛先（招待に書く。いくつでも）",
                                 "How others reach it (for invitations); any number"}));
  command->add_flag("--behind-tls", arguments->behind_tls,
                    line.text({"前段のプロキシが TLS を話す", "A proxy in front speaks TLS"}));
  CLI::Option* const certificate =
      command->add_option("--tls-certificate", arguments->tls_certificate,
                          line.text({"TLS の証明書（PEM、中間証明書を後に続ける）",
                                     "The TLS certificate, its chain behind it (PEM)"}));
  CLI::Option* const key = command->add_option("--tls-key", arguments->tls_key,
                                               line.text({"その秘密鍵（PEM）", "Its private key (PEM)"}));
  certificate->needs(key);
  key->needs(certificate);
}

void add_town_commands(CommandLine& line) {
  add_init(line);
  add_passwd(line);
  add_call(line);
  add_serve(line);
}

}  // namespace sonae::app
