// run_scenario DATA FILE: plays one scenario on a town of its own, and says at which line it went another
// way.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <map>

#include "base/fake_env.h"
#include "journal/testing.h"
#include "json_path.h"
#include "script.h"
#include "service/town_service.h"
#include "service/upkeep.h"
#include "store/postgres_testing.h"
#include "text/encoding.h"
#include "town/database.h"

namespace sonae::scenario {

namespace {

// What a step found that it did not expect.
struct Deviation {
  std::string what;
};

class Stage {
 public:
  explicit Stage(std::string data) : places_{std::move(data), directory_.path() + "/keys"} {}

  void play(const Step& step) {
    const std::map<std::string_view, void (Stage::*)(const Step&)> verbs{
        {"scenario", &Stage::title},  {"town", &Stage::make_town},  {"clock", &Stage::set_clock},
        {"person", &Stage::person},   {"as", &Stage::act_as},       {"file", &Stage::file},
        {"do", &Stage::run},          {"gives", &Stage::gives},     {"rows", &Stage::rows},
        {"fails", &Stage::fails},     {"let", &Stage::let},         {"content", &Stage::content},
        {"restart", &Stage::restart}, {"rebuild", &Stage::rebuild}, {"verify", &Stage::verify},
    };
    const auto found = verbs.find(step.verb);
    if (found == verbs.end()) throw Deviation{"unknown step: " + step.verb};
    if (error_ && step.verb != "fails")
      throw Deviation{"the step before failed: " + error_->in(Language::english)};
    (this->*found->second)(step);
  }

  // Whether the last step's error was expected.
  void end() const {
    if (error_) throw Deviation{"the last step failed: " + error_->in(Language::english)};
  }

 private:
  class Collected final : public api::OutputFile {
   public:
    Status write(BytesView bytes) override {
      content += bytes;
      return {};
    }
    std::string content;
  };

  void title(const Step&) {}

  void make_town(const Step& step) {
    const auto [code, name] = first_word(step.rest);
    if (const auto made = town::Town::init(env_, path(), code, name, true); !made)
      throw deviation(made.error());
    if (journal::tests_use_postgres())
      if (const auto set = town::set_store_url(env_, path(), store::postgres_cluster().new_schema()); !set)
        throw deviation(set.error());
    open();
    if (const auto first = service_->access().enrol_first("root", "管理者"); !first)
      throw deviation(first.error());
    login_ = "root";
  }

  void set_clock(const Step& step) {
    const auto instant = parse_rfc3339(step.rest);
    if (!instant) throw deviation(instant.error());
    clock_.set(*instant);
  }

  void person(const Step& step) {
    const auto [login, role] = first_word(step.rest);
    const std::string before = std::exchange(login_, "root");
    call("access.open_account", json::object{{"login", login}, {"name", login}, {"role", role}}, {}, {});
    login_ = before;
    if (error_) throw deviation(*error_);
  }

  void act_as(const Step& step) { login_ = step.rest; }

  // file NAME [cp932] [crlf]
  void file(const Step& step) {
    auto [name, how] = first_word(step.rest);
    std::string text;
    for (const std::string& line : step.block)
      text += substituted(line) + (how.find("crlf") != std::string::npos ? "\r\n" : "\n");
    if (how.find("cp932") != std::string::npos) {
      const auto encoded = text::encode(text, text::Encoding::cp932);
      text = encoded.bytes;
    }
    files_[name] = std::move(text);
  }

  // do OPERATION [JSON] [< FILE] [> FILE]; the JSON may stand on the indented lines instead
  void run(const Step& step) {
    auto [operation, rest] = first_word(step.rest);
    std::string input_file, output_file;
    if (const std::size_t at = rest.rfind(" > "); at != std::string::npos || rest.starts_with("> ")) {
      const std::size_t from = rest.starts_with("> ") ? 0 : at;
      output_file = rest.substr(rest.find("> ", from) + 2);
      rest.resize(from);
    }
    if (const std::size_t at = rest.rfind("< ");
        at != std::string::npos && (at == 0 || rest[at - 1] == ' ')) {
      input_file = first_word(rest.substr(at + 2)).first;
      rest.resize(at);
    }
    for (const std::string& line : step.block)
      rest += line;
    rest = substituted(rest);
    const auto input = parse_json(first_word(rest).first.empty() ? "{}" : rest);
    if (!input) throw deviation(input.error());
    call(operation, *input, input_file, output_file);
  }

