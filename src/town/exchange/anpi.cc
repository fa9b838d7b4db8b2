#include "town/exchange/anpi.h"

#include <algorithm>
#include <map>

#include "base/csv.h"
#include "text/date.h"
#include "text/encoding.h"

namespace sonae::exchange::anpi {

namespace {

using reception::Audience;
using reception::Condition;
using reception::Entry;

// The items of the form that are read by name.
constexpr const char *kWritten = "記入日時", *kName = "氏名", *kKana = "フリガナ", *kBirth = "出生の年月日",
                     *kSex = "男女の別", *kAddress = "住所（郵便番号を含む。）", *kNation = "国籍",
                     *kOther = "その他個人を識別するための情報", *kInjured = "負傷（疾病）の該当",
                     *kState = "負傷又は疾病の状況", *kPlace = "現在の居所",
                     *kContact = "連絡先その他必要情報", *kFamily = "親族・同居者への回答",
                     *kFriends = "知人への回答",
                     *kAnyone = "親族・同居者・知人以外の者への回答又は公表の同意", *kNote = "備考",
                     *kDeath = "死亡の日時、場所及び状況", *kBody = "遺体の安置されている場所";

std::string japanese_date(const text::PartialDate& date) {
  if (date.is_unknown()) return {};
  std::string text;
  if (date.year != 0) text += std::to_string(date.year) + "年";
  if (date.month != 0) text += std::to_string(date.month) + "月";
  if (date.day != 0) text += std::to_string(date.day) + "日";
  return text;
}

std::string sex_of(reception::Sex sex) {
  return sex == reception::Sex::male ? "男" : sex == reception::Sex::female ? "女" : "";
}

std::string injured(Condition condition) {
  if (condition == Condition::ill || condition == Condition::injured) return "該当";
  return condition == Condition::well ? "非該当" : "";
}

std::string state(Condition condition) {
  return condition == Condition::ill ? "体調不良" : condition == Condition::injured ? "けが" : "";
}

std::string place(const Entry& entry) {
  using enum reception::StayKind;
  switch (entry.person.stay) {
    case shelter:
      return entry.shelter;
    case home:
      return "自宅";
    case car:
      return "車中";
    case relatives:
      return "親族・知人宅";
    case hospital:
      return "病院・施設";
    case left:
      return "避難所を退所";
    case elsewhere:
      break;
  }
  return entry.room;
}

// 様式第1号 ⑫ and ⑬ are marked only by who does not want an answer to be given; ⑭ by both.
std::string unwilling(const Entry& entry, Audience audience) {
  return inquiry::said_to(entry, audience) == inquiry::Say::refused ? "回答を希望しない" : "";
}
std::string willing(const Entry& entry) {
  const inquiry::Say say = inquiry::said_to(entry, Audience::anyone);
  return say == inquiry::Say::allowed ? "同意する" : say == inquiry::Say::refused ? "同意しない" : "";
}

const std::string& phone_of(const Entry& entry) {
  return entry.since.contact && !entry.since.contact->phone.empty() ? entry.since.contact->phone
                                                                    : entry.person.phone;
}

class Cells {
 public:
  Cells(const std::map<std::string, std::size_t>& columns, const std::vector<std::string_view>& cells)
      : columns_(columns), cells_(cells) {}
  std::string at(const char* column) const {
    const auto found = columns_.find(column);
    if (found == columns_.end() || found->second >= cells_.size()) return {};
    return std::string(cells_[found->second]);
  }

