// Reading addresses: how many a second, and what opening a gazetteer costs.
#include <benchmark/benchmark.h>

#include "text/address.h"
#include "text/tables.h"

using namespace sonae;
using namespace sonae::text;

namespace {

const Tables& tables() {
  static const auto opened = *Tables::open(real_env(), SONAE_DATA_DIR);
  return *opened;
}

Gazetteer open(Gazetteer::Reach reach) {
  return *Gazetteer::open(real_env(), SONAE_DATA_DIR, tables(), "304280", {}, reach);
}

// As a town's people write them at the door of a shelter: most of the town, some from elsewhere.
constexpr std::string_view kWritten[] = {"和歌山県東牟婁郡串本町串本1735番地2",
                                         "串本1735-2",
                                         "串本町潮岬３４５６番地　コーポ潮岬203号室",
                                         "高富",
                                         "大水崎 12",
                                         "〒649-4122 和歌山県東牟婁郡串本町西向450",
                                         "くじの川100-3",
                                         "古座町古座二一三の一",
                                         "和歌山県和歌山市七番丁23番地",
                                         "大阪府大阪市北区大深町3-40",
                                         "東京都港区芝浦4丁目5-13 ライオンズ1205",
                                         "串本町鬮野川字大谷一二三番地四　山田様方"};

void BM_parse_address(benchmark::State& state) {
  const Gazetteer gazetteer =
      open(state.range(0) == 0 ? Gazetteer::Reach::prefecture : Gazetteer::Reach::japan);
  std::size_t next = 0;
  for (auto _ : state) {
    Address address = parse_address(gazetteer, tables(), kWritten[next++ % std::size(kWritten)]);
    benchmark::DoNotOptimize(address);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_parse_address)->ArgName("japan")->Arg(0)->Arg(1);

void BM_open_gazetteer(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(
        open(state.range(0) == 0 ? Gazetteer::Reach::prefecture : Gazetteer::Reach::japan));
}
BENCHMARK(BM_open_gazetteer)->ArgName("japan")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
