// Feeds the reader of PFIF in two pieces; what it hands out must be writable and read back the same.
#include <cstdlib>

#include "town/exchange/pfif_reader.h"
#include "town/exchange/pfif_writer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sonae;
  using namespace sonae::exchange;
  const BytesView content(reinterpret_cast<const char*>(data), size);
  std::vector<pfif::Record> records;
  pfif::Reader reader([&](pfif::Record record, std::uint64_t) -> Status {
    static_cast<void>(pfif::check(record));
    records.push_back(std::move(record));
    return {};
  });
  if (reader.feed(content.substr(0, size / 2))) (void)reader.feed(content.substr(size / 2));
  if (!reader.finish()) return 0;
  Bytes written(pfif::kBegin);
  for (const pfif::Record& record : records)
    if (record.kind == pfif::Kind::person)
      pfif::write_person(written, record, {});
    else
      pfif::write_note(written, record);
  written += pfif::kEnd;
  std::size_t next = 0;
  const Status again = pfif::read(written, [&](pfif::Record record, std::uint64_t) -> Status {
    if (next >= records.size() || record != records[next++]) std::abort();
    return {};
  });
  if (!again || next != records.size()) std::abort();
  return 0;
}