 private:
  const std::map<std::string, std::size_t>& columns_;
  const std::vector<std::string_view>& cells_;
};

// "2026-03-11 15:20", as this program writes it.
std::optional<Instant> moment(const std::string& text) {
  if (text.size() < 16) return std::nullopt;
  const auto read = parse_rfc3339(text.substr(0, 10) + "T" + text.substr(11, 5) + ":00+09:00");
  return read ? std::optional(*read) : std::nullopt;
}

void take_consent(std::vector<reception::Consent>& into, const std::string& text, Audience to,
                  std::vector<Problem>& problems, std::int64_t line, const char* item) {
  if (text.empty()) return;
  const bool no = text == "回答を希望しない" || text == "希望しない" || text == "同意しない";
  const bool yes = text == "同意する" || text == "回答を希望する" || text == "希望する";
  if (no || yes) return void(into.push_back({to, yes}));
  // What cannot be read is taken as a no: nobody is told of by a slip of the pen.
  into.push_back({to, false});
  problems.push_back(
      {line, item, {"「同意する」か「同意しない」「回答を希望しない」", "a yes or a no of the form"}, false});
}

}  // namespace

const std::vector<std::string>& columns(Form form) {
  static const std::vector<std::string> living{kWritten, kName,    kKana,    kBirth, kSex,   kAddress,
                                               kNation,  kOther,   kInjured, kState, kPlace, kContact,
                                               kFamily,  kFriends, kAnyone,  kNote};
  static const std::vector<std::string> dead{kWritten, kName,  kKana, kBirth,   kSex,    kAddress, kNation,
                                             kOther,   kDeath, kBody, kContact, kAnyone, kNote};
  return form == Form::living ? living : dead;
}

std::vector<std::string> line_of(Form form, const Entry& entry) {
  const reception::Person& person = entry.person;
  const std::string written = to_japan_time(entry.written.wall).substr(0, 16);
  std::vector<std::string> line{
      written,        person.name, person.kana, japanese_date(person.birth), sex_of(person.sex),
      person.address, "",          ""};
  if (form == Form::dead) {
    line.insert(line.end(), {"", "", phone_of(entry), willing(entry), person.note});
  } else {
    line.insert(line.end(), {injured(person.condition), state(person.condition), place(entry),
                             phone_of(entry), unwilling(entry, Audience::family),
                             unwilling(entry, Audience::acquaintances), willing(entry), person.note});
  }
  return line;
}

Result<File> read(BytesView content, Date today) {
  const text::Decoded decoded = text::decode(content);
  CsvReader csv(decoded.text);
  File file;
  std::map<std::string, std::size_t> columns_here;
  for (;;) {
    const Result<bool> more = csv.next();
    const auto line = static_cast<std::int64_t>(csv.line());
    if (!more) {
      file.problems.push_back({line, "", more.error().what, true});
      continue;
    }
    if (!*more) break;
    if (columns_here.empty()) {
      for (std::size_t i = 0; i < csv.cells().size(); ++i)
        columns_here.emplace(std::string(csv.cells()[i]), i);
      for (const char* const needed : {kName, kBirth, kPlace, kInjured})
        if (!columns_here.contains(needed))
          return fail(ErrorCode::invalid_input,
                      {"安否情報の様式第1号の列がありません", "The columns of 様式第1号 are not there"},
                      needed,
                      {"1 行目に様式の項目名を置いてください",
                       "Put the names of the form's items in the first line"});
      continue;
    }
    const Cells cells(columns_here, csv.cells());
    Read one{line, std::string(csv.raw()), {}};
    reception::Person& person = one.entry.person;
    person.name = cells.at(kName);
    if (person.name.empty()) {
      file.problems.push_back({line, kName, {"氏名", "a name"}, true});
      continue;
    }
    person.kana = cells.at(kKana);
    if (const std::string birth = cells.at(kBirth); !birth.empty()) {
      if (const auto parsed = text::parse_date(birth, today))
        person.birth = parsed->date;
      else
        file.problems.push_back({line, kBirth, {"年月日", "a date"}, false});
    }
    const std::string sex = cells.at(kSex);
    person.sex = sex == "男"   ? reception::Sex::male
                 : sex == "女" ? reception::Sex::female
                               : reception::Sex::unknown;
    person.address = cells.at(kAddress);
    person.phone = cells.at(kContact);
    person.note = cells.at(kNote);
    const std::string hurt = cells.at(kInjured), how = cells.at(kState);
    if (hurt == "非該当")
      person.condition = Condition::well;
    else if (hurt == "該当" || hurt == "負傷")
      person.condition = how == "体調不良" ? Condition::ill : Condition::injured;
    else if (!hurt.empty())
      file.problems.push_back({line, kInjured, {"「該当」か「非該当」", "該当 or 非該当"}, false});
    reception::Received received;
    received.room = cells.at(kPlace);
    received.said_by = "安否情報（CSV）";
    const std::string written = cells.at(kWritten);
    if (const auto at = moment(written))
      received.at = *at;
    else if (!written.empty())
      file.problems.push_back(
          {line, kWritten, {"「2026-03-11 15:20」の形", "such as 2026-03-11 15:20"}, false});
    take_consent(received.consent, cells.at(kFamily), Audience::family, file.problems, line, kFamily);
    take_consent(received.consent, cells.at(kFriends), Audience::acquaintances, file.problems, line,
                 kFriends);
    take_consent(received.consent, cells.at(kAnyone), Audience::anyone, file.problems, line, kAnyone);
    one.entry.received = std::move(received);
    one.entry.raw = one.raw;
    file.people.push_back(std::move(one));
  }
  if (columns_here.empty()) return fail(ErrorCode::invalid_input, {"ファイルが空です", "The file is empty"});
  return file;
}

}  // namespace sonae::exchange::anpi
