#include "app/match_files.h"

#include "app/bad_lines.h"
#include "app/places.h"
#include "link/match_files.h"
#include "text/gazetteer.h"
#include "town/registry/file_source.h"

namespace sonae::app {

namespace {

struct MatchFilesAnswer {
  std::int64_t residents = 0;
  std::int64_t rows = 0;
  std::int64_t match = 0;
  std::int64_t review = 0;
  std::int64_t none = 0;
  std::string out;
  std::string index;  // what became of a saved one
  double load_seconds = 0;
  double match_seconds = 0;
  std::int64_t bad_lines_total = 0;
  std::vector<BadLineRow> bad_lines;  // the first hundred
};
BOOST_DESCRIBE_STRUCT(MatchFilesAnswer, (),
                      (residents, rows, match, review, none, out, index, load_seconds, match_seconds,
                       bad_lines_total, bad_lines))

Phrase words_of(link::IndexUse use) {
  switch (use) {
    case link::IndexUse::none:
      return {};
    case link::IndexUse::made:
      return {"作りました", "made"};
    case link::IndexUse::used:
      return {"前に作ったものを使いました", "the saved one was used"};
    case link::IndexUse::renewed:
      return {"台帳が変わっていたので、作り直しました", "made anew: the registry file had changed"};
    case link::IndexUse::replaced:
      return {"壊れているか古い形式なので、作り直しました",
              "made anew: it was damaged or of another version"};
  }
  return {};
}

Result<link::MatchFilesOptions> options_of(Env& env, const MatchFilesArguments& arguments,
                                           Language language) {
  if (arguments.registry.empty() || arguments.list.empty() || arguments.out.empty())
    return fail(ErrorCode::invalid_input,
                {"--registry と --list と --out が要ります", "--registry, --list and --out are needed"},
                "match");
  link::MatchFilesOptions options;
  options.registry = arguments.registry;
  options.list = arguments.list;
  options.out = arguments.out;
  options.index = arguments.index;
  options.language = language;
  options.layout = arguments.layout;
  options.context.tables = TRY(text::Tables::open(env, default_places().data));
  options.context.today =
      arguments.as_of.empty() ? japan_date(env.clock.now()) : TRY(parse_iso_date(arguments.as_of));
  if (!arguments.layout.empty() && arguments.layout != "simple")
    options.residents = registry::residents_of_file(env, default_places().data, arguments.registry,
                                                    arguments.layout, options.context.today);
  return options;
}

}  // namespace

int match_files_command(Env& env, const MatchFilesArguments& arguments, const Output& output) {
  auto options = options_of(env, arguments, output.language);
  if (!options) return print_error(output, options.error());
  Result<link::MatchFilesReport> report;
  {
    TerminalProgress progress(env, output.language);
    report = link::match_files(env, *options, progress);
  }
  if (!report) return print_error(output, report.error());
  MatchFilesAnswer answer;
  answer.residents = static_cast<std::int64_t>(report->residents);
  answer.rows = static_cast<std::int64_t>(report->rows);
  answer.match = static_cast<std::int64_t>(report->matched);
  answer.review = static_cast<std::int64_t>(report->asked);
  answer.none = static_cast<std::int64_t>(report->none);
  answer.out = arguments.out;
  answer.load_seconds = report->load_seconds;
  answer.match_seconds = report->match_seconds;
  answer.bad_lines_total = static_cast<std::int64_t>(report->bad_lines.size());
  answer.bad_lines = rows_of(report->bad_lines, output.language);
  answer.index = words_of(report->index).in(output.language);
  print_answer(output, to_json(answer));
  return 0;
}

}  // namespace sonae::app
