// A view: tables that are a function of the facts and blobs a node holds, whatever the order in which they
// arrived. It can be thrown away and rebuilt; its canonical dump is then the same to the byte.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "journal/blob.h"
#include "journal/fact.h"
#include "store/store.h"

namespace sonae::journal {

// One table of the canonical dump: every column of the result is compared, the rows in the order of the
// statement, which must be total. Local row numbers must not appear in it.
struct DumpTable {
  std::string name;
  std::string select;
};

class View {
 public:
  virtual ~View() = default;
  virtual std::string_view name() const = 0;    // also the prefix of its tables: "reception"
  virtual int version() const = 0;              // of the tables' layout; where it differs the view is rebuilt
  virtual std::string_view tables() const = 0;  // CREATE TABLE and CREATE INDEX statements
  virtual std::vector<std::string> table_names() const = 0;    // what a rebuild drops
  virtual std::vector<std::string> subject_kinds() const = 0;  // the subjects that it folds
  // Derives the rows of one subject anew from all facts about it that are here, sorted by (time, id): first
  // remove the subject's rows, then write them. Called within the transaction that stores the facts, once for
  // each subject that the transaction touched. Must use nothing but its arguments; no clock. A body that
  // cannot be read (a newer node's) is passed over, not an error.
  virtual void fold(store::Connection& connection, const Blobs& blobs, const Subject& subject,
                    std::span<const Fact> facts) = 0;
  virtual std::vector<DumpTable> dump() const = 0;
  // The addresses of the blobs that a fact of this kind names: they must be here where the fact is. Bodies of
  // other views' kinds name none.
  virtual std::vector<Hash> blobs_named_by(std::string_view /*kind*/, BytesView /*body*/) const { return {}; }
};

}  // namespace sonae::journal
