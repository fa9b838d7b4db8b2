#include "demo/sheet.h"

#include <array>

#include <fmt/format.h>

#include "base/csv.h"
#include "demo/arrivals.h"

namespace sonae::demo {

namespace {

enum class Column { number, name, kana, sex, birth_date, age, address, phone, note };

// What the column is called, as people call it.
std::string heading(Dice& dice, Column column) {
  switch (column) {
    case Column::number:
      return dice.one_of({"No", "番号", "№", ""});
    case Column::name:
      return dice.one_of({"氏名", "名前", "お名前", "なまえ", "氏　名"});
    case Column::kana:
      return dice.one_of({"ふりがな", "フリガナ", "よみ", "カナ"});
    case Column::sex:
      return dice.one_of({"性別", "男女", "性"});
    case Column::birth_date:
      return dice.one_of({"生年月日", "誕生日", "生年月日（和暦）"});
    case Column::age:
      return dice.one_of({"年齢", "歳", "年令", "とし"});
    case Column::address:
      return dice.one_of({"住所", "地区", "住所（地区）", "お住まい"});
    case Column::phone:
      return dice.one_of({"電話", "電話番号", "連絡先", "TEL", "携帯"});
    case Column::note:
      return dice.one_of({"備考", "メモ", "その他"});
  }
  return {};
}

std::string& cell_of(Written& written, Column column) {
  switch (column) {
    case Column::kana:
      return written.kana;
    case Column::sex:
      return written.sex;
    case Column::birth_date:
      return written.birth_date;
    case Column::age:
      return written.age;
    case Column::address:
      return written.address;
    case Column::phone:
      return written.phone;
    case Column::note:
      return written.note;
    case Column::number:
    case Column::name:
      break;
  }
  return written.name;
}

class Writer {
 public:
  Writer(std::string shelter, std::uint64_t seed, std::uint64_t which, const ListOptions& options)
      : dice_(seed, Purpose::writing, which),
        options_(options),
        hand_(dice_, style_, options.severity, options.written_on) {
    sheet_.shelter = std::move(shelter);
    decide_columns();
    if (hand_.slips(kRates.odd_notation)) decide_notation();
    one_line_ = hand_.slips(kRates.families_on_one_line);
    if (hand_.slips(kRates.ditto_marks)) ditto_ = dice_.one_of({"〃", "〃", "同上", "同上", "同", "”"});
    write_top();
  }

  void write(const std::vector<Resident>& people, Who who) {
    std::vector<Written> family;
    family.reserve(people.size());
    for (const Resident& person : people)
      family.push_back(hand_.write(person, people.front()));
    who_ = who;
    if (one_line_ && people.size() > 1)
      write_on_one_line(people, family);
    else
      write_each(people, family);
    if (hand_.slips(kRates.left_blank_line)) end_line();
  }

  Sheet finish() {
    sheet_.csv = std::move(csv_.text());
    return std::move(sheet_);
  }

 private:
  bool has(Column column) const {
    return std::find(columns_.begin(), columns_.end(), column) != columns_.end();
  }

  void decide_columns() {
    if (hand_.slips(kRates.number_column)) columns_.push_back(Column::number);
    columns_.push_back(Column::name);
    if (!hand_.slips(kRates.no_kana_column)) columns_.push_back(Column::kana);
    if (!hand_.slips(kRates.no_sex_column)) columns_.push_back(Column::sex);
    if (!hand_.slips(kRates.neither_age_nor_birth)) {
      const bool age = hand_.slips(kRates.age_for_birth_date);
      columns_.push_back(age ? Column::age : Column::birth_date);
    }
    columns_.push_back(Column::address);
    if (!hand_.slips(kRates.no_phone_column)) columns_.push_back(Column::phone);
    if (!hand_.slips(kRates.no_note_column)) columns_.push_back(Column::note);
  }

  void decide_notation() {
    style_.kana = dice_.one_of({KanaStyle::katakana, KanaStyle::katakana, KanaStyle::hiragana,
                                KanaStyle::hiragana, KanaStyle::half_width});
    style_.name = dice_.one_of({NameStyle::wide_space, NameStyle::space, NameStyle::no_space});
    style_.sex = dice_.one_of({SexStyle::kanji, SexStyle::kanji, SexStyle::kanji, SexStyle::letter,
                               SexStyle::digit, SexStyle::symbol});
    style_.date = dice_.one_of({DateStyle::iso, DateStyle::slashes, DateStyle::slashes,
                                DateStyle::eight_digits, DateStyle::era_kanji, DateStyle::era_kanji,
                                DateStyle::era_letter, DateStyle::era_letter, DateStyle::era_letter,
                                DateStyle::era_short, DateStyle::kanji_numerals, DateStyle::no_era});
    style_.address = dice_.one_of({AddressStyle::registry, AddressStyle::municipality,
                                   AddressStyle::municipality, AddressStyle::town, AddressStyle::town_hyphens,
                                   AddressStyle::town_hyphens, AddressStyle::town_hyphens,
                                   AddressStyle::town_no, AddressStyle::wide_hyphens, AddressStyle::oaza});
    style_.age_suffix = dice_.one_of({"", "", "歳", "才"});
    style_.hyphens_in_phone = dice_.chance(0.7);
    style_.wide_digits = dice_.chance(0.15);
  }

  void end_line() {
    csv_.end_record();
    ++line_;
  }