  void call(const std::string& operation, const json::value& input, const std::string& input_file,
            const std::string& output_file) {
    answer_ = nullptr;
    error_.reset();
    const auto actor = service_->access().actor(login_);
    if (!actor) {
      error_ = actor.error();
      return;
    }
    Collected collected;
    api::Call one{*actor, "scenario", Language::japanese, {}, no_progress(), std::nullopt, &collected};
    if (!input_file.empty()) {
      if (!files_.contains(input_file)) throw Deviation{"no such file in the scenario: " + input_file};
      one.file = api::InputFile{input_file, files_[input_file]};
    }
    const auto answer = service_->operations().invoke(operation, one, input);
    if (answer)
      answer_ = *answer;
    else
      error_ = answer.error();
    if (!output_file.empty()) files_[output_file] = collected.content;
  }

  // gives PATH = JSON, or: gives JSON (the answer includes it)
  void gives(const Step& step) {
    const std::string rest = substituted(step.rest);
    const std::size_t equals = rest.find(" = ");
    const bool whole = rest.starts_with('{') || rest.starts_with('[') || equals == std::string::npos;
    const json::value found = whole ? answer_ : at_path(answer_, rest.substr(0, equals));
    const auto expected = parse_json(whole ? rest : rest.substr(equals + 3));
    if (!expected) throw deviation(expected.error());
    if (!includes(found, *expected)) throw Deviation{"gave " + to_text(found)};
  }

  // rows PATH: MEMBER, MEMBER ... with one table line for each row of the list
  void rows(const Step& step) {
    const std::size_t colon = step.rest.find(':');
    std::string columns_text = colon == std::string::npos ? "" : step.rest.substr(colon + 1);
    for (char& letter : columns_text)
      if (letter == ',') letter = '|';
    const std::vector<std::string> columns = table_cells(columns_text);
    const json::value list = at_path(answer_, step.rest.substr(0, colon));
    if (!list.is_array()) throw Deviation{"there is no list at " + step.rest.substr(0, colon)};
    std::vector<std::vector<std::string>> found, expected;
    for (const json::value& row : list.get_array()) {
      std::vector<std::string>& cells = found.emplace_back();
      for (const std::string& column : columns)
        cells.push_back(cell_text(at_path(row, column)));
    }
    for (const std::string& line : step.block)
      expected.push_back(table_cells(substituted(line)));
    if (found == expected) return;
    std::string text = "gave these rows:";
    for (const auto& cells : found) {
      text += "\n  |";
      for (const std::string& cell : cells)
        text += " " + cell + " |";
    }
    throw Deviation{text};
  }

  // fails CODE [WHERE]
  void fails(const Step& step) {
    if (!error_) throw Deviation{"did not fail, but gave " + to_text(answer_)};
    const auto [code, where] = first_word(substituted(step.rest));
    const Error error = *std::exchange(error_, std::nullopt);
    if (kind_of(error.code).name != code) throw deviation(error);
    if (!where.empty() && error.where != where) throw Deviation{"failed at: " + error.where};
    if (error.in(Language::japanese).empty() || error.in(Language::english).empty())
      throw Deviation{"the error says nothing"};
  }

  // let NAME = PATH: ${NAME} stands for it from now on
  void let(const Step& step) {
    const std::size_t equals = step.rest.find(" = ");
    if (equals == std::string::npos) throw Deviation{"let NAME = PATH"};
    const json::value value = at_path(answer_, step.rest.substr(equals + 3));
    if (value.is_null()) throw Deviation{"there is nothing at " + step.rest.substr(equals + 3)};
    variables_[step.rest.substr(0, equals)] = cell_text(value);
  }

