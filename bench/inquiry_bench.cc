// Whether the time of an answer tells a protected person from an unknown one, and how long answers take.
//
//   build/release/bench/inquiry_bench [asks of each kind, 4000] [entries, 5000]
//
// Asks for protected persons and for names that nobody bears, of the same form, in random order, through the
// whole operation (durable answer included), and tests that both samples of times are of one distribution:
// two-sample Kolmogorov-Smirnov and Mann-Whitney, two-sided, at 1 %. Exit code 1 where either finds a
// difference. All people are fictional.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "town/inquiry/inquiry.h"
#include "town/reception/requests.h"

using namespace sonae;

namespace {

const std::vector<std::string> kFamilies{"潮崎", "浜口", "岩谷", "磯田", "波野",
                                         "渚",   "岬",   "港",   "沖野", "瀬戸"};
const std::vector<std::string> kGivens{"一郎", "和子", "健太", "花", "実", "正", "幸子", "翔", "美咲", "清"};

std::string name(std::size_t i, const char* space) {
  // A running number in kanji makes the name one of its kind.
  static const std::vector<std::string> digits{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  std::string running;
  for (const char digit : fmt::format("{:05}", i))
    running += digits[static_cast<std::size_t>(digit - '0')];
  return kFamilies[i % 10] + space + kGivens[i / 10 % 10] + running;
}
std::string birth(std::size_t i) {
  return fmt::format("{}-{:02}-{:02}", 1930 + i % 80, 1 + i % 12, 1 + i % 28);
}

double median(std::vector<double> times) {
  std::ranges::sort(times);
  return times[times.size() / 2];
}
double percentile(std::vector<double> times, double part) {
  std::ranges::sort(times);
  return times[static_cast<std::size_t>(part * static_cast<double>(times.size() - 1))];
}

// Asymptotic p-value of the two-sample Kolmogorov-Smirnov statistic (Smirnov 1948).
double kolmogorov_smirnov(std::vector<double> one, std::vector<double> other) {
  std::ranges::sort(one);
  std::ranges::sort(other);
  const auto n = static_cast<double>(one.size()), m = static_cast<double>(other.size());
  double distance = 0;
  for (std::size_t i = 0, j = 0; i < one.size() && j < other.size();) {
    if (one[i] <= other[j])
      ++i;
    else
      ++j;
    distance = std::max(distance, std::abs(static_cast<double>(i) / n - static_cast<double>(j) / m));
  }
  const double lambda = distance * std::sqrt(n * m / (n + m));
  double p = 0;
  for (int k = 1; k <= 100; ++k)
    p += (k % 2 == 1 ? 2 : -2) * std::exp(-2.0 * k * k * lambda * lambda);
  return std::clamp(p, 0.0, 1.0);
}

// Two-sided p-value of the Mann-Whitney statistic by its normal approximation (times have no ties).
double mann_whitney(const std::vector<double>& one, const std::vector<double>& other) {
  std::vector<std::pair<double, bool>> all;
  for (const double time : one)
    all.emplace_back(time, true);
  for (const double time : other)
    all.emplace_back(time, false);
  std::ranges::sort(all);
  double ranks = 0;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].second) ranks += static_cast<double>(i + 1);
  const auto n = static_cast<double>(one.size()), m = static_cast<double>(other.size());
  const double u = ranks - n * (n + 1) / 2;
  const double z = (u - n * m / 2) / std::sqrt(n * m * (n + m + 1) / 12);
  return std::erfc(std::abs(z) / std::sqrt(2.0));
}

void must(const auto& result) {
  if (result) return;
  fmt::print(stderr, "{}\n", result.error().in(Language::english));
  std::exit(2);
}

}  // namespace

