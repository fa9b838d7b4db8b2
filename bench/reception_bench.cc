// How much of the demonstration town's shelter lists is read right, and how fast. The lists come with the
// truth about every person on them, so each item that was understood is compared with what was written.
//
//   build/release/bench/reception_bench [seed] [residents] [severity] [--wrong] [--least SHARE]
//
// --wrong prints the lines that were read otherwise. With --least the exit code is 1 where a smaller share of
// the persons was read right.
#include <fmt/core.h>

#include <chrono>
#include <cstdlib>
#include <map>

#include "demo/names.h"
#include "demo/places.h"
#include "demo/sheet.h"
#include "town/reception/age_cell.h"
#include "town/reception/cell.h"
#include "town/reception/sheet_reader.h"

namespace {

using namespace sonae;

struct Options {
  std::uint64_t seed = 1;
  std::uint64_t residents = 14000;
  double severity = 1;
  bool wrong = false;
  double least = 0;
};

struct Share {
  std::uint64_t right = 0;
  std::uint64_t all = 0;
  void count(bool is_right) {
    right += is_right;
    ++all;
  }
  double share() const { return all == 0 ? 1 : static_cast<double>(right) / static_cast<double>(all); }
};

template <class T>
T need(Result<T> result) {
  if (result) return std::move(*result);
  fmt::print(stderr, "{}\n", result.error().in(Language::english));
  std::exit(2);
}

std::string without_spaces(std::string_view text) {
  std::string joined;
  for (const std::string_view part : reception::split_at_spaces(text))
    joined += part;
  return joined;
}

// What a reader that makes no mistake understands of one person.
class Judge {
 public:
  explicit Judge(Date day) : day_(day) {}

  bool judge(const demo::Entry& truth, const reception::Person& read) {
    const demo::Written& written = truth.written;
    bool right = true;
    const auto item = [&](const char* name, bool is_right) {
      items[name].count(is_right);
      right = right && is_right;
    };
    if (!truth.named) {
      item("counted only", read.name.empty());
      return right;
    }
    // Titles and remarks beside a name are understood as such: the name must be what the cell begins with.
    const std::string name = without_spaces(read.name);
    const std::string whole = without_spaces(written.name);
    // A given name alone may have been given the family's name; a title may have been taken off.
    item("name", !name.empty() && (whole.find(name) != std::string::npos || name.ends_with(whole)));
    if (!written.kana.empty()) item("kana", read.kana == written.kana);
    if (!written.birth_date.empty()) {
      const auto date = text::parse_date(written.birth_date, day_);
      if (date && !date->date.is_unknown()) item("birth date", read.birth == date->date);
    }
    if (!written.age.empty())
      if (const auto age = reception::read_age(written.age)) item("age", read.age == age->years);
    if (!written.address.empty()) item("address", read.address == written.address);
    if (!written.phone.empty()) item("phone", read.phone == written.phone);
    if (!written.sex.empty()) item("sex", read.sex != reception::Sex::unknown);
    if (!written.note.empty()) item("note", read.note.find(written.note) != std::string::npos);
    return right;
  }

  std::map<std::string, Share> items;

 private:
  Date day_;
};

}  // namespace

int main(int count, char** arguments) {
  Options options;
  int position = 0;
  for (int i = 1; i < count; ++i) {
    const std::string argument = arguments[i];
    if (argument == "--wrong")
      options.wrong = true;
    else if (argument == "--least" && i + 1 < count)
      options.least = std::atof(arguments[++i]);
    else if (position == 0)
      options.seed = std::strtoull(argument.c_str(), nullptr, 10), ++position;
    else if (position == 1)
      options.residents = std::strtoull(argument.c_str(), nullptr, 10), ++position;
    else
      options.severity = std::atof(argument.c_str());
  }
  Env& env = real_env();
  const auto tables = need(text::Tables::open(env, SONAE_DATA_DIR));
  const auto vocabulary = need(reception::Vocabulary::open(env, SONAE_DATA_DIR, {}, tables.get()));
  const demo::Names names = need(demo::Names::open(env, SONAE_DATA_DIR));
  const demo::Places places = need(demo::Places::open(env, SONAE_DATA_DIR));
  demo::TownOptions town;
  town.seed = options.seed;
  town.residents = options.residents;
  demo::ListOptions lists;
  lists.severity = options.severity;
  const auto sheets = demo::make_lists(names, places, town, lists);

  Judge judge(lists.written_on);
  Share persons, lines;
  std::uint64_t bytes = 0, set_aside = 0;
  double seconds = 0;
  for (const demo::Sheet& sheet : sheets) {
    reception::ReadOptions how;
    how.file_name = sheet.shelter + ".csv";
    how.today = lists.written_on;
    const auto start = std::chrono::steady_clock::now();
    const reception::ReadSheet read = reception::read_sheet(*vocabulary, sheet.csv, how);
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    bytes += sheet.csv.size();
    std::map<std::uint64_t, const reception::SheetLine*> by_line;
    for (const reception::SheetLine& line : read.lines) {
      by_line[line.line] = &line;
      set_aside += line.kind == reception::LineKind::set_aside;
    }
    std::map<std::uint64_t, std::size_t> expected;
    for (const demo::Entry& entry : sheet.entries)
      ++expected[entry.line];
    for (const demo::Entry& entry : sheet.entries) {
      const auto line = by_line.find(entry.line);
      const bool there = line != by_line.end() && entry.index < line->second->persons.size() &&
                         line->second->persons.size() == expected[entry.line];
      const bool right = there && judge.judge(entry, line->second->persons[entry.index]);
      persons.count(right);
      if (entry.index == 0) lines.count(there);
      if (!right && options.wrong)
        fmt::print("{}:{} [{}] wanted {}/{}/{}/{}/{}/{}, {} on the line; read {}\n", sheet.shelter,
                   entry.line, line == by_line.end() ? "not there" : line->second->raw, entry.written.name,
                   entry.written.kana, entry.written.birth_date, entry.written.age, entry.written.address,
                   entry.written.note, expected[entry.line],
                   line == by_line.end() || entry.index >= line->second->persons.size()
                       ? "nobody"
                       : to_text(to_json(line->second->persons[entry.index])));
    }
  }
  fmt::print("{} lists, {} lines with persons, {} persons, {} lines set aside\n", sheets.size(), lines.all,
             persons.all, set_aside);
  fmt::print("lines with the right number of persons  {:6.2f} %\n", 100 * lines.share());
  for (const auto& [item, share] : judge.items)
    fmt::print("{:<39} {:6.2f} %  of {}\n", item, 100 * share.share(), share.all);
  fmt::print("persons read right in every item        {:6.2f} %\n", 100 * persons.share());
  fmt::print("{:.1f} thousand persons/s, {:.1f} MB/s\n", static_cast<double>(persons.all) / seconds / 1e3,
             static_cast<double>(bytes) / seconds / 1e6);
  return persons.share() >= options.least ? 0 : 1;
}
