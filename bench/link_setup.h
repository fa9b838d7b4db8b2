// What the programs that measure linkage share: a clock, and made people and lists as the records that the
// engine reads.
#pragma once

#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <deque>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/csv.h"
#include "base/env.h"
#include "bench/made_lists.h"
#include "link/list_reader.h"
#include "link/registry.h"
#include "text/tables.h"

namespace sonae::bench {

// Wall time, and the processor time of all threads: the second does not depend on what else the machine does.
class Watch {
 public:
  double seconds() {
    const auto now = std::chrono::steady_clock::now();
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto cpu_now = double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                         double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    cpu_ = cpu_now - std::exchange(cpu_start_, cpu_now);
    return std::chrono::duration<double>(now - std::exchange(start_, now)).count();
  }
  double cpu() const { return cpu_; }  // of the time that seconds() gave last
  std::string both() {
    const double wall = seconds();
    return fmt::format("{:.2f} s (processor {:.2f} s)", wall, cpu_);
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  double cpu_start_ = 0, cpu_ = 0;
};

inline link::Context context() {
  static const auto tables = text::Tables::open(real_env(), SONAE_DATA_DIR);
  if (!tables) throw std::runtime_error(tables.error().in(Language::english));
  return {*tables, nullptr, Date{2026, 11, 20}};
}

inline std::string registry_csv(const World& world, const std::vector<Person>& people) {
  std::string csv = "id,household_id,name,kana,other_name,sex,birth_date,postcode,address,phone\n";
  for (const Person& p : people) {
    const Town& town = world.towns()[p.town];
    csv += fmt::format("{},{},{}　{},{}　{},{},{},{:04}-{:02}-{:02},{},{}{}{}{}番地", p.id, p.household,
                       p.family, p.given, p.family_kana, p.given_kana, p.alias, p.sex, p.year, p.month, p.day,
                       town.postcode, town.prefecture, town.municipality, town.name, p.banchi);
    if (p.branch) csv += std::to_string(p.branch);
    csv += ',' + p.phone + '\n';
  }
  return csv;
}

inline std::string list_csv(const std::vector<ListRow>& rows) {
  std::string csv = "entry_id,name,kana,sex,birth_date,age,address,phone,note\n";
  for (const ListRow& r : rows)
    csv += fmt::format("{},{},{},{},{},{},{},{},{}\n", r.entry, r.name, r.kana, r.sex, r.birth_date, r.age,
                       r.address, r.phone, r.note);
  return csv;
}

// `texts` keeps cells that had quotes; without it there must be none.
inline std::vector<link::Record> records_of(const std::string& csv, link::Layout layout,
                                            std::deque<std::string>* texts = nullptr) {
  CsvReader reader(csv);
  std::vector<link::Record> records;
  std::vector<link::BadLine> bad;
  if (!*reader.next()) return records;
  const auto columns = link::Columns::read(reader.cells(), layout, "");
  while (*reader.next()) {
    link::Record record = columns->record(reader.cells(), Date{2026, 11, 20}, "", reader.line(), bad);
    if (texts) record = link::kept(record, *texts);
    records.push_back(record);
  }
  return records;
}

inline link::Registry build(const std::vector<link::Record>& residents) {
  link::RegistryBuilder builder(context(), residents.size());
  for (const link::Record& r : residents)
    builder.add(r);
  return builder.finish(2);
}

}  // namespace sonae::bench
