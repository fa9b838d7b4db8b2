// What can happen in the registry (住民基本台帳の写し): a file is brought in, chunk by chunk; a snapshot is
// taken; a person answers what the file leaves open; a protected person is marked.
//
// A snapshot's residents are sorted by id (shorter ids first, then by their bytes: numbers stand in their
// order) and cut into chunks whose borders depend on the ids alone, so that the next day's file shares all
// chunks in which nothing changed. docs/formats.md, "Facts of registry", has the bytes of a chunk.
#pragma once

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace sonae::registry {

using SnapshotId = RandomId<struct SnapshotTag>;

// How a file was written, as far as its bytes need it to come out the same again.
struct FileForm {
  std::string encoding;   // "utf-8", "utf-8-bom", "cp932"
  std::string line_end;   // "\n" or "\r\n"
  std::string separator;  // "," or tab
  std::string quotes;     // "none", "needed", "all": which cells stand in quotation marks
  std::string header;     // the header line as it stood there (in UTF-8); empty where the file has none
  bool final_line_end = true;
  std::string tail;  // empty lines after the last one
};
BOOST_DESCRIBE_STRUCT(FileForm, (), (encoding, line_end, separator, quotes, header, final_line_end, tail))

// registry.import_started, about snapshot:<id>. An import that was cut off leaves this and some chunks.
struct ImportStarted {
  SnapshotId snapshot;
  Date as_of;
  std::string layout;
  std::string file_name;
  Hash file_digest;  // SHA-256
  std::int64_t file_bytes = 0;
};
BOOST_DESCRIBE_STRUCT(ImportStarted, (), (snapshot, as_of, layout, file_name, file_digest, file_bytes))

// registry.chunk_stored, about chunk:<address>; its blob is stored with it. Stored again by another node it
// says the same.
struct ChunkStored {
  Hash chunk;
  std::int64_t residents = 0;
  std::string first;  // the first and the last resident's id
  std::string last;
};
BOOST_DESCRIBE_STRUCT(ChunkStored, (), (chunk, residents, first, last))

struct SnapshotCounts {
  std::int64_t people = 0;      // lines
  std::int64_t residents = 0;   // of these, those who live here: not moved out, died or removed
  std::int64_t households = 0;  // of residents
  std::int64_t set_aside = 0;   // lines that could not be taken
};
BOOST_DESCRIBE_STRUCT(SnapshotCounts, (), (people, residents, households, set_aside))

// Whom the file marks as protected. A day that cannot be read is left out: the protection has no end then.
struct FileProtection {
  ResidentId resident;
  std::optional<Date> from;
  std::optional<Date> until;  // the last day
  std::string kind;           // 支援措置区分, in words where the code is known
};
BOOST_DESCRIBE_STRUCT(FileProtection, (), (resident, from, until, kind))

// registry.snapshot_taken, about snapshot:<id>: from here on the snapshot counts. A file of mended lines is
// the same snapshot again and supersedes; another file for the same day is a new snapshot and supersedes what
// was known of that day (its subjects are listed too). Two for one day that do not know of each other are a
// question.
struct SnapshotTaken {
  SnapshotId snapshot;
  Date as_of;
  std::string layout;  // its name
  Hash layout_text;    // blob: the layout's TOML as it was then, so that every node reads it alike
  std::string file_name;
  Hash file_digest;
  FileForm form;
  std::vector<std::string> columns;  // item names of the file's cells
  std::vector<Hash> chunks;          // in the order of ids
  std::vector<Hash> order;  // blobs: ids in the file's own order; empty where that is the chunks' order
  std::vector<FileProtection> protections;
  std::optional<Hash> set_aside;  // blob: the lines that could not be taken, as they were written
  std::vector<Hash> supplements;  // digests of the files of mended lines that were added
  SnapshotCounts counts;
};
BOOST_DESCRIBE_STRUCT(SnapshotTaken, (),
                      (snapshot, as_of, layout, layout_text, file_name, file_digest, form, columns, chunks,
                       order, protections, set_aside, supplements, counts))

enum class VanishedOutcome : std::uint8_t {
  moved_out,      // has moved away
  died,           //
  error_in_file,  // the file is wrong: stays a resident
  keep,           // not known yet: stays a resident, and is not asked again for this snapshot
};
BOOST_DESCRIBE_ENUM(VanishedOutcome, moved_out, died, error_in_file, keep)

// registry.vanished_answered, about resident:<id>: what a person decided on somebody whom a snapshot no
// longer has. Another answer for the same snapshot supersedes it.
struct VanishedAnswered {
  ResidentId resident;
  SnapshotId snapshot;  // the first that no longer had the resident
  VanishedOutcome outcome = VanishedOutcome::keep;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(VanishedAnswered, (), (resident, snapshot, outcome, note))

// registry.vanished_taken_back, about resident:<id>; supersedes the answer: the question is open again.
struct VanishedTakenBack {
  ResidentId resident;
  SnapshotId snapshot;
};
BOOST_DESCRIBE_STRUCT(VanishedTakenBack, (), (resident, snapshot))

// registry.protected_marked (restricted stream), about resident:<id>: marked by hand, beside what the file
// says.
struct ProtectedMarked {
  ResidentId resident;
  Date from;
  std::optional<Date> until;  // the last day
  std::string kind;           // 支援措置区分, in words
  std::string note;
};
BOOST_DESCRIBE_STRUCT(ProtectedMarked, (), (resident, from, until, kind, note))

// registry.protected_lifted (restricted stream), about resident:<id>; supersedes the marks that it lifts.
// What the file says is not lifted by this.
struct ProtectedLifted {
  ResidentId resident;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(ProtectedLifted, (), (resident, note))

}  // namespace sonae::registry
