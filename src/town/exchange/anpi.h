// Safety information in the form of the 安否情報省令
// (武力攻撃事態等における安否情報の収集及び報告の方法並びに安否情報の照会
// 及び回答の手続その他の必要な事項を定める省令, 様式第1号 and 第2号) as CSV: the columns are the items of the
// form, in its order and by its names. The system of 消防庁 has its own layout, which is given to
// municipalities only; this is the form itself. Pure, any thread.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "town/inquiry/disclosure.h"
#include "town/reception/facts.h"

namespace sonae::exchange::anpi {

// 様式第1号: who fled or is injured. 様式第2号: who died.
enum class Form : std::uint8_t { living, dead };

const std::vector<std::string>& columns(Form form);

// One person as one line of the form.
std::vector<std::string> line_of(Form form, const reception::Entry& entry);

struct Problem {
  std::int64_t line = 0;
  std::string item;
  Phrase expected;
  bool refused = false;
};
// A line of 様式第1号 as an entry without an id and a shelter: where the person stays is in received.room.
struct Read {
  std::int64_t line = 0;
  std::string raw;
  reception::EntryWritten entry;
};
struct File {
  std::vector<Read> people;
  std::vector<Problem> problems;
};
// UTF-8 or CP932. invalid_input where the columns of the form are not there.
Result<File> read(BytesView content, Date today);

}  // namespace sonae::exchange::anpi
