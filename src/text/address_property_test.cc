// An address composed of parts of the gazetteer, in any notation, is read back to its parts.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "text/address.h"
#include "text/test_tables.h"
#include "text/utf8.h"

using namespace sonae;
using namespace sonae::text;

namespace {

const Gazetteer& kushimoto() {
  static const auto opened = Gazetteer::open(real_env(), SONAE_DATA_DIR, test_tables(), "304280");
  REQUIRE(opened);
  return *opened;
}

template <class... Choices>
std::string one_of(Choices... choices) {
  return *rc::gen::element<std::string>(std::string(choices)...);
}

std::string kanji_number(int value) {
  static const char* const kDigits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  std::string text;
  for (const auto& [unit, word] : {std::pair{1000, "千"}, {100, "百"}, {10, "十"}}) {
    const int count = value / unit % 10;
    if (count > 1) text += kDigits[count];
    if (count > 0) text += word;
  }
  return text + kDigits[value % 10];
}

std::string full_width(std::string_view text) {
  std::string result;
  for (const char c : text)
    append_utf8(result, c > ' ' && c <= '~' ? 0xFF01u + static_cast<unsigned char>(c) - '!' : U'　');
  return result;
}

std::string number(int value) {
  switch (*rc::gen::inRange(0, 3)) {
    case 0:
      return std::to_string(value);
    case 1:
      return full_width(std::to_string(value));
    default:
      return kanji_number(value);
  }
}

std::string gap() {
  return one_of("", "", " ", "　");
}

// Numbers as 番地, 番, 号 or with dashes.
std::string block_text(const std::vector<int>& numbers) {
  std::string text = number(numbers[0]);
  if (numbers.size() == 1) return text + one_of("", "番地", "番");
  const std::string first = one_of("-", "－", "―", "−", "ー", "の", "番地の", "番地", "番", "ノ");
  // 一 and 二 that follow each other without anything between them would be one number.
  text += first + number(numbers[1]);
  if (numbers.size() == 2) return text + (first == "番" ? one_of("", "号") : "");
  return text + one_of("-", "の", "－") + number(numbers[2]);
}

}  // namespace

TEST_CASE("address property: what was composed is read back") {
  const bool held = rc::check([] {
    const Town town = *rc::gen::elementOf(kushimoto().home_towns());
    const auto numbers = *rc::gen::resize(
        3, rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 4000))));
    RC_PRE(numbers.size() <= 3);
    const bool whole = *rc::gen::arbitrary<bool>();
    std::string written = one_of("", "〒649-3503 ", "６４９－３５０３　");
    const std::string prefecture = one_of("", "和歌山県");
    written += prefecture + gap();
    const std::string municipality = whole ? one_of("東牟婁郡串本町", "串本町") : std::string();
    written += municipality + gap() + one_of("", "大字", "字") + town.name + gap();

    const std::string block = block_text(numbers);
    written += block;
    const std::string building = one_of("", "コーポ潮岬203号室", "山田様方", "A棟");
    if (!building.empty()) written += one_of(" ", "　", "、") + building;

    const Address address = parse_address(kushimoto(), test_tables(), written);
    RC_LOG() << written;
    std::string expected = std::to_string(numbers[0]);
    for (std::size_t i = 1; i < numbers.size(); ++i)
      expected.append("-").append(std::to_string(numbers[i]));
    RC_ASSERT(address.town == town.name);
    RC_ASSERT(address.block == expected);
    RC_ASSERT(address.building == building);
    RC_ASSERT(address.left_over == "");
    RC_ASSERT(address.prefecture_written == !prefecture.empty());
    RC_ASSERT(address.municipality_written == whole);
    RC_ASSERT(parse_address(kushimoto(), test_tables(), to_text(address)).block == address.block);
  });
  CHECK(held);
}

TEST_CASE("address property: any text can be read, and twice alike") {
  const bool held = rc::check([] {
    std::string written;
    for (const std::string& part :
         *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
             "串本町", "串本", "大字", "字", "1", "２", "三", "-", "の", "番地", "号", "丁目", "甲", "イ",
             " ", "荘", "室", "方", "〒", "県", "郡", "上ル", "\xFF", "ｶﾞ", "（")))
      written += part;
    const Address address = parse_address(kushimoto(), test_tables(), written);
    for (const std::string* part : {&address.building, &address.left_over, &address.locality})
      RC_ASSERT(part->size() <= written.size());
    RC_ASSERT(parse_address(kushimoto(), test_tables(), written) == address);
  });
  CHECK(held);
}
