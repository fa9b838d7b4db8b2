// A row whose name column holds more than a name, or another thing than a name: titles, readings in brackets,
// a former name, "佐藤さんの孫". Taken apart once (text/name.h), so that the rest of linkage reads plain
// fields.
#pragma once

#include <string>
#include <vector>

#include "link/record.h"
#include "text/name.h"

namespace sonae::link {

class WrittenRow {
 public:
  // `row` must outlive it. Plain names, which most are, are passed on as they are.
  explicit WrittenRow(const Record& row);
  WrittenRow(const WrittenRow&) = delete;
  WrittenRow& operator=(const WrittenRow&) = delete;

  const Record& record() const { return record_; }
  // Whose relative somebody is, as the name or the note says ("佐藤さんの孫"); empty where it does not. The
  // person may be called so, too.
  const std::string& relative_of() const { return relative_of_; }

 private:
  void take_apart();
  void take_relation(const std::string& relation);

  Record record_;
  text::WrittenName name_;
  std::vector<std::string_view> other_names_;
  std::string relative_of_;
};

}  // namespace sonae::link
