#include "demo/variants.h"

#include <array>
#include <vector>

namespace sonae::demo {

namespace {

struct Variant {
  std::string_view common, variant;
  double rate;  // of the bearers are registered with the variant
};

// Rates are made up, of the order that clerks report.
constexpr std::array kVariants = {
    Variant{"辺", "邊", 0.14},           Variant{"辺", "邉", 0.16},
    Variant{"高", "髙", 0.12},           Variant{"崎", "﨑", 0.18},
    Variant{"浜", "濱", 0.16},           Variant{"浜", "濵", 0.08},
    Variant{"吉", "𠮷", 0.06},           Variant{"斎", "齋", 0.18},
    Variant{"斎", "齊", 0.06},           Variant{"斎", "斉", 0.18},
    Variant{"沢", "澤", 0.22},           Variant{"島", "嶋", 0.07},
    Variant{"島", "嶌", 0.01},           Variant{"富", "冨", 0.10},
    Variant{"滝", "瀧", 0.24},           Variant{"桜", "櫻", 0.06},
    Variant{"広", "廣", 0.08},           Variant{"真", "眞", 0.02},
    Variant{"恵", "惠", 0.03},           Variant{"徳", "德", 0.02},
    Variant{"国", "國", 0.03},           Variant{"関", "關", 0.01},
    Variant{"黒", "黑", 0.01},           Variant{"瀬", "瀨", 0.03},
    Variant{"実", "實", 0.02},           Variant{"寿", "壽", 0.04},
    Variant{"栄", "榮", 0.03},           Variant{"静", "靜", 0.02},
    Variant{"竜", "龍", 0.08},           Variant{"桧", "檜", 0.20},
    Variant{"薮", "藪", 0.20},           Variant{"辻", "辻\U000E0100", 0.05},
    Variant{"葛", "葛\U000E0100", 0.05}, Variant{"邉", "邉\U000E0102", 0.03},
    Variant{"榊", "榊\U000E0100", 0.05},
};

// Different characters that are taken for each other by the hurried: alike in shape or in sound.
constexpr std::array<std::array<std::string_view, 2>, 44> kLookalikes = {{
    {"斎", "斉"}, {"齋", "齊"}, {"未", "末"}, {"太", "大"}, {"田", "由"}, {"士", "土"}, {"宏", "広"},
    {"弘", "広"}, {"浩", "洋"}, {"博", "弘"}, {"祐", "裕"}, {"佑", "祐"}, {"裕", "祐"}, {"美", "実"},
    {"江", "枝"}, {"代", "世"}, {"恵", "慶"}, {"和", "知"}, {"久", "九"}, {"昭", "照"}, {"明", "朋"},
    {"智", "知"}, {"幸", "孝"}, {"孝", "考"}, {"治", "次"}, {"次", "二"}, {"郎", "朗"}, {"夫", "雄"},
    {"男", "夫"}, {"彦", "産"}, {"紀", "記"}, {"理", "里"}, {"香", "佳"}, {"菜", "奈"}, {"翔", "祥"},
    {"本", "元"}, {"川", "河"}, {"原", "源"}, {"阪", "坂"}, {"堀", "掘"}, {"網", "綱"}, {"萩", "荻"},
    {"植", "殖"}, {"谷", "屋"},
}};

bool replace_one(Dice& dice, std::string& name,
                 const std::vector<std::pair<std::string_view, std::string_view>>& choices) {
  if (choices.empty()) return false;
  const auto [from, to] = dice.one_of(choices);
  name.replace(name.find(from), from.size(), to);
  return true;
}

}  // namespace

bool may_be_registered_otherwise(std::string_view name) {
  return std::any_of(kVariants.begin(), kVariants.end(), [&](const Variant& variant) {
    return name.find(variant.common) != std::string_view::npos;
  });
}

void write_as_registered(Dice& dice, std::string& name) {
  for (const Variant& variant : kVariants) {
    const std::size_t at = name.find(variant.common);
    if (at == std::string::npos || !dice.chance(variant.rate)) continue;
    name.replace(at, variant.common.size(), variant.variant);
    return;
  }
}

bool write_in_another_form(Dice& dice, std::string& name) {
  std::vector<std::pair<std::string_view, std::string_view>> choices;
  for (const Variant& variant : kVariants) {
    if (name.find(variant.variant) != std::string::npos)
      choices.emplace_back(variant.variant, variant.common);
    else if (name.find(variant.common) != std::string::npos)
      choices.emplace_back(variant.common, variant.variant);
  }
  return replace_one(dice, name, choices);
}

bool miswrite(Dice& dice, std::string& name) {
  std::vector<std::pair<std::string_view, std::string_view>> choices;
  for (const auto& pair : kLookalikes) {
    if (name.find(pair[0]) != std::string::npos) choices.emplace_back(pair[0], pair[1]);
    if (name.find(pair[1]) != std::string::npos) choices.emplace_back(pair[1], pair[0]);
  }
  return replace_one(dice, name, choices);
}

}  // namespace sonae::demo