int main(int count, char** arguments) {
  const std::size_t asks = count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 4000;
  const std::size_t entries = count > 2 ? std::strtoul(arguments[2], nullptr, 10) : 5000;
  const std::size_t shielded = entries / 10;
  const std::string directory = fmt::format("/tmp/inquiry_bench.{}", std::random_device{}());
  std::filesystem::create_directories(directory);
  std::vector<std::unique_ptr<journal::View>> views;
  views.push_back(access::make_view());
  views.push_back(registry::make_view());
  views.push_back(reception::make_view());
  views.push_back(matching::make_view());
  views.push_back(inquiry::make_view());
  std::vector<journal::View*> pointers;
  for (const auto& view : views)
    pointers.push_back(view.get());
  must(town::Town::init(real_env(), directory + "/town", "304280", "串本町", true));
  std::unique_ptr<town::Town> town;
  {
    auto opened =
        town::Town::open(real_env(), {SONAE_DATA_DIR, directory + "/keys"}, directory + "/town", pointers);
    must(opened);
    town = std::move(*opened);
  }
  access::Access access(*town);
  registry::Registry registry(*town, access);
  reception::Reception reception(*town, access);
  matching::Matching matching(*town, access, registry, reception);
  inquiry::Inquiries inquiries(*town, access, registry, matching);
  api::Catalogue operations;
  registry.add_operations(operations);
  reception.add_operations(operations);
  must(access.enrol_first("root", "管理者"));
  const auto invoke = [&](const char* operation, const json::value& input,
                          std::optional<api::InputFile> file) {
    api::Call call;
    call.actor = access.actor("root").value();
    call.purpose = "bench";
    call.file = std::move(file);
    must(operations.invoke(operation, call, input));
  };
  std::string residents = "id,household_id,name,kana,sex,birth_date,postcode,address,phone\n";
  std::string list = "氏名,生年月日,住所\n";
  for (std::size_t i = 0; i < entries; ++i) {
    residents += fmt::format("{},H{},{},,男,{},649-3503,和歌山県東牟婁郡串本町串本{}番地,\n", 10000 + i, i,
                             name(i, " "), birth(i), i + 1);
    list += fmt::format("{},{},串本{}\n", name(i, " "), birth(i), i + 1);
  }
  invoke("registry.import", json::object{{"layout", "simple"}, {"as_of", "2026-03-10"}},
         api::InputFile{"registry.csv", residents});
  invoke("reception.import", json::object{{"shelter", "串本小学校"}}, api::InputFile{"list.csv", list});
  for (std::size_t i = 0; i < shielded; ++i)
    invoke("registry.protect", json::object{{"resident", std::to_string(10000 + i)}}, std::nullopt);

  std::mt19937 dice(20260311);
  const auto ask = [&](const std::string& line, std::size_t asker) {
    inquiry::AskRequest request;
    request.asker = {"尋ねる人" + std::to_string(asker), "", "", inquiry::Relation::acquaintance,
                     inquiry::Proof::none};
    request.purpose = "無事を知りたい";
    request.line = line;
    api::Call call;
    call.actor = access.actor("root").value();
    call.actor.person = real_env().random.id<PersonId>();  // no desk has to wait
    const auto from = std::chrono::steady_clock::now();
    const auto answer = inquiries.ask(call, request);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - from;
    must(answer);
    return std::pair(took.count(), answer->outcome);
  };
  std::vector<int> kinds;
  for (std::size_t i = 0; i < asks; ++i)
    kinds.insert(kinds.end(), {0, 1, 2});
  std::shuffle(kinds.begin(), kinds.end(), dice);
  std::vector<double> times[3];
  std::size_t asker = 0, told = 0;
  for (std::size_t i = 0; i < 200; ++i)
    ask("名無 権兵衛", ++asker);  // what is first pays for all
  for (const int kind : kinds) {
    // Protected: 0 ..; unknown: numbers that nobody has; known: the rest.
    const std::size_t who = kind == 0   ? dice() % shielded
                            : kind == 1 ? entries + dice() % shielded
                                        : shielded + dice() % (entries - shielded);
    const auto [took, outcome] = ask(name(who, " ") + " " + birth(who), ++asker);
    times[kind].push_back(took);
    if (kind == 2)
      told += outcome == inquiry::Outcome::told ? 1 : 0;
    else if (outcome != inquiry::Outcome::nothing) {
      fmt::print(stderr, "told of somebody who must not be\n");
      return 1;
    }
  }
  const char* const names[] = {"protected", "unknown", "known"};
  for (int kind = 0; kind < 3; ++kind)
    fmt::print("{:9} {} asks: median {:.3f} ms, p99 {:.3f} ms\n", names[kind], times[kind].size(),
               median(times[kind]), percentile(times[kind], 0.99));
  const double ks = kolmogorov_smirnov(times[0], times[1]), mw = mann_whitney(times[0], times[1]);
  fmt::print("told of the known: {} of {}\n", told, times[2].size());
  fmt::print("protected against unknown: Kolmogorov-Smirnov p = {:.3f}, Mann-Whitney p = {:.3f}\n", ks, mw);
  std::filesystem::remove_all(directory);
  return ks < 0.01 || mw < 0.01 ? 1 : 0;
}