  void write_top() {
    if (hand_.slips(kRates.title_line)) {
      csv_.cell(fmt::format("{}　避難者名簿　{}月{}日（架空・訓練用）", sheet_.shelter,
                            options_.written_on.month, options_.written_on.day));
      for (std::size_t i = 1; i < columns_.size(); ++i)
        csv_.cell("");
      end_line();
    }
    for (const Column column : columns_)
      csv_.cell(options_.severity == 0 ? plain_heading(column) : heading(dice_, column));
    end_line();
  }

  static std::string plain_heading(Column column) {
    static constexpr std::array kNames = {"entry_id", "name",    "kana",  "sex", "birth_date",
                                          "age",      "address", "phone", "note"};
    return kNames[static_cast<std::size_t>(column)];
  }

  void write_line(Written& as_typed) {
    for (const Column column : columns_)
      csv_.cell(column == Column::number ? std::to_string(++numbered_) : cell_of(as_typed, column));
    end_line();
  }

  // What stands in no column is not on the list.
  void add_entry(const Resident& person, Written written, std::uint32_t index, bool named) {
    for (const Column column : {Column::kana, Column::sex, Column::birth_date, Column::age, Column::address,
                                Column::phone, Column::note})
      if (!has(column)) cell_of(written, column).clear();
    sheet_.entries.push_back({line_, index, named, std::move(written), who_, person.id});
  }

  void write_each(const std::vector<Resident>& people, std::vector<Written>& family) {
    for (std::size_t i = 0; i < people.size(); ++i) {
      // All of a family give the same address and telephone, so a mark may stand for what is above.
      if (i > 0 && !ditto_.empty()) {
        family[i].address = family[0].address;
        family[i].phone = family[0].phone;
      }
      Written typed = family[i];
      if (i > 0 && !ditto_.empty()) {
        for (std::string* const cell : {&typed.address, &typed.phone})
          if (!cell->empty()) *cell = ditto_;
        ditto_surname(family[0], typed);
      }
      add_entry(people[i], family[i], 0, true);
      write_line(typed);
    }
  }

  // 〃　花子 for 佐藤　花子
  void ditto_surname(const Written& head, Written& typed) {
    if (typed.surname.empty() || typed.surname != head.surname || !dice_.chance(0.3)) return;
    const std::string space = typed.surname.ends_with("　") ? "　" : " ";
    typed.name.replace(0, typed.surname.size(), ditto_ + space);
  }

  // 佐藤　一郎・花子・子2人; the particulars of all but the first are lost, except ages where all are known.
  void write_on_one_line(const std::vector<Resident>& people, std::vector<Written>& family) {
    std::size_t named = people.size();
    const auto is_child = [&](std::size_t i) { return age_of(people[i], options_.written_on) < 16; };
    if (is_child(people.size() - 1) && hand_.slips(kRates.unnamed_children))
      while (named > 1 && is_child(named - 1))
        --named;
    const bool ages_known = std::none_of(family.begin(), family.end(),
                                         [](const Written& written) { return written.age.empty(); });

    Written typed = family[0];
    add_entry(people[0], family[0], 0, true);
    for (std::size_t i = 1; i < people.size(); ++i) {
      Written other;
      other.address = family[0].address;
      other.phone = family[0].phone;
      if (i < named) {
        const Resident& person = people[i];
        const bool of_the_family =
            !family[0].surname.empty() && person.family.written == people[0].family.written;
        typed.name += "・" + (of_the_family ? person.given.written : family[i].name);
        other.name = of_the_family ? family[0].surname + person.given.written : family[i].name;
      }
      if (ages_known) {
        typed.age += "・" + family[i].age;
        other.age = family[i].age;
      }
      add_entry(people[i], other, static_cast<std::uint32_t>(i), i < named);
    }
    if (named < people.size()) typed.name += fmt::format("・子{}人", people.size() - named);
    write_line(typed);
  }

  Dice dice_;
  const ListOptions& options_;
  Style style_;
  Hand hand_;
  std::vector<Column> columns_;
  bool one_line_ = false;
  std::string ditto_;
  Who who_ = Who::resident;  // all of the group being written
  CsvWriter csv_;
  Sheet sheet_;
  std::uint64_t line_ = 1;
  int numbered_ = 0;
};

}  // namespace

std::string_view name_of(Who who) {
  static constexpr std::array<std::string_view, 3> kNames = {"resident", "visitor", "moved_out"};
  return kNames[static_cast<std::size_t>(who)];
}

Status for_each_list(const Names& names, const Places& places, const TownOptions& town,
                     const ListOptions& options, const std::function<Status(Sheet)>& each) {
  const std::vector<std::vector<Group>> groups = arrivals(names, places, town, options);
  for (std::size_t shelter = 0; shelter < groups.size(); ++shelter) {
    if (groups[shelter].empty()) continue;
    Writer writer(places.open_shelters()[shelter].name, town.seed, shelter, options);
    for (const Group& group : groups[shelter])
      writer.write(people_of(names, places, town, group), group.front().who);
    TRY(each(writer.finish()));
  }
  return {};
}

std::vector<Sheet> make_lists(const Names& names, const Places& places, const TownOptions& town,
                              const ListOptions& options) {
  std::vector<Sheet> sheets;
  const Status collected = for_each_list(names, places, town, options, [&](Sheet sheet) -> Status {
    sheets.push_back(std::move(sheet));
    return {};
  });
  static_cast<void>(collected);  // nothing in it fails
  return sheets;
}

}  // namespace sonae::demo
