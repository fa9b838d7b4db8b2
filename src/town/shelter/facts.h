// What can happen at a shelter's desk (避難所運営): supplies are asked for and dealt with, the day's report
// is sent to headquarters. docs/formats.md, "Facts of shelters".
#pragma once

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/json.h"
#include "base/time.h"

namespace sonae::shelter {

using SupplyId = RandomId<struct SupplyTag>;  // one asking for supplies
using ReportId = RandomId<struct ReportTag>;  // one daily report

// shelter.supply_asked (物資要請), about supply:<id>.
struct SupplyAsked {
  SupplyId supply;
  std::string shelter;
  std::string item;  // 毛布, 紙おむつ Mサイズ
  std::int64_t amount = 0;
  std::string unit;               // 枚, 箱
  std::optional<Date> needed_by;  // absent: as soon as can be
  bool urgent = false;            // lives depend on it
  std::string note;
};
BOOST_DESCRIBE_STRUCT(SupplyAsked, (), (supply, shelter, item, amount, unit, needed_by, urgent, note))

enum class SupplyState : std::uint8_t {
  asked,
  on_the_way,  // 発送済み
  arrived,     // 到着
  refused,     // 対応できない
  cancelled,   // 要請の取り下げ
};
BOOST_DESCRIBE_ENUM(SupplyState, asked, on_the_way, arrived, refused, cancelled)

// shelter.supply_settled, about supply:<id>; supersedes what was seen of its kind. Two that do not know of
// each other are a question: the goods may be on two lorries.
struct SupplySettled {
  SupplyId supply;
  SupplyState state = SupplyState::on_the_way;
  std::int64_t amount = 0;  // how much was sent, or came
  std::string note;
  friend bool operator==(const SupplySettled&, const SupplySettled&) = default;
};
BOOST_DESCRIBE_STRUCT(SupplySettled, (), (supply, state, amount, note))

struct Count {
  std::string code;
  std::int64_t persons = 0;
  friend bool operator==(const Count&, const Count&) = default;
};
BOOST_DESCRIBE_STRUCT(Count, (), (code, persons))

// Who is at a shelter, in numbers.
struct Figures {
  std::int64_t staying = 0;   // in the shelter now
  std::int64_t outside = 0;   // on its lists, in a car, at home, with relatives: they come for meals
  std::int64_t families = 0;  // of those staying; somebody without a family counts as one
  std::int64_t unnamed = 0;   // of those staying
  std::int64_t male = 0, female = 0;
  std::int64_t arrived = 0;    // written down on that day
  std::int64_t left = 0;       // told on that day that they left or stay elsewhere
  std::vector<Count> by_age;   // codes of kAgeGroups, all of them
  std::vector<Count> by_need;  // codes of words.tsv that occur, the most frequent first
  std::int64_t ill = 0, injured = 0;
  friend bool operator==(const Figures&, const Figures&) = default;
};
BOOST_DESCRIBE_STRUCT(Figures, (),
                      (staying, outside, families, unnamed, male, female, arrived, left, by_age, by_need, ill,
                       injured))

// shelter.report_sent (避難所日報), about shelter_report:<id>. One of the same shelter and day sent later
// supersedes those that were seen.
struct ReportSent {
  ReportId report;
  std::string shelter;
  Date day;
  Figures figures;
  std::string facilities;  // water, power, toilets, as written
  std::string staff;       // who runs the shelter, how many
  std::string wishes;      // 要望
  std::string note;
};
BOOST_DESCRIBE_STRUCT(ReportSent, (), (report, shelter, day, figures, facilities, staff, wishes, note))

}  // namespace sonae::shelter
