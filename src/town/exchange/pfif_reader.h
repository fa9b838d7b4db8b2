// Reads PFIF XML 1.1 to 1.4, plain or inside an Atom or RSS feed, piece by piece: memory does not grow with
// the file. Older versions come out as records of 1.4. Document types and entities are refused before any of
// them is read. Not for several threads.
#pragma once

#include <functional>
#include <memory>

#include "base/bytes.h"
#include "town/exchange/pfif.h"

namespace sonae::exchange::pfif {

class Reader {
 public:
  // Called for each record: a person before its notes. `line` is where the record began.
  using Take = std::function<Status(Record record, std::uint64_t line)>;

  explicit Reader(Take take);
  ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  // invalid_input, with the line, where the file is no XML or no PFIF; what `take` refuses ends it too.
  Status feed(BytesView piece);
  Status finish();

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

// A whole file in memory.
Status read(BytesView content, const Reader::Take& take);

}  // namespace sonae::exchange::pfif
