// Whether the time of an answer tells a protected person from an unknown one, and how long answers take.
//
//   build/release/bench/inquiry_bench [asks of each kind, 4000] [entries, 5000]
//
// Asks for protected persons and for names that nobody bears, of the same form, in random order, at the desk
// and without an account, through the whole operation (durable answer included). Compares the answers byte by
// byte, and tests that both samples of times are of one distribution: two-sample Kolmogorov-Smirnov and
// Mann-Whitney, two-sided, together at 1 %. Prints how small a difference would have been found in nine of
// ten cases. Then a crowd asks, the answers waiting for the disk as in the server: what one inquiry takes of
// the processors. Exit code 1 where a byte or a distribution differs. All people are fictional.
#include <fmt/format.h>

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "bench/two_samples.h"
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

constexpr std::size_t kAtOnce = 64;
constexpr std::size_t kMoreThanMeters = 55'000;  // each ask has two, of which 100,000 are remembered

double processor_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
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
  struct Asked {
    double ms;
    bool told;
    std::string bytes;  // of the answer, without the number that each inquiry has of its own
  };
  const auto timed = [](auto run) {
    const auto from = std::chrono::steady_clock::now();
    const auto answer = run();
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - from;
    must(answer);
    return std::pair(took.count(), *answer);
  };
  const auto at_the_desk = [&](std::size_t who, std::size_t asker) {
    inquiry::AskRequest request;
    request.asker = {"尋ねる人" + std::to_string(asker), "", "", inquiry::Relation::acquaintance,
                     inquiry::Proof::none};
    request.purpose = "無事を知りたい";
    request.line = name(who, " ") + " " + birth(who);
    api::Call call;
    call.actor = access.actor("root").value();
    call.actor.person = real_env().random.id<PersonId>();  // no desk has to wait
    const auto [ms, answer] = timed([&] { return inquiries.ask(call, request); });
    json::value bytes = to_json(answer);
    bytes.as_object().erase("inquiry");
    return Asked{ms, answer.outcome == inquiry::Outcome::told, to_text(bytes)};
  };
  const auto without_account = [&](std::size_t who, std::size_t asker) {
    inquiry::PublicAskRequest request;
    request.name = name(who, " ");
    request.birth_date = birth(who);
    request.asker_name = "尋ねる人" + std::to_string(asker);
    request.asker_phone = "06";
    request.relation = inquiry::Relation::acquaintance;
    request.purpose = "無事を知りたい";
    api::Call call;
    call.source = std::to_string(asker);  // no address has to wait
    const auto [ms, answer] = timed([&] { return inquiries.ask_publicly(call, request); });
    return Asked{ms, answer.told, to_text(to_json(answer))};
  };

  std::size_t asker = 0;
  bool equal = true;
  const auto test = [&](const char* where, const auto& ask) {
    std::vector<int> kinds;
    for (std::size_t i = 0; i < asks; ++i)
      kinds.insert(kinds.end(), {0, 1, 2});
    std::shuffle(kinds.begin(), kinds.end(), dice);
    for (std::size_t i = 0; i < 200; ++i)
      ask(entries + i, ++asker);  // what is first pays for all
    const std::string nothing = ask(entries, ++asker).bytes;
    std::vector<double> times[3];
    std::size_t told = 0, other_bytes = 0;
    for (const int kind : kinds) {
      // Protected: 0 ..; unknown: numbers that nobody has; known: the rest.
      const std::size_t who = kind == 0   ? dice() % shielded
                              : kind == 1 ? entries + dice() % shielded
                                          : shielded + dice() % (entries - shielded);
      const Asked one = ask(who, ++asker);
      times[kind].push_back(one.ms);
      if (kind == 2)
        told += one.told ? 1 : 0;
      else
        other_bytes += one.bytes == nothing ? 0 : 1;
    }
    const char* const names[] = {"protected", "unknown", "known"};
    fmt::print("{}\n", where);
    for (int kind = 0; kind < 3; ++kind)
      fmt::print("  {:9} {} asks: median {:.3f} ms, p99 {:.3f} ms\n", names[kind], times[kind].size(),
                 bench::median(times[kind]), bench::percentile(times[kind], 0.99));
    fmt::print("  told of the known: {} of {}; answers with other bytes than for a stranger: {}\n", told,
               times[2].size(), other_bytes);
    const double ks = bench::kolmogorov_smirnov(times[0], times[1]),
                 mw = bench::mann_whitney(times[0], times[1]);
    const double least = bench::least_shift_found(times[1], dice);
    fmt::print(
        "  protected against unknown: Kolmogorov-Smirnov p = {:.3f}, Mann-Whitney p = {:.3f}\n"
        "  a difference of {:.4g} % of the median ({:.4f} ms) would be found in nine of ten cases\n",
        ks, mw, least * 100, least * bench::median(times[1]));
    equal = equal && other_bytes == 0 && ks >= bench::kLevel && mw >= bench::kLevel;
  };
  test("at the desk", at_the_desk);
  test("without an account", without_account);

  // As the server does: the answer waits for the disk, and no thread does.
  const auto crowd = [&](std::size_t number) {
    std::atomic<std::size_t> answered = 0;
    const auto wait_until = [&](auto enough) {
      for (std::size_t seen = answered.load(); !enough(); seen = answered.load())
        answered.wait(seen);
    };
    const double before = processor_seconds();
    const auto from = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < number; ++i) {
      wait_until([&] { return i - answered.load() < kAtOnce; });
      inquiry::PublicAskRequest request;
      const std::size_t who = i % 2 == 0 ? shielded + i % (entries - shielded) : entries + i;
      request.name = name(who, " ");
      request.birth_date = birth(who);
      request.asker_name = "尋ねる人" + std::to_string(++asker);
      request.asker_phone = "06";
      request.purpose = "無事を知りたい";
      api::Call call;
      call.source = std::to_string(asker);
      const auto hold = call.hold = std::make_shared<api::Hold>();
      must(inquiries.ask_publicly(call, request));
      hold->then([&answered](Status durable) {
        must(durable);
        ++answered;
        answered.notify_one();
      });
    }
    wait_until([&] { return answered.load() == number; });
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - from;
    fmt::print("  {} answered, at most {} at once: {:.0f}/s, {:.1f} us of processor time for one\n", number,
               kAtOnce, static_cast<double>(number) / took.count(),
               1e6 * (processor_seconds() - before) / static_cast<double>(number));
  };
  fmt::print("a crowd without accounts\n");
  for (int round = 0; round < 3; ++round)
    crowd(asks);
  // More than there are meters for.
  crowd(kMoreThanMeters);
  crowd(asks);
  std::filesystem::remove_all(directory);
  return equal ? 0 : 1;
}
