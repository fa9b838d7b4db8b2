// sonae demo: the demonstration town, made from a seed and brought in through the ordinary operations.
#include <fmt/format.h>

#include "app/command_line.h"
#include "app/places.h"
#include "base/csv.h"
#include "demo/files.h"

namespace sonae::app {

namespace {

constexpr const char* kPassword = "kushimoto-demo";
// The newest list is left for whoever tries the program.
constexpr std::size_t kListsLeftOut = 1;

struct DemoArguments {
  std::string directory;
  demo::TownOptions town;
  demo::ListOptions lists;
  bool files_only = false;
};

struct DemoAnswer {
  std::string directory;
  std::int64_t residents = 0;
  std::int64_t lists = 0;
  std::string registry;           // brought in already
  std::string registry_next_day;  // left to import
  std::string list_left;          // left to import
  std::string login;
  std::string password;
  json::value matching;  // the report of the first run
};
BOOST_DESCRIBE_STRUCT(DemoAnswer, (),
                      (directory, residents, lists, registry, registry_next_day, list_left, login, password,
                       matching))

Status copy(Env& env, const std::string& from, const std::string& to) {
  return env.disk.write_whole(to, TRY(env.disk.read_all(from)));
}

// The town's own tables: fictional blocks, and a coast to draw below them.
Status write_tables(Env& env, const std::string& data, const std::string& directory) {
  TRY(copy(env, data + "/demo/kushimoto/blocks.tsv", directory + "/tables/blocks.tsv"));
  const std::string coast = data + "/share-alike/gshhg/kushimoto_coast.geojson";
  if (env.disk.status(coast)) TRY(copy(env, coast, directory + "/tables/base_map.geojson"));
  return {};
}

class DemoTown {
 public:
  DemoTown(CommandLine& line, const Common& common, const DemoArguments& arguments)
      : env_(line.env()), common_(common), arguments_(arguments) {}

  Result<DemoAnswer> make() {
    const std::string data = default_places().data;
    const std::string& directory = arguments_.directory;
    TRY(town::Town::init(env_, directory, "304280", "串本町", true));
    TRY(write_tables(env_, data, directory));
    const demo::Summary files = TRY(write_files(data));
    const std::string administrator = operating_system_user();
    {
      auto service = TRY(service::TownService::open(env_, default_places(), directory));
      TRY(service->access().enrol_first(administrator, administrator));
    }
    common_.directory = directory;
    TownSession session = TRY(TownSession::open(env_, common_, "demo"));
    DemoAnswer answer;
    answer.directory = directory;
    answer.residents = static_cast<std::int64_t>(files.residents);
    answer.lists = static_cast<std::int64_t>(files.lists.size());
    answer.registry = files.registry;
    answer.registry_next_day = files.registry_next_day;
    answer.login = administrator;
    answer.password = kPassword;
    TRY(accounts(session));
    TRY(areas(session, data));
    if (!arguments_.files_only) {
      TRY(session.run("registry.import",
                      json::object{{"layout", "simple"}, {"as_of", to_iso(arguments_.town.as_of)}},
                      TRY(read_input_file(env_, files.registry))));
      TRY(protect(session));
      TRY(lists(session, files, answer));
      answer.matching = TRY(session.run("matching.run", json::object{}));
    }
    return answer;
  }

 private:
  Result<demo::Summary> write_files(const std::string& data) {
    TerminalProgress progress(env_, common_.output.language);
    const demo::Names names = TRY(demo::Names::open(env_, data));
    const demo::Places places = TRY(demo::Places::open(env_, data));
    return demo::write_files(env_, names, places, arguments_.directory + "/files", arguments_.town,
                             arguments_.lists, progress);
  }

  // The simple layout cannot say who is protected: they are marked by hand, as a clerk would.
  Status protect(TownSession& session) {
    const std::string path = arguments_.directory + "/files/protected.csv";
    const Bytes content = TRY(env_.disk.read_all(path));
    CsvReader reader(content);
    TRY(reader.next());  // the header
    while (TRY(reader.next()))
      TRY(session.run("registry.protect",
                      json::object{{"resident", reader.cells()[0]}, {"kind", "支援措置（架空）"}}));
    return {};
  }

  Status accounts(TownSession& session) {
    TRY(session.run("access.set_password", json::object{{"password", kPassword}}));
    for (const auto& [login, name, role] : {std::tuple{"hinanjo", "避難所 担当（架空）", "shelter"},
                                            std::tuple{"kansa", "監査 担当（架空）", "auditor"}})
      TRY(session.run(
          "access.open_account",
          json::object{{"login", login}, {"name", name}, {"role", role}, {"password", kPassword}}));
    return {};
  }

  Status areas(TownSession& session, const std::string& data) {
    for (const auto& [file, kind] : {std::pair{"school_districts.geojson", "school_district"},
                                     std::pair{"tsunami_area.geojson", "hazard"}})
      TRY(session.run("safety.import_areas", json::object{{"kind", kind}},
                      TRY(read_input_file(env_, data + "/demo/kushimoto/" + file))));
    return {};
  }

  Status lists(TownSession& session, const demo::Summary& files, DemoAnswer& answer) {
    const std::size_t brought_in =
        files.lists.size() > kListsLeftOut ? files.lists.size() - kListsLeftOut : 0;
    for (std::size_t i = 0; i < files.lists.size(); ++i) {
      if (i >= brought_in) {
        answer.list_left = files.lists[i].path;
        continue;
      }
      TRY(session.run("reception.import",
                      json::object{{"shelter", files.lists[i].shelter},
                                   {"written_on", to_iso(arguments_.lists.written_on)}},
                      TRY(read_input_file(env_, files.lists[i].path))));
    }
    return {};
  }

  Env& env_;
  Common common_;
  const DemoArguments& arguments_;
};

}  // namespace

void add_demo_command(CommandLine& line) {
  auto arguments = std::make_shared<DemoArguments>();
  CLI::App* const command = line.command(
      line.root(), "demo",
      {"架空の住民による演習用の町（串本町）をつくる", "Make a demonstration town with fictional residents"},
      [&line, arguments](const Output& output) {
        Common common;
        common.output = output;
        const auto answer = DemoTown(line, common, *arguments).make();
        if (!answer) return print_error(output, answer.error());
        print_answer(output, to_json(*answer));
        return 0;
      });
  command
      ->add_option("DIR", arguments->directory,
                   line.text({"町のディレクトリ（新しく作る）", "The town's directory, made anew"}))
      ->required();
  command
      ->add_option("--residents", arguments->town.residents,
                   line.text({"住民の数（既定14000）", "How many residents (else 14000)"}))
      ->check(CLI::Range(1, 10'000'000));
  command->add_option("--seed", arguments->town.seed,
                      line.text({"乱数の種（同じ種なら同じ町）", "Seed: the same seed gives the same town"}));
  command
      ->add_option("--severity", arguments->lists.severity,
                   line.text({"名簿の乱れ方（0〜3、既定1）", "How badly lists are written (0 to 3, else 1)"}))
      ->check(CLI::Range(0.0, 3.0));
  command->add_flag("--files-only", arguments->files_only,
                    line.text({"ファイルだけ作り、取り込まない", "Make the files but import nothing"}));
}

}  // namespace sonae::app
