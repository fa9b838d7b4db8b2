// Folding, reading and decoding, beside iconv on the same bytes in the same run.
//   build/release/bench/text_bench
#include <benchmark/benchmark.h>
#include <iconv.h>

#include <cstdlib>

#include "base/env.h"
#include "text/date.h"
#include "text/encoding.h"
#include "text/fold.h"
#include "text/name.h"
#include "text/similarity.h"
#include "text/variants.h"

namespace {

using namespace sonae;
using namespace sonae::text;

const Tables& tables() {
  static const auto opened = Tables::open(real_env(), SONAE_DATA_DIR);
  if (!opened) std::abort();
  return **opened;
}

void open_tables(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(Tables::open(real_env(), SONAE_DATA_DIR));
}
BENCHMARK(open_tables)->Unit(benchmark::kMillisecond);

constexpr std::string_view kNames[] = {"渡邉　太郎", "山﨑　さくら", "髙橋　一之", "佐々木　花子",
                                       "𠮷田　ジョン"};

void fold_a_name(benchmark::State& state) {
  std::size_t i = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(fold_name(tables(), kNames[i++ % std::size(kNames)]));
}
BENCHMARK(fold_a_name);

void fold_a_name_to_code_points(benchmark::State& state) {
  std::size_t i = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(fold_name_characters(tables(), kNames[i++ % std::size(kNames)]));
}
BENCHMARK(fold_a_name_to_code_points);

constexpr std::string_view kKana[] = {"ワタナベ　タロウ", "やまざき　さくら", "ﾀｶﾊｼ ｶｽﾞﾕｷ", "ササキ ハナコ"};

void fold_a_reading(benchmark::State& state) {
  std::size_t i = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(fold_kana(kKana[i++ % std::size(kKana)]));
}
BENCHMARK(fold_a_reading);

constexpr std::string_view kDates[] = {"昭和23年3月11日", "S23.3.11", "19480311", "1948-03-11",
                                       "昭和廿三年三月十一日"};

void read_a_date(benchmark::State& state) {
  std::size_t i = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(parse_date(kDates[i++ % std::size(kDates)], {2026, 11, 21}));
}
BENCHMARK(read_a_date);

void take_a_name_apart(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(parse_name("山田　花子（旧姓 鈴木）様"));
}
BENCHMARK(take_a_name_apart);

void compare_names(benchmark::State& state) {
  const std::u32string one = fold_name_characters(tables(), "斎藤一郎");
  const std::u32string other = fold_name_characters(tables(), "斉藤一朗");
  for (auto _ : state)
    benchmark::DoNotOptimize(name_similarity(tables(), one, other));
}
BENCHMARK(compare_names);

void compare_readings(benchmark::State& state) {
  const std::u32string one = fold_kana_characters("ナカシマ イチロウ");
  const std::u32string other = fold_kana_characters("ナカジマ イチロ");
  for (auto _ : state)
    benchmark::DoNotOptimize(kana_similarity(one, other));
}
BENCHMARK(compare_readings);

// Lines as a registry export has them: 32 MB of CP932.
const std::string& registry_bytes() {
  static const std::string bytes = [] {
    std::string text;
    while (text.size() < (48U << 20))
      text +=
          "1234567890,00012345,渡邉　太郎,ワタナベ　タロウ,1,19480311,和歌山県東牟婁郡串本町串本１８００番地,"
          "0735-62-0555\r\n";
    return encode(text, Encoding::cp932).bytes;
  }();
  return bytes;
}

void decode_cp932(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(decode(registry_bytes(), Encoding::cp932));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(registry_bytes().size()));
}
BENCHMARK(decode_cp932)->Unit(benchmark::kMillisecond);

void decode_cp932_by_iconv(benchmark::State& state) {
  std::string bytes = registry_bytes();
  std::string text(bytes.size() * 2, '\0');
  const iconv_t converter = iconv_open("UTF-8", "CP932");
  for (auto _ : state) {
    char* from = bytes.data();
    char* to = text.data();
    std::size_t left = bytes.size();
    std::size_t room = text.size();
    benchmark::DoNotOptimize(iconv(converter, &from, &left, &to, &room));
    if (left != 0) state.SkipWithError("iconv did not come to the end");
  }
  iconv_close(converter);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}
BENCHMARK(decode_cp932_by_iconv)->Unit(benchmark::kMillisecond);

void encode_cp932(benchmark::State& state) {
  const std::string text = decode(registry_bytes(), Encoding::cp932).text;
  for (auto _ : state)
    benchmark::DoNotOptimize(encode(text, Encoding::cp932));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(encode_cp932)->Unit(benchmark::kMillisecond);

void detect_and_check_utf8(benchmark::State& state) {
  const std::string text = decode(registry_bytes(), Encoding::cp932).text;
  for (auto _ : state)
    benchmark::DoNotOptimize(detect_encoding(text));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(detect_and_check_utf8)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
