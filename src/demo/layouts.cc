#include "demo/layouts.h"

#include <array>

#include <fmt/format.h>

namespace sonae::demo {

namespace {

constexpr std::string_view kSimpleHeader =
    "id,household_id,name,family_name,given_name,kana,sex,birth_date,postcode,address,phone";

constexpr std::array<std::string_view, 37> kKihonItems = {
    "市区町村コード",
    "宛名番号",
    "世帯番号",
    "住民種別",
    "住民状態",
    "住民票コード",
    "個人番号",
    "氏名",
    "氏_日本人",
    "名_日本人",
    "氏名_外国人ローマ字",
    "氏名_外国人漢字",
    "氏名_フリガナ",
    "氏_日本人_フリガナ",
    "名_日本人_フリガナ",
    "通称",
    "通称_フリガナ",
    "性別",
    "性別表記",
    "生年月日_元号",
    "生年月日",
    "生年月日_不詳フラグ",
    "続柄コード1",
    "続柄コード2",
    "続柄コード3",
    "続柄コード4",
    "続柄表記",
    "世帯主氏名",
    "住所_市区町村コード",
    "住所_都道府県",
    "住所_市区郡町村名",
    "住所_町字",
    "住所_番地号表記",
    "住所_方書",
    "住所_郵便番号",
    "住民となった年月日",
    "支援措置区分",
};

// 外字 of a vendor that does not exist: what CP932 lacks, and where the vendor put it.
struct Gaiji {
  std::string_view code, private_character, stands_for;
};
constexpr std::array kGaiji = {
    Gaiji{"F040", "\uE000", "𠮷"},           Gaiji{"F041", "\uE001", "辻\U000E0100"},
    Gaiji{"F042", "\uE002", "葛\U000E0100"}, Gaiji{"F043", "\uE003", "邉\U000E0102"},
    Gaiji{"F044", "\uE004", "榊\U000E0100"}, Gaiji{"F045", "\uE005", "嶌"},
};

std::string with_gaiji(std::string text) {
  for (const Gaiji& gaiji : kGaiji)
    for (std::size_t at = 0; (at = text.find(gaiji.stands_for, at)) != std::string::npos;)
      text.replace(at, gaiji.stands_for.size(), gaiji.private_character);
  return text;
}

bool is_in_letters(const Resident& resident) {
  return resident.foreign && static_cast<unsigned char>(resident.family.written.front()) < 0x80;
}

std::string_view era_code(text::PartialDate birth) {
  const auto before = [&](text::PartialDate first) { return birth < first; };
  return before({1912, 7, 30})    ? "1"
         : before({1926, 12, 25}) ? "2"
         : before({1989, 1, 8})   ? "3"
         : before({2019, 5, 1})   ? "4"
                                  : "5";
}

std::string digits_of(std::string text) {
  std::erase(text, '-');
  return text;
}

bool needs(const Resident& resident, std::initializer_list<Need> any) {
  return std::any_of(any.begin(), any.end(), [&](Need need) {
    return std::find(resident.needs.begin(), resident.needs.end(), need) != resident.needs.end();
  });
}

void append(std::string& text, std::string_view cell) {
  text += cell;  // nothing that the town makes has a comma, a quote or a line end in it
  text += ',';
}

void end_record(std::string& text) {
  text.pop_back();
  text += "\r\n";
}

void append_simple(std::string& text, const Resident& resident) {
  append(text, resident.id);
  append(text, resident.household_id);
  append(text, full_name(resident));
  append(text, resident.family.written);
  append(text, resident.given.written);
  append(text, full_kana(resident));
  append(text, resident.sex == Sex::male ? "1" : "2");
  append(text, iso_birth(resident));
  append(text, resident.address.postcode);
  append(text, full_address(resident.address));
  append(text, resident.phone);
  end_record(text);
}

void append_plain(std::string& text, const Resident& resident, Date today) {
  const int age = age_of(resident, today);
  const auto flag = [](bool value) { return value ? "1" : "0"; };
  for (const std::string& cell :
       {resident.id, resident.household_id, std::string(resident.foreign ? "2" : "1"),
        std::to_string(static_cast<int>(resident.state)), resident.resident_code,
        with_gaiji(resident.family.written), with_gaiji(resident.given.written), resident.family.kana,
        resident.given.kana, std::string(resident.sex == Sex::male ? "1" : "2"), std::to_string(age),
        digits_of(iso_birth(resident)), std::string(kPrefecture),
        std::string(kCounty) + std::string(kMunicipality), resident.address.town,
        resident.address.building.empty() ? resident.address.block
                                          : resident.address.block + "　" + resident.address.building,
        digits_of(resident.address.postcode)})
    append(text, cell);
  for (const bool value :
       {needs(resident, {Need::care, Need::dementia}),
        needs(resident, {Need::wheelchair, Need::blind, Need::deaf}), needs(resident, {Need::intellectual}),
        false, false, needs(resident, {Need::pregnant}), needs(resident, {Need::infant}), false, false,
        needs(resident, {Need::oxygen}), needs(resident, {Need::dialysis}), is_in_letters(resident), false})
    append(text, flag(value));
  append(text, resident.foreign ? "" : std::string(kPrefecture) + std::string(kMunicipality));
  append(text, resident.foreign ? "" : with_gaiji(resident.head_name));
  end_record(text);
}

}  // namespace

std::string kihon_item(const Resident& resident, std::string_view name) {
  const bool japanese = !resident.foreign;
  const Address& home = resident.address;
  if (name == "市区町村コード" || name == "住所_市区町村コード") return std::string(kMunicipalityCode);
  if (name == "宛名番号") return resident.id;
  if (name == "世帯番号") return resident.household_id;
  if (name == "住民種別") return japanese ? "1" : "2";
  if (name == "住民状態") return std::to_string(static_cast<int>(resident.state));
  if (name == "住民票コード") return resident.resident_code;
  if (name == "個人番号") return resident.personal_number;
  if (name == "氏名") return full_name(resident);
  if (name == "氏_日本人") return japanese ? resident.family.written : "";
  if (name == "名_日本人") return japanese ? resident.given.written : "";
  if (name == "氏名_外国人ローマ字") return is_in_letters(resident) ? full_name(resident) : "";
  if (name == "氏名_外国人漢字") return japanese || is_in_letters(resident) ? "" : full_name(resident);
  if (name == "氏名_フリガナ") return full_kana(resident);
  if (name == "氏_日本人_フリガナ") return japanese ? resident.family.kana : "";
  if (name == "名_日本人_フリガナ") return japanese ? resident.given.kana : "";
  if (name == "通称") return resident.alias.written;
  if (name == "通称_フリガナ") return resident.alias.kana;
  if (name == "性別") return resident.sex == Sex::male ? "1" : "2";
  if (name == "性別表記") return resident.sex == Sex::male ? "男" : "女";
  if (name == "生年月日_元号") return std::string(era_code(resident.birth));
  if (name == "生年月日") return iso_birth(resident);
  if (name == "生年月日_不詳フラグ") return resident.birth.is_whole() ? "0" : "1";
  if (name.starts_with("続柄コード")) {
    const auto at = static_cast<std::size_t>(name.back() - '1') * 2;
    return at < resident.relation.size() ? resident.relation.substr(at, 2) : "";
  }
  if (name == "続柄表記") return relation_text(resident.relation);
  if (name == "世帯主氏名") return resident.head_name;
  if (name == "住所_都道府県") return std::string(kPrefecture);
  if (name == "住所_市区郡町村名") return std::string(kCounty) + std::string(kMunicipality);
  if (name == "住所_町字") return home.town;
  if (name == "住所_番地号表記") return home.block;
  if (name == "住所_方書") return home.building;
  if (name == "住所_郵便番号") return home.postcode;
  if (name == "住民となった年月日") return to_iso(resident.resident_since);
  if (name == "支援措置区分") return resident.is_protected ? "1" : "0";
  return {};
}

std::string head_of(Layout layout) {
  if (layout == Layout::plain_2012) return {};
  if (layout == Layout::simple) return std::string(kSimpleHeader) + "\r\n";
  std::string head = "\xEF\xBB\xBF";
  for (const std::string_view name : kKihonItems)
    append(head, name);
  end_record(head);
  return head;
}

void append_record(std::string& text, Layout layout, const Resident& resident, Date today) {
  switch (layout) {
    case Layout::simple:
      return append_simple(text, resident);
    case Layout::plain_2012:
      return append_plain(text, resident, today);
    case Layout::kihon:
      for (const std::string_view name : kKihonItems)
        append(text, kihon_item(resident, name));
      return end_record(text);
  }
}

std::string gaiji_table() {
  std::string table = "# 架空のベンダーの外字 / private characters of a vendor that does not exist\n";
  for (const Gaiji& gaiji : kGaiji)
    table += fmt::format("{}\t{}\n", gaiji.code, gaiji.stands_for);
  return table;
}

}  // namespace sonae::demo
