#include "base/csv.h"

#include <doctest/doctest.h>

using namespace sonae;

namespace {

std::vector<std::vector<std::string>> read(std::string_view content) {
  CsvReader reader(content);
  std::vector<std::vector<std::string>> records;
  for (;;) {
    const Result<bool> more = reader.next();
    if (!more) {
      records.push_back({"error", std::to_string(reader.line())});
      continue;
    }
    if (!*more) return records;
    records.emplace_back(reader.cells().begin(), reader.cells().end());
  }
}

using Records = std::vector<std::vector<std::string>>;

}  // namespace

TEST_CASE("CSV: cells, quotes, line ends, byte-order mark") {
  CHECK(read("") == Records{});
  CHECK(read("a,b\r\nc,\r\n") == Records{{"a", "b"}, {"c", ""}});
  CHECK(read("\xEF\xBB\xBF氏名\n山田\n") == Records{{"氏名"}, {"山田"}});
  CHECK(read("\"a\"\"b\",\"x,y\n z\",") == Records{{"a\"b", "x,y\n z", ""}});
  CHECK(read("a\tb\n1\t2,3\n") == Records{{"a", "b"}, {"1", "2,3"}});
  CHECK(read("\"山田\"太郎,1\r\n") == Records{{"山田太郎", "1"}});
  CHECK(read("\n\n a \n\n") == Records{{" a "}});
}

TEST_CASE("CSV: an unclosed quote spoils one line, not the file") {
  CHECK(read("a,b\n1,\"oops\n2,y\n") == Records{{"a", "b"}, {"error", "2"}, {"2", "y"}});
}

TEST_CASE("CSV: what is written is read back") {
  const Records records{{"a", "", "x,y"}, {"\"", "line\nbreak", "終"}};
  CsvWriter writer;
  for (const auto& record : records)
    writer.record(record);
  CHECK(read(writer.text()) == records);
}

TEST_CASE("CSV: cells that a spreadsheet would run are defused") {
  CHECK(spreadsheet_safe("=1+1") == "'=1+1");
  CHECK(spreadsheet_safe("山田") == "山田");
}