  // content FILE is | has | lacks, and the lines; or: content FILE same OTHER (to the byte)
  void content(const Step& step) {
    const auto [name, how] = first_word(step.rest);
    if (!files_.contains(name)) throw Deviation{"no such file in the scenario: " + name};
    const std::string& found = files_[name];
    if (const auto [verb, other] = first_word(how); verb == "same") {
      if (found != files_[other]) throw Deviation{"the files differ:\n" + found};
      return;
    }
    if (how == "is") {
      std::string expected;
      for (const std::string& line : step.block)
        expected += substituted(line) + "\n";
      std::string plain;
      for (const char letter : found)
        if (letter != '\r') plain += letter;
      if (plain.starts_with("\xEF\xBB\xBF")) plain.erase(0, 3);
      if (plain != expected) throw Deviation{"the file is:\n" + plain};
      return;
    }
    for (const std::string& line : step.block)
      if ((found.find(substituted(line)) != std::string::npos) != (how == "has"))
        throw Deviation{"the file is:\n" + found};
  }

  void restart(const Step&) {
    service_.reset();
    open();
  }

  // Derives the views anew and compares the canonical dumps.
  void rebuild(const Step&) {
    const std::string before = dumped();
    if (const auto done = service_->town().journal().rebuild(no_progress()); !done)
      throw deviation(done.error());
    const std::string after = dumped();
    if (const auto difference = journal::first_difference(before, after)) throw Deviation{*difference};
  }

  void verify(const Step&) {
    const auto report = service::verify_beside(env_, path(), no_progress(), Language::english);
    if (!report) throw deviation(report.error());
    if (!report->sound) throw Deviation{report->findings[0].place + ": " + report->findings[0].what};
  }

  void open() {
    auto opened = service::TownService::open(env_, places_, path());
    if (!opened) throw deviation(opened.error());
    service_ = std::move(*opened);
  }

  std::string dumped() {
    std::string text;
    const auto connection = service_->town().journal().reader();
    journal::dump(*connection, service_->town().views(),
                  [&](std::string_view line) { text.append(line) += '\n'; });
    return text;
  }

  std::string path() const { return directory_.path() + "/town"; }

  std::string substituted(std::string text) const {
    for (const auto& [name, value] : variables_) {
      const std::string placeholder = "${" + name + "}";
      for (std::size_t at = text.find(placeholder); at != std::string::npos; at = text.find(placeholder, at))
        text.replace(at, placeholder.size(), value);
    }
    return text;
  }

  static Deviation deviation(const Error& error) {
    return {std::string(kind_of(error.code).name) + ": " + error.in(Language::english)};
  }

  journal::TemporaryDirectory directory_;
  FakeClock clock_;
  SeededRandom random_{1};
  Env env_{clock_, random_, real_env().disk};
  town::Places places_;
  std::unique_ptr<service::TownService> service_;
  std::string login_;
  std::map<std::string, std::string> files_;
  std::map<std::string, std::string> variables_;
  json::value answer_;
  std::optional<Error> error_;
};

int play(const std::string& data, const std::string& file) {
  const auto content = real_env().disk.read_all(file);
  if (!content) return std::fprintf(stderr, "%s\n", content.error().in(Language::english).c_str()), 2;
  const auto steps = parse_script(*content);
  if (!steps)
    return std::fprintf(stderr, "%s: %s\n", file.c_str(), steps.error().in(Language::english).c_str()), 2;
  Stage stage(data);
  int line = 0;
  try {
    for (const Step& step : *steps) {
      line = step.line;
      stage.play(step);
    }
    stage.end();
  } catch (const Deviation& deviation) {
    std::fprintf(stderr, "%s:%d: %s\n", file.c_str(), line, deviation.what.c_str());
    return 1;
  }
  std::printf("%s: %zu steps\n", file.c_str(), steps->size());
  return steps->empty() ? 2 : 0;
}

}  // namespace

}  // namespace sonae::scenario

int main(int argc, char** argv) {
  if (argc != 3) return std::fprintf(stderr, "usage: run_scenario DATA FILE\n"), 2;
  return sonae::scenario::play(argv[1], argv[2]);
}
