// sonae link A.csv [B.csv] --spec SPEC.toml --out PAIRS.csv: any two files, or one with itself.
// sonae link bench DIR: how right and how fast matching is here.
#include <algorithm>
#include <thread>

#include "app/bad_lines.h"
#include "app/command_line.h"
#include "app/link_bench.h"
#include "link/link_files.h"

namespace sonae::app {

namespace {

struct LinkAnswer {
  std::int64_t left_records = 0;
  std::int64_t right_records = 0;
  std::int64_t compared = 0;
  std::int64_t pairs = 0;
  std::string out;
  double load_seconds = 0;
  double index_seconds = 0;
  double learn_seconds = 0;
  double write_seconds = 0;
  std::int64_t bad_lines_total = 0;
  std::vector<BadLineRow> bad_lines;  // the first hundred
};
BOOST_DESCRIBE_STRUCT(LinkAnswer, (),
                      (left_records, right_records, compared, pairs, out, load_seconds, index_seconds,
                       learn_seconds, write_seconds, bad_lines_total, bad_lines))

int link_command(Env& env, const link::LinkFilesOptions& options, bool dedupe, const Output& output) {
  // Not left to the command line's parser: with `link bench` none of them is given.
  if (options.left.empty() || options.spec.empty() || options.out.empty())
    return print_error(output, Error{ErrorCode::invalid_input,
                                     {"CSV のファイルと --spec と --out が要ります",
                                      "A CSV file, --spec and --out are needed"},
                                     "link",
                                     {}});
  if (dedupe == !options.right.empty())
    return print_error(output, Error{ErrorCode::invalid_input,
                                     {"二つ目のファイルか --dedupe のどちらかを指定してください",
                                      "Give either a second file or --dedupe"},
                                     "link",
                                     {}});
  Result<link::LinkFilesReport> report;
  {
    TerminalProgress progress(env, output.language);
    report = link::link_files(env, options, progress);
  }
  if (!report) return print_error(output, report.error());
  const auto count = [](std::size_t number) { return static_cast<std::int64_t>(number); };
  print_answer(output, to_json(LinkAnswer{count(report->left_records), count(report->right_records),
                                          count(report->compared), count(report->pairs), options.out,
                                          report->load_seconds, report->index_seconds, report->learn_seconds,
                                          report->write_seconds, count(report->bad_lines.size()),
                                          rows_of(report->bad_lines, output.language)}));
  return 0;
}

void add_bench(CommandLine& line, CLI::App* link) {
  auto arguments = std::make_shared<LinkBenchArguments>();
  arguments->town.residents = 100'000;
  CLI::App* const bench =
      line.command(link, "bench",
                   {"架空の町をつくり、突合の正しさと速さをこの機械で測る",
                    "Make a fictional town and measure here how right and how fast matching is"},
                   [&line, arguments](const Output& output) {
                     return link_bench_command(line.env(), *arguments, output);
                   });
  bench
      ->add_option("DIR", arguments->directory,
                   line.text({"ファイルを置くディレクトリ", "Directory for the files of the run"}))
      ->required();
  bench
      ->add_option("--residents", arguments->town.residents,
                   line.text({"住民の数（既定100000）", "How many residents (else 100,000)"}))
      ->check(CLI::Range(1, 10'000'000));
  bench
      ->add_option("--rows", arguments->lists.persons,
                   line.text({"名簿のおよその行数（既定は避難所に来た全員）",
                              "About how many rows (else all who came to a shelter)"}))
      ->check(CLI::Range(1, 1'000'000));
  bench->add_option("--seed", arguments->town.seed,
                    line.text({"乱数の種（同じ種は同じ町）", "Seed: the same seed gives the same town"}));
  bench
      ->add_option("--severity", arguments->lists.severity,
                   line.text({"名簿の乱れ（0〜3、既定1）", "How badly lists are written (0 to 3, else 1)"}))
      ->check(CLI::Range(0.0, 3.0));
}

}  // namespace

void add_link_command(CommandLine& line) {
  auto options = std::make_shared<link::LinkFilesOptions>();
  auto dedupe = std::make_shared<bool>(false);
  options->threads = std::clamp(std::thread::hardware_concurrency(), 1U, 16U);
  CLI::App* const command = line.command(
      line.root(), "link",
      {"二つの表の同じ人・同じ物を結ぶ（町なし）", "Link the records of any two tables, without a town"},
      [&line, options, dedupe](const Output& output) {
        return link_command(line.env(), *options, *dedupe, output);
      });
  add_bench(line, command);
  command->add_option("A", options->left, line.text({"CSV のファイル（必須）", "A CSV file (needed)"}));
  command->add_option("B", options->right, line.text({"もう一つの CSV", "Another one"}));
  command->add_option(
      "--spec", options->spec,
      line.text({"列の意味を書いた TOML（必須。例: data/link/febrl4.toml）",
                 "TOML that says what the columns are (needed; such as data/link/febrl4.toml)"}));
  command->add_option("--out", options->out,
                      line.text({"結果の CSV（必須）", "CSV file for the pairs (needed)"}));
  command->add_flag("--dedupe", *dedupe,
                    line.text({"一つの表の中の重複を探す", "Search one table for duplicates"}));
  command
      ->add_option("--least", options->least_probability,
                   line.text({"出力する確率の下限（既定 0.5）", "Least probability to write (else 0.5)"}))
      ->check(CLI::Range(0.0, 1.0));
}

}  // namespace sonae::app
