#include "link/list_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace sonae::link {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

// "1948-03-11" and "19480311" at once; all else by text::parse_date.
std::optional<text::PartialDate> plain_date(std::string_view written) {
  const bool dashes = written.size() == 10 && written[4] == '-' && written[7] == '-';
  if (!dashes && written.size() != 8) return std::nullopt;
  const auto figures = [&](std::size_t from, std::size_t count) {
    int value = 0;
    for (const char c : written.substr(from, count)) {
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  const int year = figures(0, 4), month = figures(dashes ? 5 : 4, 2), day = figures(dashes ? 8 : 6, 2);
  if (year < 1850 || year > 2200 || !Date::of(year, month, day)) return std::nullopt;
  return text::PartialDate{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
                           static_cast<std::uint8_t>(day)};
}

struct WrittenAge {
  int years = -1;  // -1: there is no number
  AgeMeans means = AgeMeans::years;
};

// "78", "78歳", "７８才", "70代", "約70", "70くらい"; months and days of a baby's age are no years: 0.
WrittenAge read_age(std::string_view written) {
  static constexpr std::array<std::string_view, 10> kAbout = {"約", "およそ", "推定", "くらい", "ぐらい",
                                                              "位", "頃",     "ごろ", "前後",   "?"};
  std::string figures;
  std::size_t after = written.size();
  for (std::size_t i = 0; i < written.size(); ++i) {
    const std::string_view rest = written.substr(i);
    if (rest[0] >= '0' && rest[0] <= '9') {
      figures += rest[0];
    } else if (rest.starts_with("\xEF\xBC") && rest.size() >= 3 && rest[2] >= '\x90' && rest[2] <= '\x99') {
      figures += static_cast<char>('0' + (rest[2] - '\x90'));
      i += 2;
    } else if (!figures.empty()) {
      if (rest.starts_with("ヶ月") || rest.starts_with("か月") || rest.starts_with("カ月") ||
          rest.starts_with("ケ月"))
        return {0};
      after = i;
      break;
    }
  }
  if (figures.empty() || figures.size() > 3) return {};
  std::string_view rest = written.substr(after);
  for (const std::string_view unit : {"歳", "才"})
    if (rest.starts_with(unit)) rest.remove_prefix(unit.size());
  const bool about = std::ranges::any_of(
      kAbout, [&](std::string_view word) { return written.find(word) != std::string_view::npos; });
  return {std::stoi(figures), rest.starts_with("代") ? AgeMeans::decade
                              : about                ? AgeMeans::about
                                                     : AgeMeans::years};
}

}  // namespace

Result<Columns> Columns::read(const std::vector<std::string_view>& header, Layout layout,
                              const std::string& file) {
  static constexpr std::array<std::pair<std::string_view, Column>, 16> kNames = {
      {{"id", id},
       {"entry_id", id},
       {"household_id", household},
       {"name", name},
       {"family_name", family_name},
       {"given_name", given_name},
       {"other_name", other_name},
       {"kana", kana},
       {"sex", sex},
       {"birth_date", birth_date},
       {"age", age},
       {"postcode", postcode},
       {"address", address},
       {"phone", phone},
       {"code", code},
       {"note", note}}};
  Columns columns;
  bool has_id = false, has_name = false;
  for (const std::string_view cell : header) {
    std::uint8_t column = kCount;
    for (const auto& [written, meant] : kNames)
      if (trimmed(cell) == written) column = meant;
    if (trimmed(cell) == (layout == Layout::residents ? "entry_id" : "id")) column = kCount;
    has_id |= column == id;
    has_name |= column == name || column == family_name || column == kana;
    columns.columns_.push_back(column);
  }
  if (!has_id)
    return fail(ErrorCode::invalid_input,
                layout == Layout::residents
                    ? Phrase{"見出しに id の列がありません", "The header has no column id"}
                    : Phrase{"見出しに entry_id の列がありません", "The header has no column entry_id"},
                file + ":1");
  if (!has_name)
    return fail(
        ErrorCode::invalid_input,
        {"見出しに氏名の列（name か kana）がありません", "The header has no column for names (name or kana)"},
        file + ":1");
  return columns;
}

Record Columns::record(const std::vector<std::string_view>& cells, Date today, const std::string& file,
                       std::uint64_t line, std::vector<BadLine>& bad) const {
  Record record;
  for (std::size_t i = 0; i < std::min(cells.size(), columns_.size()); ++i) {
    const std::string_view cell = trimmed(cells[i]);
    if (cell.empty()) continue;
    switch (columns_[i]) {
      case id:
        record.id = cell;
        break;
      case household:
        record.household = cell;
        break;
      case name:
        record.name = cell;
        break;
      case family_name:
        record.family_name = cell;
        break;
      case given_name:
        record.given_name = cell;
        break;
      case other_name:
        record.other_name = cell;
        break;
      case kana:
        record.kana = cell;
        break;
      case sex:
        record.sex = read_sex(cell);
        break;
      case birth_date:
        if (const auto plain = plain_date(cell)) {
          record.birth = *plain;
        } else if (const auto parsed = text::parse_date(cell, today)) {
          record.birth = parsed->date;
          if (parsed->two_digit_year) put_other_births(today, record);
        } else {
          bad.push_back({file,
                         line,
                         "birth_date",
                         {"日付として読めないので、空として扱いました", "Not a date: taken as empty"}});
        }
        break;
      case age:
        if (const WrittenAge written = read_age(cell); written.years >= 0) {
          record.age = written.years;
          record.age_means = written.means;
        } else {
          bad.push_back({file,
                         line,
                         "age",
                         {"年齢として読めないので、空として扱いました", "Not an age: taken as empty"}});
        }
        break;
      case postcode:
        record.postcode = cell;
        break;
      case address:
        record.address = cell;
        break;
      case phone:
        record.phone = cell;
        break;
      case code:
        record.code = cell;
        break;
      case note:
        record.note = cell;
        break;
      default:
        break;
    }
  }
  if (record.family_name.empty() != record.given_name.empty() && !record.name.empty())
    record.family_name = record.given_name = {};  // the whole name says more than one part
  return record;
}

Record kept(const Record& row, std::deque<std::string>& texts) {
  Record copy = row;
  for (std::string_view Record::* field :
       {&Record::id, &Record::household, &Record::name, &Record::family_name, &Record::given_name,
        &Record::other_name, &Record::kana, &Record::postcode, &Record::address, &Record::phone,
        &Record::code, &Record::note}) {
    if ((copy.*field).empty()) continue;
    texts.emplace_back(copy.*field);
    copy.*field = texts.back();
  }
  return copy;
}

}  // namespace sonae::link
